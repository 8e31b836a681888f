"""A number phrase, in any of six languages → the amount it states."""

from functools import lru_cache
from typing import NamedTuple

from figures import Quantifier
from loaders.numbers.amount import (
    UNKNOWN,
    Amount,
    NumberError,
    Reading,
    UnknownNumber,
    amount,
    ranged,
    whole,
)
from loaders.numbers.clean import DATE, clean
from loaders.numbers.lexicon import Sense
from loaders.numbers.marks import Convention
from loaders.numbers.quantifiers import after, before, combine
from loaders.numbers.quantity import Quantity, read_quantity
from loaders.numbers.ranges import Partner, partner
from loaders.numbers.tokens import Tokens, tokenise

_LOWER = (Quantifier.AT_LEAST, Quantifier.MORE_THAN)
_UPPER = (Quantifier.AT_MOST, Quantifier.LESS_THAN, Quantifier.NEARLY)


class _Headline(NamedTuple):
    """The first quantity of a phrase that counts something, and the words before it."""

    quantity: Quantity
    senses: list[Sense]
    leads: set[str]


def parse_number(text: str, *, decimal: str | None = None, thousands: str | None = None) -> Amount:
    """Return the number of people that ``text`` states, with its quantifier and interval.

    ``decimal`` and ``thousands`` are the marks of the table the text is from, where they are
    known. Raises UnknownNumber where the text says that the number is not known, and NumberError
    (both are ValueErrors) where it states none, each with what was found and what to write.
    """
    return _parse(text, Convention(decimal, thousands))


def read_expression(text: str) -> Reading:
    """Return ``text`` in the columns of the shared list of number expressions.

    An unknown number is a reading of kind "unknown"; other texts without a number raise.
    """
    try:
        return parse_number(text).reading
    except UnknownNumber:
        return UNKNOWN


@lru_cache(maxsize=4096)
def _parse(text: str, marks: Convention) -> Amount:
    plain = clean(text)
    if not any(c.isalnum() or c in "%¤" for c in plain):
        raise UnknownNumber(f"'{text}' gives no number", "leave the row out until it is known")
    tokens = tokenise(plain)
    headline = _headline(tokens, marks)
    if special := _nothing_or_unknown(text, tokens, headline):
        return special
    if headline is None:
        dated = " but a date" if DATE in plain else ""
        raise NumberError(f"'{text}' states no number of people{dated}")
    _check_kind(text, tokens, headline.quantity)
    return _amount(text, tokens, headline, marks)


def _headline(tokens: Tokens, marks: Convention) -> _Headline | None:
    """Return the first quantity that is not a date, a duration, a distance or a label."""
    place = 0
    while place < len(tokens):
        if tokens[place].can("broken"):
            raise NumberError(f"'{tokens[place].text}' is not clearly one number")
        senses, leads = before(tokens, place)
        joined = "between" not in leads
        quantity = read_quantity(tokens, place, marks, joined)
        if quantity and _counts(tokens, quantity):
            return _Headline(quantity, senses, leads)
        place = quantity.end if quantity else place + 1
    return None


def _counts(tokens: Tokens, quantity: Quantity) -> bool:
    """Say whether a quantity can count people: not "24 hours", not "route 5"."""
    measured = tokens[quantity.end : quantity.end + 1]
    labelled = tokens[quantity.start - 1 : quantity.start] if quantity.bare else []
    return not any(t.can("unit") and not t.can("after") for t in measured) and not any(
        t.can("label") and not t.can("of") for t in labelled
    )


def _nothing_or_unknown(text: str, tokens: Tokens, headline: _Headline | None) -> Amount | None:
    """Return zero where the phrase begins by denying, raise where it says the number is unknown.

    Returns None where a number decides. What stands before the first number goes before it,
    unless that number is bounded ("unknown, but at least 5").
    """
    end = headline.quantity.start if headline else len(tokens)
    lead = tokens[:end]
    bounded = headline is not None and bool(headline.senses)
    if any(t.can("unknown") for t in lead) and not bounded:
        raise _unknown(text)
    if (zero := _denies(tokens, end)) is not None and not bounded:
        if not zero:
            raise _unknown(text)
        return amount(Quantifier.EXACT, 0)
    if headline is None and any(t.can("unsure", "unknown", "datum") for t in tokens):
        raise _unknown(text)
    return None


def _unknown(text: str) -> UnknownNumber:
    return UnknownNumber(
        f"'{text}' says that the number is not known",
        "leave the row out until it is known; unknown is not zero",
    )


def _denies(tokens: Tokens, end: int) -> bool | None:
    """Say whether the phrase begins "no deaths" (True) or "no figure" (False); else None."""
    for place, token in enumerate(tokens[:end]):
        if token.can("zero") or (token.can("only zero") and len(tokens) == 1):
            return not any(t.can("datum") for t in tokens[place + 1 : place + 3])
        behind = tokens[place + 1 : place + 2]
        if token.can("no") and place < 3 and behind and not behind[0].can("digits"):
            return not any(t.can("datum") for t in tokens[place + 1 : place + 5])
    return None


