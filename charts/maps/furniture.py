"""What helps to read a map: frame of the conflict zone, small locator, scale, key, disclaimer."""

import itertools
from collections.abc import Callable

from charts import boundaries
from charts.drawing import breadth, directed, text, wrapped
from charts.maps.areas import countries_box, zone_box
from charts.maps.labels import Layout
from charts.maps.marks import NOUGHT, nought, radius, ring, round_numbers
from charts.maps.paths import FINENESS, path
from charts.maps.sheet import Sheet
from charts.maps.view import Box, around, overlap

INSET = 92.0
SMALL = 11.5
FINE_PRINT = 11.0
ROW, BETWEEN = 20.0, 14.0
Item = tuple[float, float, Callable[[float, float], str]]  # how wide, how high, how to draw it


def frame(sheet: Sheet, box: Box) -> list[str]:
    """Draw a frame around a box of degrees."""
    left, top, right, bottom = sheet.view.span(box)
    size = f'x="{left - 5:.1f}" y="{top - 5:.1f}" width="{right - left + 10:.1f}"'
    return [
        f'<rect class="zone" {size} height="{bottom - top + 10:.1f}" rx="3" fill="none" '
        f'stroke="{sheet.ink.text}" stroke-width="1.4"/>'
    ]


def locator(sheet: Sheet, layout: Layout) -> list[str]:
    """Draw the countries small in a corner, with what the map shows of them framed."""
    whole = countries_box(sheet.countries) if sheet.level == "province" else None
    if whole is None or zone_box(sheet.zone) is None:
        return []
    small = around(whole, 0.12, INSET)
    shown = small.span(sheet.view.box)
    if (shown[2] - shown[0]) * (shown[3] - shown[1]) > 0.6 * small.width * small.height:
        return []
    x, y = _corner(sheet, layout, small.width, small.height)
    layout.take((x, y, x + small.width, y + small.height))
    ink, size = sheet.ink, f'width="{small.width:g}" height="{small.height:g}"'
    land = "".join(path(boundaries.coarse(code), small) for code in sheet.countries)
    left, top, right, bottom = shown
    return [
        f'<svg class="locator" x="{x:g}" y="{y:g}" {size}><rect {size} fill="{ink.sea}" '
        f'stroke="{ink.border}" stroke-width="2"/><path transform="scale({1 / FINENESS:g})" '
        f'd="{land}" fill="{ink.land}" stroke="{ink.border}" fill-rule="evenodd"/>'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{bottom - top:.1f}" fill="none" stroke="{ink.text}" stroke-width="1.4"/></svg>'
    ]


def _corner(sheet: Sheet, layout: Layout, width: float, height: float) -> tuple[float, float]:
    """Return the corner that covers the fewest marks, the lower right first."""
    right, low = sheet.view.width - width - 6, sheet.view.height - height - 6
    corners = [(right, low), (right, 6.0), (6.0, 6.0), (6.0, low)]

    def covered(at: tuple[float, float]) -> int:
        box = (at[0], at[1], at[0] + width, at[1] + height)
        return sum(overlap(box, other) for other in layout.taken)

    return min(corners, key=covered)


def scale_bar(sheet: Sheet, layout: Layout) -> list[str]:
    """Draw how long a round number of kilometres is, where it covers no mark."""
    most = sheet.view.width * 0.24 / sheet.view.kilometre
    length = round_numbers(most)[0] if most >= 1 else 1.0
    words = sheet.words.distance(length)
    long = length * sheet.view.kilometre
    room = max(long, breadth(words, SMALL)) + 8
    low, right = sheet.view.height - 24, sheet.view.width - room - 6
    spots = [(8.0, low), (right, low), (8.0, 6.0), (right, 6.0)]
    boxes = [(x, y, x + room, y + 20) for x, y in spots]
    box = next((box for box in boxes if layout.free(box)), boxes[0])
    layout.take(box)
    x, y, ink = box[0] + 4, box[3] - 4, sheet.ink
    halo = f'stroke="{ink.ground}" stroke-width="3" stroke-opacity=".85" paint-order="stroke"'
    return [
        f'<path d="M{x:.1f} {y - 4:.1f}v4h{long:.1f}v-4" fill="none" stroke="{ink.text}"/>',
        f'<text x="{x:.1f}" y="{y - 6:.1f}" font-size="{SMALL:g}" fill="{ink.text}" {halo}>'
        f"{directed(words)}</text>",
    ]


