"""One text to one date, and to the parts of a date that a text gives."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from loaders.dates.clock import split_time
from loaders.dates.problems import AmbiguousDate, DateProblem
from loaders.dates.words import fold, mark

LONGEST = 200
FIRST_YEAR, LAST_YEAR = 1900, 2100
REMEDY = "write it as 2025-12-24"
_BUDDHIST_FROM = 2400
_BUDDHIST_OFFSET = 543
# A Thai month with a year of two digits is Buddhist from 60 (2017) on; below, it could be either.
_THAI_SHORT_YEAR = 60
_THAI = re.compile("[\u0e00-\u0e7f]")
_SERIAL = re.compile(r"(\d{1,7})(?:\.\d+)?")
_EPOCHS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
_ERA = re.compile(r"\s*<(be|ce)>\.?\s*")
_ERAS = {"be": "buddhist", "ce": "gregorian"}

_BREAK = r"[\s.,/-]*"
_YEAR, _LONG = r"(?P<year>\d{4}|\d{2})", r"(?P<year>\d{4})"
_MONTH, _NAME, _DAY = r"(?P<month>\d{1,2})", r"<(?P<name>\d{1,2})>", r"(?P<day>\d{1,2})"
_PAIR = r"(?P<first>\d{1,2})\s?(?P<mark>[-/. ])\s?(?P<second>\d{1,2})"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_LONG}\s?(?P<mark>[-/. ])\s?{_MONTH}\s?(?P=mark)\s?{_DAY}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_PAIR}\s?(?P=mark)\s?{_YEAR}",
        rf"{_DAY}{_BREAK}{_NAME}{_BREAK}{_YEAR}",
        rf"{_NAME}{_BREAK}{_DAY}(?:\.?\s|[,/.-]\s*){_YEAR}",
        rf"{_LONG}{_BREAK}{_NAME}{_BREAK}{_DAY}",
        _LONG,
        rf"{_LONG}[-/.]{_MONTH}",
        rf"{_MONTH}[-/. ]{_LONG}",
        rf"{_NAME}{_BREAK}{_LONG}",
        rf"{_LONG}{_BREAK}{_NAME}",
        rf"{_NAME}{_BREAK}{_DAY}",
        rf"{_DAY}{_BREAK}{_NAME}",
        _NAME,
        _PAIR,
        _DAY,
    )
)
# "12 2025" and "26 2025" look alike: only beside another date is the first number a day.
_DAY_AND_YEAR = re.compile(rf"{_DAY}\s{_LONG}")
_WEEK_DAY = re.compile(r"(\d{4})-?w(\d{2})-?([1-7])")


@dataclass(frozen=True)
class Reading:
    """The parts of a date a text gives; `pair` holds two numbers of which one is the day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    pair: tuple[int, int] | None = None


def parse_date(
    text: str, *, dayfirst: bool | None = None, era: str | None = None, serial: str | None = None
) -> date:
    """Return the day a text names, as printed: a time zone never shifts it.

    dayfirst settles 03/04/2025; without it such a text raises AmbiguousDate. era is "buddhist" or
    "gregorian"; left out, years from 2400 on are Buddhist (less 543). Years of two digits: 00-68
    are 2000-2068, 69-99 are 1969-1999. serial, "1900" or "1904", reads plain numbers as the day
    counts of Excel. Raises ValueError with the remedy for what is no day between 1900 and 2100.
    """
    _check_options(era, serial)
    return _parsed(text.strip(), dayfirst, era, serial)


@lru_cache(maxsize=16384)
def _parsed(text: str, dayfirst: bool | None, era: str | None, serial: str | None) -> date:
    """Return the date of a text; kept, since columns repeat their days."""
    if serial and _SERIAL.fullmatch(text):
        return from_serial(text, serial)
    # The time of a published moment is cut off here, and never moves the day.
    day_text, _ = split_time(folded(text))
    if week := _WEEK_DAY.fullmatch(day_text):
        return _of_week(text, int(week[1]), int(week[2]), int(week[3]))
    return complete(text, read(text, day_text, era), dayfirst)


def folded(text: str) -> str:
    """Return a text ready to be read; raises ValueError when empty or too long."""
    if len(text) > LONGEST:
        raise DateProblem("not-a-date", f"{text[:40]!r}… is too long for a date", REMEDY)
    if not text.strip():
        raise DateProblem("not-a-date", "the date is empty", REMEDY)
    return fold(text)


def read(text: str, day_text: str, era: str | None) -> Reading:
    """Return the parts of a date in a folded text; text is the original, for the message."""
    marked = mark(day_text)
    if printed := _ERA.search(marked):
        era = _ERAS[printed[1]]
        marked = _ERA.sub(" ", marked).strip()
    for shape in _SHAPES:
        if match := shape.fullmatch(marked):
            return _reading(text, match.groupdict(), era)
    raise DateProblem("not-a-date", f"{text!r} is not a date", REMEDY)


