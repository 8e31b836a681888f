"""A column of dates, read together: what one text leaves open, the others may settle."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loaders.dates.clock import split_time
from loaders.dates.problems import DateProblem
from loaders.dates.reading import folded, order_of, parse_date, read

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS = 20_000, 60_000
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")


@dataclass(frozen=True)
class CellProblem:
    """Why a text is no date: kebab-case code, the text, what is wrong, what would be right."""

    code: str
    value: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class DateColumn:
    """The dates of a column: per text a date, or a problem, or neither where the text is blank.

    dayfirst, era and serial say how the column was read; None where nothing showed it. conflict
    is the problem of a column in which both orders of day and month occur.
    """

    dates: tuple[date | None, ...]
    problems: tuple[CellProblem | None, ...]
    dayfirst: bool | None
    era: str | None
    serial: str | None
    conflict: CellProblem | None


def read_dates(
    texts: Sequence[str],
    *,
    dayfirst: bool | None = None,
    era: str | None = None,
    serial: str | None = None,
) -> DateColumn:
    """Read a column of dates; what is given overrides what the column shows.

    A number above 12 in one position shows which one is the day; a column of numbers from 20000
    to 60000 alone is Excel's 1900 count; a year from 2400 to 2599 makes the years of two digits
    Buddhist too. What stays open is "ambiguous-date" or "mixed-date-order", never a guess.
    """
    distinct = [text for text in dict.fromkeys(texts) if text.strip()]
    serial = serial or _serial(distinct)
    era = era or ("buddhist" if any(_buddhist(text) for text in distinct) else None)
    orders = _orders(distinct) if dayfirst is None else {}
    conflict = _conflict(orders)
    if dayfirst is None and len(orders) == 1:
        dayfirst = next(iter(orders))
    read_once = {text: _cell(text, dayfirst, era, serial, conflict) for text in distinct}
    cells = [read_once.get(text, (None, None)) for text in texts]
    return DateColumn(
        dates=tuple(found for found, _ in cells),
        problems=tuple(problem for _, problem in cells),
        dayfirst=dayfirst,
        era=era,
        serial=serial,
        conflict=conflict,
    )


def _serial(texts: list[str]) -> str | None:
    """Return "1900" for a column that is all Excel day counts of 1954 to 2064."""
    low, high = _SERIALS
    counts = all(_SERIAL.fullmatch(text.strip()) and low <= float(text) <= high for text in texts)
    return "1900" if texts and counts else None


def _buddhist(text: str) -> bool:
    """Say whether a text shows a year that only the Buddhist era has."""
    return len(text) <= 200 and bool(_BUDDHIST_YEAR.search(folded(text)))


def _orders(texts: list[str]) -> dict[bool, str]:
    """Return dayfirst → the first text that shows it."""
    orders: dict[bool, str] = {}
    for text in texts:
        try:
            order = order_of(read(text, split_time(folded(text))[0], None))
        except DateProblem:
            continue
        if order is not None:
            orders.setdefault(order, text)
    return orders


def _conflict(orders: dict[bool, str]) -> CellProblem | None:
    """Return the problem of a column that shows both orders."""
    if len(orders) < 2:
        return None
    problem = f"{orders[True]!r} has the day first and {orders[False]!r} the month"
    remedy = "write all dates of the column one way, best as 2025-12-24"
    return CellProblem("mixed-date-order", orders[False], problem, remedy)


def _cell(
    text: str,
    dayfirst: bool | None,
    era: str | None,
    serial: str | None,
    conflict: CellProblem | None,
) -> tuple[date | None, CellProblem | None]:
    """Return the date of one text, or its problem."""
    try:
        return parse_date(text, dayfirst=dayfirst, era=_era_of(text, era), serial=serial), None
    except DateProblem as error:
        if conflict and error.code == "ambiguous-date":
            problem = (
                f"{text!r} can be day/month or month/day, and in this column {conflict.problem}"
            )
            return None, CellProblem("mixed-date-order", text, problem, conflict.remedy)
        return None, CellProblem(error.code, text, error.problem, error.remedy)


def _era_of(text: str, era: str | None) -> str | None:
    """Return the era for one text: a Gregorian year in four digits stays one."""
    return None if era == "buddhist" and re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text) else era
