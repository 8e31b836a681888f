"""A small step chart as SVG: what must be seen at once, without a charting library."""

import math
from dataclasses import dataclass

import pandas as pd

from charts.style import FONT, SERIES, Palette, label, palette

WIDTH, HEIGHT = 340, 210
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 12, 24
DASHES = ("", "7 4", "2 4", "9 3 2 3")


@dataclass(frozen=True)
class Frame:
    """Where days and numbers lie on the picture."""

    first: pd.Timestamp
    last: pd.Timestamp
    top: float

    def x(self, day: pd.Timestamp) -> float:
        """Return the horizontal place of a day."""
        share = (day - self.first) / max(self.last - self.first, pd.Timedelta(days=1))
        return LEFT + float(share) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical place of a number."""
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def steps(lines: pd.DataFrame, until: pd.Timestamp, theme: str = "light") -> str:
    """Return an SVG of one step line per ``line``, each holding until its next day.

    ``lines`` has the columns line, day, value (missing: a gap) in the order of drawing; the first
    line is emphasised. Colour, dashes and the key under the chart tell lines apart.
    """
    colours = palette(theme)
    names = list(dict.fromkeys(lines["line"]))
    highest = lines["value"].max()
    frame = Frame(lines["day"].min(), until, ceiling(highest if highest == highest else 1.0))
    below = 18 * math.ceil(len(names) / 1)
    body = [*_grid(frame, colours)]
    for number, name in enumerate(names):
        mine = lines[lines["line"] == name]
        colour = colours.emphasis if number == 0 else SERIES[(number - 1) % len(SERIES)]
        style = f'stroke="{colour}" stroke-width="{2.5 if number == 0 else 1.8}"'
        style += f' stroke-dasharray="{DASHES[number % len(DASHES)]}"'
        body.append(f'<path d="{_path(mine, frame)}" fill="none" {style}/>')
        body += _key(name, number, style, colours)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT + below}"'
    font = f'font-family="{FONT}" font-size="12"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>{"".join(body)}</svg>'


def ceiling(highest: float) -> float:
    """Return the round number at the top of a scale that holds ``highest``."""
    if highest <= 0:
        return 1.0
    size = 10 ** math.floor(math.log10(highest))
    return float(next(n * size for n in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if n * size >= highest))


def _path(mine: pd.DataFrame, frame: Frame) -> str:
    """Return the way of the pen: level until the next day, lifted where nothing is known."""
    pieces: list[str] = []
    down = False
    for day, value in zip(mine["day"], mine["value"], strict=True):
        x = f"{frame.x(day):.1f}"
        if down:
            pieces.append(f"H{x}")
        down = not math.isnan(value)
        if down:
            y = f"{frame.y(value):.1f}"
            pieces.append(f"V{y}" if pieces and pieces[-1] == f"H{x}" else f"M{x} {y}")
    if down:
        pieces.append(f"H{frame.x(frame.last):.1f}")
    return "".join(pieces)


def _grid(frame: Frame, colours: Palette) -> list[str]:
    marks = []
    for value in (0.0, frame.top / 2, frame.top):
        y = f"{frame.y(value):.1f}"
        line = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="{colours.grid}"'
        marks.append(f"<line {line}/>")
        marks.append(_text(LEFT - 6, f"{frame.y(value) + 4:.1f}", _brief(value), colours, "end"))
    ends = ((frame.first, "start"), (frame.last, "end"))
    for day, anchor in ends:
        words = f"{day.day} {day:%b %Y}"
        marks.append(_text(frame.x(day), HEIGHT - BOTTOM + 17, words, colours, anchor))
    return marks


def _text(x: object, y: object, words: str, colours: Palette, anchor: str) -> str:
    place = f'x="{x}" y="{y}" text-anchor="{anchor}" fill="{colours.quiet}"'
    return f"<text {place}>{label(words)}</text>"


def _key(name: str, number: int, style: str, colours: Palette) -> list[str]:
    y = HEIGHT + 10 + 18 * number
    mark = f'<line x1="{LEFT}" x2="{LEFT + 26}" y1="{y - 4}" y2="{y - 4}" {style}/>'
    words = f'x="{LEFT + 34}" y="{y}" fill="{colours.text}"'
    return [mark, f"<text {words}>{label(name)}</text>"]


def _brief(value: float) -> str:
    """Return a number for an axis: 1,500 or 600k or 1.2M."""
    if value >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1_000:g}k" if value >= 10_000 else f"{value:,g}"
