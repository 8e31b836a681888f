"""How long the script of each page runs: `python -m benchmarks.pages`.

For every page the time of the first run of a process, of a new choice (nothing of it worked out
before) and of the same choice again; medians over several days of the shipped crisis, in
milliseconds of processor time, so that other work on the machine does not count. The aim is a new
choice in under 300.
"""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
PAGES = ("overview", "trends", "reconciliation", "sources", "methods")
DAYS = ("2025-12-10", "2025-12-13", "2025-12-16", "2025-12-19", "2025-12-21")
AIM = 300


def seconds(app: AppTest) -> float:
    """Return how long one run of the script takes."""
    start = time.process_time()
    app.run()
    assert not app.exception
    return time.process_time() - start


def measured(page: str) -> tuple[float, float, float]:
    """Return the first run, the median of new choices and of repeated ones, in seconds."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    first = seconds(app)
    if page != "overview":
        first = seconds(app.switch_page(f"pages/{page}.py"))
    new, again = [], []
    for number, day in enumerate(DAYS):
        # Each page gets days of its own, so that no page profits from another's answers.
        app.query_params["day"] = day
        app.query_params["known"] = f"2025-12-{24 + number:02}"
        app.query_params["rule"] = ("highest", "lowest", "median", "priority", "latest")[
            PAGES.index(page)
        ]
        new.append(seconds(app))
        again.append(seconds(app))
    return first, statistics.median(new), statistics.median(again)


def main() -> None:
    """Print the table and whether the aim is met."""
    print(f"{'page':<16}{'first':>9}{'new choice':>12}{'again':>9}   (script, ms of processor)")
    slowest = 0.0
    for page in PAGES:
        first, new, again = (1000 * value for value in measured(page))
        slowest = max(slowest, new)
        print(f"{page:<16}{first:>9.0f}{new:>12.0f}{again:>9.0f}")
    print(
        f"slowest new choice {slowest:.0f} ms, aim {AIM} ms: {'met' if slowest < AIM else 'missed'}"
    )


if __name__ == "__main__":
    main()
