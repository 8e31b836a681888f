"""The picture that goes with a link: the crisis, its number, and of when it is."""

import charts
from charts.drawing import text, wrapped
from edition import live
from edition.scene import Scene
from reconciliation import wording
from ui import titles, words
from ui.choosing import TITLE

WIDTH, HEIGHT, EDGE = 1200, 630, 60


def card(scene: Scene) -> bytes:
    """Return the picture of a crisis as PNG, 1200 by 630."""
    answer = titles.answer(scene.library, scene.view)
    return charts.png(_svg(answer, words.circumstances(scene.view), _course(scene)), scale=1.0)


def plain(told: str) -> bytes:
    """Return the picture of the pages that belong to no crisis."""
    return charts.png(_svg(TITLE, told, ""), scale=1.0)


def _svg(head: str, told: str, course: str) -> str:
    colours = charts.palette("light")
    right = wording.direction() == "rtl"
    x, anchor = (WIDTH - EDGE, "end") if right else (EDGE, "start")
    body = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours.ground}"/>',
        f'<rect width="16" height="{HEIGHT}" fill="{colours.emphasis}"/>',
    ]
    y = 100.0
    for line in wrapped(head, WIDTH - 2 * EDGE, 46, 3):
        body.append(_line(x, y, line, colours.text, anchor, 46, bold=True))
        y += 60
    for line in wrapped(told, WIDTH - 2 * EDGE, 27, 2):
        body.append(_line(x, y, line, colours.quiet, anchor, 27))
        y += 38
    body.append(_line(x, HEIGHT - 36, TITLE, colours.quiet, anchor, 24))
    frame = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="{charts.style.FONT}">'
    return f"{start}{''.join(body)}{course}</svg>"


def _line(
    x: float, y: float, words_: str, colour: str, anchor: str, size: int, *, bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return text(x, y, words_, colour, anchor, f'font-size="{size}"{weight}')


def _course(scene: Scene) -> str:
    chart = live.over_time(scene.library, scene.view.of(measure="killed"))
    if chart is None:
        return ""
    drawing = chart.draw(580, "light")
    width, height = charts.drawing.size_of(drawing)
    scale = min(900 / width, 230 / height)
    place = f"translate({(WIDTH - width * scale) / 2:.0f} 340) scale({scale:.3f})"
    return f'<g transform="{place}">{drawing}</g>'
