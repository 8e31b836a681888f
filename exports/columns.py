"""Figures as typed columns, from which every file of figures is made."""

from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from exports.cells import FORMULA, GUARD
from figures import Figure

DAYS = ("since", "as_of")
MOMENTS = ("published",)
NUMBERS = ("value", "value_high")
# The crisis is the folder's name in a library; a file of figures carries it as a column.
COLUMNS = ("crisis", *Figure.model_fields)


def typed(figures: pd.DataFrame) -> pa.Table:
    """Return figures as an arrow table: days as dates, numbers as whole numbers, the rest text.

    ``figures`` has the columns of ``library.figures``; what is worked out (low, high, lineage,
    file and line) is left out. A missing day or number is null.
    """
    return pa.table({name: _column(name, figures[name]) for name in COLUMNS})


def _column(name: str, column: "pd.Series[Any]") -> Any:
    if name in DAYS:
        return pa.array(column, pa.timestamp("s")).cast(pa.date32())
    if name in MOMENTS:
        return pa.array(column, pa.timestamp("s"))
    if name in NUMBERS:
        return pa.array(column, from_pandas=True).cast(pa.int64())
    if isinstance(column.dtype, pd.CategoricalDtype):
        return pa.array(column).cast(pa.dictionary(pa.int32(), pa.string()))
    return pa.array(column.astype(str), pa.large_string())


def texts(figures: pd.DataFrame, names: tuple[str, ...] = COLUMNS) -> pa.Table:
    """Return figures as the text of a CSV file: ISO days, digits, nothing for what is missing.

    Free text that a spreadsheet could run has an apostrophe in front.
    """
    table = typed(figures)
    return pa.table({name: _text(table.column(name)) for name in names})


def _text(column: Any) -> Any:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return _moments(column)
    if not (pa.types.is_dictionary(kind) or pa.types.is_large_string(kind)):
        return pc.fill_null(column.cast(pa.string()), "")
    column = column.cast(pa.large_string())
    joined = pc.binary_join_element_wise(_scalar(GUARD), column, _scalar(""))
    return pc.if_else(_runnable(column), joined, column)


def _scalar(text: str) -> Any:
    return pa.scalar(text, pa.large_string())


def _runnable(column: Any) -> Any:
    """Return which texts a spreadsheet could take for a formula."""
    found = [pc.starts_with(column, sign) for sign in FORMULA]
    some = found[0]
    for more in found[1:]:
        some = pc.or_(some, more)
    return some


def _moments(column: Any) -> Any:
    """Return moments as text; one at midnight is a day, for no report means midnight."""
    day = pc.strftime(column, "%Y-%m-%d")
    whole = pc.equal(column, pc.floor_temporal(column, unit="day"))
    text = pc.if_else(whole, day, pc.strftime(column, "%Y-%m-%dT%H:%M:%S"))
    return pc.fill_null(text, "")
