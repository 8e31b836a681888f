"""Whether the tables know each other: sources, publishers, crises, countries, decisions."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from figures import Finding
from figures.findings import report
from figures.folders import is_folder_name
from figures.lineage import OWN
from loaders.checks.grid import Grid

IDS = (
    ("crises", "crisis"),
    ("sources", "source"),
    ("events", "event_id"),
    ("decisions", "decision_id"),
)


def names(grid: Grid, sources: Iterable[str]) -> Iterator[Finding]:
    """Yield sources and publishers that are not in sources.csv, each once per file."""
    known = {*sources, ""}
    for column in ("source", "publisher"):
        for row, count in _strangers(grid, column, known):
            problem = f"{grid.cell(row, column)!r} is not in sources.csv"
            yield grid.at(f"unknown-{column}", row, column, problem + _also(count))


def countries(grid: Grid, crises: pd.DataFrame) -> Iterator[Finding]:
    """Yield countries that their crisis does not have, each once per file."""
    allowed = dict(zip(crises["crisis"], crises["countries"].str.split("+"), strict=True))
    crisis = str(grid.cell(0, "crisis")) if len(grid.figures) else ""
    if crisis not in allowed:
        return
    words = grid.figures["country"].cat.categories
    known = {word for word in words if set(word.split("+")) <= set(allowed[crisis])}
    for row, count in _strangers(grid, "country", known):
        problem = f"{grid.cell(row, 'country')} is not among {'+'.join(allowed[crisis])}"
        yield grid.at("country-outside-crisis", row, "country", problem + _also(count))


def _strangers(grid: Grid, column: str, known: set[str]) -> Iterator[tuple[int, int]]:
    """Yield for each value that is not known, in each file, its first row and its number."""
    values = grid.figures[column].cat
    strange = [number for number, word in enumerate(values.categories) if word not in known]
    if not strange:
        return
    rows = np.flatnonzero(np.isin(values.codes.to_numpy(), strange))
    seen = {"file": grid.codes("file")[rows], "value": grid.codes(column)[rows], "row": rows}
    counted = pd.DataFrame(seen).groupby(["file", "value"], sort=False)["row"]
    yield from zip(counted.min().tolist(), counted.size().tolist(), strict=True)


def _also(count: int) -> str:
    return f" (and in {count - 1:,} more rows)" if count > 1 else ""


def relays(sources: pd.DataFrame) -> Iterator[Finding]:
    """Yield ids that a source passes on and that no row of sources.csv has, and repeated ids."""
    known = {*sources["source"], OWN, ""}
    for row in sources.to_dict("records"):
        strange = [name for name in row["relays"].split("+") if name not in known]
        for name in strange:
            problem = f"{row['source']} passes on {name!r}, which is not in sources.csv"
            yield report(
                "unknown-relay",
                row["file"],
                line=row["line"],
                column="relays",
                value=row["relays"],
                problem=problem,
            )


def repeated(frame: pd.DataFrame, column: str) -> Iterator[Finding]:
    """Yield rows of a small table whose id an earlier row of its file has."""
    for row in _rows(frame[frame.duplicated(["file", column])]):
        yield report(
            "duplicate-id", row["file"], line=row["line"], column=column, value=row[column]
        )


def folders(crises: pd.DataFrame) -> Iterator[Finding]:
    """Yield crises whose folder cannot have its name on every computer."""
    for row in _rows(crises[~crises["crisis"].map(is_folder_name).astype(bool)]):
        yield report(
            "unsafe-crisis", row["file"], line=row["line"], column="crisis", value=row["crisis"]
        )


def decisions(chosen: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield decisions for a figure that their crisis does not have."""
    for row in _rows(chosen[chosen["figure_id"] != ""]):
        here = (figures["crisis"] == row["crisis"]) & (figures["figure_id"] == row["figure_id"])
        if not here.any():
            yield report(
                "unknown-figure",
                row["file"],
                line=row["line"],
                column="figure_id",
                value=row["figure_id"],
            )


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows of a table; of most tables there are none, which pandas takes long to say."""
    return [] if frame.empty else frame.to_dict("records")
