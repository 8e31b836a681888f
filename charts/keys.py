"""The key of a chart: every mark beside its words, in as many columns as there is room for."""

from collections.abc import Sequence

from charts.drawing import breadth, clipped, text
from charts.style import Palette

ROW, MARK, BETWEEN = 20, 34, 22
# A mark drawn around 0 0, within MARK pixels, and what it stands for.
Entry = tuple[str, str]


def columns(entries: Sequence[Entry], width: float) -> int:
    """Return in how many columns the entries fit beside one another."""
    widest = max((breadth(words) for _, words in entries), default=0) + MARK + BETWEEN
    return max(1, min(len(entries), int((width + BETWEEN) / widest)))


def height(entries: Sequence[Entry], width: float) -> float:
    """Return how much room the key needs below a chart."""
    return ROW * -(-len(entries) // columns(entries, width)) if entries else 0.0


def key(entries: Sequence[Entry], width: float, top: float, colours: Palette) -> list[str]:
    """Return the key, read column by column; words that are too long are cut."""
    across = columns(entries, width)
    deep = -(-len(entries) // across) if entries else 0
    room = width / across
    drawn = []
    for number, (mark, words) in enumerate(entries):
        x, y = room * (number // deep), top + ROW * (number % deep) + ROW / 2
        drawn.append(f'<g transform="translate({x + MARK / 2 - 3:.1f} {y:.1f})">{mark}</g>')
        drawn.append(text(x + MARK, y + 4.5, clipped(words, room - MARK), colours.text))
    return drawn
