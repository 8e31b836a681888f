"""Where words can stand on a picture without covering what is drawn there."""

import itertools
import math
from collections.abc import Iterable, Sequence

from charts.drawing import SIZE, breadth

# Left, top, right, bottom, in pixels.
Box = tuple[float, float, float, float]
Corner = tuple[float, float]


def box_of(x: float, y: float, words: str, size: float = SIZE, anchor: str = "start") -> Box:
    """Return the room that words take whose line begins, has its middle or ends at x."""
    width = breadth(words, size)
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    return (left, y - 0.85 * size, left + width, y + 0.25 * size)


def around(x: float, y: float, reach: float) -> Box:
    """Return the room that a mark takes."""
    return (x - reach, y - reach, x + reach, y + reach)


def along(corners: Sequence[Corner], reach: float = 2) -> Iterable[Box]:
    """Return the room that each stretch between two days of a line of steps takes.

    A corner without a place, NaN, lifts the pen.
    """
    for (x, y), (after, new) in itertools.pairwise(corners):
        if math.isnan(y):
            continue
        yield (x - reach, y - reach, after + reach, y + reach)
        if not math.isnan(new):
            top, bottom = sorted((y, new))
            yield (after - reach, top - reach, after + reach, bottom + reach)


def free(box: Box, taken: Iterable[Box], within: Box) -> bool:
    """Return whether a box lies inside the picture and on nothing that is taken."""
    left, top, right, bottom = box
    if left < within[0] or top < within[1] or right > within[2] or bottom > within[3]:
        return False
    return all(
        right < other[0] or left > other[2] or bottom < other[1] or top > other[3]
        for other in taken
    )
