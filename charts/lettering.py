"""What is written into a chart over time, where it covers nothing."""

import math
from dataclasses import dataclass

import pandas as pd

from charts import placing
from charts.course import Course, Words
from charts.drawing import halo, text
from charts.scales import Scale
from charts.style import Palette


@dataclass(frozen=True)
class Look:
    """What everything on the picture is drawn with."""

    scale: Scale
    colours: Palette
    words: Words


def written(found: Course, chosen: pd.Timestamp, look: Look) -> list[str]:
    """Return the shown number of the chosen day, and each source's number in the key."""
    scale = look.scale
    columns = (found.shown[name] for name in ("day", "value"))
    line_of = [(scale.x(d), scale.y(float(v))) for d, v in zip(*columns, strict=True)]
    taken = list(placing.along(line_of))
    for mine in (found.rest, *(mine for _, mine in found.sources)):
        columns = (mine[name] for name in ("day", "value"))
        places = [(scale.x(d), scale.y(float(v))) for d, v in zip(*columns, strict=True)]
        taken += [placing.around(x, y, 4) for x, y in places if not math.isnan(y)]
    return [*_now(found, chosen, look, taken), *_numbered(found, look, taken)]


def _now(found: Course, chosen: pd.Timestamp, look: Look, taken: list[placing.Box]) -> list[str]:
    """Return the point at which the shown line meets the chosen day, with its number in words."""
    if found.shown.empty:
        return []
    until = found.shown[found.shown["day"] <= chosen]
    value = float(until["value"].iloc[-1]) if len(until) else math.nan
    x, y = look.scale.x(chosen), look.scale.y(value)
    if math.isnan(y):
        return []
    dot = f'cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{look.colours.emphasis}"'
    drawn = [f'<circle {dot} stroke="{look.colours.ground}" stroke-width="1.5"/>']
    if "text" in until:
        words = str(until["text"].iloc[-1])
        drawn.append(_label_of(words, x, y, look, taken))
    taken.append(placing.around(x, y, 6))
    return drawn


def _label_of(words: str, x: float, y: float, look: Look, taken: list[placing.Box]) -> str:
    """Return the words beside a point, on the side where they cover least."""
    size = 15
    inside = look.scale.box
    sides = [(x + dx, y + dy, "start" if dx > 0 else "end") for dx in (10, -10) for dy in (-10, 22)]
    boxes = [placing.box_of(at, down, words, size, anchor) for at, down, anchor in sides]
    clear = [n for n, box in enumerate(boxes) if placing.free(box, taken, inside)]
    held = [n for n, box in enumerate(boxes) if placing.free(box, (), inside)]
    best = (clear or held or [0])[0]
    taken.append(boxes[best])
    at, down, anchor = sides[best]
    extra = f'font-size="{size}" font-weight="700" {halo(look.colours, 5)}'
    return text(at, down, words, look.colours.emphasis, anchor, extra)


def _numbered(found: Course, look: Look, taken: list[placing.Box]) -> list[str]:
    """Return the number of each source in the key, beside its last mark, where there is room."""
    extra = f'font-size="11" font-weight="600" {halo(look.colours, 3)}'
    drawn = []
    for number, (_, mine) in enumerate(found.sources, 1):
        words = look.words.number(number)
        x = look.scale.x(mine["day"].iloc[-1])
        y = look.scale.y(float(mine["value"].iloc[-1]))
        for at, down in ((x, y - 8), (x, y + 16), (x + 10, y + 4), (x - 10, y + 4)):
            box = placing.box_of(at, down, words, 11, "middle")
            if not math.isnan(y) and placing.free(box, taken, look.scale.box):
                taken.append(box)
                drawn.append(text(at, down, words, look.colours.text, "middle", extra))
                break
    return drawn
