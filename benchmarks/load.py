"""How long it takes to read, check and reconcile a million figures, beside ways of old.

    python -m benchmarks.load [--rows 1000000]

Each way runs in a process of its own, so that times and peaks of memory do not mix; the figures
are made by ``benchmarks.generate``. Ratios are to ``pandas.read_csv(engine="pyarrow")`` of the same
file in the same run, the last one to plain ``pandas.read_csv``.
"""

import argparse
import csv
import importlib.util
import itertools
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.generate import write
from figures import Figure
from figures.codebook import data_package
from loaders import load_library, read_figures

SAMPLE = 20_000
SHIPPED = Path(__file__).resolve().parent.parent / "datasets"
Spent = tuple[float, float]
FILE = "crisis-0/figures.csv"
ARROW, PLAIN = "pandas.read_csv (pyarrow)", "pandas.read_csv"


def pandas_arrow(folder: Path) -> Spent:
    return _timed(lambda: pd.read_csv(folder / FILE, engine="pyarrow"))


def pandas_plain(folder: Path) -> Spent:
    return _timed(lambda: pd.read_csv(folder / FILE, low_memory=False))


def library(folder: Path) -> Spent:
    return _timed(lambda: load_library(folder))


def one_table(folder: Path) -> Spent:
    return _timed(lambda: read_figures(folder / FILE))


def row_by_row(folder: Path) -> Spent:
    """Return the time of pydantic for every row, worked out from the first rows."""

    def read() -> None:
        with (folder / FILE).open(encoding="utf-8", newline="") as file:
            for row in itertools.islice(csv.DictReader(file), SAMPLE):
                Figure.model_validate(row)

    return _scaled(_timed(read), folder)


def frictionless(folder: Path) -> Spent:
    """Return the time of ``frictionless validate``, worked out from the first rows."""
    from frictionless import Resource, Schema, system

    package = json.loads(data_package(SHIPPED))
    schema = next(r["schema"] for r in package["resources"] if r["path"].endswith("figures.csv"))
    del schema["foreignKeys"]
    sample = folder / "sample.csv"
    with (folder / FILE).open(encoding="utf-8") as file:
        sample.write_text("".join(itertools.islice(file, SAMPLE + 1)), encoding="utf-8")
    with system.use_context(trusted=True):
        table = Resource(path=str(sample), schema=Schema.from_descriptor(schema))
        return _scaled(_timed(table.validate), folder)


def reconciled(folder: Path) -> Spent:
    """Return the time to load the figures and reconcile all series on all days."""
    from reconciliation import reconcile

    def both() -> None:
        loaded = load_library(folder)
        reconcile(loaded.figures, sources=loaded.sources)

    return _timed(both)


def _scaled(spent: Spent, folder: Path) -> Spent:
    with (folder / FILE).open("rb") as file:
        rows = sum(1 for _ in file) - 1
    return spent[0] * rows / SAMPLE, spent[1] * rows / SAMPLE


def _timed(work: Callable[[], object]) -> Spent:
    """Return the seconds by the clock on the wall, and those of all processors together."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def _in_child(way: Callable[[Path], Spent], folder: Path, answer: "multiprocessing.Queue") -> None:  # type: ignore[type-arg]
    spent = way(folder)
    answer.put((*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20))


def measure(way: Callable[[Path], Spent], folder: Path, times: int) -> tuple[float, float, float]:
    """Return the least wall and processor seconds, and the peak of memory in GiB, of the runs."""
    context = multiprocessing.get_context("spawn")
    results = []
    for _ in range(times):
        answer = context.Queue()
        child = context.Process(target=_in_child, args=(way, folder, answer))
        child.start()
        results.append(answer.get())
        child.join()
    walls, processors, peaks = zip(*results, strict=True)
    return min(walls), min(processors), max(peaks)


def ways() -> dict[str, tuple[Callable[[Path], Spent], int]]:
    """Return what is measured, and how many times."""
    found = {
        ARROW: (pandas_arrow, 5),
        PLAIN: (pandas_plain, 2),
        "load_library": (library, 5),
        "read_figures": (one_table, 3),
        "pydantic row by row": (row_by_row, 2),
    }
    if importlib.util.find_spec("frictionless"):
        found["frictionless validate"] = (frictionless, 1)
    if importlib.util.find_spec("reconciliation.reconcile"):
        found["load_library + reconcile"] = (reconciled, 2)
    return found


def main() -> None:
    """Make the figures, measure every way and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # Made in a process of its own: a child starts with the memory peak of its parent.
        maker = multiprocessing.get_context("spawn").Process(target=write, args=(folder, rows, 1))
        maker.start()
        maker.join()
        size = (folder / FILE).stat().st_size / 1e6
        print(f"{rows:,} figures, {size:,.0f} MB\n")
        print("| way | seconds | to pyarrow | to read_csv | processor s | to pyarrow | peak GiB |")
        print("|---|---|---|---|---|---|---|")
        wall: dict[str, float] = {}
        processor: dict[str, float] = {}
        for name, (way, times) in ways().items():
            wall[name], processor[name], peak = measure(way, folder, times)
            fast, plain = wall[name] / wall[ARROW], wall[name] / wall.get(PLAIN, float("nan"))
            print(
                f"| {name} | {wall[name]:.2f} | {fast:.1f} | {plain:.1f} | {processor[name]:.2f} "
                f"| {processor[name] / processor[ARROW]:.1f} | {peak:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