def _check_kind(text: str, tokens: Tokens, quantity: Quantity) -> None:
    """Raise NumberError where the headline number is a share, a price, a sum or negative."""
    ahead = tokens[quantity.start - 1] if quantity.start else None
    behind = tokens[quantity.end] if quantity.end < len(tokens) else None
    _check_share(text, tokens, quantity)
    if any(t and t.can("money") for t in (ahead, behind)):
        raise NumberError(f"'{text}' is an amount of money", "write a number of people")
    if ahead and _is_minus(tokens, quantity.start):
        raise NumberError(f"'{text}' is negative", "write the number without the minus sign")
    following = tokens[quantity.end + 1 : quantity.end + 2]
    if behind and behind.can("plus") and any(t.can("digits", "number") for t in following):
        raise NumberError(f"'{text}' is a sum", "write its total, or one row for each part")


def _check_alone(text: str, tokens: Tokens, quantity: Quantity) -> None:
    """Raise NumberError where a second number follows at once: "12 34", "one fifty"."""
    behind = tokens[quantity.end : quantity.end + 1]
    if any(t.can("broken", "digits", "number", "point") for t in behind):
        raise NumberError(f"'{text}' is not clearly one number")


def _check_share(text: str, tokens: Tokens, quantity: Quantity) -> None:
    """Raise NumberError for "12 %", "5-10 %" and "one in five"."""
    around = tokens[max(0, quantity.start - 1) : quantity.end + 1]
    percent = around[-1].can("percent") or around[0].can("percent before")
    if percent or (quantity.end < len(tokens) and _is_ratio(tokens, quantity)):
        raise NumberError(f"'{text}' is a share", "write the number of people it stands for")


def _is_ratio(tokens: Tokens, quantity: Quantity) -> bool:
    """Say whether a phrase is "one in five", which counts nobody."""
    whole_of = tokens[quantity.end + 1 : quantity.end + 2]
    small = quantity.high < 10 and any(t.can("digits", "number") for t in whole_of)
    return small and tokens[quantity.end].can("ratio") and len(whole_of[0].text) <= 5


def _is_minus(tokens: Tokens, start: int) -> bool:
    """Say whether a minus sign stands before the number, and not a dash between words."""
    sign, number = tokens[start - 1], tokens[start]
    if sign.can("minus"):
        return True
    return sign.can("dash") and (start == 1 or (number.tight and not sign.tight))


def _amount(text: str, tokens: Tokens, headline: _Headline, marks: Convention) -> Amount:
    quantity = headline.quantity
    other = partner(tokens, quantity, headline.leads, marks)
    if other:
        _check_share(text, tokens, other.quantity)
    senses = [*headline.senses, *after(tokens, other.quantity if other else quantity)]
    if other is None:
        _check_alone(text, tokens, quantity)
        return _single(quantity, senses)
    if other.kind == "change":
        return _single(other.quantity, other.senses)
    return _range(other, senses, headline.leads)


def _single(quantity: Quantity, senses: list[Sense]) -> Amount:
    """Return the amount of one quantity; vague words are a range, or bound one side of it."""
    quantifier, loose = combine(senses)
    low, high = whole(quantity.low), whole(quantity.high)
    if not quantity.vague:
        about = loose or quantity.loose
        return amount(quantifier or (Quantifier.ABOUT if about else Quantifier.EXACT), low, loose)
    if quantifier is None or quantifier == Quantifier.NEARLY:
        return ranged(low, high, True)
    return amount(quantifier, high if quantifier in _UPPER else low, True)


def _range(other: Partner, senses: list[Sense], leads: set[str]) -> Amount:
    """Return the range of two quantities; "at least 20 and up to 50" bounds both sides."""
    lower, loose = combine(senses)
    upper, loose_too = combine(other.senses)
    low, high = whole(other.low), whole(other.high)
    loose = loose or loose_too or other.loose
    if other.kind == "bounds":
        opens = lower == Quantifier.MORE_THAN, upper != Quantifier.AT_MOST
        return ranged(low, high, loose, low_open=opens[0], high_open=opens[1])
    if lower == Quantifier.AT_LEAST and "from" in leads:
        lower = None  # Thai and Khmer say "from" and "at least" with one word.
    if upper in _LOWER or (lower in _LOWER and other.kind == "range"):
        return amount(lower if lower in _LOWER else Quantifier.AT_LEAST, low, loose)
    if lower in _UPPER and lower != Quantifier.NEARLY:
        return amount(lower, high, loose)
    return ranged(low, high, loose)
