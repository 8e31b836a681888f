"""Figures as a frame: the columns, their types, and how a hand-made frame gets them."""

from typing import Any

import pandas as pd

from figures.intervals import interval
from figures.models import Figure

DAYS = ("since", "as_of", "published")
NUMBERS = ("value", "value_high")
DERIVED = ("low", "high", "file", "line", "lineage")
# The columns of text that may be left empty, with what an empty cell means.
TEXTS = {
    name: str(field.default)
    for name, field in Figure.model_fields.items()
    if name not in (*DAYS, *NUMBERS) and not field.is_required()
}
# Names that our files for readers put beside ids; they are read from the ids and passed over.
NAMED = {"country": "country_name", "source": "source_name", "publisher": "publisher_name"}
COLUMNS = ("crisis", *Figure.model_fields, *DERIVED)


def complete(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with every column of the frame form, typed; the input is not changed.

    A frame from ``load_library`` passes through as it is. A hand-made frame may leave out columns
    that have a default, hold dates as ``date`` objects or text, and lack ``low`` and ``high``.
    Raises ``ValueError`` naming a required column that is missing.
    """
    columns: dict[str, Any] = {}
    for column in COLUMNS:
        if column not in figures.columns and column not in ("low", "high"):
            columns[column] = _made(column, figures.index)
        elif column in DAYS and figures[column].dtype != "datetime64[s]":
            columns[column] = pd.to_datetime(figures[column]).astype("datetime64[s]")
        elif column in NUMBERS and figures[column].dtype.kind not in "if":
            columns[column] = figures[column].astype(float)
        elif column in TEXTS and figures[column].hasnans:
            columns[column] = _filled(figures[column])
    result = figures.assign(**columns) if columns else figures
    if not {"low", "high"} <= set(result.columns):
        low, high = interval(result["value"], result["value_high"], result["quantifier"])
        result = result.assign(low=low, high=high)
    return result


def _filled(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column with its empty cells set to the default, as an empty cell of a file is."""
    return column.astype(object).where(column.notna(), TEXTS[str(column.name)])


def _made(column: str, index: "pd.Index[Any]") -> "pd.Series[Any]":
    """Return a column of defaults; raise ``ValueError`` for one that has none."""
    field = Figure.model_fields.get(column)
    if field is not None and field.is_required():
        raise ValueError(f"the figures have no column {column!r}; every figure needs it")
    if column in DAYS:
        return pd.Series(pd.NaT, index, dtype="datetime64[s]")
    if column in NUMBERS:
        return pd.Series(float("nan"), index, dtype=float)
    return pd.Series(0 if column == "line" else TEXTS.get(column, ""), index)
