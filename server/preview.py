"""The picture that goes with a link: the figure large, what it is of, and its course."""

import logging
import re
from collections import OrderedDict
from threading import Lock

import pandas as pd

import charts
from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from server.headline import Headline
from ui import questions
from ui.choosing import TITLE

log = logging.getLogger(__name__)
WIDTH, HEIGHT = 1200, 630
# How many pictures are kept, about 60 kB each.
MOST = 64
# Where the small chart lies on the card, and how large.
CHART = (700, 210, 440, 350)
FONT = "Noto Sans, Noto Sans Thai, Noto Sans Khmer, Noto Sans Arabic, sans-serif"
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


class Pictures:
    """The pictures made lately; at most :data:`MOST`, so that no query can fill memory."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def of(self, library: Library, told: Headline) -> bytes:
        """Return the PNG for a headline, made on the first call."""
        key = key_of(library, told)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = charts.png(card(library, told), scale=1.0)
        with self._lock:
            self._kept[key] = picture
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return picture

    def __len__(self) -> int:
        return len(self._kept)


def key_of(library: Library, told: Headline) -> tuple[str, ...]:
    """Return what a picture hangs on: the content and values checked against it."""
    view = told.view
    if view is None:
        return library.fingerprint, wording.language()
    names = (view.crisis, view.measure, view.place, view.population, view.cause, view.rule)
    return library.fingerprint, wording.language(), *names, str(view.day), str(view.known)


def card(library: Library, told: Headline) -> str:
    """Return the picture as SVG, 1200 by 630; all text from the data is escaped."""
    colours = charts.palette("light")
    right = wording.direction() == "rtl"
    body = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours.ground}"/>',
        f'<rect width="16" height="{HEIGHT}" fill="{colours.emphasis}"/>',
    ]
    for words, y, size, colour, bold in _lines(told, colours):
        body.append(_text(words, y, size, colour, bold, right))
    drawing = _chart(library, told)
    frame = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="{FONT}">'
        f"{''.join(body)}{drawing}</svg>"
    )


def _lines(told: Headline, colours: charts.style.Palette) -> list[tuple[str, int, int, str, bool]]:
    """Return the lines of text: words, where down the page, size, colour, whether bold."""
    view = told.view
    if view is None:
        return [(TITLE, 300, 58, colours.text, True)]
    lines = _folded(view.name, 62, 2)
    found = [(line, 80 + 40 * n, 30, colours.quiet, False) for n, line in enumerate(lines)]
    what = say("{subject}, {place}", subject=told.subject, place=told.place)
    found += [(line, 215 + 42 * n, 34, colours.text, True)
              for n, line in enumerate(_folded(what, 34, 2))]  # fmt: skip
    number = wording.sentence_case(told.number) or "–"
    found.append((number, 360, _fitting(number), colours.emphasis, True))
    found.append((wording.day(view.day), 425, 30, colours.text, False))
    found += [(line, 475 + 36 * n, 26, colours.quiet, False)
              for n, line in enumerate(_folded(told.verdict, 42, 2))]  # fmt: skip
    found.append((TITLE, 590, 24, colours.quiet, False))
    return found


def _fitting(number: str) -> int:
    """Return the size at which a number fits beside the chart."""
    return min(96, int(1080 / max(len(number), 1)))


def _folded(text: str, width: int, most: int) -> list[str]:
    """Return the text in at most ``most`` lines of about ``width`` signs, cut with an ellipsis."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [line if len(line) <= width + 2 else f"{line[:width]}…" for line in lines]


def _text(words: str, y: int, size: int, colour: str, bold: bool, right: bool) -> str:
    # The first line has the whole width, the others the half beside the chart.
    x, anchor = (60, "start") if not right else (1140 if y < 150 else 660, "end")
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}{weight}>{charts.label(words)}</text>"


def _chart(library: Library, told: Headline) -> str:
    """Return the measure's course as a small step chart; nothing where there is none."""
    view = told.view
    if view is None:
        return ""
    rows = questions.lines(library, view)
    if rows["value"].notna().sum() < 2:
        return ""
    named = rows.assign(line=[place_name(part) for part in rows["part"]])
    drawing = charts.steps(named, pd.Timestamp(view.day), "light")
    found = _SIZE.search(drawing)
    if not found:
        return ""
    left, top, width, height = CHART
    scale = min(width / int(found[1]), height / int(found[2]))
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return f'<g transform="translate({left} {top}) scale({scale:.3f})" font-size="12">{inner}</g>'
