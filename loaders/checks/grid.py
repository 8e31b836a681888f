"""What the checks over rows share: figures by series and source, and words for a row."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import SERIES, Finding
from figures.findings import report

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
LARGEST = 2**62
WORDS = {
    "exact": "{}",
    "at_least": "at least {}",
    "more_than": "more than {}",
    "at_most": "at most {}",
    "less_than": "less than {}",
    "about": "about {}",
    "nearly": "nearly {}",
    "range": "{} to {}",
}


@dataclass(frozen=True)
class Grid:
    """Figures of one or more crises, with what several checks need worked out once."""

    figures: pd.DataFrame
    _arrays: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def series(self) -> Ints:
        """The number of the series each row belongs to."""
        return self.groups(*SERIES)

    @cached_property
    def own(self) -> Ints:
        """The number of the series and source each row belongs to."""
        return combine(self.series, self.codes("source"))

    @cached_property
    def as_of(self) -> Ints:
        """The as-of day as a number."""
        return self.codes("as_of")

    @cached_property
    def day(self) -> Ints:
        """The number of the series, source and as-of day of each row; the days are in order."""
        return combine(self.own, self.as_of)

    @cached_property
    def order(self) -> Ints:
        """The rows that stand, by series, source and as-of day, then as in the file."""
        rows = np.flatnonzero(self.alive)
        return rows[np.argsort(self.day[rows], kind="stable")]

    @cached_property
    def value(self) -> Ints:
        """The number printed in each row."""
        return np.asarray(self.figures["value"])

    @cached_property
    def low(self) -> npt.NDArray[np.float64]:
        """The lowest number each row allows."""
        return np.asarray(self.figures["low"], dtype=float)

    @cached_property
    def high(self) -> npt.NDArray[np.float64]:
        """The highest number each row allows."""
        return np.asarray(self.figures["high"], dtype=float)

    @cached_property
    def alive(self) -> Mask:
        """Which rows stand: neither withdrawn nor corrected by a later row of the crisis."""
        frame = self.figures
        standing = np.asarray(frame["status"] != "withdrawn", dtype=bool)
        correcting = np.asarray(frame["supersedes"] != "", dtype=bool)
        if correcting.any():
            names = frame["crisis"].astype("str") + "\t"
            corrected = (names + frame["supersedes"])[correcting]
            standing = standing & ~np.asarray((names + frame["figure_id"]).isin(corrected))
        return standing

    def codes(self, column: str) -> Ints:
        """Return a number from 0 on per row, the same where the column holds the same.

        The numbers of days are in the order of the days; a missing day is 0.
        """
        values = self.figures[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            return values.cat.codes.to_numpy().astype(np.int64) + 1
        if values.dtype.kind == "M":
            days = values.to_numpy().astype("datetime64[D]").astype(np.int64)
            known = ~values.isna().to_numpy()
            return np.where(known, days - days[known].min(initial=0) + 1, 0)
        return pd.factorize(values)[0].astype(np.int64)

    def groups(self, *columns: str) -> Ints:
        """Return a number per row that is the same where all these columns hold the same."""
        return combine(*(self.codes(column) for column in columns))

    def said(self, row: int) -> str:
        """Return the number of a row in words, such as "at least 23"."""
        high = self.cell(row, "value_high")
        words = WORDS[str(self.cell(row, "quantifier"))]
        return words.format(f"{self.cell(row, 'value'):,}", "" if high != high else f"{high:,.0f}")

    def cell(self, row: int, column: str) -> Any:
        """Return the value of one cell."""
        if column not in self._arrays:
            self._arrays[column] = self.figures[column].array
        return self._arrays[column][row]

    def at(self, code: str, row: int, column: str, problem: str = "") -> Finding:
        """Return a finding about one cell."""
        value = self.cell(row, column)
        if isinstance(value, pd.Timestamp):
            value = value.date()
        return report(
            code,
            str(self.cell(row, "file")),
            line=int(self.cell(row, "line")),
            column=column,
            value="" if value is pd.NaT else value,
            problem=problem,
        )

    def name(self, row: int) -> str:
        """Return how to find a row: its id and its line."""
        return f"{self.cell(row, 'figure_id')} (line {self.cell(row, 'line')})"


def combine(*parts: Ints) -> Ints:
    """Return one number per row that is the same where all the parts are the same.

    Every part holds numbers from 0 on, and so does the result; rows come in the order of the first
    part, then the second, and so on.
    """
    result, size = parts[0], _size(parts[0])
    for part in parts[1:]:
        if size * _size(part) > LARGEST:
            result = np.unique(result, return_inverse=True)[1]
            size = _size(result)
        result, size = result * _size(part) + part, size * _size(part)
    return result


def _size(part: Ints) -> int:
    return int(part.max(initial=0)) + 1


def firsts(ordered: Ints) -> Ints:
    """Return where each run of equal numbers begins."""
    if not len(ordered):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
