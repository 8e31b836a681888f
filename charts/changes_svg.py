"""The change from one shown figure to the next, as SVG."""

import pandas as pd

from charts import keys
from charts.course import Words
from charts.drawing import document, line
from charts.scales import ONE, Scale, frame, margin, numbers
from charts.style import Palette, palette
from charts.trend_svg import (
    BELOW,
    GAP,
    HEIGHT,
    SIDE,
    TOP,
    day_entry,
    day_line,
    event_entry,
    event_ticks,
)

THINNEST, THICKEST = 3.0, 30.0


def changes_svg(
    bars: pd.DataFrame,
    events: pd.DataFrame,
    *,
    chosen: pd.Timestamp | None = None,
    theme: str = "light",
    words: Words | None = None,
    width: int = 900,
    height: int = HEIGHT,
    title: str = "",
    description: str = "",
) -> str:
    """Return the SVG of the bars of :func:`charts.changes`; between two sources they are hollow.

    ``chosen`` is the day the reader looks at, marked by an upright line; ``None`` for no line.
    """
    words, colours = words or Words(), palette(theme)
    marked = [] if chosen is None else [chosen]
    first = min([bars["day"].min() - ONE, *marked])
    last = max([bars["day"].max() + ONE, *marked])
    events = events[events["day"].between(first, last)]
    entries = _entries(bars, len(events) > 0, bool(marked), colours, words)
    below = keys.height(entries, width)
    bottom = height - below - GAP - BELOW
    ticks = numbers(bars["change"].min(), bars["change"].max(), bottom - TOP)
    left = margin(ticks, words)
    scale = Scale(first, last, ticks[0], ticks[-1], left, width - SIDE, TOP, bottom)
    body = frame(scale, ticks, colours, words, width)
    body += event_ticks(events, scale, colours)
    body += [day_line(day, scale, colours) for day in marked]
    body += _bars(bars, scale, colours)
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


def _entries(
    bars: pd.DataFrame, events: bool, chosen: bool, colours: Palette, words: Words
) -> list[keys.Entry]:
    """Return what the key says: of full and hollow bars, the chosen day and events, if any."""
    box = '<path d="M-10-6h20v12h-20z" {}/>'
    names = {True: words.same, False: words.between}
    there = [same for same in names if (bars["same"].astype(bool) == same).any()]
    entries = [(box.format(_paint(same, colours)), names[same]) for same in there]
    entries += [day_entry(colours, words)] if chosen else []
    return [*entries, event_entry(colours, words)] if events else entries
