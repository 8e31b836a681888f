"""Reconcile a folder of data sets from the command line.

    python -m reconciliation run SRC --out DEST [--scheduler tcp://host:8786]

SRC and DEST are folders or URLs; DEST gets one Parquet file per crisis with the columns of
``reconciliation.reconcile``.
"""

import argparse
import sys
from collections.abc import Sequence

from reconciliation.partitions import Job, Loaded, crises_in, embedded, on_cluster


def load(source: str, crisis: str) -> Loaded:
    """Return one crisis of a folder of CSV files; what cannot be read is told on standard error."""
    # The command line joins the parts; the package itself reads nothing.
    from loaders import load_library

    library = load_library(source, only=[crisis])
    errors = library.findings[library.findings["severity"] == "error"]
    for finding in errors.itertuples():
        print(f"{finding.file}:{finding.line}: {finding.problem}", file=sys.stderr)
    return library.figures, library.sources, library.decisions, library.crises


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 2 where there is nothing to do."""
    parser = argparse.ArgumentParser(prog="python -m reconciliation", description=__doc__)
    run = parser.add_subparsers(required=True, dest="command").add_parser("run")
    run.add_argument("source")
    run.add_argument("--out", required=True)
    run.add_argument("--scheduler", help="the address of a Dask scheduler; without it, no cluster")
    run.add_argument("--known-on", help="leave out what was published after this day")
    run.add_argument("--rule", default="latest")
    asked = parser.parse_args(arguments)
    job = Job(asked.source, asked.out, load, asked.known_on, asked.rule)
    try:
        crises = crises_in(asked.source)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    done = on_cluster(job, crises, asked.scheduler) if asked.scheduler else embedded(job, crises)
    rows = 0
    for number, (crisis, count) in enumerate(done, start=1):
        rows += count
        print(_bar(number, len(crises), crisis), end="", file=sys.stderr, flush=True)
    print(f"\n{rows:,} rows of {len(crises):,} crises in {asked.out}", file=sys.stderr)
    return 0


def _bar(done: int, of: int, name: str) -> str:
    filled = 30 * done // of
    return f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {of:,}: {name[:30]:<30}"


if __name__ == "__main__":
    sys.exit(main())
