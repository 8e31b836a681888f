"""Words on a map: placed where they fit, left out where they would cover one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from charts.boundaries import Ring
from charts.maps.view import Box, overlap

LINE = 1.2
GAP = 3.0


@dataclass
class Layout:
    """What already lies on the picture, and the room that is left."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Say whether a box lies on the picture and on nothing else."""
        inside = box[0] >= 2 and box[1] >= 2
        inside &= box[2] <= self.width - 2 and box[3] <= self.height - 2
        return inside and not any(overlap(box, other) for other in self.taken)

    def take(self, box: Box) -> Box:
        """Mark a box as covered."""
        self.taken.append(box)
        return box

    def beside(
        self, at: tuple[float, float], radius: float, wide: float, high: float
    ) -> Box | None:
        """Return room for words beside a mark, the right side first; ``None`` if there is none."""
        x, y = at
        r, slant = radius + GAP, radius * 0.71 + GAP
        corners = [
            (x + r, y - high / 2),
            (x - r - wide, y - high / 2),
            (x - wide / 2, y - r - high),
            (x - wide / 2, y + r),
            (x + slant, y - slant - high / 2),
            (x + slant, y + slant - high / 2),
            (x - slant - wide, y - slant - high / 2),
            (x - slant - wide, y + slant - high / 2),
        ]
        boxes = [(left, top, left + wide, top + high) for left, top in corners]
        return next((self.take(box) for box in boxes if self.free(box)), None)

    def within(self, rings: Sequence[Ring], wide: float, high: float) -> Box | None:
        """Return room for a name well inside a shape, in its widest part; ``None`` without any."""
        for left, right, y in _spans(rings, high):
            for share in (0.5, 0.3, 0.7):
                middle = left + (right - left) * share
                box = (middle - wide / 2, y - high / 2, middle + wide / 2, y + high / 2)
                if box[0] >= left and box[2] <= right and self.free(box):
                    return self.take(box)
        return None


def _spans(rings: Sequence[Ring], high: float) -> Iterable[tuple[float, float, float]]:
    """Return stretches that lie inside a shape, left, right and height, the widest first."""
    rings = _rough(rings, high)
    if not rings:
        return []
    top = min(float(ring[:, 1].min()) for ring in rings)
    bottom = max(float(ring[:, 1].max()) for ring in rings)
    found = []
    for y in np.arange(top + high, bottom - high / 2, high):
        edges = [_crossings(rings, level) for level in (y - high / 2, y, y + high / 2)]
        found += [(*span, float(y)) for span in _shared(edges)]
    return sorted(found, key=lambda span: span[0] - span[1])


def _rough(rings: Sequence[Ring], high: float) -> list[Ring]:
    """Return the rings that could hold words, with as few points as that question needs."""
    found = []
    for ring in rings:
        (left, top), (right, bottom) = ring.min(axis=0), ring.max(axis=0)
        if right - left > 2 * high and bottom - top > high:
            grid = np.round(ring / 2) * 2
            found.append(grid[np.r_[True, np.any(np.diff(grid, axis=0) != 0, axis=1)]])
    return found


def _crossings(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """Return the stretches of one height that lie inside a shape."""
    found: list[float] = []
    for ring in rings:
        after = np.roll(ring, -1, axis=0)
        hit = (ring[:, 1] > y) != (after[:, 1] > y)
        one, other = ring[hit], after[hit]
        found += (one[:, 0] + (y - one[:, 1]) / (other[:, 1] - one[:, 1])
                  * (other[:, 0] - one[:, 0])).tolist()  # fmt: skip
    found.sort()
    return list(zip(found[::2], found[1::2], strict=False))


def _shared(levels: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Return the stretches that all heights share."""
    first = list(levels[0])
    for level in levels[1:]:
        both = [(max(a[0], b[0]), min(a[1], b[1])) for a in first for b in level]
        first = [span for span in both if span[1] > span[0]]
    return first
