"""Hours at half of what a server bears, with new figures every half minute: flat memory, no error.

    python -m benchmarks.soak [--hours 2] [--share 0.5] [--think 15] [--every 30] [--out FILE]

A figure of a copy of the shipped data is changed every ``--every`` seconds, by replacing its file
as an editor's program does, so that all answers are made anew. One page stays open on it: each new
value must come there by itself. Readers (``benchmarks.crowd``) come, choose, and leave after some
minutes; every page they see is checked. Memory is sampled as often as figures change. Ends with 1
where a page failed or was wrong, a value did not come, or memory grew, after the warm-up, by more
than 5 MB an hour even at the low end of the slope's 95 % interval (Theil and Sen).
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.crowd import Crowd, crowd
from benchmarks.replicas import Farm, farm
from benchmarks.views import MOVING_CRISIS, MOVING_DAY, View, views

LEAK = 5.0
# The share of the run that is warm-up, and its length at most, in seconds.
WARMUP, LONGEST_WARMUP = 0.25, 900.0
# For how long each view is looked at before the run: the server works ahead in such pauses.
RESTS = 10.0
# How long a reader stays on average, in seconds.
STAY = 300.0
# A value that has not come to an open page after so many seconds is lost.
LOST = 20.0
FIRST = 1001
# What stands in the row; nobody else counts the missing, so it is on screen as it is.
ROW = {"figure_id": "SOAK-1", "country": "THA", "measure": "missing", "population": "all",
       "cause": "all", "counting": "stock", "as_of": str(MOVING_DAY), "as_of_basis": "stated",
       "quantifier": "exact", "unit": "person", "status": "confirmed",
       "source": "business-times-sg", "published": str(MOVING_DAY)}  # fmt: skip


@dataclass
class Soaked:
    """What was met: memory by the second since the start, answers kept, new values, troubles."""

    memory: list[tuple[float, float]] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    came: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    pages: int = 0
    troubles: list[str] = field(default_factory=list)

    def note(self, noted: dict) -> None:
        """Take in what a crowd noted."""
        self.waits += noted["took"]
        self.pages += noted["checked"]
        self.troubles += noted["errors"] + noted["wrong"]

    def warm(self) -> list[tuple[float, float]]:
        """Return the samples of memory after the warm-up."""
        begins = min(WARMUP * self.memory[-1][0], LONGEST_WARMUP)
        return [sample for sample in self.memory if sample[0] >= begins]


class Moving:
    """The figure that changes: each time with the next number, as a reader sees it."""

    def __init__(self, datasets: Path) -> None:
        self.file = datasets / MOVING_CRISIS / "figures.csv"
        self.content = self.file.read_text(encoding="utf-8-sig").rstrip("\n")
        self.columns = self.content.split("\n", 1)[0].strip().split(",")
        self.number = FIRST - 1

    def change(self) -> str:
        """Replace the file by one with the next number; return the number as it is shown."""
        self.number += 1
        cells = ROW | {"value": str(self.number)}
        row = ",".join(cells.get(column, "") for column in self.columns)
        part = self.file.with_suffix(".part")
        part.write_text(f"{self.content}\n{row}\n", encoding="utf-8")
        os.replace(part, self.file)
        return f"{self.number:,}"


def slope(samples: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the slope of Theil and Sen and its 95 % interval, in MB an hour; nan for too few."""
    x, y = np.array(samples).T
    first, second = np.triu_indices(len(x), 1)
    if len(first) < 3:
        return (float("nan"),) * 3
    slopes = np.sort(3600 * (y[second] - y[first]) / (x[second] - x[first]))
    n = len(x)
    spread = 1.96 * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = int(max(0, (len(slopes) - spread) // 2))
    high = int(min(len(slopes) - 1, np.ceil((len(slopes) + spread) / 2)))
    return float(np.median(slopes)), float(slopes[low]), float(slopes[high])


def bearable(served: Farm, readers: Crowd, think: float, seconds: float = 60) -> float:
    """Return how many sessions would take one core, from what a few of them take."""
    few = 10
    readers.ask("size", tabs=few, think=think)
    before = served.processor()
    noted = readers.ask("watch", seconds=seconds)
    return few * noted["seconds"] / (served.processor() - before)


def filled(served: Farm, readers: Crowd, known: list[View]) -> int:
    """Have the server work ahead all that it would for these views; return the answers it keeps.

    It does so when nobody asks, which under a load is now and then for hours: memory would seem to
    grow as long as that takes. Of the crisis that changes, all that is kept is forgotten each time.
    """
    before, now = -1, 0
    views = [view.plain() for view in known if not view.page and MOVING_CRISIS not in view.query]
    while now > before:
        readers.ask("look", views=views, rest=RESTS)
        before, now = now, served.kept()
    return now


def soak(
    served: Farm, readers: Crowd, witness: Crowd, moving: Moving, seconds: float, every: float,
    tell: bool = True,
) -> Soaked:  # fmt: skip
    """Change the figure again and again; return what was met."""
    found, start = Soaked(), time.monotonic()
    while (now := time.monotonic() - start) < seconds:
        value, told = moving.change(), len(found.troubles)
        for each in (readers, witness):
            each.ask("moved", value=value)
        # The witness's page alone is looked at closely; the readers are asked at the end.
        looked = max(1.0, min(every, seconds - now))
        seen = witness.ask("watch", seconds=looked)
        found.note(seen)
        if value in seen["seen"]:
            found.came.append(seen["seen"][value])
        elif looked >= LOST:
            found.troubles.append(f"{value} did not come to an open page")
        found.note(readers.ask("taken"))
        found.memory.append((time.monotonic() - start, served.mb()))
        found.kept.append(served.kept())
        if tell:
            for trouble in found.troubles[told : told + 3]:
                print("  not right:", trouble[:300])
            print(f"{found.memory[-1][0] / 60:6.1f} min {found.memory[-1][1]:6.0f} MB, "
                  f"{found.kept[-1]:,} answers kept, {found.pages:,} pages, "
                  f"{len(found.troubles)} troubles", flush=True)  # fmt: skip
    found.troubles += served.troubles()
    return found


def witnessed(found: list[View]) -> list[View]:
    """Return the one view on which the moving figure is first seen."""
    return [next(view for view in found if view.moving)]


def main() -> None:
    """Soak, print what was met, and judge."""
    parser = argparse.ArgumentParser("python -m benchmarks.soak", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--share", type=float, default=0.5, help="of what one core bears")
    parser.add_argument("--sessions", type=int, help="so many, instead of a share")
    parser.add_argument("--think", type=float, default=15)
    parser.add_argument("--every", type=float, default=30, help="seconds between two changes")
    parser.add_argument("--out", type=Path, help="a file for the samples, as JSON")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, farm(Path(folder)) as served:
        known = views(served.datasets)
        moving = Moving(served.datasets)
        with crowd(served.port, known) as readers, crowd(served.port, witnessed(known)) as witness:
            readers.ask("visit", times=1)
            bears = 0.0 if asked.sessions else bearable(served, readers, asked.think)
            sessions = asked.sessions or max(1, round(asked.share * bears))
            print(f"{filled(served, readers, known):,} answers kept", flush=True)
            print(f"{sessions} sessions, think time {asked.think:g} s; one core bears {bears:.0f}")
            witness.ask("size", tabs=1, think=0)
            readers.ask("size", tabs=sessions, think=asked.think, stay=STAY)
            found = soak(served, readers, witness, moving, 3600 * asked.hours, asked.every)
    if asked.out:
        asked.out.write_text(json.dumps(vars(found)))
    sys.exit(judged(found))


def judged(found: Soaked) -> int:
    """Print what was met; return 1 where it is not good enough, else 0."""
    middle, low, high = slope(found.warm())
    p50, p95 = np.quantile(found.waits, [0.5, 0.95])
    leaks = low > LEAK
    print(f"{found.pages:,} pages checked, {len(found.waits):,} choices: p50 {1e3 * p50:.0f} ms, "
          f"p95 {1e3 * p95:.0f} ms")  # fmt: skip
    print(f"{len(found.came)} changes came to an open page, the slowest after "
          f"{max(found.came, default=float('nan')):.1f} s")  # fmt: skip
    print(f"memory after the warm-up: {middle:+.1f} MB an hour (95 %: {low:+.1f} to {high:+.1f}); "
          f"{'GROWS' if leaks else 'flat'}")  # fmt: skip
    print(f"{len(found.troubles)} troubles", *found.troubles[:5], sep="\n")
    return int(leaks or bool(found.troubles) or not found.came)


if __name__ == "__main__":
    main()
