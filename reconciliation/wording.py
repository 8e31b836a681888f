"""Results as sentences: numbers with their quantifiers, days, lists and plurals.

Every sentence is one translatable message with named places; none is glued from fragments. The
language in use is set with :func:`speaking`; English is built in.
"""

import datetime as dt
import gettext
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from figures import Quantifier

_spoken: ContextVar[tuple[str, gettext.NullTranslations]] = ContextVar(
    "spoken", default=("en", gettext.NullTranslations())
)


@contextmanager
def speaking(language: str, translations: gettext.NullTranslations | None = None) -> Iterator[None]:
    """Word everything inside the block in ``language`` (a Babel locale, such as ``fr``)."""
    token = _spoken.set((language, translations or gettext.NullTranslations()))
    try:
        yield
    finally:
        _spoken.reset(token)


def say(message: str, **places: object) -> str:
    """Return the translated message with its ``{places}`` filled in."""
    return _spoken.get()[1].gettext(message).format(**places)


def say_many(one: str, many: str, count: int, **places: object) -> str:
    """Return the message in the number that ``count`` asks for; ``{n}`` is the count."""
    text = _spoken.get()[1].ngettext(one, many, count)
    return text.format(n=number(count), **places)


def number(value: float) -> str:
    """Return a number of people with thousands set apart: 150,529."""
    return str(format_decimal(round(value), locale=_spoken.get()[0]))


def percent(share: float) -> str:
    """Return a share of 1 as whole per cent: 12 %."""
    return say("{number} %", number=number(share * 100))


def day(value: Any) -> str:
    """Return a day as 24 Dec 2025."""
    date = pd.Timestamp(value).date()
    return str(format_date(date, "d MMM yyyy", locale=_spoken.get()[0]))


def period(start: Any, end: Any) -> str:
    """Return a period as 8 Dec 2025 to 11 Dec 2025; a single day as that day."""
    first, last = pd.Timestamp(start).date(), pd.Timestamp(end).date()
    if first == last:
        return day(first)
    return say("{first} to {last}", first=day(first), last=day(last))


def listing(items: Iterable[str]) -> str:
    """Return the items as a list in words: a, b, and c."""
    return str(format_list(list(items), locale=_spoken.get()[0]))


def quantity(value: float, value_high: float | None = None, quantifier: str = "exact") -> str:
    """Return a number as its source means it: at least 86, 9 to 10, about 400,000."""
    messages = {
        Quantifier.AT_LEAST: "at least {number}",
        Quantifier.MORE_THAN: "more than {number}",
        Quantifier.AT_MOST: "at most {number}",
        Quantifier.LESS_THAN: "fewer than {number}",
        Quantifier.ABOUT: "about {number}",
        Quantifier.NEARLY: "nearly {number}",
        Quantifier.RANGE: "{number} to {high}",
    }
    high = value if value_high is None or math.isnan(value_high) else value_high
    message = messages.get(Quantifier(quantifier), "{number}")
    return say(message, number=number(value), high=number(high))


def bounds(low: float, high: float) -> str:
    """Return an interval in words: 65, at least 86, at most 12, 9 to 10, any number."""
    if low == high:
        return number(low)
    if math.isinf(high):
        return say("any number") if low <= 0 else say("at least {number}", number=number(low))
    if low <= 0:
        return say("at most {number}", number=number(high))
    return say("{number} to {high}", number=number(low), high=number(high))


_BELOW = {Quantifier.AT_LEAST, Quantifier.MORE_THAN}
_ABOVE = {Quantifier.AT_MOST, Quantifier.LESS_THAN}
_NEAR = {Quantifier.ABOUT, Quantifier.NEARLY}


def sum_in_words(
    values: Sequence[float],
    values_high: Sequence[float],
    quantifiers: Sequence[str],
    more: bool = False,
) -> str:
    """Return the sum of several quantities; their quantifiers survive the addition.

    "at least 23" and "41" are "at least 64". ``more`` says that something is left out, so that the
    sum is a lower bound. The three sequences have one length; a missing high is NaN.
    """
    words = {Quantifier(q) for q in quantifiers} - {Quantifier.EXACT}
    bound = words & _BELOW or more
    if bound and words & _ABOVE:
        # What is only bounded above may be nobody.
        kept = [Quantifier(q) not in _ABOVE for q in quantifiers]
        values = [v for v, keep in zip(values, kept, strict=True) if keep]
    low = float(np.sum(values)) if len(values) else 0.0
    high = float(np.sum([v if math.isnan(h) else h for v, h in zip(values, values_high)]))  # noqa: B905
    if bound:
        return _at_least(low, words)
    if Quantifier.RANGE in words:
        near = "about {number} to {high}" if words & _NEAR else "{number} to {high}"
        return say(near, number=number(low), high=number(high))
    return quantity(low, None, _strongest(words))


def _at_least(low: float, words: set[Quantifier]) -> str:
    if words & _NEAR:
        return say("at least about {number}", number=number(low))
    if Quantifier.MORE_THAN in words and not words & _ABOVE:
        return quantity(low, None, Quantifier.MORE_THAN)
    return quantity(low, None, Quantifier.AT_LEAST)


def _strongest(words: set[Quantifier]) -> str:
    """Return the quantifier of a sum that nothing bounds from below only."""
    if words & _NEAR:
        return Quantifier.NEARLY if words == {Quantifier.NEARLY} else Quantifier.ABOUT
    if words & _ABOVE:
        return Quantifier.LESS_THAN if Quantifier.LESS_THAN in words else Quantifier.AT_MOST
    return Quantifier.EXACT


def today() -> dt.date:
    """Return today's date; the one place that asks the clock."""
    return dt.date.today()


def language() -> str:
    """Return the language in use, a Babel locale."""
    return _spoken.get()[0]
