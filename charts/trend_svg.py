"""Who said what when, as SVG: what :func:`charts.trend` shows, without a charting library."""

import math
from collections.abc import Iterable

import pandas as pd

from charts import keys
from charts.course import Course, Words, course
from charts.drawing import DASHED, MARKS, document, line
from charts.lettering import Look, written
from charts.scales import ONE, Scale, frame, margin, numbers
from charts.style import DASHES, SERIES, SYMBOLS, Palette, palette

HEIGHT = 490
TOP, BELOW, GAP, SIDE, LEAST = 30, 34, 12, 10, 180
# Longer before the first figure, an event says nothing about the chart.
BEFORE = 14 * ONE


def trend_svg(
    points: pd.DataFrame,
    shown: pd.DataFrame,
    events: pd.DataFrame,
    *,
    until: pd.Timestamp,
    chosen: pd.Timestamp,
    theme: str = "light",
    log: bool = False,
    words: Words | None = None,
    width: int = 900,
    height: int = HEIGHT,
    title: str = "",
    description: str = "",
) -> str:
    """Return the SVG of one question over time, ``width`` by about ``height`` pixels.

    The frames are those of :func:`charts.trend`. ``shown`` may also have ``text``: its number in
    words, written where the line meets the chosen day. ``title`` and ``description`` are what a
    screen reader says of the picture.
    """
    words, colours = words or Words(), palette(theme)
    found = course(points, shown, until)
    entries = _entries(found, len(events) > 0, colours, words)
    below = keys.height(entries, width)
    height = max(height, int(TOP + LEAST + BELOW + GAP + below))
    first = min([chosen, *_starts(points, shown)])
    events = events[(events["day"] >= first - BEFORE) & (events["day"] <= until)]
    first = min([first, *events["day"].iloc[:1]])
    bottom = height - below - GAP - BELOW
    ticks = numbers(*_ends(points, found, log), bottom - TOP, log)
    left, last = margin(ticks, words), max(until, first + ONE)
    ends = (first, last, ticks[0], ticks[-1])
    look = Look(Scale(*ends, left, width - SIDE, TOP, bottom, log), colours, words)
    body = frame(look.scale, ticks, colours, words, width)
    body += [*_bands(found, look), *event_ticks(events, look.scale, colours)]
    body.append(day_line(chosen, look.scale, colours))
    body += [*_sources(found, look), *_shown(found, look)]
    body += [*_marks(found, look), *written(found, chosen, look)]
    body += keys.key(entries, width, height - below, colours)
    return document(body, width, height, title, description)


def _starts(points: pd.DataFrame, shown: pd.DataFrame) -> list[pd.Timestamp]:
    return [frame["day"].min() for frame in (points, shown) if len(frame)]


def _ends(points: pd.DataFrame, found: Course, log: bool) -> tuple[float, float]:
    """Return the lowest and highest number on the picture."""
    columns = [points["value"], points["upper"]]
    if len(found.shown):
        columns += [found.shown[name] for name in ("value", "lowest", "highest")]
    every = [float(n) for column in columns for n in column]
    every = [n for n in every if math.isfinite(n) and (n > 0 or not log)]
    return (min(every), max(every)) if every else (1.0, 1.0)


def pen(days: Iterable[pd.Timestamp], values: Iterable[float], scale: Scale) -> str:
    """Return the way of the pen: level until the next day, lifted where nothing is known."""
    pieces: list[str] = []
    down = False
    for day, value in zip(days, values, strict=True):
        x, y = f"{scale.x(day):.1f}", scale.y(float(value))
        if down:
            pieces.append(f"H{x}")
        if math.isnan(y):
            down = False
        else:
            pieces.append(f"V{y:.1f}" if down else f"M{x} {y:.1f}")
            down = True
    return "".join(pieces)


def _bands(found: Course, look: Look) -> list[str]:
    style = f'fill="{look.colours.emphasis}" fill-opacity="0.15" class="band"'
    return [f'<path d="{_area(part, look.scale)}" {style}/>' for part in found.bands]


def _area(part: pd.DataFrame, scale: Scale) -> str:
    """Return the outline of a band: along the highest numbers, and back along the lowest."""
    days = [scale.x(day) for day in part["day"]]
    floor = scale.bottom if scale.log else math.nan
    upper = [scale.y(float(value)) for value in part["highest"]]
    lower = [scale.y(float(value)) for value in part["lowest"]]
    upper, lower = ([floor if math.isnan(y) else y for y in side] for side in (upper, lower))
    way = [(days[0], upper[0])]
    for (x, y), before in zip(zip(days[1:], upper[1:], strict=True), upper, strict=False):
        way += [(x, before), (x, y)]
    way.append((days[-1], lower[-1]))
    for x, after, y in zip(days[-2::-1], days[:0:-1], lower[-2::-1], strict=True):
        way += [(after, y), (x, y)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in way) + "Z"


