"""What is written into a chart over time, where it covers nothing."""

import math
from dataclasses import dataclass

import pandas as pd

from charts import placing
from charts.course import Course, Words
from charts.drawing import halo, line, text
from charts.scales import Scale
from charts.style import Palette

# Where the number of a source may stand, from its last mark: beside it, else farther off, in eight
# directions, with a line that leads there.
NEAR = ((0, -8), (0, 16), (10, 4), (-10, 4))
AWAY = tuple(
    (round(reach * math.cos(turn * math.pi / 4)), 4 - round(reach * math.sin(turn * math.pi / 4)))
    for reach in range(20, 120, 10)
    for turn in (1, 3, 2, 7, 5, 6, 0, 4)
)


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
    """Return the number of each source in the key, beside its last mark or led to from farther."""
    extra = f'font-size="11" font-weight="600" {halo(look.colours, 3)}'
    drawn = []
    for number, (_, mine) in enumerate(found.sources, 1):
        words = look.words.number(number)
        x = look.scale.x(mine["day"].iloc[-1])
        y = look.scale.y(float(mine["value"].iloc[-1]))
        if math.isnan(y):
            continue
        for across, down in (*NEAR, *AWAY):
            box = placing.box_of(x + across, y + down, words, 11, "middle")
            if not placing.free(box, taken, look.scale.box):
                continue
            taken.append(box)
            if (across, down) not in NEAR:
                drawn.append(line(x, y, x + across, y + down - 4, look.colours.quiet))
            drawn.append(text(x + across, y + down, words, look.colours.text, "middle", extra))
            break
    return drawn
