"""Digits with decimal and thousands marks → the number they state."""

import re
from fractions import Fraction
from typing import NamedTuple

from loaders.numbers.amount import NumberError

MARKS = ".,"
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,' _])[0-9]{3}(?:\1[0-9]{3})*")
_INDIAN = re.compile(r"[1-9][0-9]?(,)(?:[0-9]{2},)+[0-9]{3}")
_SCIENTIFIC = re.compile(r"([0-9]+(?:[.,][0-9]+)?)(?:e\+?| ?[x×*·] ?10 ?\^ ?)([0-9]{1,2})")


class Convention(NamedTuple):
    """The marks of a table: decimal and thousands, each None where nobody said."""

    decimal: str | None = None
    thousands: str | None = None


def is_grouped(text: str, mark: str | None = None) -> bool:
    """Say whether ``text`` is a whole number in groups of three, or in Indian groups."""
    found = _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text)
    return bool(found and (mark is None or _same(found[1], mark)))


def _same(mark: str, other: str) -> bool:
    spaces, quotes = " \u00a0\u202f\u2009", "'’"
    return mark == other or any(mark in kind and other in kind for kind in (spaces, quotes))


def _refuse(text: str) -> NumberError:
    return NumberError(
        f"'{text}' mixes its decimal and thousands marks",
        "write plain digits, such as 1234567",
    )


def read_digits(text: str, scaled: bool, marks: Convention) -> Fraction:
    """Return the number that digits state, whole or not.

    ``scaled`` says that a scale word follows, which makes a single dot or comma the decimal mark;
    otherwise three digits behind it make it a thousands mark, because people are whole. Marks that
    the table declares go before both. Raises NumberError where the marks contradict one another.
    """
    if text.isdecimal():
        return Fraction(text)
    if found := _SCIENTIFIC.fullmatch(text):
        return Fraction(found[1].replace(",", ".")) * Fraction(10) ** int(found[2])
    whole, mark, rest = _split(text)
    if mark and _is_decimal(text, mark, scaled, marks):
        return _decimal(text, whole, rest)
    if is_grouped(text, _declared_thousands(mark, marks)):
        return Fraction(re.sub("[^0-9]", "", text))
    if not mark or mark == marks.thousands:
        raise _refuse(text)
    return _decimal(text, whole, rest)


def _split(text: str) -> tuple[str, str, str]:
    """Return what stands before the last dot or comma, that mark, and what stands behind."""
    place = max(text.rfind(mark) for mark in MARKS)
    return (text, "", "") if place < 0 else (text[:place], text[place], text[place + 1 :])


def _is_decimal(text: str, mark: str, scaled: bool, marks: Convention) -> bool:
    if mark == marks.decimal or marks.thousands not in (None, mark):
        return True
    return scaled and mark != marks.thousands and text.count(mark) == 1


def _declared_thousands(mark: str, marks: Convention) -> str | None:
    return marks.thousands if mark and marks.thousands in (".", ",") else None


def _decimal(text: str, whole: str, rest: str) -> Fraction:
    """Return a decimal number whose whole part may be grouped."""
    if not whole.isdecimal():
        if not is_grouped(whole) or text[len(whole)] in whole:
            raise _refuse(text)
        whole = re.sub("[^0-9]", "", whole)
    return Fraction(f"{whole}.{rest}")
