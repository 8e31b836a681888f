"""Where a map looks: the piece of the world it shows, and how that lies on the picture."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from charts.boundaries import Ring

WIDTH = 420.0
FLATTEST, TALLEST = 0.62, 1.05  # height of the picture as a share of its width
SMALLEST = 0.6  # degrees of latitude: a town is not shown as if it were a country
EARTH = 111.32  # km to a degree of latitude

Box = tuple[float, float, float, float]  # west, south, east, north; or left, top, right, bottom


@dataclass(frozen=True)
class View:
    """A piece of the world on a picture: plate carrée, true to scale at its middle latitude."""

    west: float
    north: float
    scale: float  # pixels to a degree of latitude
    squeeze: float  # cosine of the middle latitude
    width: float
    height: float

    @property
    def box(self) -> Box:
        """West, south, east, north, in degrees; the east may lie beyond 180°."""
        east = self.west + self.width / (self.scale * self.squeeze)
        return self.west, self.north - self.height / self.scale, east, self.north

    def place(self, ring: Ring) -> Ring:
        """Return points of longitude and latitude as points of the picture."""
        x = (ring[:, 0] - self.west) * self.scale * self.squeeze
        y = (self.north - ring[:, 1]) * self.scale
        return np.column_stack([x, y])

    def point(self, at: Sequence[float]) -> tuple[float, float]:
        """Return one point of the picture, on whichever side of the antimeridian it is seen."""
        found = self.place(near(np.array([[at[0], at[1]]]), self))[0]
        return float(found[0]), float(found[1])

    def span(self, box: Box) -> Box:
        """Return a box in degrees as left, top, right, bottom of the picture."""
        (left, top), (right, bottom) = self.place(np.array([[box[0], box[3]], [box[2], box[1]]]))
        return float(left), float(top), float(right), float(bottom)

    @property
    def kilometre(self) -> float:
        """How many pixels a kilometre takes at the middle latitude."""
        return self.scale / EARTH


def around(box: Box, margin: float, width: float = WIDTH) -> View:
    """Return a view of a box in degrees, with a margin on each side as a share of its size."""
    west, south, east, north = box
    squeeze = max(0.15, math.cos(math.radians((south + north) / 2)))
    high = max(north - south, SMALLEST) * (1 + 2 * margin)
    wide = max((east - west) * squeeze, SMALLEST) * (1 + 2 * margin)
    ratio = min(max(high / wide, FLATTEST), TALLEST)
    scale = min(width / wide, width * ratio / high)
    height = round(width * ratio)
    middle, level = (west + east) / 2, (south + north) / 2
    return View(
        west=middle - width / (scale * squeeze) / 2,
        north=level + height / scale / 2,
        scale=scale,
        squeeze=squeeze,
        width=width,
        height=height,
    )


def extent(rings: Iterable[Ring], share: float = 0.97) -> Box:
    """Return the box of the largest rings that together make up ``share`` of the area.

    So a far-off islet does not shrink the country it belongs to. The east may lie beyond 180°:
    the box leaves out the widest stretch without land.
    """
    sized = sorted(((area(ring), ring) for ring in rings), key=lambda pair: -pair[0])
    whole, so_far, kept = sum(size for size, _ in sized), 0.0, []
    for size, ring in sized:
        if so_far > share * whole:
            break
        kept.append(ring)
        so_far += size
    return around_world([box_of(ring) for ring in kept])


def around_world(boxes: Sequence[Box]) -> Box:
    """Return the narrowest box that holds all of them, across the antimeridian if need be."""

    def shifted(start: float) -> list[Box]:
        return [((w - start) % 360 + start, s, (w - start) % 360 + start + e - w, n)
                for w, s, e, n in boxes]  # fmt: skip

    def wide(start: float) -> float:
        return max(box[2] for box in shifted(start)) - start

    start = min((box[0] for box in boxes), key=lambda west: (wide(west), west))
    found = shifted(start)
    return start, min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found)


def box_of(ring: Ring) -> Box:
    """Return west, south, east, north of a ring."""
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return float(west), float(south), float(east), float(north)


def area(ring: Ring) -> float:
    """Return a ring's area in square degrees as they are seen at its latitude."""
    x, y = ring[:, 0], ring[:, 1]
    flat = abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2
    return flat * math.cos(math.radians(float(y.mean())))


def near(ring: Ring, view: View) -> Ring:
    """Return the ring moved by whole turns of the globe to where the view may show it."""
    west, _, east, _ = view.box
    middle = (float(ring[:, 0].min()) + float(ring[:, 0].max())) / 2
    turns = round(((west + east) / 2 - middle) / 360)
    return ring + np.array([360.0 * turns, 0.0]) if turns else ring


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes share more than an edge."""
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart
