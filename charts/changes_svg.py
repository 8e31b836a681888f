"""The change from one shown figure to the next, as SVG."""

import pandas as pd

from charts import keys
from charts.course import Words
from charts.drawing import document, line
from charts.scales import ONE, Scale, frame, margin, numbers
from charts.style import Palette, palette
from charts.trend_svg import BELOW, GAP, HEIGHT, SIDE, TOP, event_entry, event_ticks

THINNEST, THICKEST = 3.0, 30.0


def changes_svg(
    bars: pd.DataFrame,
    events: pd.DataFrame,
    *,
    theme: str = "light",
    words: Words | None = None,
    width: int = 900,
    height: int = HEIGHT,
    title: str = "",
    description: str = "",
) -> str:
    """Return the SVG of the bars of :func:`charts.changes`; between two sources they are hollow."""
    words, colours = words or Words(), palette(theme)
    first, last = bars["day"].min() - ONE, bars["day"].max() + ONE
    events = events[events["day"].between(first, last)]
    entries = _entries(bars, len(events) > 0, colours, words)
    below = keys.height(entries, width)
    bottom = height - below - GAP - BELOW
    ticks = numbers(bars["change"].min(), bars["change"].max(), bottom - TOP)
    left = margin(ticks, words)
    scale = Scale(first, last, ticks[0], ticks[-1], left, width - SIDE, TOP, bottom)
    body = frame(scale, ticks, colours, words, width)
    body += [*event_ticks(events, scale, colours), *_bars(bars, scale, colours)]
    body.append(line(scale.left, scale.y(0), scale.right, scale.y(0), colours.quiet))
    body += keys.key(entries, width, height - below, colours)
    return document(body, width, height, title, description)


def _bars(bars: pd.DataFrame, scale: Scale, colours: Palette) -> list[str]:
    broad = min(max(0.7 * (scale.x(scale.first + ONE) - scale.left), THINNEST), THICKEST)
    drawn = []
    for day, change, same in zip(bars["day"], bars["change"], bars["same"], strict=True):
        top, bottom = sorted((scale.y(float(change)), scale.y(0)))
        box = f'x="{scale.x(day) - broad / 2:.1f}" y="{top:.1f}" width="{broad:.1f}"'
        drawn.append(f'<rect {box} height="{bottom - top:.1f}" {_paint(same, colours)}/>')
    return drawn


def _paint(same: bool, colours: Palette) -> str:
    edge = f'stroke="{colours.emphasis}" stroke-width="1.5"'
    return f'fill="{colours.emphasis if same else "none"}" {edge}'


def _entries(bars: pd.DataFrame, events: bool, colours: Palette, words: Words) -> list[keys.Entry]:
    """Return what the key says: of full and hollow bars, as far as there are any, and events."""
    box = '<path d="M-10-6h20v12h-20z" {}/>'
    names = {True: words.same, False: words.between}
    there = [same for same in names if (bars["same"].astype(bool) == same).any()]
    entries = [(box.format(_paint(same, colours)), names[same]) for same in there]
    return [*entries, event_entry(colours, words)] if events else entries
