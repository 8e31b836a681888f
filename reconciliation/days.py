"""Days as whole numbers, and the checks on what a caller hands over as a day."""

import datetime as dt
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.int64]
DayLike = str | dt.date | dt.datetime | pd.Timestamp | np.datetime64

# Later than any day that can be written; leaves room for adding to it without overflow.
FOREVER = 2**40


def day_number(day: DayLike) -> int:
    """Return the days since 1 January 1970; raise ``ValueError`` for what is not a day."""
    try:
        stamp = pd.Timestamp(day)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{day!r} is not a day; write it as 2025-12-24") from error
    if pd.isna(stamp):
        raise ValueError("the day is missing; write it as 2025-12-24")
    return (stamp.date() - dt.date(1970, 1, 1)).days


def day_numbers(days: Iterable[DayLike]) -> Days:
    """Return the distinct days, sorted, as numbers."""
    return np.unique(np.array([day_number(day) for day in days], dtype=np.int64))


def numbers_of(column: "pd.Series[pd.Timestamp]") -> Days:
    """Return a column of days as numbers; a missing day is the smallest number there is."""
    return column.to_numpy("datetime64[D]").astype(np.int64)


def stamps(days: Days) -> npt.NDArray[np.datetime64]:
    """Return day numbers as ``datetime64[s]``, the type of every day column."""
    return days.astype("datetime64[D]").astype("datetime64[s]")
