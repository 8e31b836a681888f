"""Rings as SVG paths: cut to the picture, drawn on half pixels, as few bytes as can be."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from charts.boundaries import Ring
from charts.maps.view import Box, View, near

Steps: TypeAlias = npt.NDArray[np.int64]

FINENESS = 2  # steps to a pixel
BEND = 3  # steps to a side, squared: a bend of so small an area is not seen
SPECK = 1.0  # pixels; islands smaller than this are not seen
BEYOND = 6.0  # pixels outside the picture, so that the cut is not seen


def path(rings: Iterable[Ring], view: View, closed: bool = True) -> str:
    """Return the rings as one path in half pixels; empty where nothing of them is seen."""
    return pen(seen(rings, view, closed), closed)


def pen(rings: Iterable[Ring], closed: bool = True) -> str:
    """Return rings in pixels as one path in half pixels."""
    return "".join(_pen(ring, closed) for ring in rings)


def seen(rings: Iterable[Ring], view: View, closed: bool = True) -> list[Ring]:
    """Return what is seen of the rings, in pixels.

    Both sides of a shared border pass through the same points, so they stay one line.
    """
    edge = (-BEYOND, -BEYOND, view.width + BEYOND, view.height + BEYOND)
    found = []
    for ring in rings:
        points = view.place(near(ring, view))
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        if right < edge[0] or left > edge[2] or bottom < edge[1] or top > edge[3]:
            continue
        if closed and max(right - left, bottom - top) < SPECK:
            continue
        inside = left >= edge[0] and right <= edge[2] and top >= edge[1] and bottom <= edge[3]
        if not inside and closed:
            points = cut(points, edge)
        if len(points) > 1:
            found.append(points)
    return found


def cut(ring: Ring, edge: Box) -> Ring:
    """Return what of a closed ring lies inside the edge, one side after the other."""
    for axis, limit, sign in ((0, edge[0], 1), (0, edge[2], -1), (1, edge[1], 1), (1, edge[3], -1)):
        if len(ring) < 3:
            return ring[:0]
        ring = _one_side(ring, axis, limit, sign)
    return ring


def _one_side(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    depth = (ring[:, axis] - limit) * sign
    after, next_depth = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crossing = (depth >= 0) != (next_depth >= 0)
    span = np.where(crossing, depth - next_depth, 1.0)
    met = ring + (after - ring) * (np.where(crossing, depth, 0.0) / span)[:, None]
    both = np.stack([ring, met], axis=1).reshape(-1, 2)
    kept: Ring = both[np.stack([depth >= 0, crossing], axis=1).ravel()]
    return kept


def _pen(points: Ring, closed: bool) -> str:
    """Return one ring as a path of whole half pixels; a speck draws nothing."""
    grid = np.round(points * FINENESS).astype(int)
    grid = grid[np.r_[True, np.any(np.diff(grid, axis=0) != 0, axis=1)]]
    if closed and len(grid) > 1 and (grid[0] == grid[-1]).all():
        grid = grid[:-1]
    if len(grid) < (3 if closed else 2):
        return ""
    grid = _straightened(grid)
    moves = np.diff(grid, axis=0).ravel().tolist()
    way = "".join(f"{number}" if number < 0 or not n else f" {number}"
                  for n, number in enumerate(moves))  # fmt: skip
    return f"M{grid[0][0]} {grid[0][1]}l{way}{'z' if closed else ''}"


def _straightened(grid: Steps) -> Steps:
    """Return the points without those that bend the line by less than can be seen.

    Which ones go is decided by three neighbours and the point itself, so that the two sides of a
    border lose the same.
    """
    for parity in (0, 1, 0):
        before, after = np.diff(grid[:-1], axis=0), np.diff(grid[1:], axis=0)
        turn = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
        onwards = (before * after).sum(axis=1) > 0
        mine = (grid[1:-1].sum(axis=1) % 2 == parity) & (turn <= BEND)
        grid = grid[np.r_[True, ~(onwards & (mine | (turn == 0))), True]]
    return grid
