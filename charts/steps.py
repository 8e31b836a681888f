"""A small step chart as SVG: what must be seen at once, without a charting library."""

import math

import pandas as pd

from charts import keys
from charts.course import Words
from charts.drawing import DASHED, breadth, document, line, text
from charts.scales import ONE, Scale
from charts.style import DASHES, SERIES, Palette, label, palette
from charts.trend_svg import pen

WIDTH, HEIGHT = 340, 214
RIGHT, TOP, BOTTOM, GAP = 10, 12, 26, 8


def steps(
    lines: pd.DataFrame,
    until: pd.Timestamp,
    theme: str = "light",
    *,
    words: Words | None = None,
    width: int = WIDTH,
    title: str = "",
    description: str = "",
) -> str:
    """Return an SVG of one step line per ``line``, each holding until its next day.

    ``lines`` has the columns line, day, value (missing: a gap) in the order of drawing; the first
    line is emphasised. Colour, dashes and the key under the chart tell lines apart.
    """
    colours, words = palette(theme), words or Words()
    names = list(dict.fromkeys(lines["line"]))
    highest = lines["value"].max()
    top = ceiling(float(highest) if highest == highest else 1.0)
    ticks = [0.0, top / 2, top]
    left = max(breadth(brief(value, words)) for value in ticks) + 10
    first = lines["day"].min()
    box = (left, width - RIGHT, TOP, HEIGHT - BOTTOM)
    scale = Scale(first, max(until, first + ONE), 0.0, top, *box)
    body = _grid(scale, ticks, until, colours, words)
    for number, name in reversed(list(enumerate(names))):
        mine = lines[lines["line"] == name]
        way = pen([*mine["day"], until], [*mine["value"], math.nan], scale)
        named = f"<title>{label(name)}</title>"
        body.append(f'<path d="{way}" fill="none" {_stroke(number, colours)}>{named}</path>')
        body += _end(mine, until, number, scale, colours)
    entries = [
        (f'<line x1="-13" x2="13" {_stroke(number, colours)}/>', str(name))
        for number, name in enumerate(names)
    ]
    below = keys.height(entries, width)
    body += keys.key(entries, width, HEIGHT + GAP, colours)
    return document(body, width, HEIGHT + GAP + below, title, description)


def _end(
    mine: pd.DataFrame, until: pd.Timestamp, number: int, scale: Scale, colours: Palette
) -> list[str]:
    """Return a point where a line is on the last day: it may have got there on that day only."""
    y = scale.y(float(mine["value"].iloc[-1]))
    if math.isnan(y):
        return []
    place = f'cx="{scale.x(until):.1f}" cy="{y:.1f}" r="{4.5 if number == 0 else 3.2}"'
    return [f'<circle {place} fill="{_colour(number, colours)}" stroke="{colours.ground}"/>']


def _colour(number: int, colours: Palette) -> str:
    """Return the colour of a line; those past the last colour are grey, named on hover."""
    if number == 0:
        return colours.emphasis
    return SERIES[number - 1] if number <= len(SERIES) else colours.quiet


def _stroke(number: int, colours: Palette) -> str:
    colour = _colour(number, colours)
    dash = DASHED[DASHES[number % len(DASHES)]]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{colour}" stroke-width="{2.8 if number == 0 else 1.8}"{dashes}'


def ceiling(highest: float) -> float:
    """Return the round number at the top of a scale that holds ``highest``."""
    if highest <= 0:
        return 1.0
    size = 10 ** math.floor(math.log10(highest))
    return float(next(n * size for n in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if n * size >= highest))


def _grid(
    scale: Scale, ticks: list[float], until: pd.Timestamp, colours: Palette, words: Words
) -> list[str]:
    marks = []
    for value in ticks:
        y = scale.y(value)
        marks.append(line(scale.left, y, scale.right, y, colours.grid))
        marks.append(text(scale.left - 7, y + 4.5, brief(value, words), colours.quiet, "end"))
    down = scale.bottom + 19
    marks.append(text(scale.left, down, words.day(scale.first), colours.quiet))
    if until > scale.first:
        marks.append(text(scale.right, down, words.day(until), colours.quiet, "end"))
    return marks


def brief(value: float, words: Words) -> str:
    """Return a number for the edge of a small chart, as the reader writes it."""
    return words.number(value) if value == int(value) else f"{value:g}"
