"""A bridge as SVG: from one number to another, one bar for each reason between them."""

from dataclasses import dataclass

import pandas as pd

from charts.style import FONT, Palette, label, palette

WIDTH, ROW, BAR, EDGE = 420, 46, 16, 4
THINNEST = 2.0
# What kind a bar is of also stands beside it in words; what nothing explains is hollow.
KINDS = {
    "place": "#3B9AB2",
    "definition": "#D98236",
    "timing": "#4C9F85",
    "source": "#8A74B5",
    "rounding": "#A38A5C",
}


@dataclass(frozen=True)
class _Bar:
    """One bar, from one number to another, and where the next one begins."""

    kind: str
    words: str
    amount: str
    low: float
    high: float
    after: float


def waterfall(steps: pd.DataFrame, theme: str = "light") -> str:
    """Return an SVG of the way from the first number to the last.

    ``steps`` has the columns kind (``start``, ``end`` or why the numbers differ), label, amount (of
    start and end the number itself, else how much is added, below 0 where less) and text (the
    amount in words).
    """
    colours = palette(theme)
    bars = list(_bars(steps))
    least = min(0.0, *(bar.low for bar in bars))
    most = max(1.0, *(bar.high for bar in bars))
    scale = (WIDTH - 2 * EDGE) / (most - least)
    zero = EDGE - least * scale
    body = [_link(bar, row, zero, scale, colours) for row, bar in enumerate(bars[:-1])]
    for row, bar in enumerate(bars):
        body += _drawn(bar, row, zero, scale, colours)
    size = f'viewBox="0 0 {WIDTH} {ROW * len(bars)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" font-size="15">'
        f"{''.join(body)}</svg>"
    )


def _bars(steps: pd.DataFrame) -> list[_Bar]:
    bars, level = [], 0.0
    for step in steps.to_dict("records"):
        amount = float(step["amount"])
        before = 0.0 if step["kind"] in ("start", "end") else level
        level = before + amount
        low, high = sorted((before, level))
        words, text = label(step["label"]), label(step["text"])
        bars.append(_Bar(str(step["kind"]), words, text, low, high, level))
    return bars


def _drawn(bar: _Bar, row: int, zero: float, scale: float, colours: Palette) -> list[str]:
    """Return the label, the amount and the bar of one row."""
    y = row * ROW
    ends = bar.kind in ("start", "end")
    weight = 'font-weight="650"' if ends else ""
    # The line from bar to bar passes behind the words.
    halo = f'stroke="{colours.ground}" stroke-width="5" paint-order="stroke"'
    fill = f'fill="{colours.text}" {halo} {weight}'
    width = max((bar.high - bar.low) * scale, THINNEST)
    place = f'x="{zero + bar.low * scale:.1f}" y="{y + 21}" width="{width:.1f}" height="{BAR}"'
    return [
        f'<text x="{EDGE}" y="{y + 15}" {fill}>{bar.words}</text>',
        f'<text x="{WIDTH - EDGE}" y="{y + 15}" text-anchor="end" {fill}>{bar.amount}</text>',
        f'<rect {place} rx="2" {_paint(bar.kind, colours)}/>',
    ]


def _paint(kind: str, colours: Palette) -> str:
    if kind in ("start", "end"):
        return f'fill="{colours.emphasis}"'
    if kind in KINDS:
        return f'fill="{KINDS[kind]}"'
    return f'fill="none" stroke="{colours.quiet}" stroke-width="1.5" stroke-dasharray="4 3"'


def _link(bar: _Bar, row: int, zero: float, scale: float, colours: Palette) -> str:
    """Return the thin line that leads from one bar to the next."""
    x, y = f"{zero + bar.after * scale:.1f}", row * ROW + 21 + BAR
    line = f'x1="{x}" x2="{x}" y1="{y}" y2="{y + ROW - BAR}" stroke="{colours.quiet}"'
    return f'<line {line} stroke-width="1" stroke-dasharray="2 3"/>'
