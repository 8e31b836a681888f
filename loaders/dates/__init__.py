"""Dates: days, moments, periods and columns of them, as people write them in many languages."""

from loaders.dates.columns import CellProblem, DateColumn, read_dates
from loaders.dates.moments import parse_datetime
from loaders.dates.periods import parse_period
from loaders.dates.problems import AmbiguousDate, DateProblem
from loaders.dates.reading import parse_date

__all__ = [
    "AmbiguousDate",
    "CellProblem",
    "DateColumn",
    "DateProblem",
    "parse_date",
    "parse_datetime",
    "parse_period",
    "read_dates",
]