def below(sheet: Sheet) -> tuple[list[str], float]:
    """Return the key and the small print under the map, and how high they are together."""
    top = sheet.view.height + 8
    drawn: list[str] = []
    for row in _rows(_items(sheet), sheet.view.width):
        high, x = max(item[1] for item in row), 0.0
        for room, _, draw_at in row:
            drawn.append(draw_at(x, top + high / 2))
            x += room + BETWEEN
        top += high
    top += 8
    fine = (sheet.words.disclaimer, sheet.words.credit)
    texts = [(note, SMALL, sheet.ink.text) for note in sheet.words.notes]
    texts += [(note, FINE_PRINT, sheet.ink.quiet) for note in fine]
    for words, size, colour in texts:
        for line in wrapped(words, sheet.view.width, size):
            drawn.append(text(0, top + 6, line, colour, extra=f'font-size="{size:g}"'))
            top += size * 1.35
    return drawn, top - sheet.view.height


def _rows(items: list[Item], room: float) -> list[list[Item]]:
    """Return the parts of the key in rows that fit into the room."""
    rows: list[list[Item]] = []
    left = 0.0
    for item in items:
        if not rows or left < item[0]:
            rows.append([])
            left = room
        rows[-1].append(item)
        left -= item[0] + BETWEEN
    return rows


def _items(sheet: Sheet) -> list[Item]:
    """Return the parts of the key that this map needs."""
    ink, words = sheet.ink, sheet.words
    known = [area for area in sheet.areas if area.known]
    items: list[Item] = _shades(sheet) if sheet.shaded else _circles(sheet)
    if sheet.level == "province" or len(known) < len(sheet.areas):
        hatch = f'fill="url(#{sheet.prefix}h)" stroke="{ink.border}"'
        items.append(_item(sheet, words.no_figure, 20, _field(hatch)))
    if any(area.value == 0 for area in known):
        items.append(_item(sheet, words.zero, 14, lambda x, y: nought(x + NOUGHT + 2, y, ink)))
    if any(area.high > area.value for area in known) and not sheet.shaded:
        items.append(_item(sheet, words.upper, 20, lambda x, y: ring(x + 9, y, 8, ink)))
    if sheet.framed():
        box = f'rx="2" fill="none" stroke="{ink.text}" stroke-width="1.4"'
        items.append(_item(sheet, words.zone, 20, _field(box)))
    if sheet.disputed():
        line = f'stroke="{ink.border}" stroke-width="1.4" stroke-dasharray="4 3"'
        items.append(
            _item(sheet, words.disputed, 22, lambda x, y: f'<path d="M{x} {y}h20" {line}/>')
        )
    return items


def _item(sheet: Sheet, words: str, sign: float, drawn: Callable[[float, float], str]) -> Item:
    def both(x: float, y: float) -> str:
        place = f'x="{x + sign + 5:.1f}" y="{y + 4:.1f}" font-size="{SMALL:g}"'
        return f'{drawn(x, y)}<text {place} fill="{sheet.ink.text}">{directed(words)}</text>'

    return sign + 5 + breadth(words, SMALL), max(ROW, sign + 4), both


def _circles(sheet: Sheet) -> list[Item]:
    """Return circles of round numbers, to compare with those on the map."""
    found = []
    for value in round_numbers(sheet.largest):
        r = radius(value, sheet.largest)
        found.append(_item(sheet, sheet.words.number(value), 2 * r + 2, _key_circle(sheet, r)))
    return found


def _key_circle(sheet: Sheet, r: float) -> Callable[[float, float], str]:
    style = f'fill="{sheet.ink.mark}" fill-opacity=".62" stroke="{sheet.ink.mark}"'
    return lambda x, y: f'<circle cx="{x + r + 1:.1f}" cy="{y:.1f}" r="{r:.2f}" {style}/>'


def _shades(sheet: Sheet) -> list[Item]:
    """Return a field for each shade with the whole numbers it stands for."""
    steps, shades = sheet.steps, sheet.ink.shades
    if not any(area.value > 0 for area in sheet.areas):
        return []
    begins = [1.0, *steps]
    words = [_class(sheet, *ends) for ends in itertools.zip_longest(begins, begins[1:])]
    used = shades[len(shades) - 1 - len(steps) :]
    return [
        _item(sheet, text, 20, _field(f'fill="{colour}" stroke="{sheet.ink.border}"'))
        for text, colour in zip(words, used, strict=True)
    ]


def _class(sheet: Sheet, begin: float, after: float | None) -> str:
    """Return the numbers of a class: 50+, 5–9, or 1 where it is one number."""
    first = sheet.words.number(begin)
    if after is None:
        return f"{first}+"
    return first if after - 1 <= begin else f"{first}–{sheet.words.number(after - 1)}"


def _field(style: str) -> Callable[[float, float], str]:
    size = 'width="18" height="12"'
    return lambda x, y: f'<rect x="{x + 1:.1f}" y="{y - 6:.1f}" {size} {style}/>'
