"""The words on a map: numbers first, then names of places, then of the countries around."""

from charts.drawing import breadth, directed, runs_right_to_left, turned
from charts.maps.areas import Area
from charts.maps.labels import LINE, Layout
from charts.maps.marks import NOUGHT, on_shade, radius, shade
from charts.maps.paths import seen
from charts.maps.sheet import Sheet
from charts.maps.view import Box
from charts.style import label

# At 0.94, which is what a phone makes of a map, still above 10 pixels.
SIZE, SMALL = 12.5, 11.0


def names(sheet: Sheet, layout: Layout) -> list[str]:
    """Return the words in the order of their weight; what finds no room is left out."""
    known = [area for area in sheet.areas if area.known]
    found = []
    for area in sorted(known, key=lambda area: (-area.value, area.place)):
        found += _numbered(sheet, layout, area)
    for area in sheet.areas:
        found += [] if area.known else _nameless(sheet, layout, area)
    return found + _countries(sheet, layout)


def _numbered(sheet: Sheet, layout: Layout, area: Area) -> list[str]:
    """Write a place's name and number beside its mark, or the number alone."""
    if sheet.shaded and area.value > 0:
        return _shaded(sheet, layout, area)
    at = sheet.view.point(area.at)
    r = NOUGHT if area.value == 0 else radius(area.value, sheet.largest)
    for name in (area.name, ""):
        box = layout.beside(at, r, _room(name, area.number), SIZE * LINE)
        if box:
            return [_text(sheet, box, _both(name, area), SIZE, sheet.ink.text, sheet.ink.ground)]
    return []


def _shaded(sheet: Sheet, layout: Layout, area: Area) -> list[str]:
    """Write a place's name and number inside its shade, else across it, else the number alone."""
    colour = shade(area.value, sheet.steps, sheet.ink.shades)
    whole = layout.within(seen(area.rings, sheet.view), _room(area.name, area.number), SIZE * LINE)
    if whole:
        return [_text(sheet, whole, _both(area.name, area), SIZE, on_shade(colour), colour)]
    (x, y), high = sheet.view.point(area.at), SIZE * LINE
    for name in (area.name, ""):
        wide = _room(name, area.number)
        box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        if layout.free(box):
            layout.take(box)
            words = _text(sheet, box, _both(name, area), SIZE, on_shade(colour), colour)
            return [_plate(box, colour, sheet.ink.ground), words] if name else [words]
    return []


def _plate(box: Box, colour: str, edge: str) -> str:
    """Draw what keeps words readable that are broader than their place: a field in its shade."""
    size = f'width="{box[2] - box[0] + 6:.1f}" height="{box[3] - box[1]:.1f}" rx="3"'
    place = f'x="{box[0] - 3:.1f}" y="{box[1]:.1f}"'
    return f'<rect class="plate" {place} {size} fill="{colour}" stroke="{edge}"/>'


def _room(name: str, number: str) -> float:
    return breadth(f"{name} " if name else "", SIZE) + breadth(number, SIZE) * 1.06


def _both(name: str, area: Area) -> str:
    number = f'<tspan font-weight="700">{label(area.number)}</tspan>'
    words = f"{label(name)} {number}" if name else number
    return turned(words) if runs_right_to_left(area.number) else words


def _nameless(sheet: Sheet, layout: Layout, area: Area) -> list[str]:
    """Write the name of a place without a figure inside it."""
    size = SIZE if "/" not in area.place else SMALL
    rings = seen(area.rings, sheet.view)
    box = layout.within(rings, breadth(area.name, size), size * LINE)
    return (
        [_text(sheet, box, directed(area.name), size, sheet.ink.quiet, sheet.ink.ground)]
        if box
        else []
    )


def _countries(sheet: Sheet, layout: Layout) -> list[str]:
    """Write the names of the countries around, and on a map of provinces of their own."""
    ours = sheet.countries if sheet.level == "province" else ()
    found = []
    for code in (*ours, *sheet.around()):
        name = sheet.words.country(code) if code != "-" else ""
        size = SIZE if code in ours else SMALL
        rings = sheet.outline(code) if name else []
        spaced = breadth(name, size) + len(name) * 0.6
        box = layout.within(rings, spaced, size * LINE)
        if box:
            weight = (
                ' font-weight="600" letter-spacing=".6"' if code in ours else ' font-style="italic"'
            )
            found.append(
                _text(sheet, box, directed(name), size, sheet.ink.quiet, sheet.ink.ground, weight)
            )
    return found


def _text(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    words: str,
    size: float,
    colour: str,
    edge: str,
    more: str = "",
) -> str:
    """Write words in the middle of a box, with a halo that keeps them clear of lines."""
    x, y = (box[0] + box[2]) / 2, box[3] - size * 0.32
    halo = f'stroke="{edge}" stroke-width="3" stroke-opacity=".85" paint-order="stroke"'
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size:g}" fill="{colour}"'
    return f'<text {place} {halo} stroke-linejoin="round"{more}>{words}</text>'
