"""The same reconciliation, crisis by crisis: in this process, or on a Dask cluster.

A crisis is a partition, since no series crosses a crisis. Each is read, reconciled and written by
itself, so that memory is bounded by the largest crisis, and a crisis whose worker is lost is simply
done again by another.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.core import url_to_fs

from reconciliation.reconcile import reconcile

# Figures, sources, decisions and crises.
Loaded = tuple[pd.DataFrame, pd.DataFrame | None, pd.DataFrame | None, pd.DataFrame | None]
Load = Callable[[str, str], Loaded]


@dataclass(frozen=True)
class Job:
    """What to reconcile and where to put it; paths or URLs that fsspec knows.

    ``load`` takes the source folder and the name of a crisis and returns its figures, sources,
    decisions and crises as ``load_library`` gives them.
    """

    source: str
    out: str
    load: Load
    known_on: str | None = None
    rule: str = "latest"


def crises_in(source: str) -> list[str]:
    """Return the names of the crises in a folder of data sets, sorted.

    A crisis is a folder with a table of figures in it, as CSV or as Parquet. Raises ``ValueError``
    where there is none.
    """
    files, root = url_to_fs(source)
    found = files.find(root, maxdepth=2)
    names = {
        PurePosixPath(path).parent.name
        for path in found
        if PurePosixPath(path).name.startswith("figures")
        and str(PurePosixPath(path).parent) != str(PurePosixPath(root))
    }
    names = {name for name in names if not name.startswith(".")}
    if not names:
        raise ValueError(
            f"{source} has no crises; expected folders with figures.csv or figures.parquet"
        )
    return sorted(names)


def do_one(job: Job, crisis: str) -> int:
    """Reconcile one crisis and write it; return the number of rows written.

    The file appears whole or not at all, and is the same to the byte wherever it is made.
    """
    figures, sources, decisions, crises = _parquet(job.source, crisis) or job.load(
        job.source, crisis
    )
    result = reconcile(
        figures, sources, None, job.known_on, job.rule, decisions=decisions, crises=crises
    )
    _write(result, job.out, f"{crisis}.parquet")
    return len(result)


def embedded(job: Job, crises: list[str]) -> Iterator[tuple[str, int]]:
    """Do the crises one after the other in this process; yield each as it is done."""
    for crisis in crises:
        yield crisis, do_one(job, crisis)


def on_cluster(job: Job, crises: list[str], scheduler: str) -> Iterator[tuple[str, int]]:
    """Do the crises on the workers of a Dask scheduler; yield each as it is done.

    A crisis is done again, three times at most, when its worker is lost. Needs the packages of
    requirements-cluster.txt; raises ``ModuleNotFoundError`` without them.
    """
    from distributed import Client, as_completed

    with Client(scheduler) as client:
        futures = {
            client.submit(do_one, job, crisis, retries=3, pure=False): crisis for crisis in crises
        }
        for future in as_completed(futures):
            yield futures[future], future.result()


def _parquet(source: str, crisis: str) -> Loaded | None:
    """Return a crisis kept as Parquet, or ``None``."""
    files, root = url_to_fs(source)
    path = f"{root}/{crisis}/figures.parquet"
    if not files.exists(path):
        return None

    def table(name: str) -> pd.DataFrame | None:
        place = f"{root}/{name}"
        return pd.read_parquet(io.BytesIO(files.cat_file(place))) if files.exists(place) else None

    figures = pd.read_parquet(io.BytesIO(files.cat_file(path))).assign(crisis=crisis)
    others = ("sources.parquet", f"{crisis}/decisions.parquet", "crises.parquet")
    sources, decisions, crises = map(table, others)
    return figures, sources, decisions, crises


def _write(result: pd.DataFrame, out: str, name: str) -> None:
    # Categories depend on what else was in memory; plain text does not.
    texts = result.select_dtypes(["category", "object", "string"]).columns
    plain = result.astype(dict.fromkeys(texts, "str")).reset_index(drop=True)
    buffer = io.BytesIO()
    table = pa.Table.from_pandas(plain, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, buffer, compression="zstd")
    files, root = url_to_fs(out)
    files.makedirs(root, exist_ok=True)
    part = f"{root}/.{name}.part"
    files.pipe_file(part, buffer.getvalue())
    files.mv(part, f"{root}/{name}")
