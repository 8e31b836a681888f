"""A second quantity that belongs to the first: "8 to 11", "between 5 and 7", "20, up to 50"."""

from fractions import Fraction
from typing import NamedTuple

from figures import Quantifier
from loaders.numbers.lexicon import Sense
from loaders.numbers.marks import Convention, read_digits
from loaders.numbers.quantifiers import combine
from loaders.numbers.quantity import Quantity, read_quantity
from loaders.numbers.tokens import Tokens

_UPPER = (Quantifier.AT_MOST, Quantifier.LESS_THAN)
_PASSED = ("filler", "article", "before", "of", "noise")
_WIDEST = 4
_LONGEST = 24


class Partner(NamedTuple):
    """The second quantity of a pair, the bounds of both, and how they belong together.

    ``kind`` is "range", "bounds" (at least one, at most the other) or "change" (rose from one to
    the other); ``senses`` are the quantifiers in front of the second.
    """

    kind: str
    quantity: Quantity
    low: Fraction
    high: Fraction
    senses: list[Sense]
    loose: bool


def partner(tokens: Tokens, first: Quantity, leads: set[str], marks: Convention) -> Partner | None:
    """Return the quantity that makes a pair with ``first``, or None.

    Raises NumberError where its digits contradict themselves.
    """
    if "between" in leads and (pair := _between(tokens, first, leads, marks)):
        return pair
    for start in _starts(tokens, first, leads):
        found = _second(tokens, start, marks)
        if found and (pair := _pair(tokens, first, found, leads, marks)):
            return pair
    return None


def _between(tokens: Tokens, first: Quantity, leads: set[str], marks: Convention) -> Partner | None:
    """Return the narrowest pair that an "and" can part: "a hundred and five and two hundred"."""
    pairs = []
    for place in range(first.end, min(len(tokens), first.start + _LONGEST)):
        found = _second(tokens, place + 1, marks) if tokens[place].can("and") else None
        head = read_quantity(tokens[:place], first.start, marks) if found else None
        if found and head and _reaches(tokens, head.end, place):
            pairs.append(_pair(tokens, head, found, leads, marks))
    return min((p for p in pairs if p), key=lambda pair: pair.high - pair.low, default=None)


def _reaches(tokens: Tokens, end: int, place: int) -> bool:
    """Say whether only a noun or two stand between a number's end and ``place``."""
    return place - end < _WIDEST and all(t.can("noise", "filler") for t in tokens[end:place])


def _starts(tokens: Tokens, first: Quantity, leads: set[str]) -> list[int]:
    """Return the places behind the words that can join ``first`` to a second quantity."""
    led = bool(leads & {"between", "from"})
    starts = [first.end] if _small(first) else []
    for place in range(first.end, min(len(tokens), first.end + _WIDEST)):
        token = tokens[place]
        if token.can("to", "or", "dash", "tilde", "tolerance") or (led and token.can("and")):
            return [*starts, place + 1]
        if token.can("and", "break") or _upper_bound(tokens, place):
            return [*starts, place + 1 - int(token.can("before"))]
        if not (token.can("filler") or (led and token.can("noise", "of"))):
            break
    return starts


def _upper_bound(tokens: Tokens, place: int) -> bool:
    sense = tokens[place].get("before")
    return bool(sense and sense.quantifier in _UPPER)


def _small(quantity: Quantity) -> bool:
    """Say whether a second word may follow at once, as in Thai "two three hundred"."""
    return not quantity.bare and not quantity.vague and 0 < quantity.low < 10


def _second(tokens: Tokens, start: int, marks: Convention) -> tuple[Quantity, list[Sense]] | None:
    senses: list[Sense] = []
    for place in range(start, min(len(tokens), start + _WIDEST)):
        if tokens[place].can("before") and not tokens[place].can("to"):
            senses.insert(0, tokens[place].senses["before"])
        elif quantity := read_quantity(tokens, place, marks):
            return quantity, senses
        elif not tokens[place].can("filler", "article", "of", "to", "comma", "or"):
            break
    return None


def _pair(
    tokens: Tokens,
    first: Quantity,
    found: tuple[Quantity, list[Sense]],
    leads: set[str],
    marks: Convention,
) -> Partner | None:
    second, senses = found
    joiner = tokens[first.end : second.start]
    loose = first.loose or second.loose
    if any(t.can("tolerance") for t in joiner):
        low, high = first.low - second.low, first.low + second.low
        return Partner("range", second, low, high, [], True)
    low, high = _shared(tokens, first, second, marks)
    kind = _kind(joiner, leads, senses, first.end == second.start)
    if kind == "adjoining":
        kind = "range" if low < high <= 2 * low else ""
    if not kind or (high < low and kind != "change" and not _backwards(joiner)):
        return None
    return Partner(kind, second, low, high, senses, loose)


def _kind(joiner: Tokens, leads: set[str], senses: list[Sense], adjoining: bool) -> str:
    """Return how two quantities belong together, or "" where they do not."""
    if adjoining:
        return "adjoining"
    if "change" in leads and any(t.can("to") for t in joiner):
        return "change"
    if combine(senses)[0] in _UPPER and not any(t.can("dash", "or") for t in joiner):
        return "bounds"
    led = "between" in leads
    joined = any(t.can("to", "or", "dash", "tilde") or (led and t.can("and")) for t in joiner)
    return "range" if joined else ""


def _backwards(joiner: Tokens) -> bool:
    """Say whether a pair that falls must be a mistake: "12-5", but not "12 - 5 of them"."""
    return len(joiner) == 1 and joiner[0].tight and joiner[0].can("dash")


def _shared(
    tokens: Tokens, first: Quantity, second: Quantity, marks: Convention
) -> tuple[Fraction, Fraction]:
    """Return both numbers with the scale that a shortened one borrows from the other."""
    low, high = first.low, second.high
    if first.units and not second.units and not second.vague and high < low:
        return low, next((high * u for u in first.units if high * u > low), high)
    scaled = second.units and not second.bare and first.bare
    if scaled and tokens[first.start].text.count(".") + tokens[first.start].text.count(",") == 1:
        low = _as_scaled(tokens[first.start].text, marks)
    fits = (low * unit for unit in second.units if low * unit < high)
    return (low if first.vague or _is_grouped(tokens, first) else next(fits, low)), high


def _is_grouped(tokens: Tokens, first: Quantity) -> bool:
    """Say whether the first number is complete: "1,200" in "1,200 to 2,000" """
    return first.bare and first.low >= 1000


def _as_scaled(text: str, marks: Convention) -> Fraction:
    return read_digits(text, True, marks)
