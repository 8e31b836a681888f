"""The types of cells: how the text of one cell becomes a value, and what is said when it cannot.

Each type below takes text as a CSV file holds it, or the Python value itself. What is wrong with a
cell is raised as a typed problem: a stable code, a sentence on what was found, and the remedy.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

from figures.vocabulary import COUNTRIES

IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9._:\-]{0,79}"
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
LARGEST = 10_000_000_000
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Plain:
    """Which texts need no reading, since they are their own value: those that match as a whole.

    A column of a million different ids or notes is taken over in one step where it matches. The
    pattern is in RE2, the language of column stores; it may be narrower than the type, never wider.
    """

    pattern: str
    longest: int = LONGEST_TEXT
    digits: bool = False


def problem(code: str, message: str, remedy: str) -> PydanticCustomError:
    """Return the error that becomes a finding: its code, what is wrong, and what would be right."""
    # The message is given as a value, since braces in a cell must not be taken for a template.
    return PydanticCustomError(code, "{message}", {"message": message, "remedy": remedy})


def _shown(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "…")


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _number(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,18}", value.strip()):
            raise problem(
                "not-a-number",
                f"{_shown(value)} is not a whole number in digits",
                "Write digits only, such as 1200; put words such as 'at least' in `quantifier`.",
            )
        value = int(value)
    if isinstance(value, int) and not 0 <= value <= LARGEST:
        raise problem(
            "implausible-number",
            f"{_shown(value)} cannot be a number of people",
            "Check the number; it must lie between 0 and 10,000,000,000.",
        )
    return value


def _in_range(day: dt.date, found: object) -> dt.date:
    if not FIRST_DAY <= (day.date() if isinstance(day, dt.datetime) else day) <= LAST_DAY:
        raise problem(
            "implausible-date",
            f"{_shown(found)} lies outside 1900 to 2100",
            "Check the year; Buddhist-era years are 543 too high.",
        )
    return day


def _not_a_date(value: object) -> PydanticCustomError:
    return problem(
        "not-a-date",
        f"{_shown(value)} is not a day that exists, written year-month-day",
        "Write it as 2025-12-24.",
    )


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value.date() if isinstance(value, dt.datetime) else value
    text = value.strip()
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise _not_a_date(value) from None
    return _in_range(day, value)


def _moment(value: object) -> object:
    """Read a day, or a day and time; the clock is kept as printed and the zone is left aside."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        if not re.match(r"\d{4}-\d\d-\d\d(?:$|[T ]\d\d:\d\d)", text, re.ASCII):
            raise ValueError
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise _not_a_date(value) from None
    return _in_range(moment, value)


def _places(value: str) -> str:
    codes = [code.strip() for code in value.split("+")]
    unknown = [code for code in codes if code not in COUNTRIES]
    if unknown:
        raise problem(
            "unknown-country",
            f"{_shown(unknown[0])} is not a country code",
            "Write the three-letter ISO code, such as KHM, or several joined by +: KHM+THA.",
        )
    return "+".join(sorted(set(codes)))


def _one_place(value: str) -> str:
    if "+" in value:
        raise problem(
            "several-countries",
            f"{_shown(value)} names several countries",
            "Give one country, or none.",
        )
    return _places(value) if value else ""


def _identifier(value: str) -> str:
    if not re.fullmatch(IDENTIFIER, value):
        raise problem(
            "bad-id",
            f"{_shown(value)} cannot be an id",
            "Use letters, digits, dots, dashes and underscores only, 80 at most.",
        )
    return value


def _identifiers(value: str) -> str:
    return "+".join(_identifier(part.strip()) for part in value.split("+")) if value else ""


def _optional(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value else ""


def _class_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
        raise problem(
            "bad-word",
            f"{_shown(value)} cannot be the name of a group of people",
            "Use small letters, digits and underscores, such as civilian or migrant_workers.",
        )
    return value


def _plain(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise problem(
            "too-long",
            f"the text has {len(value):,} characters",
            f"Shorten it to {LONGEST_TEXT:,} characters or fewer.",
        )
    if "\x00" in value:
        raise problem(
            "control-character",
            "the text holds a character that cannot be printed",
            "Delete the character, or save the file again where it was made.",
        )
    return value


def _link(value: str) -> str:
    if value and not re.match(r"https?://[^\s<>\"]+$", value):
        raise problem(
            "bad-link",
            f"{_shown(value)} is not a web address",
            "Write the whole address, from http:// or https:// on, without blanks.",
        )
    return value


def words(vocabulary: type[StrEnum], *, optional: bool = False) -> BeforeValidator:
    """Return the check that a cell holds one of the vocabulary's words, or nothing if optional."""
    allowed = ", ".join(word.value for word in vocabulary)

    def read(value: Any) -> Any:
        if optional and value is None:
            return None
        try:
            return vocabulary(value.strip() if isinstance(value, str) else value)
        except ValueError:
            raise problem(
                "unknown-word",
                f"{_shown(value)} is not one of the words",
                f"Use one of: {allowed}.",
            ) from None

    return BeforeValidator(read)


def _empty_is(default: object) -> BeforeValidator:
    return BeforeValidator(lambda value: default if value in ("", None) else value)


def _never_empty(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise problem("missing-value", "the cell is empty", "Fill it in; unknown is not 0.")
    return value


Required = BeforeValidator(_never_empty)
_STRIP = BeforeValidator(_stripped)
_NONE = _empty_is(None)

# No blank and no control character at either end, nor a NUL anywhere.
_PLAIN_TEXT = Plain(r"([^\pZ\pC]([^\x00]*[^\pZ\pC])?)?")
_PLAIN_LINK = Plain(r"(https?://[!#-;=?-~]+)?")

Text = Annotated[str, AfterValidator(_plain), _STRIP, _empty_is(""), _PLAIN_TEXT]
Name = Annotated[str, AfterValidator(_plain), _STRIP, Required]
Id = Annotated[str, AfterValidator(_identifier), _STRIP, Required, Plain(IDENTIFIER)]
OptionalId = Annotated[
    str, AfterValidator(_optional(_identifier)), _STRIP, _empty_is(""), Plain(f"({IDENTIFIER})?")
]
Ids = Annotated[str, AfterValidator(_identifiers), _STRIP, _empty_is("")]
Places = Annotated[str, AfterValidator(_places), _STRIP, Required]
OptionalPlaces = Annotated[str, AfterValidator(_optional(_places)), _STRIP, _empty_is("")]
OptionalPlace = Annotated[str, AfterValidator(_one_place), _STRIP, _empty_is("")]
Group = Annotated[str, AfterValidator(_class_name), _STRIP, _empty_is("all")]
Link = Annotated[str, AfterValidator(_link), _STRIP, _empty_is(""), _PLAIN_LINK]
Number = Annotated[int, BeforeValidator(_number), Required, Plain("[0-9]{1,10}", digits=True)]
OptionalNumber = Annotated[int | None, BeforeValidator(_number), _NONE, _STRIP]
Day = Annotated[dt.date, BeforeValidator(_day), Required]
OptionalDay = Annotated[dt.date | None, BeforeValidator(_day), _NONE, _STRIP]
Moment = Annotated[
    dt.datetime | None,
    BeforeValidator(_moment),
    _NONE,
    _STRIP,
    PlainSerializer(lambda value: value and value.isoformat(), when_used="json"),
]
