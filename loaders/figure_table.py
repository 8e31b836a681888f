"""A table of figures in canonical columns becomes the frame of figures and its findings."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from figures import Figure, Finding, interval
from figures.findings import report
from figures.frames import COLUMNS, DERIVED
from figures.rules import RULES
from loaders.columns import Column, constant, parse
from loaders.headers import match
from loaders.raw import RawTable
from loaders.series import categories, figure_column

Mask = npt.NDArray[np.bool_]
CRISIS = "crisis"


@dataclass(frozen=True)
class Loaded:
    """Figures, as ``library.figures`` has them, and what is to say about them."""

    figures: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    whole: bool = True


def figures_of(raw: RawTable, crisis: str = "", start: pd.Timestamp | None = None) -> Loaded:
    """Return the figures of a table; a row with a bad cell is left out, with a finding for each.

    ``crisis`` is written into every row, unless the table has a column of that name and ``crisis``
    is empty. A cumulative figure that does not say since when counts since ``start``.
    """
    columns = match(raw, Figure, ignored=(CRISIS, *DERIVED))
    if not columns.whole or not raw.cells.num_columns:
        missing = columns.findings if raw.cells.num_columns else ()
        return Loaded(no_figures(), (*raw.findings, *missing), whole=False)
    parsed = {
        name: _column(raw.cells, columns.position.get(name), name) for name in Figure.model_fields
    }
    good = ~np.logical_or.reduce([column.bad() for column in parsed.values()])
    findings = [*raw.findings, *columns.findings, *_bad_cells(raw, parsed)]
    frame = pd.DataFrame(
        {name: figure_column(name, col, col.codes[good]) for name, col in parsed.items()},
        copy=False,
    )
    frame["line"] = raw.lines[good]
    kept = np.ones(len(frame), dtype=bool)
    for finding, broken in _broken_rules(raw, frame):
        kept &= ~broken
        findings += finding
    if not kept.all():
        frame = frame[kept].reset_index(drop=True)
        good[good] = kept
    crises = _crises(raw.cells, columns.position.get(CRISIS), crisis)
    return Loaded(_finished(frame, raw, crises.codes[good], crises.values, start), tuple(findings))


def no_figures() -> pd.DataFrame:
    """Return the frame of figures without a row."""
    empty = RawTable(
        "",
        pa.table({n: pa.array([], pa.string()) for n in Figure.model_fields}),
        np.empty(0, np.int64),
    )
    return figures_of(empty).figures


def _column(cells: pa.Table, position: int | None, name: str) -> Column:
    if position is None:
        return constant(Figure.model_fields[name].default, cells.num_rows)
    return parse(cells.column(position), Figure, name)


def _crises(cells: pa.Table, position: int | None, crisis: str) -> Column:
    if crisis or position is None:
        return constant(crisis, cells.num_rows)
    return parse(cells.column(position), Figure, "scope")


def _bad_cells(raw: RawTable, parsed: dict[str, Column]) -> Iterator[Finding]:
    """Yield a finding for each cell that cannot be read, by line and column."""
    found = []
    for place, (name, column) in enumerate(parsed.items()):
        for row in np.flatnonzero(column.bad()):
            text = int(column.rows[row])
            found.append((int(row), place, name, column.texts[text], column.problems[text]))
    for row, _, name, text, problem in sorted(found, key=lambda item: item[:2]):
        yield report(
            problem.code,
            raw.file,
            line=int(raw.lines[row]),
            column=name,
            value=text,
            problem=problem.problem,
            remedy=problem.remedy,
            sheet=raw.sheet,
        )


def _broken_rules(raw: RawTable, frame: pd.DataFrame) -> Iterator[tuple[list[Finding], Mask]]:
    """Yield for each rule between cells the findings and which rows break it."""
    for rule in RULES:
        broken = np.asarray(rule.broken(frame), dtype=bool)
        rows = frame[broken]
        yield (
            [
                report(
                    rule.code,
                    raw.file,
                    line=int(line),
                    column=rule.column,
                    value="" if pd.isna(value) else value,
                    problem=rule.problem,
                    remedy=rule.remedy,
                    sheet=raw.sheet,
                )
                for line, value in zip(rows["line"], rows[rule.column], strict=True)
            ],
            broken,
        )


def _finished(
    frame: pd.DataFrame,
    raw: RawTable,
    crises: npt.NDArray[np.int64],
    names: list[str],
    start: pd.Timestamp | None,
) -> pd.DataFrame:
    if start is not None:
        silent = (frame["counting"] == "cumulative") & frame["since"].isna()
        frame["since"] = frame["since"].mask(silent, start).astype("datetime64[s]")
    frame["low"], frame["high"] = interval(frame["value"], frame["value_high"], frame["quantifier"])
    same = np.zeros(len(frame), np.int64)
    frame[CRISIS] = categories(names, crises)
    frame["file"] = categories([raw.file], same)
    frame["lineage"] = categories([""], same)
    return frame[list(COLUMNS)]
