"""Figures as a frame: the columns, their types, and how a hand-made frame gets them."""

from typing import Any

import pandas as pd

from figures.intervals import interval
from figures.models import Figure

DAYS = ("since", "as_of", "published")
NUMBERS = ("value", "value_high")
DERIVED = ("low", "high", "file", "line", "lineage")
COLUMNS = ("crisis", *Figure.model_fields, *DERIVED)


def _default(column: str) -> Any:
    if column in DAYS:
        return pd.NaT
    if column in Figure.model_fields:
        field = Figure.model_fields[column]
        return None if field.is_required() else field.default
    return {"line": 0}.get(column, "")


def complete(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with every column of the frame form, typed; the input is not changed.

    A frame from ``load_library`` passes through as it is. A hand-made frame may leave out columns
    that have a default, hold dates as ``date`` objects or text, and lack ``low`` and ``high``.
    Raises ``ValueError`` naming a required column that is missing.
    """
    missing = [c for c in COLUMNS if c not in figures.columns and c not in ("low", "high")]
    for column in missing:
        if column in Figure.model_fields and Figure.model_fields[column].is_required():
            raise ValueError(f"the figures have no column {column!r}; every figure needs it")
    columns: dict[str, Any] = {column: _default(column) for column in missing}
    for column in DAYS:
        if column in figures.columns and not _is_typed(figures[column]):
            columns[column] = pd.to_datetime(figures[column]).astype("datetime64[s]")
        elif column not in figures.columns:
            columns[column] = pd.Series(pd.NaT, figures.index, dtype="datetime64[s]")
    for column in NUMBERS:
        if column not in figures.columns or figures[column].dtype.kind not in "if":
            cell = figures[column] if column in figures.columns else float("nan")
            columns[column] = pd.Series(cell, figures.index, dtype=float)
    result = figures.assign(**columns) if columns else figures
    if "low" not in result.columns or "high" not in result.columns:
        low, high = interval(result["value"], result["value_high"], result["quantifier"])
        result = result.assign(low=low, high=high)
    return result


def _is_typed(column: "pd.Series[Any]") -> bool:
    return bool(column.dtype == "datetime64[s]")
