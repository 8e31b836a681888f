"""Small tables (sources, crises, events, decisions, identities), read row by row."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import ValidationError

from figures import Finding, Table
from figures.findings import report
from loaders.figure_table import BREAKING
from loaders.headers import match
from loaders.raw import RawTable
from loaders.series import TEXT, kinds_of


@dataclass(frozen=True)
class Rows:
    """A table as a frame: the model's columns, then ``file`` and ``line``; and its findings.

    ``whole`` is false when the file as such could not be read.
    """

    frame: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    whole: bool = True


def rows_of(raw: RawTable, model: type[Table]) -> Rows:
    """Return the rows of a table; a row that the model refuses is left out, with its findings."""
    columns = match(raw, model)
    if not columns.whole or not raw.cells.num_columns:
        missing = columns.findings if raw.cells.num_columns else ()
        return Rows(no_rows(model), (*raw.findings, *missing), whole=False)
    texts = {name: raw.cells.column(place).to_pylist() for name, place in columns.position.items()}
    kept, findings = [], [*raw.findings, *columns.findings]
    for number, line in enumerate(raw.lines.tolist()):
        row = {name: cells[number] for name, cells in texts.items()}
        try:
            kept.append({**dict(model.model_validate(row)), "file": raw.file, "line": line})
        except ValidationError as error:
            findings += _findings(error, row, raw, line)
    whole = not any(finding.code in BREAKING for finding in raw.findings)
    return Rows(_frame(kept, model), tuple(findings), whole)


def no_rows(model: type[Table]) -> pd.DataFrame:
    """Return the model's frame without a row."""
    return _frame([], model)


def _findings(
    error: ValidationError, row: dict[str, str], raw: RawTable, line: int
) -> Iterator[Finding]:
    for detail in error.errors(include_url=False, include_input=False):
        column = str(detail["loc"][0]) if detail["loc"] else ""
        yield report(
            detail["type"],
            raw.file,
            line=line,
            column=column,
            value=row.get(column, ""),
            problem=detail["msg"],
            remedy=str(detail.get("ctx", {}).get("remedy", "")),
            sheet=raw.sheet,
        )


def _frame(rows: list[dict[str, Any]], model: type[Table]) -> pd.DataFrame:
    columns = {
        name: _typed([row[name] for row in rows], kinds_of(field))
        for name, field in model.model_fields.items()
    }
    columns["file"] = pd.array([row["file"] for row in rows], dtype=TEXT)
    columns["line"] = pd.array([row["line"] for row in rows], dtype="int64")
    return pd.DataFrame(columns)


def _typed(values: list[Any], kinds: tuple[type, ...]) -> Any:
    if dt.date in kinds or dt.datetime in kinds:
        return pd.Series(values, dtype="datetime64[s]")
    if int in kinds:
        return pd.Series(values, dtype="int64")
    return pd.array(["" if value is None else str(value) for value in values], dtype=TEXT)
