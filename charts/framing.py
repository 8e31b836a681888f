"""A chart as a file that stands alone: its title, what it shows, its source and its link."""

import unicodedata
from functools import cache

import resvg_py

from charts.drawing import size_of, text, wrapped
from charts.letters import FONTS, shipped
from charts.scripts import by_script
from charts.style import FONT, Palette, label, palette

EDGE, SPACE = 28, 14
# Size and distance to the next line.
BIG, USUAL, SMALL = (21, 27), (14.5, 20), (12.5, 17)
MOST_LINES = 4
# Half an address leads nowhere: it is cut off only if it is far too long.
MOST_OF_LINK = 12
# More pixels than this in one picture help nobody and would take the server's memory.
MOST_PIXELS = 40_000_000


def framed(
    svg: str, *, title: str, subtitle: str, source: str, link: str, theme: str = "light"
) -> str:
    """Return an SVG with the title above the drawing, its source and the link to it below.

    ``svg`` is one drawing (not one that fits itself); the texts may be anything and stay text. The
    link can be followed if it is one of the web.
    """
    colours = palette(theme)
    width, height = size_of(svg)
    room = max(width, 320)
    body: list[str] = []
    bold = f'font-size="{BIG[0]}" font-weight="700"'
    y = _lines(body, title, EDGE, room, BIG, colours.text, bold)
    y = _lines(body, subtitle, y + 2, room, USUAL, colours.quiet) + SPACE
    inside = svg.replace("<svg ", f'<svg x="{EDGE}" y="{y:g}" ', 1)
    body.append(inside)
    y = _lines(body, source, y + height + SPACE, room, SMALL, colours.quiet)
    y = _linked(body, link, y, room, colours) + EDGE - 8
    total = (room + 2 * EDGE, y)
    size = f'width="{total[0]:g}" height="{total[1]:g}" viewBox="0 0 {total[0]:g} {total[1]:g}"'
    about = f"<title>{label(title)}</title><desc>{label(subtitle)}</desc>"
    ground = f'<rect width="100%" height="100%" fill="{colours.ground}"/>'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}">'
    return f"{start}{about}{ground}{''.join(body)}</svg>"


def _lines(
    body: list[str],
    words: str,
    top: float,
    room: float,
    size: tuple[float, float],
    colour: str,
    extra: str = "",
    most: int = MOST_LINES,
) -> float:
    """Add the words, in as many lines as they need, and return where they end."""
    if not words:
        return top
    for one in wrapped(words, room, size[0] * (1.04 if extra else 1), most):
        top += size[1]
        look = extra or f'font-size="{size[0]}"'
        body.append(text(EDGE, top - size[1] * 0.28, one, colour, extra=look))
    return top


def _linked(body: list[str], link: str, top: float, room: float, colours: Palette) -> float:
    if not link:
        return top
    drawn: list[str] = []
    end = _lines(drawn, link, top, room, SMALL, colours.emphasis, most=MOST_OF_LINK)
    if link.startswith(("https://", "http://")):
        drawn = [f'<a href="{label(link)}">', *drawn, "</a>"]
    body += drawn
    return end


@cache
def _fonts() -> list[str]:
    """Return the files, the usual weight first: other scripts take the first that has a letter."""
    files = FONTS.glob("*.ttf")
    return [str(path) for path in sorted(files, key=lambda path: ("Bold" in path.name, path.name))]


def _has_letters(svg: str) -> bool:
    """Say whether the fonts shipped here hold every letter of a drawing."""
    others = set(svg) - shipped()
    # Blanks and marks of direction are not drawn.
    return all(unicodedata.category(sign) in ("Cc", "Cf", "Zs") for sign in others)


def png(svg: str, scale: float = 2.0) -> bytes:
    """Return one drawing as a PNG picture, ``scale`` times as large, with the fonts shipped here.

    Latin, Greek, Cyrillic, Arabic, Thai and Khmer letters look the same on any machine; others are
    drawn if the machine has a font for them. Raises ValueError if the picture is not a drawing or
    would be unreasonably large.
    """
    width, height = size_of(svg)
    if width * height * scale**2 > MOST_PIXELS:
        raise ValueError("the picture would be too large")
    drawn = by_script(svg)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            # The machine's fonts, of the same names or another version, come before ours.
            skip_system_fonts=_has_letters(drawn),
            width=round(width * scale),
            height=round(height * scale),
            font_files=_fonts(),
            font_family="Noto Sans",
            sans_serif_family="Noto Sans",
        )
    )
