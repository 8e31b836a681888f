"""Periods: "24-26 Dec 2025", "December 2025", "2025-W52" to a first and a last day."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from loaders.dates.clock import split_time
from loaders.dates.problems import AmbiguousDate, DateProblem
from loaders.dates.reading import (
    Reading,
    complete,
    folded,
    make,
    parse_date,
    read,
    read_day_and_year,
    settle,
)

REMEDY = "write it as 2025-12-24 to 2025-12-26"
_WEEK = re.compile(r"(\d{4})-?\s?w(?:eek)?\s?(\d{1,2})")
_QUARTER = re.compile(r"(?:q([1-4])[\s/-]?(\d{4})|(\d{4})[\s/-]?q([1-4]))")
# From the most certain separator to the least.
_BETWEEN = (
    re.compile(
        r"\s+(?:to|until|till|through|and|au|a|al|hasta|bis|und|ate|по|до|sampai|hingga|s/d|den|الى"
        r"|حتى)\s+|\s*(?:ถึง|ដល់|至|到|から|~)\s*"
    ),
    re.compile(r"\s-\s"),
    re.compile(r"-"),
    re.compile(r"/"),
)
_LEAD = re.compile(r"^(?:from|between|entre|du|del|desde|de|vom|von|с|dari|tu|من|ระหว่าง|ตั้งแต่)\s+")


def parse_period(
    text: str, *, dayfirst: bool | None = None, era: str | None = None
) -> tuple[date, date]:
    """Return the first and the last day of a period: a day, week, month, quarter, year or range.

    A half that leaves out its month or year takes it from the other half: "24 Dec - 3 Jan 2026"
    begins in 2025. Raises ValueError with the remedy, AmbiguousDate for 03/04/2025 to 05/04/2025.
    """
    whole = _LEAD.sub("", folded(text))
    if found := _named(text, whole) or _single(text, whole, dayfirst, era):
        return found
    problem = DateProblem("not-a-date", f"{text!r} is not a period", REMEDY)
    for left, right in _halves(whole):
        try:
            if found := _joined(text, left, right, dayfirst, era):
                return found
        except DateProblem as error:
            # Another separator may part it better; if none does, this says what was wrong.
            problem = error
    raise problem


def _named(text: str, whole: str) -> tuple[date, date] | None:
    """Return the days of 2025-W52 or Q4 2025."""
    if week := _WEEK.fullmatch(whole):
        first = parse_date(f"{week[1]}-W{int(week[2]):02d}-1")
        return first, parse_date(f"{week[1]}-W{int(week[2]):02d}-7")
    if quarter := _QUARTER.fullmatch(whole):
        year, last = int(quarter[2] or quarter[3]), 3 * int(quarter[1] or quarter[4])
        return make(text, year, last - 2, 1), _end(text, Reading(year, last))
    return None


def _single(
    text: str, whole: str, dayfirst: bool | None, era: str | None
) -> tuple[date, date] | None:
    """Return the days of one date, month or year; None where the text is none of these."""
    day_text, _ = split_time(whole)
    try:
        reading = read(text, day_text, era)
    except AmbiguousDate:
        raise
    except DateProblem:
        return None
    if reading.year is None:
        return None
    reading = settle(text, reading, dayfirst)
    return _start(text, reading), _end(text, reading)


def _halves(whole: str) -> Iterator[tuple[str, str]]:
    """Yield each way to part a text at a separator."""
    for between in _BETWEEN:
        for cut in between.finditer(whole):
            yield whole[: cut.start()], whole[cut.end() :]


def _joined(
    text: str, left: str, right: str, dayfirst: bool | None, era: str | None
) -> tuple[date, date] | None:
    """Return the days from one half to the other; None where they are no two dates."""
    first, last = _half(text, left, dayfirst, era), _half(text, right, dayfirst, era)
    if first is None or last is None or (first.day is None) != (last.day is None):
        return None
    first, last = _filled(first, last), _filled(last, first)
    if not (first.year and last.year):
        return None
    start, end = _start(text, first), _end(text, last)
    if start > end:
        problem = f"{text!r} ends before it begins"
        raise DateProblem("impossible-date", problem, f"check it, and {REMEDY}")
    return start, end


def _half(text: str, part: str, dayfirst: bool | None, era: str | None) -> Reading | None:
    """Return the parts of a date that one half of a range gives."""
    if not part.strip():
        return None
    try:
        day_text, _ = split_time(part.strip())
        reading = read_day_and_year(text, day_text, era) or read(text, day_text, era)
    except AmbiguousDate:
        raise
    except DateProblem:
        return None
    return settle(text, reading, dayfirst)


def _filled(half: Reading, other: Reading) -> Reading:
    """Return a half with the month and year it leaves out, taken from the other half."""
    month = half.month or other.month
    year = half.year
    if year is None and other.year:
        # "24 Dec - 3 Jan 2026": a half in a later month than the dated end is of the year before.
        year = other.year - (1 if (month or 0) > (other.month or 12) else 0)
    return replace(half, year=year, month=month)


def _start(text: str, reading: Reading) -> date:
    """Return the first day of a day, month or year."""
    return complete(text, replace(reading, month=reading.month or 1, day=reading.day or 1), None)


def _end(text: str, reading: Reading) -> date:
    """Return the last day of a day, month or year."""
    year, month = reading.year or 0, reading.month or 12
    if reading.day:
        return make(text, year, month, reading.day)
    first = make(text, year, month, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])
