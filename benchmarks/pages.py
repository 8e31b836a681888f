"""How long the script of each page runs: `python -m benchmarks.pages`.

For every page the time of the first run of a process, of another day, of another day, knowledge and
rule at once (nothing of it worked out before), and of the same choice again; medians over several
days of the shipped crisis, in milliseconds of processor time, so that other work on the machine
does not count. The aim is another day in under 300.
"""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
PAGES = ("overview", "trends", "reconciliation", "sources", "methods")
DAYS = ("2025-12-10", "2025-12-13", "2025-12-16", "2025-12-19", "2025-12-21")
RULES = ("highest", "lowest", "median", "priority", "latest")
AIM = 300


def seconds(app: AppTest) -> float:
    """Return how long one run of the script takes."""
    start = time.process_time()
    app.run()
    assert not app.exception
    return time.process_time() - start


def measured(page: str) -> tuple[float, float, float, float]:
    """Return the first run and the medians of another day, of all other, and of the same again."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    first = seconds(app)
    if page != "overview":
        first = seconds(app.switch_page(f"pages/{page}.py"))
    # Each page gets a rule of its own, so that no page profits from another's answers.
    app.query_params["rule"] = RULES[PAGES.index(page)]
    app.run()
    another, every, again = [], [], []
    for day in DAYS:
        app.query_params["day"] = day
        another.append(seconds(app))
        again.append(seconds(app))
    for number, day in enumerate(DAYS):
        app.query_params["day"] = day
        app.query_params["known"] = f"2025-12-{24 + number:02}"
        every.append(seconds(app))
    return first, *(statistics.median(times) for times in (another, every, again))


def main() -> None:
    """Print the table and whether the aim is met."""
    print(f"{'page':<16}{'first':>9}{'new day':>9}{'all new':>9}{'again':>9}   (ms of processor)")
    slowest = 0.0
    for page in PAGES:
        times = [1000 * value for value in measured(page)]
        slowest = max(slowest, times[1])
        print(f"{page:<16}" + "".join(f"{time:>9.0f}" for time in times))
    print(f"slowest new day {slowest:.0f} ms, aim {AIM} ms: {'met' if slowest < AIM else 'missed'}")


if __name__ == "__main__":
    main()
