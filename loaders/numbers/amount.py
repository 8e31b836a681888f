"""What a number phrase says: an amount, or a reason why it states none."""

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from figures import Quantifier

MOST = 10**11
REMEDY = "write digits, such as 1200, or words, such as 'at least 1,200'"


class NumberError(ValueError):
    """A text that states no number of people.

    ``problem`` says what was found, ``remedy`` what to write instead and ``code`` is the stable
    name of the finding.
    """

    code = "not-a-number"

    def __init__(self, problem: str, remedy: str = REMEDY, code: str | None = None):
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy
        self.code = code or self.code


class UnknownNumber(NumberError):  # noqa: N818 - the name is part of the interface
    """A text that says the number is not known, which is never zero."""

    code = "unknown-number"


class Reading(NamedTuple):
    """An amount in the columns of the shared list of number expressions.

    ``low`` and ``high`` are the printed bounds, None where nothing bounds that side; the ``open``
    flags say that the bound itself is excluded and are None where there is no bound.
    """

    low: int | None
    high: int | None
    low_open: bool | None
    high_open: bool | None
    approximate: bool
    kind: str


UNKNOWN = Reading(None, None, None, None, False, "unknown")
_UNBOUNDED_BELOW = (Quantifier.AT_MOST, Quantifier.LESS_THAN, Quantifier.NEARLY)
_UNBOUNDED_ABOVE = (Quantifier.AT_LEAST, Quantifier.MORE_THAN)


@dataclass(frozen=True)
class Amount:
    """A number of people (or households) as printed, with the whole numbers it allows.

    ``value`` (and ``value_high`` of a range) are printed; ``low`` and ``high`` are ours, both
    included: 0 where nothing bounds it below, infinity where nothing bounds it above.
    ``approximate`` is true when a word or sign says so ("just over", "dozens"); it does not
    count when amounts are compared.
    """

    low: int
    high: int | float
    quantifier: str
    value: int
    value_high: int | None = None
    approximate: bool = field(default=False, compare=False)

    @property
    def kind(self) -> str:
        """The quantifier in the words of the shared list, where nearly is less_than."""
        nearly = self.quantifier == Quantifier.NEARLY
        return str(Quantifier.LESS_THAN if nearly else self.quantifier)

    @property
    def low_open(self) -> bool | None:
        """Whether the printed lower bound is itself excluded; None when there is none."""
        if self.quantifier in _UNBOUNDED_BELOW:
            return None
        ranged = self.quantifier == Quantifier.RANGE and self.low > self.value
        return ranged or self.quantifier == Quantifier.MORE_THAN

    @property
    def high_open(self) -> bool | None:
        """Whether the printed upper bound is itself excluded; None when there is none."""
        if self.quantifier in _UNBOUNDED_ABOVE:
            return None
        if self.quantifier == Quantifier.RANGE:
            return self.value_high is not None and self.high < self.value_high
        return self.quantifier in (Quantifier.LESS_THAN, Quantifier.NEARLY)

    @property
    def reading(self) -> Reading:
        """The amount in the columns of the shared list of number expressions."""
        top = self.value if self.value_high is None else self.value_high
        low = None if self.low_open is None else self.value
        high = None if self.high_open is None else top
        return Reading(low, high, self.low_open, self.high_open, self.approximate, self.kind)


def whole(value: Fraction) -> int:
    """Return ``value`` as a whole number of people; raise NumberError if it is not one."""
    if value.denominator != 1:
        raise NumberError(
            f"{float(value):g} is not a whole number of people",
            "write the whole number, such as 1200, or name the scale, such as '1.2 thousand'",
        )
    if value < 0:
        raise NumberError(f"{float(value):g} people is not possible")
    if value > MOST:
        raise NumberError(f"{float(value):g} is more people than have ever lived")
    return int(value)


def amount(quantifier: Quantifier, value: int, approximate: bool = False) -> Amount:
    """Return the amount that ``value`` people and a quantifier other than a range allow."""
    below = (Quantifier.LESS_THAN, Quantifier.NEARLY)
    if quantifier in below and value < 1:
        raise NumberError(f"fewer than {value} people is not possible")
    tenth_below, tenth_above = -(-9 * value // 10), 11 * value // 10
    bounds: dict[Quantifier, tuple[int, int | float]] = {
        Quantifier.EXACT: (value, value),
        Quantifier.AT_LEAST: (value, math.inf),
        Quantifier.MORE_THAN: (value + 1, math.inf),
        Quantifier.AT_MOST: (0, value),
        Quantifier.LESS_THAN: (0, value - 1),
        Quantifier.ABOUT: (tenth_below, tenth_above),
        Quantifier.NEARLY: (min(tenth_below, value - 1), value - 1),
    }
    low, high = bounds[quantifier]
    loose = approximate or quantifier in (Quantifier.ABOUT, Quantifier.NEARLY)
    return Amount(low, high, quantifier, value, None, loose)


def ranged(
    low: int,
    high: int,
    approximate: bool = False,
    *,
    low_open: bool = False,
    high_open: bool = False,
) -> Amount:
    """Return the range from ``low`` to ``high`` people; raise NumberError if it is empty."""
    first, last = low + low_open, high - high_open
    if first > last:
        raise NumberError(
            f"the range from {low} to {high} runs backwards",
            f"write the lower number first, such as '{min(low, high)} to {max(low, high)}'",
        )
    return Amount(first, last, Quantifier.RANGE, low, high, approximate)
