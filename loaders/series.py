"""Parsed columns become pandas columns of the right type."""

import datetime as dt
from enum import StrEnum
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
from pydantic.fields import FieldInfo

from figures import Figure
from loaders.columns import OWN_TEXT, Column, Mask

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


def figure_column(name: str, column: Column, good: Mask | None) -> Any:
    """Return the column of figures as a pandas array, one value for each good row.

    Days are datetime64[s], ``value`` int64, ``value_high`` float (missing: NaN), text categories or
    strings. Without ``good``, all rows are.
    """
    codes = column.codes
    if codes is None:
        return _as_they_are(column.values, good)
    codes = codes if good is None else codes[good]
    kinds = kinds_of(Figure.model_fields[name])
    if dt.date in kinds or dt.datetime in kinds:
        return np.array(column.values, dtype="datetime64[s]")[codes]
    if int in kinds:
        return _numbers(column.values, optional=type(None) in kinds)[codes]
    if name in OWN_TEXT:
        return strings(pa.array(column.values, pa.large_string()).take(pa.array(codes)))
    words = next((kind for kind in kinds if issubclass(kind, StrEnum)), None)
    return categories(column.values, codes, [w.value for w in words] if words else None)


def _as_they_are(values: Any, good: Mask | None) -> Any:
    if isinstance(values, np.ndarray):
        return values if good is None else values[good]
    return strings(values if good is None else values.filter(pa.array(good)))


def kinds_of(field: FieldInfo) -> tuple[type, ...]:
    """Return the Python types a field may hold."""
    annotation: Any = field.annotation
    return get_args(annotation) or (annotation,)


def categories(values: list[Any], codes: Any, words: list[str] | None = None) -> pd.Categorical:
    """Return a categorical; its categories are ``words``, or the values in alphabetical order."""
    texts = [str(value) for value in values]
    words = sorted(set(texts)) if words is None else words
    place = {word: number for number, word in enumerate(words)}
    mapped = np.array([place[text] for text in texts], dtype=np.min_scalar_type(-len(words) - 1))
    taken = mapped[codes] if len(mapped) else codes
    return pd.Categorical.from_codes(taken, categories=pd.Index(words, dtype=TEXT))


def _numbers(values: list[Any], *, optional: bool) -> Any:
    if not optional:
        return np.array(values, dtype=np.int64)
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def strings(texts: Any) -> Any:
    """Return texts as a pandas array of strings, without copying them where that can be."""
    return TEXT.__from_arrow__(texts.cast(pa.large_string()))  # type: ignore[attr-defined]
