"""A bridge as SVG: from one number to another, one bar for each reason between them."""

import itertools
from dataclasses import dataclass

import pandas as pd

from charts.drawing import breadth, clipped, document, halo, text, wrapped
from charts.style import Palette, palette

WIDTH, BAR, EDGE, LETTERS = 420, 16, 4, 15
# Above the words, from one line of words to the next, between words and bar.
ABOVE, DOWN, GAP = 15, 18, 7
MOST_LINES = 2
THINNEST = 2.0
# What kind a bar is of also stands beside it in words; what nothing explains is hollow.
KINDS = {
    "place": "#2F8FA8",
    "definition": "#C46A1E",
    "timing": "#2E8F6E",
    "source": "#8A74B5",
    "rounding": "#937A4C",
}


@dataclass(frozen=True)
class _Bar:
    """One bar, from one number to another, where the next one begins, and its place."""

    kind: str
    words: list[str]
    amount: str
    low: float
    high: float
    after: float
    top: float

    @property
    def down(self) -> float:
        """The upper edge of the bar itself, below its words."""
        return self.top + ABOVE + DOWN * (len(self.words) - 1) + GAP

    @property
    def end(self) -> float:
        """Where the next row begins."""
        return self.down + BAR + GAP


def waterfall(
    steps: pd.DataFrame,
    theme: str = "light",
    *,
    width: int = WIDTH,
    title: str = "",
    description: str = "",
) -> str:
    """Return an SVG of the way from the first number to the last, ``width`` pixels wide.

    ``steps`` has the columns kind (``start``, ``end`` or why the numbers differ), label, amount (of
    start and end the number itself, else how much is added, below 0 where less) and text (the
    amount in words).
    """
    colours = palette(theme)
    bars = _bars(steps, width)
    least = min(0.0, *(bar.low for bar in bars))
    most = max(1.0, *(bar.high for bar in bars))
    scale = (width - 2 * EDGE) / (most - least)
    zero = EDGE - least * scale
    body = [_link(bar, after, zero, scale, colours) for bar, after in itertools.pairwise(bars)]
    for bar in bars:
        body += _drawn(bar, zero, scale, width, colours)
    return document(body, width, bars[-1].end, title, description)


def _bars(steps: pd.DataFrame, width: float) -> list[_Bar]:
    bars: list[_Bar] = []
    level, top = 0.0, 0.0
    for step in steps.to_dict("records"):
        amount = float(step["amount"])
        before = 0.0 if step["kind"] in ("start", "end") else level
        level = before + amount
        low, high = sorted((before, level))
        number = clipped(str(step["text"]), width * 0.55, LETTERS)
        room = width - 2 * EDGE - breadth(number, LETTERS) - 12
        words = wrapped(str(step["label"]), room, LETTERS, MOST_LINES)
        bars.append(_Bar(str(step["kind"]), words, number, low, high, level, top))
        top = bars[-1].end
    return bars


def _drawn(bar: _Bar, zero: float, scale: float, width: float, colours: Palette) -> list[str]:
    """Return the label, the amount and the bar of one row."""
    weight = ' font-weight="700"' if bar.kind in ("start", "end") else ""
    # The line from bar to bar passes behind the words.
    look = f'font-size="{LETTERS}" {halo(colours, 5)}{weight}'
    first = bar.top + ABOVE
    drawn = [
        text(EDGE, first + DOWN * row, words, colours.text, extra=look)
        for row, words in enumerate(bar.words)
    ]
    drawn.append(text(width - EDGE, first, bar.amount, colours.text, "end", look))
    broad = max((bar.high - bar.low) * scale, THINNEST)
    place = f'x="{zero + bar.low * scale:.1f}" y="{bar.down:g}" width="{broad:.1f}"'
    drawn.append(f'<rect {place} height="{BAR}" rx="2" {_paint(bar.kind, colours)}/>')
    return drawn


def _paint(kind: str, colours: Palette) -> str:
    if kind in ("start", "end"):
        return f'fill="{colours.emphasis}"'
    if kind in KINDS:
        return f'fill="{KINDS[kind]}"'
    return f'fill="none" stroke="{colours.quiet}" stroke-width="1.5" stroke-dasharray="4 3"'


def _link(bar: _Bar, after: _Bar, zero: float, scale: float, colours: Palette) -> str:
    """Return the thin line that leads from one bar to the next."""
    x = f"{zero + bar.after * scale:.1f}"
    ends = f'x1="{x}" x2="{x}" y1="{bar.down + BAR:g}" y2="{after.down:g}"'
    return f'<line {ends} stroke="{colours.quiet}" stroke-width="1" stroke-dasharray="2 3"/>'
