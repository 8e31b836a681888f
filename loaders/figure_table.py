"""A table of figures in canonical columns becomes the frame of figures and its findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from figures import Figure, Finding, interval
from figures.findings import CATALOGUE, report
from figures.frames import COLUMNS, DERIVED, NAMED
from figures.rules import RULES, RowRule
from loaders.columns import Column, Mask, constant, parse
from loaders.headers import match
from loaders.places import parse_place
from loaders.raw import RawTable
from loaders.series import categories, figure_column

CRISIS = "crisis"


# What says that a file was caught half-written or was damaged: the rest of it is doubtful too.
BREAKING = frozenset({"truncated-file", "unclosed-quote"})


@dataclass(frozen=True)
class FigureTable:
    """Figures, as ``library.figures`` has them, and what is to say about them.

    ``whole`` is false when the file as such could not be read, or breaks off.
    """

    figures: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    whole: bool = True


def figures_of(raw: RawTable, crisis: str = "", start: pd.Timestamp | None = None) -> FigureTable:
    """Return the figures of a table; a row with a bad cell is left out, with a finding for each.

    ``crisis`` is written into every row, unless the table has a column of that name and ``crisis``
    is empty. A cumulative figure that does not say since when counts since ``start``.
    """
    columns = match(raw, Figure, ignored=(CRISIS, *DERIVED, *NAMED.values()))
    if not columns.whole or not raw.cells.num_columns:
        missing = columns.findings if raw.cells.num_columns else ()
        return FigureTable(no_figures(), (*raw.findings, *missing), whole=False)
    parsed = {
        name: _column(raw.cells, columns.position.get(name), name) for name in Figure.model_fields
    }
    findings = [*raw.findings, *columns.findings, *_bad_cells(raw, parsed), *_unfilled(raw)]
    good = _good_rows(parsed, raw.cells.num_rows)
    frame = pd.DataFrame(
        {name: figure_column(name, column, good) for name, column in parsed.items()}, copy=False
    )
    crises = _crises(raw.cells, columns.position.get(CRISIS), crisis)
    frame[CRISIS] = figure_column("scope", crises, good)
    frame["line"] = raw.lines if good is None else raw.lines[good]
    broken = list(_broken_rules(raw, frame))
    if broken:
        findings += [finding for _, rows in broken for finding in rows]
        kept = ~np.logical_or.reduce([mask for mask, _ in broken])
        frame = frame[kept].reset_index(drop=True)
    whole = not any(finding.code in BREAKING for finding in raw.findings)
    return FigureTable(_finished(frame, raw.file, start), tuple(findings), whole)


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


def _unfilled(raw: RawTable) -> Iterator[Finding]:
    """Yield what to say of a table without a row, unless something else is wrong with it."""
    if not raw.cells.num_rows and not any(f.severity == "error" for f in raw.findings):
        yield report("no-figures", raw.file, sheet=raw.sheet)


def _good_rows(parsed: dict[str, Column], rows: int) -> Mask | None:
    """Return which rows have no bad cell; nothing when all rows are good."""
    bad = np.concatenate([column.bad() for column in parsed.values()])
    if not len(bad):
        return None
    good = np.ones(rows, dtype=bool)
    good[bad] = False
    return good


def _bad_cells(raw: RawTable, parsed: dict[str, Column]) -> Iterator[Finding]:
    """Yield a finding for each cell that cannot be read, by line and column."""
    columns = list(parsed.items())
    found = [
        (row, place) for place, (_, column) in enumerate(columns) for row in column.bad().tolist()
    ]
    for row, place in sorted(found):
        name, column = columns[place]
        text, problem = column.at(row)
        yield report(
            problem.code,
            raw.file,
            line=int(raw.lines[row]),
            column=name,
            value=text,
            problem=problem.problem,
            remedy=_nearer(text) if problem.code == "unknown-country" else problem.remedy,
            sheet=raw.sheet,
        )


@lru_cache(maxsize=1_000)
def _nearer(text: str) -> str:
    """Return the remedy for a text that is no country code: the code, where the name is known."""
    try:
        return f"Write {parse_place(text)}."
    except ValueError:
        return CATALOGUE["unknown-country"].remedy


def _broken_rules(raw: RawTable, frame: pd.DataFrame) -> Iterator[tuple[Mask, list[Finding]]]:
    """Yield for each rule between cells that some rows break which rows, and their findings."""
    columns: Any = frame
    for rule in RULES:
        broken: Mask = np.asarray(rule.broken(columns), dtype=np.bool_)
        rows = np.flatnonzero(broken)
        if len(rows):
            values, lines = frame[rule.column].iloc[rows], frame["line"].iloc[rows]
            pairs = zip(values, lines, strict=True)
            yield broken, [_broken(raw, rule, value, line) for value, line in pairs]


def _broken(raw: RawTable, rule: RowRule, value: Any, line: int) -> Finding:
    return report(
        rule.code,
        raw.file,
        line=int(line),
        column=rule.column,
        value=_as_written(value),
        problem=rule.problem,
        remedy=rule.remedy,
        sheet=raw.sheet,
    )


def _as_written(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def _finished(frame: pd.DataFrame, file: str, start: pd.Timestamp | None) -> pd.DataFrame:
    """Return the frame with the columns that are worked out, in the order of the frame form."""
    if start is not None:
        silent = (frame["counting"] == "cumulative") & frame["since"].isna()
        frame["since"] = frame["since"].mask(silent, start).astype("datetime64[s]")
    low, high = interval(frame["value"], frame["value_high"], frame["quantifier"])
    same = np.zeros(len(frame), np.int8)
    frame = frame.assign(
        low=low, high=high, file=categories([file], same), lineage=categories([""], same)
    )
    return frame[list(COLUMNS)]