def _sources(found: Course, look: Look) -> list[str]:
    """Return the line of steps of each source with several figures that hold until the next."""
    return [
        f'<path d="{pen(mine["day"], mine["value"], look.scale)}" fill="none" {_stroke(number)} '
        'class="source"/>'
        for number, (_, mine) in enumerate(found.sources)
        if _lined(mine)
    ]


def _lined(mine: pd.DataFrame) -> bool:
    return len(mine) > 1 and bool(mine["steps"].all())


def _marks(found: Course, look: Look) -> list[str]:
    drawn = _points(found.rest, look.colours.quiet, look)
    for number, (_, mine) in enumerate(found.sources):
        drawn += _points(mine, SERIES[number], look)
    return drawn


def _stroke(number: int) -> str:
    dash = DASHED[DASHES[number]]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{SERIES[number]}" stroke-width="1.6"{dashes}'


def _points(mine: pd.DataFrame, colour: str, look: Look) -> list[str]:
    """Return the marks of some figures as one path, and a line to the upper end of each range."""
    scale, marks, ranges = look.scale, [], []
    columns = (mine[name] for name in ("day", "value", "upper", "quantifier"))
    for day, value, upper, quantifier in zip(*columns, strict=True):
        x, y = scale.x(day), scale.y(float(value))
        if math.isnan(y):
            continue
        marks.append(f"M{x:.1f} {y:.1f}{MARKS[SYMBOLS[str(quantifier)]]}")
        if upper > value:
            ranges.append(f"M{x:.1f} {y:.1f}V{scale.y(float(upper)):.1f}m-5 0h10")
    drawn = []
    if ranges:
        drawn.append(f'<path d="{"".join(ranges)}" stroke="{colour}" stroke-width="1.5"/>')
    if marks:
        edge = f'stroke="{look.colours.ground}" stroke-width="0.8"'
        drawn.append(f'<path d="{"".join(marks)}" fill="{colour}" {edge} class="figures"/>')
    return drawn


def _shown(found: Course, look: Look) -> list[str]:
    if found.shown.empty:
        return []
    way = pen(found.shown["day"], found.shown["value"], look.scale)
    style = f'stroke="{look.colours.emphasis}" stroke-width="3.5" stroke-linejoin="round"'
    return [f'<path d="{way}" fill="none" {style} class="shown"/>']


def event_ticks(events: pd.DataFrame, scale: Scale, colours: Palette) -> list[str]:
    """Return a mark at the top for each day on which something happened, and a faint line down."""
    places = [f"{scale.x(day):.1f}" for day in events["day"].drop_duplicates()]
    if not places:
        return []
    ways = "".join(f"M{x} {scale.top - 6:.1f}V{scale.bottom:.1f}" for x in places)
    marks = "".join(f"M{x} {scale.top - 12:.1f}{MARKS['triangle-down']}" for x in places)
    faint = f'stroke="{colours.quiet}" stroke-opacity="0.45" stroke-dasharray="1 4"'
    return [
        f'<path d="{ways}" fill="none" {faint}/>',
        f'<path d="{marks}" fill="{colours.quiet}" class="events"/>',
    ]


def day_line(chosen: pd.Timestamp, scale: Scale, colours: Palette) -> str:
    """Return the upright line at the day the reader looks at."""
    x = scale.x(chosen)
    return line(x, scale.top - 4, x, scale.bottom, colours.text)


def day_entry(colours: Palette, words: Words) -> keys.Entry:
    """Return what the key says of the chosen day."""
    return line(0, -8, 0, 8, colours.text), words.chosen


def event_entry(colours: Palette, words: Words) -> keys.Entry:
    """Return what the key says of events."""
    return f'<path d="M0 0{MARKS["triangle-down"]}" fill="{colours.quiet}"/>', words.event


def _entries(found: Course, events: bool, colours: Palette, words: Words) -> list[keys.Entry]:
    entries: list[keys.Entry] = []
    if len(found.shown):
        thick = 'stroke-width="3.5"'
        entries.append((line(-13, 0, 13, 0, colours.emphasis, thick), words.shown))
    if found.bands:
        box = f'<path d="M-13-6h26v12h-26z" fill="{colours.emphasis}" fill-opacity="0.15"/>'
        entries.append((box, words.band))
    for number, (name, mine) in enumerate(found.sources):
        stroke = f'<path d="M-13 0h26" {_stroke(number)}/>' if _lined(mine) else ""
        mark = f'<path d="M0 0{MARKS["circle"]}" fill="{SERIES[number]}"/>'
        entries.append((stroke + mark, f"{words.number(number + 1)}  {name}"))
    if len(found.rest):
        mark = f'<path d="M0 0{MARKS["circle"]}" fill="{colours.quiet}"/>'
        entries.append((mark, words.others))
    entries.append(day_entry(colours, words))
    return [*entries, event_entry(colours, words)] if events else entries
