"""Frames as rows of plain values, ready for JSON and CSV."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from api.standards import Hapi, mapping
from figures import Figure
from reconciliation.naming import place_name

DERIVED = ("low", "high", "high_unbounded")
OURS = ("crisis", *Figure.model_fields, *DERIVED)
HAPI = (
    "location_code",
    "location_name",
    "admin1_name",
    "reference_period_start",
    "reference_period_end",
    "population",
    "fatalities",
    "population_status",
    "gender",
    "age_range",
    "min_age",
    "max_age",
)
# HAPI's population is a number of people; who is counted is called this beside it.
COUNTED = "counted"
Row = dict[str, Any]
NOTHING = Hapi()


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: days as text, whole numbers, nothing for what is missing."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp | dt.datetime):
        whole = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if whole else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return bounded(value)
    return value


def bounded(value: float) -> int | None:
    """Return a number of people; nothing for one that is missing or without bound."""
    return int(value) if math.isfinite(value) else None


def figure_rows(page: pd.DataFrame) -> list[Row]:
    """Return figures as rows: the columns of the files, and what the words of each allow."""
    columns = {name: _column(page[name]) for name in OURS if name != "high_unbounded"}
    columns["high_unbounded"] = [math.isinf(high) for high in page["high"].tolist()]
    return [dict(zip(OURS, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def table_rows(table: pd.DataFrame, names: list[str]) -> list[Row]:
    """Return some columns of a table as rows."""
    columns = [_column(table[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _column(column: "pd.Series[Any]") -> list[Any]:
    return [plain(value) for value in column.tolist()]


def as_hapi(rows: list[Row], starts: Mapping[str, str]) -> list[Row]:
    """Return rows of figures with HAPI's columns in front.

    ``starts`` holds the first day of each crisis, where running totals without a day begin.
    """
    words = mapping().of_words()
    return [_hapi_row(row, starts, words) for row in rows]


def _hapi_row(row: Row, starts: Mapping[str, str], words: Mapping[tuple[str, str], Hapi]) -> Row:
    def of(column: str) -> Hapi:
        return words.get((column, str(row[column])), NOTHING)

    measure, who = of("measure"), of("population")
    start = row[of("counting").start] or starts[row["crisis"]]
    hapi = dict.fromkeys(HAPI) | {
        "location_code": row["country"],
        "location_name": place_name(row["country"]),
        "admin1_name": row["admin1"] or None,
        "reference_period_start": start,
        "reference_period_end": row["as_of"],
        "population_status": measure.population_status,
        "gender": who.gender,
        "age_range": who.age_range,
        "min_age": who.min_age,
        "max_age": who.max_age,
    }
    if measure.number and of("unit").people:
        hapi[measure.number] = row["value"]
    ours = {COUNTED if name == "population" else name: value for name, value in row.items()}
    return hapi | ours