def read_day_and_year(text: str, day_text: str, era: str | None) -> Reading | None:
    """Return the parts of "26, 2025", the second half of "Dec 24-26, 2025"."""
    match = _DAY_AND_YEAR.fullmatch(mark(day_text))
    return _reading(text, match.groupdict(), era) if match else None


def _reading(text: str, parts: dict[str, str | None], era: str | None) -> Reading:
    """Return the parts of a match as numbers, the year as a Gregorian one."""
    year, month, day = parts.get("year"), parts.get("name") or parts.get("month"), parts.get("day")
    first, second = parts.get("first"), parts.get("second")
    return Reading(
        year=_gregorian(text, year, era) if year else None,
        month=int(month) if month else None,
        day=int(day) if day else None,
        pair=(int(first), int(second)) if first and second else None,
    )


def _gregorian(text: str, digits: str, era: str | None) -> int:
    """Return a printed year, of two or four digits, as a Gregorian year."""
    year = int(digits)
    if len(digits) == 2 and era is None and _THAI.search(text):
        if year < _THAI_SHORT_YEAR:
            problem = f"the year of {text!r} can be Gregorian or Buddhist"
            raise AmbiguousDate("ambiguous-date", problem, "write the year in four digits")
        era = "buddhist"
    if len(digits) == 2:
        if era == "buddhist":
            return 2500 + year - _BUDDHIST_OFFSET
        return year + (2000 if year <= 68 else 1900)
    if era == "buddhist" or (era is None and year >= _BUDDHIST_FROM):
        return year - _BUDDHIST_OFFSET
    return year


def settle(text: str, reading: Reading, dayfirst: bool | None) -> Reading:
    """Return a reading with its pair settled as day and month; raises AmbiguousDate if open."""
    if reading.pair is None:
        return reading
    first, second = reading.pair
    if min(first, second) > 12:
        problem = f"{text!r} has no month: neither {first} nor {second} is one"
        raise DateProblem("impossible-date", problem, f"check it, and {REMEDY}")
    if dayfirst is None:
        dayfirst = order_of(reading)
    if dayfirst is None and first != second:
        raise AmbiguousDate(
            "ambiguous-date",
            f"{text!r} can be day/month or month/day",
            f"{REMEDY}, or say whether the day comes first",
        )
    day, month = (second, first) if dayfirst is False else (first, second)
    return Reading(reading.year, month, day)


def order_of(reading: Reading) -> bool | None:
    """Return True where only the first number can be the day, False where only the second."""
    if reading.pair is None:
        return None
    first, second = reading.pair
    if (first > 12) == (second > 12):
        return None
    return first > 12


def complete(text: str, reading: Reading, dayfirst: bool | None) -> date:
    """Return the date of a reading that has year, month and day."""
    reading = settle(text, reading, dayfirst)
    if reading.year is None or reading.month is None or reading.day is None:
        raise DateProblem(
            "incomplete-date", f"{text!r} is not a full date", f"{REMEDY}, with year, month and day"
        )
    return make(text, reading.year, reading.month, reading.day)


def make(text: str, year: int, month: int, day: int) -> date:
    """Return a date; raises ValueError for one that does not exist or is not plausible."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise implausible(text, year)
    try:
        return date(year, month, day)
    except ValueError:
        problem = f"{text!r} names no day that exists (day {day} of month {month})"
        raise DateProblem("impossible-date", problem, f"check it, and {REMEDY}") from None


def implausible(text: str, year: int) -> DateProblem:
    """Return the problem of a year out of the range that the data can be about."""
    problem = f"{text!r} is in the year {year}, not between {FIRST_YEAR} and {LAST_YEAR}"
    return DateProblem("implausible-date", problem, f"check it, and {REMEDY}")


def from_serial(text: str, system: str) -> date:
    """Return the date of an Excel day count in the 1900 or 1904 system; its fraction is a time."""
    match = _SERIAL.fullmatch(text)
    days = int(match[1]) if match else 0
    if system == "1900" and days <= 60:
        # Excel counts a 29 February 1900 that never was; nothing here is about that winter.
        raise DateProblem("implausible-date", f"{text!r} is no likely Excel day count", REMEDY)
    try:
        found = _EPOCHS[system] + timedelta(days=days)
    except OverflowError:
        raise implausible(text, 9999) from None
    return make(text, found.year, found.month, found.day)


def _of_week(text: str, year: int, week: int, weekday: int) -> date:
    """Return the date of an ISO week date such as 2025-W52-3."""
    try:
        found = date.fromisocalendar(year, week, weekday)
    except ValueError:
        problem = f"{text!r} names no day that exists (week {week})"
        raise DateProblem("impossible-date", problem, f"check it, and {REMEDY}") from None
    return make(text, found.year, found.month, found.day)


def _check_options(era: str | None, serial: str | None) -> None:
    """Raise ValueError for an era or serial that is none of ours."""
    if era not in (None, "buddhist", "gregorian"):
        raise ValueError(f"era {era!r} is unknown; write 'buddhist' or 'gregorian'")
    if serial not in (None, "1900", "1904"):
        raise ValueError(f"serial {serial!r} is unknown; write '1900' or '1904'")
