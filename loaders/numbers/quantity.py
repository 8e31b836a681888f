"""Tokens → the bare quantity that begins at one of them, without its quantifiers."""

from fractions import Fraction
from typing import NamedTuple

from loaders.numbers.marks import Convention
from loaders.numbers.sums import Sum
from loaders.numbers.tokens import Tokens


class Quantity(NamedTuple):
    """A quantity as printed: from ``low`` to ``high``, equal unless the words are vague.

    ``units`` are the scales a shortened partner in a range may share, largest first, and ``end``
    is the place behind the last token read.
    """

    low: Fraction
    high: Fraction
    loose: bool
    vague: bool
    units: tuple[Fraction, ...]
    bare: bool
    start: int
    end: int


def read_quantity(
    tokens: Tokens, start: int, marks: Convention, joined: bool = True
) -> Quantity | None:
    """Return the quantity that begins at token ``start``, or None.

    ``joined`` says whether "and" may join its parts ("one hundred and two"); between "between" and
    its "and" it may not. Raises NumberError where digits contradict themselves.
    """
    return _vague(tokens, start) or _plain(tokens, start, marks, joined)


def _plain(tokens: Tokens, start: int, marks: Convention, joined: bool) -> Quantity | None:
    total = Sum(tokens, marks, joined)
    end = start
    while behind := total.take(end) if end < len(tokens) else 0:
        end = behind
    if not total.parts:
        return None
    end = _repeated_scale(tokens, end, total)
    value = sum(total.parts, Fraction(0))
    bare = end == start + 1 and total.last == "digits"
    units = _units(total, tokens[start].text if bare else "")
    return Quantity(value, value, total.loose, False, units, bare, start, end)


def _repeated_scale(tokens: Tokens, end: int, total: Sum) -> int:
    """Return the place behind a scale said twice, as in Arabic "a million and half the million"."""
    while total.last == "fraction" and total.chain and end < len(tokens):
        sense = tokens[end].get("scale")
        if not tokens[end].can("filler", "article") and (
            sense is None or sense.value != total.chain[-1]
        ):
            break
        end += 1
        if sense:
            break
    return end


def _units(total: Sum, digits: str) -> tuple[Fraction, ...]:
    """Return the scales that a shortened first part of a range may share, largest first."""
    if len(total.parts) > 1:
        return ()
    units, product = set(), Fraction(1)
    for scale in reversed(total.chain):
        product *= scale
        units.add(product)
    if not digits.isdecimal():
        grouped = "".join(c for c in digits if c.isdecimal())
        units |= {Fraction(10**n) for n in (3, 6, 9) if grouped.endswith("0" * n)}
    return tuple(sorted(units, reverse=True))


def _vague(tokens: Tokens, start: int) -> Quantity | None:
    """Read "hundreds", "tens of thousands", "several dozen", "a few"."""
    at = start
    lead = tokens[at]
    count = 3 if lead.can("several", "many") else 2
    if not lead.can("several", "many", "vague", "plural"):
        return None
    at += int(not lead.can("plural"))
    unit, end = _vague_unit(tokens, at)
    if end == at and (not lead.can("several") or _counted(tokens, at)):
        return None
    low = count * unit
    high = Fraction(10 ** len(str(int(low))) - 1)
    return Quantity(low, high, True, True, (), False, start, end)


def _counted(tokens: Tokens, at: int) -> bool:
    """Say whether a number follows, so that "quelques 300" is about and not a few."""
    return at < len(tokens) and tokens[at].can("digits", "number")


def _vague_unit(tokens: Tokens, at: int) -> tuple[Fraction, int]:
    """Return the product of the scale words from ``at`` on, and the place behind them."""
    unit, end = Fraction(1), at
    while at < len(tokens):
        token = tokens[at]
        sense = token.get("plural") or token.get("scale") or token.get("loose")
        if sense and (end == at or tokens[at - 1].can("of", "article")) and sense.value > unit:
            unit, end = unit * sense.value, at + 1
        elif not token.can("of", "article"):
            break
        at += 1
    return unit, end
