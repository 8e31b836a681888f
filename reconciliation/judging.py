"""What sources say together, how a published total stands to a sum, and what a view rests on."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from figures import Quantifier, Rule, Verdict
from reconciliation import wording
from reconciliation.days import DayLike
from reconciliation.quantity import Quantity
from reconciliation.wording import say, say_many

if TYPE_CHECKING:
    # A total tells by :func:`age` whether its parts are of days far apart.
    from reconciliation.totals import Total

# A number is told with its age after so many days.
OLD = 7
# How many letters the words for a number may have.
LONGEST_WORDS = 60
RULES = {
    Rule.LATEST: "Newest figure",
    Rule.PRIORITY: "Source listed first",
    Rule.MEDIAN: "Middle figure",
    Rule.HIGHEST: "Highest figure",
    Rule.LOWEST: "Lowest figure",
}
# The same within a sentence.
_RULES_WITHIN = {
    Rule.LATEST: "newest figure",
    Rule.PRIORITY: "source listed first",
    Rule.MEDIAN: "middle figure",
    Rule.HIGHEST: "highest figure",
    Rule.LOWEST: "lowest figure",
}


def verdict(word: str, origins: int, lowest: float, highest: float) -> str:
    """Return what the independent sources say together: "8 sources conflict: 9 to 21"."""
    if origins == 0:
        return say("no recent figure")
    if origins == 1:
        return say("one source alone")
    spread = spread_of(lowest, highest)
    # Numbers that are not exact need not be equal to be true together.
    agree = "{n} sources agree: {spread}"
    messages = {
        Verdict.AGREE: agree if lowest == highest else "{n} sources can all be right: {spread}",
        Verdict.CLOSE: "{n} sources nearly agree: {spread}",
        Verdict.CONFLICT: "{n} sources conflict: {spread}",
    }
    message = messages[Verdict(word)]
    return say_many(message, message, origins, spread=spread)


def spread_of(lowest: float, highest: float) -> str:
    """Return the numbers printed by independent sources: 9 to 21."""
    if math.isnan(lowest):
        return ""
    if lowest == highest:
        return wording.number(lowest)
    return say("{low} to {high}", low=wording.number(lowest), high=wording.number(highest))


def comparison(total: "Total") -> str:
    """Return how the published total stands to the sum: "equals the sum"."""
    messages = {
        "sums": say("equals the sum"),
        "compatible": say("the sum and this can both be true"),
        "none": say("nobody gives one number for all"),
    }
    if total.verdict != "gap":
        return messages[total.verdict]
    assert total.published is not None
    message = "{n} more than the sum" if total.gap > 0 else "{n} fewer than the sum"
    return say(message, n=difference(total.gap, total, total.published))


class Bounded(Protocol):
    """A number, which may not be exact: the lowest and the highest that it allows."""

    @property
    def low(self) -> float:
        """The lowest number it allows."""

    @property
    def high(self) -> float:
        """The highest number it allows."""


@dataclass(frozen=True)
class Interval:
    """What a number allows, where nothing else of it matters."""

    low: float
    high: float


def change(old: Bounded, new: Bounded) -> str:
    """Return the change between numbers that are not exact: "at least 5 more than before".

    Nothing where both can be the same number, so that nobody knows which way it moved.
    """
    if new.low > old.high:
        return say("{n} more than before", n=difference(new.low - old.high, old, new))
    if new.high < old.low:
        return say("{n} fewer than before", n=difference(old.low - new.high, old, new))
    return ""


def difference(gap: float, *numbers: Bounded) -> str:
    """Return by how many people numbers miss one another, counted between the nearest they allow.

    That is "13" where all are exact, else "at least 13".
    """
    exact = all(number.low == number.high for number in numbers)
    return wording.bounds(abs(gap), abs(gap) if exact else math.inf)


def age(as_of: DayLike, on: DayLike) -> str:
    """Return how old a number is on a day, in words; nothing for one of the last week."""
    days = (pd.Timestamp(on) - pd.Timestamp(as_of)).days
    return wording.say_many("{n} day old", "{n} days old", days) if days > OLD else ""


def as_printed(text: str, quantifier: str, expression: str) -> str:
    """Return a number in the words of its report where these hold no digits: "dozens" (20 to 99).

    This is how one report's own number is told anywhere; sums and spreads have bounds alone.
    """
    if not _in_words(quantifier, expression):
        return text
    return say("“{expression}” ({number})", expression=expression, number=text)


def quoted(text: str, quantifier: str, expression: str) -> str:
    """Return what a number is called once it was told: the words of its report alone, if any."""
    return (
        say("“{expression}”", expression=expression) if _in_words(quantifier, expression) else text
    )


def _in_words(quantifier: str, expression: str) -> bool:
    """Say whether a report has words for a number that hold no digits.

    Only a range stands behind words alone: digits for its ends are our reading. A sentence is no
    number.
    """
    fits = quantifier == Quantifier.RANGE and 0 < len(expression) <= LONGEST_WORDS
    return fits and not any(map(str.isdigit, expression))


def otherwise(other: Quantity, than: Quantity, source: str, number: str) -> str:
    """Return a figure that counts otherwise than the one shown, in words.

    ``source`` is the name of its source, ``number`` its number as printed.
    """
    newer = other.as_of > than.as_of
    message = (
        "Newer, counted otherwise: {number}, {how} ({source}, {day})"
        if newer
        else "Counted otherwise: {number}, {how} ({source}, {day})"
    )
    return say(
        message,
        number=number,
        how=counting(other.counting, other.since, other.as_of),
        source=source,
        day=wording.day(other.as_of),
    )


def counting(word: str, since: object, as_of: object) -> str:
    """Return how a number counts: "running total since 7 Dec 2025"."""
    if word == "stock":
        return say("number on the day")
    if word == "flow":
        return say("within {period}", period=wording.period(since, as_of))
    if pd.isna(since):  # type: ignore[call-overload]
        return say("running total")
    return say("running total since {day}", day=wording.day(since))


def circumstances(day: dt.date, known: dt.date | None, rule: str) -> str:
    """Return the day, what was known and the rule, as one line."""
    return say(
        "{day}, {knowledge}; where sources differ: {rule}",
        day=wording.day(day),
        knowledge=knowledge(known),
        rule=rule_name(rule),
    )


def knowledge(known: dt.date | None) -> str:
    """Return what was known: on a day, or all that is known today."""
    if known is None:
        return say("with all that is known today")
    return say("as known on {day}", day=wording.day(known))


def rule_name(rule: str) -> str:
    """Return what a rule is called within a sentence: newest figure."""
    return say(_RULES_WITHIN[Rule(rule)])
