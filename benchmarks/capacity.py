"""How many readers a server bears: sessions per core, past saturation, memory, two replicas.

    python -m benchmarks.capacity [--think 5 15 60] [--seconds 60] [--replicas 1] [--out FILE]

Readers (``benchmarks.crowd``) look at the Overview and the Trends of both crises and choose another
view after a while, on average after ``--think`` seconds, exponentially spread. Their number is
raised until the 95th percentile of the waits is past a second. At twice that number nothing may
fail and no page may show a wrong number; then the number falls to half, and it is noted how long it
takes until the waits are short again. What a session costs is told in seconds of processor for a
second, which other work on the machine hardly changes; waits, it does. ``--replicas 2`` measures
one server and then two behind nginx. Ends with 1 where a page failed or was wrong.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.crowd import Crowd, crowd
from benchmarks.replicas import Farm, farm, nginx
from benchmarks.views import views

SLOW = 1.0
# Steps, as shares of the number that the processor alone would let one expect.
STEPS = (0.3, 0.5, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0)
# How long a step runs before it is measured, and how long a look at the recovery is, in seconds.
SETTLE, LOOK = 10.0, 5.0
# How long newcomers are waited for, in seconds: past saturation they come slowly, if ever.
COMING = 90.0
# Streamlit keeps a closed session for two minutes; then garbage is collected within one.
LINGER = 200.0


@dataclass(frozen=True)
class Step:
    """What one number of readers met, and what they cost.

    ``share`` is the processor's time for each session, in seconds a second; ``rate`` how many
    choices each made a second; ``p50`` and ``p95`` waits in seconds, at least: who still waits at
    the end counts with the wait so far. ``kb`` is what came to each, in kB a second, uncompressed.
    """

    replicas: int
    think: float
    sessions: int
    share: float
    rate: float
    p50: float
    p95: float
    cores: float
    front: float
    mb: float
    kb: float
    pages: int
    failures: int
    mistakes: int
    late: float


def step(served: Farm, readers: Crowd, sessions: int, think: float, seconds: float) -> Step:
    """Have so many readers, and return what they met within the seconds."""
    asked = {"tabs": sessions, "think": think, "patience": COMING}
    sessions = max(1, readers.ask("size", **asked)["open"])
    time.sleep(min(SETTLE, seconds))
    before, front = served.processor(), served.front_processor()
    noted = readers.ask("watch", seconds=seconds)
    used, front = served.processor() - before, served.front_processor() - front
    for told in (noted["errors"] + noted["wrong"])[:3]:
        print("  not right:", told[:300])
    waits, span = noted["took"] + noted["waiting"], noted["seconds"]
    p50, p95 = np.quantile(waits, [0.5, 0.95]) if waits else (0.0, 0.0)
    found = Step(
        len(served.servers), think, sessions, used / span / sessions,
        len(noted["took"]) / span / sessions, float(p50), float(p95), used / span, front / span,
        served.mb(), noted["bytes"] / 1e3 / span / sessions, noted["checked"], noted["failures"],
        noted["mistakes"], noted["late"],
    )  # fmt: skip
    print(row(found), flush=True)
    return found


def head() -> str:
    """Return the head of the table of steps."""
    names = ("servers", "think s", "sessions", "ms of processor per session-second", "p50 ms",
             "p95 ms", "cores used", "nginx", "MB", "kB per session-second", "pages", "failed",
             "wrong")  # fmt: skip
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def row(found: Step) -> str:
    """Return a step as a row of the table."""
    return (
        f"| {found.replicas} | {found.think:g} | {found.sessions} | {1e3 * found.share:.2f} "
        f"| {1e3 * found.p50:.0f} | {1e3 * found.p95:.0f} | {found.cores:.2f} | {found.front:.2f} "
        f"| {found.mb:.0f} | {found.kb:.2f} | {found.pages} | {found.failures} | {found.mistakes} |"
    )


def resting(served: Farm, readers: Crowd, tabs: int, seconds: float, linger: float) -> Step:
    """Open tabs that choose nothing; print what they cost, what they weigh, and what they leave."""
    readers.ask("size", tabs=1, think=0)
    time.sleep(1)
    before = served.mb()
    found = step(served, readers, tabs + 1, 0, seconds)
    opened = served.mb()
    readers.ask("size", tabs=1, think=0)
    closed = served.mb()
    time.sleep(linger)
    later = served.mb()
    print(f"\nmemory: {(opened - before) / tabs:.3f} MB for each of {tabs} open tabs ({before:.0f} "
          f"to {opened:.0f} MB); {closed:.0f} MB when they had closed, {later:.0f} MB {linger:.0f} "
          f"s later: {(later - before) / tabs:.3f} MB kept for each\n", flush=True)  # fmt: skip
    return found


def climb(
    served: Farm, readers: Crowd, think: float, seconds: float, expected: float
) -> list[Step]:
    """Raise the number of readers until the waits are past a second; return all steps."""
    found: list[Step] = []
    for share in STEPS:
        sessions = max(2, round(share * expected))
        found.append(step(served, readers, sessions, think, seconds))
        if found[-1].p95 > SLOW:
            # Once may be other work on the machine.
            found.append(step(served, readers, sessions, think, seconds))
        if found[-1].p95 > SLOW:
            break
    return found


def beyond(served: Farm, readers: Crowd, last: Step, seconds: float) -> list[Step]:
    """Have twice as many readers as are too many, then a quarter of that; say how long it takes."""
    over = step(served, readers, 2 * last.sessions, last.think, seconds)
    start = time.monotonic()
    readers.ask("size", tabs=max(1, last.sessions // 2), think=last.think)
    while time.monotonic() - start < 300:
        noted = readers.ask("watch", seconds=LOOK)
        waits = noted["took"] + noted["waiting"]
        if waits and np.quantile(waits, 0.95) <= SLOW:
            break
    took = time.monotonic() - start
    after = step(served, readers, max(1, last.sessions // 2), last.think, seconds)
    good = over.failures + over.mistakes == 0
    print(f"\nat twice saturation: {'no page failed or was wrong' if good else 'NOT RIGHT'}; p95 "
          f"under a second {took:.0f} s after the load fell\n", flush=True)  # fmt: skip
    return [over, after]


def fitted(steps: list[Step]) -> tuple[float, float]:
    """Return the seconds of processor of an open tab a second, and those of each choice."""
    calm = [one for one in steps if one.p95 <= SLOW]
    made = np.array([[1.0, one.rate] for one in calm])
    (tab, choice), *_ = np.linalg.lstsq(made, np.array([one.share for one in calm]), rcond=None)
    return float(tab), float(choice)


def measured(served: Farm, readers: Crowd, asked: argparse.Namespace) -> list[Step]:
    """Measure one farm: at rest, then for each think time up to saturation and beyond."""
    for port in served.ports:
        readers.ask("visit", times=1, port=port)
    before = served.processor()
    visits = readers.ask("visit", times=1)
    choice = (served.processor() - before) / len(visits["took"])
    print(f"{len(served.servers)} server(s); a choice of a view seen before, alone: "
          f"{1e3 * choice:.1f} ms of processor\n\n{head()}")  # fmt: skip
    rest = resting(served, readers, asked.tabs, asked.seconds, asked.linger)
    steps = [rest]
    print(head())
    for think in asked.think:
        expected = len(served.servers) / (rest.share + choice / think)
        climbed = climb(served, readers, think, asked.seconds, expected)
        steps += climbed + beyond(served, readers, climbed[-1], asked.seconds)
    summary(steps)
    for trouble in served.troubles()[:3]:
        print("log:", trouble)
    return steps


def summary(steps: list[Step]) -> None:
    """Print what follows for each think time: sessions per core by the processor, and by waits."""
    tab, choice = fitted(steps)
    print(f"an open tab costs {1e3 * tab:.2f} ms of processor a second, a choice "
          f"{1e3 * choice:.1f} ms (least squares over the calm steps)\n")  # fmt: skip
    print("| think s | sessions per core, by processor | most with p95 under 1 s | cores used |")
    print("|---|---|---|---|")
    for think in dict.fromkeys(one.think for one in steps if one.think):
        calm = [one for one in steps if one.think == think and one.p95 <= SLOW]
        best = max(calm, key=lambda one: one.sessions, default=None)
        by_waits = f"{best.sessions} | {best.cores:.2f}" if best else "none | "
        share = np.median([one.share for one in calm]) if calm else float("nan")
        print(f"| {think:g} | {1 / share:.0f} | {by_waits} |")
    print(flush=True)


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser("python -m benchmarks.capacity", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--think", type=float, nargs="+", default=[5, 15, 60])
    parser.add_argument("--seconds", type=float, default=60, help="how long each step is measured")
    parser.add_argument("--replicas", type=int, default=1, help="with more, one is measured first")
    parser.add_argument("--tabs", type=int, default=100, help="tabs that only stay open")
    parser.add_argument("--linger", type=float, default=LINGER, help="seconds after they close")
    parser.add_argument("--out", type=Path, help="a file for all steps, as JSON")
    return parser.parse_args()


def main() -> None:
    """Measure, print the tables, and end with 1 where a page failed or was wrong."""
    asked = arguments()
    counts = [1]
    if asked.replicas > 1:
        if nginx() is None:
            sys.exit("nginx is not installed, so replicas cannot be measured behind it; "
                     "such as: apt-get install nginx")  # fmt: skip
        counts.append(asked.replicas)
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    steps: list[Step] = []
    for count in counts:
        with (
            tempfile.TemporaryDirectory() as folder,
            farm(Path(folder), count) as served,
            crowd(served.port, views(served.datasets)) as readers,
        ):
            steps += measured(served, readers, asked)
    if asked.out:
        asked.out.write_text(json.dumps([asdict(one) for one in steps], indent=1))
    bad = sum(one.failures + one.mistakes for one in steps)
    print(f"{sum(one.pages for one in steps):,} pages checked, {bad} failed or wrong; load after",
          f"{os.getloadavg()[0]:.1f}")  # fmt: skip
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
