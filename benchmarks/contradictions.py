"""How long it takes to find what cannot all be true on one day.

    python -m benchmarks.contradictions

A crisis-day is made of tables: per province and for the country, killed, injured and casualties
of everybody, civilians and soldiers, by two ministries; a few figures in a hundred are off. Then
the shipped data sets, and several crises at once (the time per crisis must not grow). Seconds of
processor time, so that other work on the machine does not count. The aims: 200 figures in under
0.5, 2,000 in under 5.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from figures import complete
from loaders import load_library
from reconciliation.contradictions import contradictions, implied

DAY = "2025-12-24"
AIMS = {200: 0.5, 2_000: 5.0}
SHIPPED = Path(__file__).resolve().parent.parent / "datasets"
GROUPS = ("civilian", "military")
MEASURES = ("killed", "injured")


def crisis_day(size: int, crisis: str = "made", wrong: float = 0.02) -> pd.DataFrame:
    """Return about ``size`` figures of one day, a share ``wrong`` of them off by a few people."""
    rng = np.random.default_rng(size)
    provinces = max(1, size // 18 - 1)
    counts = rng.integers(5, 200, (provinces, len(MEASURES), len(GROUPS)))
    rows = [
        row | {"source": source}
        for source in ("moh", "mod")
        for province in (None, *range(provinces))
        for row in table(counts.sum(axis=0) if province is None else counts[province], province)
    ]
    frame = pd.DataFrame(rows[:size])
    off = rng.random(len(frame)) < wrong
    frame.loc[off, "value"] += rng.integers(1, 9, off.sum())
    frame["figure_id"] = [f"F{number}" for number in range(len(frame))]
    return complete(frame.assign(crisis=crisis, country="THA", counting="cumulative", as_of=DAY))


def table(counts: np.ndarray, province: int | None) -> list[dict[str, object]]:
    """Return one table as rows: both measures and casualties, of both groups and everybody."""
    admin1 = "" if province is None else f"Province {province}"
    sums = np.pad(counts, ((0, 1), (0, 1)))
    sums[-1], sums[:, -1] = sums.sum(axis=0), sums.sum(axis=1)
    sums[-1, -1] = counts.sum()
    return [
        {"admin1": admin1, "measure": measure, "population": group, "value": int(sums[m, g])}
        for m, measure in enumerate((*MEASURES, "casualties"))
        for g, group in enumerate((*GROUPS, "all"))
    ]


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    """Return the processor time of the work, and what it gave."""
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def main() -> None:
    """Print the times."""
    library = load_library(str(SHIPPED))
    rules = library.identities
    seconds(lambda: contradictions(crisis_day(50), on=DAY, identities=rules))
    for size, aim in AIMS.items():
        for wrong in (0.0, 0.02):
            frame = crisis_day(size, wrong=wrong)
            spent, found = seconds(lambda f=frame: contradictions(f, on=DAY, identities=rules))
            ranges, _ = seconds(lambda f=frame: implied(f, on=DAY, identities=rules))
            print(
                f"{len(frame):>6,} figures, {wrong:4.0%} off: {len(found):>3} contradictions in "
                f"{spent:.2f} s (aim {aim}), implied in {ranges:.2f} s"
            )
    for crises in (1, 4, 16):
        frame = pd.concat(crisis_day(200, f"c{number}") for number in range(crises))
        spent, _ = seconds(lambda f=frame: contradictions(f, on=DAY, identities=rules))
        print(f"{crises:>6} crises of 200 figures: {spent / crises:.2f} s each")
    for name, figures in library.figures.groupby("crisis", observed=True):
        spent, found = seconds(
            lambda f=figures: contradictions(f, on=DAY, identities=rules, sources=library.sources)
        )
        print(f"{name} on {DAY}: {len(found)} contradictions in {spent:.2f} s")


if __name__ == "__main__":
    main()
