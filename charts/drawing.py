"""What every SVG here is put together from: text that fits, marks, documents for every width."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from charts.style import FONT, Palette, label

SIZE = 13
# How wide a sign is, as a share of the size: fonts differ, so rather too wide than too narrow.
NARROW, DIGIT, USUAL, CAPITAL, WIDE = 0.33, 0.58, 0.57, 0.7, 1.02
_NARROW = frozenset("iljtfrI.,:;'|!()[] ·-")

# Unicode's marks around text that runs from right to left, and the kinds of letters that decide.
RTL_MARK, END_MARK = "\u2067", "\u2069"
_STRONG = ("L", "R", "AL")
# What stands for the marks while the rest of a label is made safe; nobody's letters.
STAND_INS = {RTL_MARK: "\ue000", "\u2068": "\ue001", END_MARK: "\ue002"}
_STOOD_IN = re.compile("[\ue000-\ue002]")

# A small mark per kind of number, around 0 0.
MARKS = {
    "circle": "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
    "triangle-up": "m0-4.4l4.2 7.4h-8.4z",
    "triangle-down": "m0 4.4l4.2-7.4h-8.4z",
    "diamond": "m0-4.6l4.4 4.6l-4.4 4.6l-4.4-4.6z",
    "line-ew-open": "m-5-1h10v2h-10z",
}
DASHED = {
    "solid": "",
    "dash": "7 4",
    "dot": "2 3",
    "dashdot": "8 3 2 3",
    "longdash": "12 4",
    "longdashdot": "12 3 2 3",
}


@lru_cache(maxsize=4096)
def breadth(text: str, size: float = SIZE) -> float:
    """Return about how wide a text is, in pixels, rather too much than too little."""
    return size * sum(_share(sign) for sign in text)


def _share(sign: str) -> float:
    if sign in _NARROW:
        return NARROW
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return WIDE
    if sign.isdigit():
        return DIGIT
    return CAPITAL if sign.isupper() or sign in "mwMW%@" else USUAL


def clipped(text: str, room: float, size: float = SIZE) -> str:
    """Return as much of a text as fits into ``room`` pixels, with a sign where it is cut."""
    if breadth(text, size) <= room:
        return text
    kept = len(text)
    while kept > 1 and breadth(text[:kept] + "…", size) > room:
        kept -= 1
    return text[:kept].rstrip() + "…"


def wrapped(text: str, room: float, size: float = SIZE, most: int = 99) -> list[str]:
    """Return the text in lines that fit into ``room`` pixels, at most so many; the rest is cut.

    A word that is longer than a line is broken, a link where its next part begins.
    """
    lines = [""]
    for word in _pieces(text, room, size):
        longer = f"{lines[-1]}{word}"
        if lines[-1] and breadth(longer.strip(), size) > room:
            lines.append(word.lstrip())
        else:
            lines[-1] = longer
    found = [line.strip() for line in lines]
    if len(found) <= most:
        return found
    return [*found[: most - 1], clipped(" ".join(found[most - 1 :]), room, size)]


def _pieces(text: str, room: float, size: float) -> Iterable[str]:
    for word in re.findall(r"\s*\S+", text):
        while breadth(word.strip(), size) > room and len(word) > 1:
            cut = max(1, len(clipped(word, room, size)) - 1)
            cut = max(word.rfind("&", 1, cut + 1), word.rfind("?", 1, cut + 1), 0) or cut
            yield word[:cut]
            word = word[cut:]
        yield word


def text(x: float, y: float, words: str, fill: str, anchor: str = "start", extra: str = "") -> str:
    """Return a line of text; ``words`` may be anything and stays text."""
    place = f'x="{x:.1f}" y="{y:.1f}" fill="{fill}"'
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f"<text {place}{side}{' ' + extra if extra else ''}>{directed(words)}</text>"


def directed(words: str) -> str:
    """Return words as a label that runs the way its language does, wherever it is anchored.

    Of words that run from right to left the pieces stay set apart, as their marks say.
    """
    if not words.startswith(RTL_MARK):
        return turned(label(words)) if runs_right_to_left(words) else label(words)
    kept = _STOOD_IN.sub("", words)
    for mark, sign in STAND_INS.items():
        kept = kept.replace(mark, sign)
    found = _paired(label(kept))
    for mark, sign in STAND_INS.items():
        found = found.replace(sign, mark)
    return found


def _paired(words: str) -> str:
    """Return words in which every mark has its other half: a line may hold one half only."""
    end, depth, found = STAND_INS[END_MARK], 0, []
    for sign in words:
        if sign == end and depth == 0:
            continue
        depth += (sign in STAND_INS.values()) - 2 * (sign == end)
        found.append(sign)
    return "".join(found) + end * depth


def turned(words: str) -> str:
    """Return SVG text set to run from right to left; marks inside it were left out before."""
    return f"{RTL_MARK}{words}{END_MARK}"


def runs_right_to_left(words: str) -> bool:
    """Say which way words run: as the mark before them says, else as their first letter does."""
    if words.startswith(RTL_MARK):
        return True
    kinds = (unicodedata.bidirectional(sign) for sign in words)
    return next((kind for kind in kinds if kind in _STRONG), "L") != "L"


def line(x1: float, y1: float, x2: float, y2: float, colour: str, extra: str = "") -> str:
    """Return a straight line."""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}"{" " + extra if extra else ""}/>'


def halo(colours: Palette, width: float = 4) -> str:
    """Return what keeps words readable over lines: an edge in the colour of the ground."""
    edge = f'stroke="{colours.ground}" stroke-width="{width}"'
    return f'{edge} stroke-linejoin="round" paint-order="stroke"'


def document(
    body: Iterable[str], width: float, height: float, title: str = "", description: str = ""
) -> str:
    """Return the SVG of this body, ``width`` by ``height`` pixels, with what it shows in words."""
    about = f"<title>{label(title)}</title>" if title else ""
    about += f"<desc>{label(description)}</desc>" if description else ""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    font = f'role="img" font-family="{FONT}" font-size="{SIZE}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>{about}{"".join(body)}</svg>'


def fitted(pictures: Mapping[int, str]) -> str:
    """Return one SVG that shows, in whatever room it is given, the picture drawn for that room.

    ``pictures`` maps the width in pixels that a picture was drawn for to its SVG. So letters keep
    their size on a phone as on a wide screen. Only a browser can choose: files take one picture.
    """
    widths = sorted(pictures)
    height = max(size_of(svg)[1] for svg in pictures.values())
    rules = "".join(
        f"@media(min-width:{0.93 * width:.0f}px){{.w{before}{{display:none}}"
        f".w{width}{{display:inline}}}}"
        for before, width in itertools.pairwise(widths)
    )
    hidden = ",".join(f".w{width}" for width in widths[1:])
    style = f"<style>{hidden}{{display:none}}{rules}</style>" if hidden else ""
    inside = "".join(_nested(pictures[width], f"w{width}") for width in widths)
    size = f'width="100%" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{style}{inside}</svg>'


def _nested(svg: str, name: str) -> str:
    """Return the SVG to stand in another one: as wide as that, never above its own top."""
    room = f'<svg class="{name}" preserveAspectRatio="xMinYMin" width="100%"'
    return re.sub(r'<svg [^>]*?width="[^"]*"', room, svg, count=1)


def size_of(svg: str) -> tuple[float, float]:
    """Return the width and height an SVG was drawn for. Raises ValueError if it does not say."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("the picture does not say how large it is")
    return float(found[1]), float(found[2])
