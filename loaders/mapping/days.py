"""Dates of a table: the as-of day of each text, and the first day of the period it is about."""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loaders.dates import parse_datetime, parse_period, read_dates
from loaders.mapping.coded import Coded, Problem, sentence
from loaders.mapping.model import DateKeys

_STARTS: dict[str, Callable[[dt.date], dt.date]] = {
    "day": lambda day: day,
    "week_to": lambda day: day - dt.timedelta(days=6),
    "week_from": lambda day: day,
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


@dataclass(frozen=True)
class Span:
    """The last and the first day of what a text is about; ``first`` is None where nobody says."""

    last: dt.date
    first: dt.date | None


def spans(texts: Sequence[str], keys: DateKeys) -> list[Span | Problem | None]:
    """Return for each text the days it is about, a problem, or None where it is blank.

    The texts of a column decide together which number is the day.
    """
    if keys.format:
        return [_formatted(text, keys) for text in texts]
    column = read_dates(list(texts), dayfirst=keys.dayfirst, era=keys.era, serial=keys.serial)
    result: list[Span | Problem | None] = []
    for text, day, problem in zip(texts, column.dates, column.problems, strict=True):
        if day is not None:
            result.append(_about(day, keys))
        elif problem is None:
            result.append(None)
        else:
            found = Problem(problem.code, problem.problem, sentence(problem.remedy))
            result.append(_period(text, column.dayfirst, keys, found))
    return result


def _formatted(text: str, keys: DateKeys) -> Span | Problem | None:
    if not text:
        return None
    try:
        day = dt.datetime.strptime(text, keys.format or "").date()
        return _about(day.replace(year=day.year - 543 * (keys.era == "buddhist")), keys)
    except ValueError:
        return Problem("not-a-date", f"{text!r} is not a date of the form {keys.format!r}")


def _about(day: dt.date, keys: DateKeys) -> Span:
    if keys.period is None:
        return Span(day, None)
    last = day + dt.timedelta(days=6) if keys.period == "week_from" else day
    return Span(last, _STARTS[keys.period](day))


def _period(text: str, dayfirst: bool | None, keys: DateKeys, problem: Problem) -> Span | Problem:
    """Return the days of a text that names a period: a range always, a month or year if told."""
    if text.isdecimal() and len(text) == 4 and keys.period == "year":
        year = int(text) - 543 * (keys.era == "buddhist" or int(text) >= 2400)
        if 1900 <= year <= 2100:
            return Span(dt.date(year, 12, 31), dt.date(year, 1, 1))
    try:
        first, last = parse_period(text, dayfirst=dayfirst, era=keys.era)
    except ValueError:
        return problem
    whole = _is_month_or_year(first, last)
    if whole and keys.period not in ("month", "year"):
        remedy = (
            "Say in the mapping that its days are months or years, if the row is about all of it."
        )
        return Problem("incomplete-date", f"{text!r} names no single day", remedy)
    return Span(last, first)


def _is_month_or_year(first: dt.date, last: dt.date) -> bool:
    ends = last.day == calendar.monthrange(last.year, last.month)[1]
    return first.day == 1 and ends and first.year == last.year


def as_of(column: Coded, keys: DateKeys) -> tuple[Coded, Coded]:
    """Return the as-of days and the first days of the periods, as ISO text, '' where unknown."""
    read = spans(column.texts, keys)
    lasts = column.map(lambda _: [_iso(span, "last") for span in read])
    firsts = column.map(lambda _: [_iso(span, "first") for span in read])
    return lasts, firsts


def _iso(span: Span | Problem | None, which: str) -> str | Problem:
    if isinstance(span, Problem):
        return span
    day = getattr(span, which) if span else None
    return day.isoformat() if day else ""


def first_days(column: Coded, keys: DateKeys) -> Coded:
    """Return the first days of what the texts of a column of ``since`` say, as ISO text."""
    read = spans(column.texts, keys)
    return column.map(lambda _: [_start(span) for span in read])


def _start(span: Span | Problem | None) -> str | Problem:
    if isinstance(span, Span):
        return (span.first or span.last).isoformat()
    return span or ""


def moments(column: Coded, keys: DateKeys) -> Coded:
    """Return the moments of a column of ``published`` as ISO text, the clock as printed."""
    days = column.map(lambda texts: [_iso(span, "last") for span in spans(texts, keys)])
    texts = [_clocked(raw, day) for raw, day in zip(column.texts, days.texts, strict=True)]
    return Coded(days.codes, texts, days.bad)


def _clocked(raw: str, day: str) -> str:
    try:
        clock = parse_datetime(raw).time() if ":" in raw else dt.time()
    except ValueError:
        # The order of day and month may be known only from the column; then the day is enough.
        return day
    return f"{day}T{clock.isoformat()}" if day and clock != dt.time() else day
