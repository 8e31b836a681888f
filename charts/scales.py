"""Where days and numbers lie on a picture, and which of them are written at its edges."""

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from charts.course import Words
from charts.drawing import SIZE, breadth, line, text
from charts.style import Palette

ONE = pd.Timedelta(days=1)
STEPS = (1, 2, 3, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652)
# How many pixels a number and a day take at least.
TALL, BROAD = 52, 112


@dataclass(frozen=True)
class Scale:
    """The box of a picture, in pixels from its upper left corner, and what lies at its edges."""

    first: pd.Timestamp
    last: pd.Timestamp
    low: float
    high: float
    left: float
    right: float
    top: float
    bottom: float
    log: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The left, upper, right and lower edge."""
        return self.left, self.top, self.right, self.bottom

    def x(self, day: pd.Timestamp) -> float:
        """Return the horizontal place of a day."""
        start, span = self._days
        return self.left + (day.timestamp() - start) / span * (self.right - self.left)

    @cached_property
    def _days(self) -> tuple[float, float]:
        """The first day and how long all last, in seconds: for each mark the same."""
        start = self.first.timestamp()
        return start, max(self.last.timestamp() - start, ONE.total_seconds())

    def y(self, value: float) -> float:
        """Return the vertical place of a number; NaN where it has none, as 0 on a log scale."""
        if self.log:
            if not value > 0:
                return math.nan
            low, high, value = math.log(self.low), math.log(self.high), math.log(value)
        else:
            low, high = self.low, self.high
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def numbers(lowest: float, highest: float, room: float, log: bool = False) -> list[float]:
    """Return round numbers that hold both ends, for an edge of ``room`` pixels.

    On a logarithmic scale both must be above 0; else 0 is among them.
    """
    most = max(2, int(room / TALL))
    if log:
        return _powers(lowest, highest, most)
    lowest, highest = min(0.0, lowest), max(0.0, highest)
    if lowest == highest:
        highest = 1.0
    step = _round((highest - lowest) / most)
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    return [float(n * step) for n in range(first, last + 1)]


def _round(step: float) -> float:
    """Return the next whole number that begins with 1, 2 or 5: people are whole."""
    if step <= 1:
        return 1.0
    size = float(10 ** math.floor(math.log10(step)))
    return next(n * size for n in (1, 2, 5, 10) if n * size >= step * 0.999)


def _powers(lowest: float, highest: float, most: int) -> list[float]:
    low, high = math.floor(math.log10(lowest)), max(1, math.ceil(math.log10(max(highest, 1))))
    high = max(high, low + 1)
    for factors in ((1, 2, 5), (1, 5), (1,)):
        every = [n * 10.0**power for power in range(low, high + 1) for n in factors]
        first = max((n for n in every if n <= lowest), default=every[0])
        last = min((n for n in every if n >= highest), default=every[-1])
        last = last if last > first else first * 10
        found = [n for n in every if first <= n <= last]
        if len(found) <= most + 1:
            break
    return found if found[-1] == last else [*found, last]


def days(first: pd.Timestamp, last: pd.Timestamp, room: float) -> list[pd.Timestamp]:
    """Return evenly spaced days to write below an edge of ``room`` pixels, the first one first."""
    most = max(2, int(room / BROAD) + 1)
    span = max(1, math.ceil((last - first) / ONE))
    step = next((n for n in STEPS if span / n <= most - 0.5), STEPS[-1])
    return [first + n * step * ONE for n in range(span // step + 1)]


def frame(
    scale: Scale, ticks: list[float], colours: Palette, words: Words, width: float
) -> list[str]:
    """Return the lines and words at the edges: numbers at the left, days below."""
    marks = []
    for value in ticks:
        y = scale.y(value)
        marks.append(line(scale.left, y, scale.right, y, colours.grid))
        marks.append(text(scale.left - 8, y + 4.5, _number(value, words), colours.quiet, "end"))
    end = 0.0
    for day in days(scale.first, scale.last, scale.right - scale.left):
        name = words.day(day)
        half = breadth(name) / 2
        x = min(max(scale.x(day), half), width - half)
        if x - half < end:
            continue
        end = x + half + 8
        at = scale.x(day)
        marks.append(line(at, scale.bottom, at, scale.bottom + 5, colours.quiet))
        marks.append(text(x, scale.bottom + SIZE + 11, name, colours.quiet, "middle"))
    return marks


def margin(ticks: list[float], words: Words) -> float:
    """Return how much room the numbers at the left need."""
    return max(breadth(_number(value, words)) for value in ticks) + 12


def _number(value: float, words: Words) -> str:
    """Return a number in words with the minus that all our texts have, not a hyphen."""
    return f"−{words.number(-value)}" if value < 0 else words.number(value)
