"""Figures as typed columns, from which every file of figures is made."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from figures import Figure
from loaders.guarding import GUARD, RUNNABLE

DAYS = ("since", "as_of")
MOMENTS = ("published",)
NUMBERS = ("value", "value_high")
TEXT = pa.large_string()
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
    return pa.array(column if column.dtype == "str" else column.astype(str), TEXT)


def texts(figures: pd.DataFrame) -> pa.Table:
    """Return figures as the text of a CSV file: ISO days, digits, nothing for what is missing.

    Free text that a spreadsheet could run has an apostrophe in front.
    """
    table = typed(figures)
    return pa.table({name: _text(table.column(name)) for name in table.column_names})


def _text(column: Any) -> Any:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return by_word(column.dictionary_encode(), moments)
    if pa.types.is_dictionary(kind) or pa.types.is_large_string(kind):
        return by_word(column, _guarded)
    return pc.fill_null(column.cast(pa.large_string()), "")


def by_word(column: Any, work: Callable[[Any], Any], missing: str = "") -> Any:
    """Return a column after ``work``, row by row; words that come again are worked on once."""
    if isinstance(column, pa.ChunkedArray):
        return pa.chunked_array([by_word(chunk, work, missing) for chunk in column.chunks], TEXT)
    if pa.types.is_dictionary(column.type):
        words = column.dictionary
        words = words.cast(TEXT) if pa.types.is_string(words.type) else words
        done = work(words).take(column.indices)
    else:
        done = work(column)
    return pc.fill_null(done, missing)


def _guarded(column: Any) -> Any:
    runnable = pc.match_substring_regex(column, RUNNABLE)
    if not pc.any(runnable).as_py():
        return column
    guard, between = pa.scalar(GUARD, TEXT), pa.scalar("", TEXT)
    return pc.if_else(runnable, pc.binary_join_element_wise(guard, column, between), column)


def moments(column: Any) -> Any:
    """Return moments as text; one at midnight is a day, for no report means midnight."""
    day = pc.strftime(column, "%Y-%m-%d").cast(TEXT)
    whole = pc.equal(column, pc.floor_temporal(column, unit="day"))
    return pc.if_else(whole, day, pc.strftime(column, "%Y-%m-%dT%H:%M:%S").cast(TEXT))
