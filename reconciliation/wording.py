"""Results as sentences: numbers with their quantifiers, days, lists and plurals.

Every sentence is one translatable message with named places; none is glued from fragments. The
language in use is set with :func:`speaking`, or asked for each time with :func:`ask_language`;
English is built in. Where text runs from right to left, every sentence and everything put into one
is set apart with Unicode isolates, so that names and numbers of other scripts keep their order.
"""

import datetime as dt
import gettext
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from figures import Quantifier

Spoken = tuple[str, gettext.NullTranslations]
Direction = Literal["ltr", "rtl"]

ENGLISH: Spoken = ("en", gettext.NullTranslations())
_spoken: ContextVar[Spoken | None] = ContextVar("spoken", default=None)
_ask: list[Callable[[], Spoken]] = [lambda: ENGLISH]

# Unicode's marks around text that keeps its own direction: a sentence that runs from right to
# left, a piece that runs as its first letter does, the end of either.
RTL_ISOLATE, ISOLATE, POP_ISOLATE = "\u2067", "\u2068", "\u2069"
_ISOLATES = re.compile("[\u2066-\u2069]")
_STRAY = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What ends a sentence in the languages there are, and in those that sources write.
_FULL_STOPS = ".\u3002\u0964\u06d4\u17d4"
_SENTENCE = re.compile(f"^([{RTL_ISOLATE}{ISOLATE}]*)(.*?)({POP_ISOLATE}*)$", re.DOTALL)


@contextmanager
def speaking(language: str, translations: gettext.NullTranslations | None = None) -> Iterator[None]:
    """Word everything inside the block in ``language`` (a Babel locale, such as ``fr``)."""
    token = _spoken.set((language, translations or gettext.NullTranslations()))
    try:
        yield
    finally:
        _spoken.reset(token)


def ask_language(ask: Callable[[], Spoken]) -> None:
    """Ask ``ask`` for the language whenever something is worded outside :func:`speaking`.

    So a screen derives it from each reader's own request and nothing has to be set, or reset,
    at the start of a run.
    """
    _ask[0] = ask


def _in_use() -> Spoken:
    return _spoken.get() or _ask[0]()


def say(message: str, **places: object) -> str:
    """Return the translated message with its ``{places}`` filled in."""
    spoken, translations = _in_use()
    return _filled(spoken, translations.gettext(message), places)


def say_many(one: str, many: str, count: float, **places: object) -> str:
    """Return the message in the number that ``count`` asks for; ``{n}`` is the count."""
    spoken, translations = _in_use()
    text = translations.ngettext(one, many, round(count))
    return _filled(spoken, text, {"n": number(count), **places})


def _filled(spoken: str, text: str, places: dict[str, object]) -> str:
    if _direction(spoken) == "ltr":
        return text.format(**places)
    apart = {name: isolated(value) for name, value in places.items()}
    return f"{RTL_ISOLATE}{text.format(**apart)}{POP_ISOLATE}"


def isolated(value: object) -> str:
    """Return a piece of text set apart from what runs the other way around it.

    Marks of direction that are not in pairs would reach out of the piece; they are taken out.
    """
    text = str(value)
    if text.startswith((RTL_ISOLATE, ISOLATE)) and _is_one(text):
        return text
    # What is made of sentences of ours runs as they do.
    mark = RTL_ISOLATE if text.startswith(RTL_ISOLATE) else ISOLATE
    return f"{mark}{text if _paired(text) else _STRAY.sub('', text)}{POP_ISOLATE}"


def _paired(text: str) -> bool:
    depth = 0
    for sign in _STRAY.findall(text):
        depth += {RTL_ISOLATE: 1, ISOLATE: 1, POP_ISOLATE: -1}.get(sign, -1000)
        if depth < 0:
            return False
    return depth == 0


def _is_one(text: str) -> bool:
    """Say whether one pair of marks holds all of the text, and not one pair after another."""
    return text.endswith(POP_ISOLATE) and _paired(text) and _paired(text[1:-1])


def own_direction(text: str) -> str:
    """Return text with the marks that :func:`say` sets where text runs from right to left.

    Anywhere else, and where they are not in pairs, they are not ours and are taken out.
    """
    return text if direction() == "rtl" and _paired(text) else _ISOLATES.sub("", text)


def sentence_case(text: str) -> str:
    """Return text that begins a sentence: a capital first, where the script has such; no other."""
    found = _SENTENCE.match(text)
    assert found is not None
    marks, words, end = found.groups()
    return f"{marks}{words[:1].title()}{words[1:]}{end}"


def without_stop(text: str) -> str:
    """Return a sentence without the full stop at its end, whatever script it is in."""
    found = _SENTENCE.match(text.strip())
    assert found is not None
    marks, words, end = found.groups()
    return f"{marks}{words.rstrip().rstrip(_FULL_STOPS)}{end}"


def line(*pieces: str) -> str:
    """Return pieces side by side in the order of reading: from right to left where that is so."""
    text = " ".join(piece for piece in pieces if piece)
    return f"{RTL_ISOLATE}{text}{POP_ISOLATE}" if direction() == "rtl" else text


def bare(text: str) -> str:
    """Return text without marks of direction, for files that other programs read."""
    return _STRAY.sub("", text)


def number(value: float) -> str:
    """Return a number of people with thousands set apart: 150,529."""
    return _decimal(round(value), language())


@lru_cache(maxsize=10_000)
def _decimal(value: int, spoken: str) -> str:
    return str(format_decimal(value, locale=spoken))


def percent(share: float) -> str:
    """Return a share of 1 as whole per cent: 12 %."""
    return say("{number} %", number=number(share * 100))


def day(value: Any) -> str:
    """Return a day as 24 Dec 2025."""
    return _day(pd.Timestamp(value).date(), language())


@lru_cache(maxsize=5_000)
def _day(date: dt.date, spoken: str) -> str:
    return str(format_date(date, "d MMM yyyy", locale=spoken))


def month(value: Any) -> str:
    """Return the month of a day as Dec 2025."""
    return str(format_date(pd.Timestamp(value).date(), "MMM yyyy", locale=language()))


def period(start: Any, end: Any) -> str:
    """Return a period as 8 Dec 2025 to 11 Dec 2025; a single day as that day."""
    first, last = pd.Timestamp(start).date(), pd.Timestamp(end).date()
    if first == last:
        return day(first)
    return say("{first} to {last}", first=day(first), last=day(last))


def listing(items: Iterable[str]) -> str:
    """Return the items as a list in words: a, b, and c."""
    spoken = language()
    if _direction(spoken) == "ltr":
        return str(format_list(list(items), locale=spoken))
    text = format_list([isolated(item) for item in items], locale=spoken)
    return f"{RTL_ISOLATE}{text}{POP_ISOLATE}"


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
    return _in_use()[0]


def direction() -> Direction:
    """Return which way the language in use runs: ``ltr`` or ``rtl``."""
    return _direction(language())


@cache
def _direction(spoken: str) -> Direction:
    return "rtl" if Locale.parse(spoken).text_direction == "rtl" else "ltr"
