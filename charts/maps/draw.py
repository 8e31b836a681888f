"""A map as SVG, from a frame of places: boundaries, numbers, names, key, disclaimer."""

import zlib
from collections.abc import Sequence

import pandas as pd

from charts import boundaries
from charts.drawing import document
from charts.maps import furniture, naming
from charts.maps.areas import Area, Level, areas_of, view_of
from charts.maps.labels import Layout
from charts.maps.marks import NOUGHT, ink, nought, radius, ring, shade
from charts.maps.paths import FINENESS, path
from charts.maps.sheet import Sheet
from charts.maps.view import WIDTH, Box
from charts.maps.words import MapWords
from charts.style import label


def map_svg(
    areas: pd.DataFrame,
    countries: Sequence[str],
    words: MapWords,
    *,
    level: Level = "country",
    zone: Sequence[str] = (),
    theme: str = "light",
    shaded: bool = False,
    width: float = WIDTH,
) -> str:
    """Return an SVG of the numbers of places over quiet boundaries; empty without any shape.

    ``areas`` has the columns place (``THA``, or ``THA/Surin``), name, value, value_high (NaN
    without one), number (the words of the number) and state: ``figure``, or ``none`` where there
    is no figure, which is hatched. Nought has a mark of its own. ``countries`` are those of the
    crisis (alpha-3), ``zone`` the places that the conflict zone is made of: framed on the map of
    countries, filling the map of provinces. A place without a shape is left out.
    """
    view = view_of(countries, zone, level, width)
    if view is None:
        return ""
    shown = areas_of(areas)
    # Several maps may stand in one document: names of patterns must not meet.
    known = [(area.place, area.value) for area in shown]
    prefix = (
        f"m{zlib.crc32(repr((known, countries, zone, level, theme, shaded, width)).encode()):x}"
    )
    sheet = Sheet(shown, tuple(countries), tuple(zone), level, view, ink(theme), words,
                  shaded, prefix)  # fmt: skip
    layout = Layout(view.width, view.height)
    marks = _marks(sheet, layout)
    fixed = [*furniture.locator(sheet, layout), *furniture.scale_bar(sheet, layout)]
    named = naming.names(sheet, layout)
    body = [*_land(sheet), *_zone(sheet), *marks, *fixed, *named]
    below, height = furniture.below(sheet)
    return _picture(sheet, body, below, height)


def _picture(sheet: Sheet, body: list[str], below: list[str], height: float) -> str:
    view, colours, clip = sheet.view, sheet.ink, f"{sheet.prefix}c"
    hatch = (
        f'<pattern id="{sheet.prefix}h" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{colours.land}"/>'
        f'<path d="M0 0V5" stroke="{colours.hatch}" stroke-width="2.4"/></pattern>'
    )
    size = f'width="{view.width:g}" height="{view.height:g}"'
    defs = f'<defs>{hatch}<clipPath id="{clip}"><rect {size}/></clipPath></defs>'
    sea = f'<rect {size} fill="{colours.sea}"/>'
    drawn = f'<g clip-path="url(#{clip})">{sea}{"".join(body)}</g>'
    edge = f'<rect {size} fill="none" stroke="{colours.inner}"/>'
    return document([defs, drawn, edge, *below], view.width, view.height + height)


def _land(sheet: Sheet) -> list[str]:
    """Draw the countries around, then those of the crisis, then what is hatched or shaded."""
    colours = sheet.ink
    line = f'fill-rule="evenodd" stroke="{colours.border}" stroke-linejoin="round"'
    around = "".join(sheet.way(code) for code in sheet.around())
    ours = "".join(sheet.way(code) for code in sheet.countries)
    # In the view of countries each is drawn by what is known of it.
    fill = f"url(#{sheet.prefix}h)" if sheet.level == "province" else colours.land
    parts = [
        f'<path d="{around}" fill="{colours.outside}" {line} stroke-width="1.2"/>',
        f'<path d="{ours}" fill="{fill}" fill-rule="evenodd"/>',
        *_filled(sheet),
        *_provinces(sheet),
        f'<path d="{ours}" fill="none" {line} stroke-width="2.4"/>',
        *_disputed(sheet),
    ]
    return [f'<g transform="scale({1 / FINENESS:g})">{"".join(parts)}</g>']


def _filled(sheet: Sheet) -> list[str]:
    """Draw each place by what is known of it: hatched, plain, or in its shade."""
    found = []
    for area in sheet.areas:
        fill = sheet.ink.land if area.known else f"url(#{sheet.prefix}h)"
        if sheet.shaded and area.known and area.value > 0:
            fill = shade(area.value, sheet.steps, sheet.ink.shades)
        whole = "/" not in area.place
        way = sheet.way(area.place) if whole else path(area.rings, sheet.view)
        if way:
            found.append(f'<path d="{way}" fill="{fill}" fill-rule="evenodd"/>')
    return found


def _provinces(sheet: Sheet) -> list[str]:
    if sheet.level == "country":
        return []
    found = [boundaries.country(code) for code in sheet.countries]
    rings = [ring for c in found if c for p in c.provinces for ring in p.rings]
    line = f'stroke="{sheet.ink.inner}" stroke-width="1.4"'
    return [f'<path d="{path(rings, sheet.view)}" fill="none" {line}/>']


def _disputed(sheet: Sheet) -> list[str]:
    way = sheet.disputed()
    if not way:
        return []
    line = f'd="{way}" fill="none" stroke-width="2.6"'
    return [
        f'<path {line} stroke="{sheet.ink.land}"/>',
        f'<path {line} stroke="{sheet.ink.border}" stroke-dasharray="7 5"/>',
    ]


def _marks(sheet: Sheet, layout: Layout) -> list[str]:
    """Draw a circle or the mark of nought for each number, the largest first."""
    found = []
    known = [area for area in sheet.areas if area.known]
    for area in sorted(known, key=lambda area: (-area.value, area.place)):
        x, y = sheet.view.point(area.at)
        if area.value == 0:
            found.append(nought(x, y, sheet.ink))
            layout.take(_around(x, y, NOUGHT))
        elif not sheet.shaded:
            found += _circle(sheet, area, x, y)
            layout.take(_around(x, y, radius(area.value, sheet.largest)))
    return found


def _circle(sheet: Sheet, area: Area, x: float, y: float) -> list[str]:
    colours = sheet.ink
    r = radius(area.value, sheet.largest)
    title = label(f"{area.name}: {area.number}")
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.3f}" fill="{colours.mark}" fill-opacity=".62" '
        f'stroke="{colours.mark}"><title>{title}</title></circle>'
    )
    upper = radius(area.high, sheet.largest) if area.high == area.high else 0.0
    if upper <= r:
        return [circle]
    return [ring(x, y, upper, colours), circle]


def _around(x: float, y: float, r: float) -> Box:
    return x - r, y - r, x + r, y + r


def _zone(sheet: Sheet) -> list[str]:
    """Frame the conflict zone on the map of countries; the map of provinces is filled by it."""
    box = sheet.framed()
    return furniture.frame(sheet, box) if box else []
