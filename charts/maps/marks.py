"""What stands for numbers on a map: circles by area, a mark for nought, shades in classes."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from charts.style import palette

LARGEST = 26.0  # radius in pixels of the largest number
NOUGHT = 5.0
# There are as many shades.
FEW = 5


@dataclass(frozen=True)
class Ink:
    """The colours of a map."""

    sea: str
    outside: str
    land: str
    border: str
    inner: str
    hatch: str
    mark: str
    text: str
    quiet: str
    ground: str
    shades: tuple[str, ...]


SHADES = {
    "light": ("#D3E4F0", "#9FC5E0", "#669FC8", "#2F78AC", "#0B4A75"),
    "dark": ("#1F3B52", "#2A5C82", "#3B83B4", "#67AEDA", "#B0DAF5"),
}
GROUNDS = {
    # sea, land outside, land of the crisis, border, border of provinces, hatch
    "light": ("#E9F0F4", "#E9EAEA", "#FFFFFF", "#8C979F", "#C4CCD2", "#CFD6DA"),
    "dark": ("#0B1218", "#1A2129", "#252E38", "#7C8893", "#46535F", "#46535F"),
}


def ink(theme: str) -> Ink:
    """Return the colours of the theme; light where it is not known."""
    name = theme if theme in GROUNDS else "light"
    found = palette(name)
    rest = (found.emphasis, found.text, found.quiet, found.ground)
    return Ink(*GROUNDS[name], *rest, shades=SHADES[name])


def radius(value: float, largest: float) -> float:
    """Return the radius of a number's circle: its area grows with the number, nothing else."""
    return LARGEST * math.sqrt(value / largest) if largest > 0 else 0.0


def round_numbers(largest: float) -> list[float]:
    """Return one or two round numbers for the key, the larger first."""
    if largest < 1:
        return []
    first = _rounded(largest)
    second = _rounded(max(1.0, first / 4))
    return [first, second] if second < first else [first]


def _rounded(value: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, … that is not above the value."""
    size = 10.0 ** math.floor(math.log10(value))
    return next((n * size for n in (5, 2, 1) if n * size <= value), size)


def limits(values: Sequence[float]) -> list[float]:
    """Return the numbers, round ones if large, at which a darker shade begins; at most four."""
    found = [value for value in values if value > 0]
    if not found:
        return []
    if max(found) <= FEW:
        # Each of a few people is a class of its own: 3 must not look like 2.
        return [float(n) for n in range(max(int(min(found)), 1) + 1, int(max(found)) + 1)]
    steps = []
    step = _rounded(min(found))
    while step <= max(found):
        steps.append(step)
        step = _next(step)
    steps = steps[1:]
    every = math.ceil(len(steps) / 4) or 1
    return steps[::-1][::every][::-1]


def _next(step: float) -> float:
    """Return the round number after 1, 2, 5, 10 …"""
    size = 10.0 ** math.floor(math.log10(step) + 1e-9)
    return size * {1: 2, 2: 5, 5: 10}[round(step / size)]


def shade(value: float, steps: Sequence[float], shades: Sequence[str]) -> str:
    """Return the shade of a number."""
    return shades[(len(shades) - 1 - len(steps)) + bisect_right(steps, value)]


def on_shade(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "#111417" if light > 0.18 else "#FFFFFF"


def ring(x: float, y: float, r: float, colours: Ink) -> str:
    """Draw the outer ring of a range."""
    line = f'stroke="{colours.mark}" stroke-dasharray="3 2"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.3f}" fill="none" {line}/>'


def nought(x: float, y: float, colours: Ink) -> str:
    """Draw the mark of nought: a hollow diamond, which no number has."""
    n = NOUGHT
    way = f"M{x - n:.1f} {y:.1f}l{n} {-n} {n} {n} {-n} {n}z"
    line = f'fill="{colours.ground}" stroke="{colours.mark}" stroke-width="1.6"'
    return f'<path class="nought" d="{way}" {line}/>'
