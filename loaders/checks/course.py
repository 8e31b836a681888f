"""One source, one series: values that disagree, fall, jump or overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from figures import SERIES, Finding
from loaders.checks.grid import Grid, Ints, Mask, combine, firsts

Floats = npt.NDArray[np.float64]
# People of unknown sex or age are identified later, so their number may fall.
MAY_FALL = ("children_unknown", "adults_unknown")
FOLD = 10
SMALLEST_JUMP = 100


def two_values(grid: Grid) -> Iterator[Finding]:
    """Yield figures that no number can make true together: one source, series and day.

    Figures put out at different times are not compared: the later one replaces the earlier. Nor is
    the same number in other words: "more than 500" beside "500" is loose talk, not two values.
    """
    frame = grid.figures
    put_out = frame["published"].fillna(frame["as_of"]).to_numpy().astype("datetime64[s]")
    same = combine(grid.own, grid.as_of, put_out.astype(np.int64))
    rows = np.flatnonzero(grid.alive)
    rows = rows[np.argsort(same[rows], kind="stable")]
    starts = firsts(same[rows])
    apart = _highest(grid.low[rows], starts) > _lowest(grid.high[rows], starts)
    apart &= _highest(grid.value[rows], starts) > _lowest(grid.value[rows], starts)
    ends = np.r_[starts[1:], len(rows)]
    for start, end in zip(starts[apart], ends[apart], strict=True):
        group = rows[start:end]
        one, other = group[np.argmin(grid.high[group])], group[np.argmax(grid.low[group])]
        first, second = sorted((int(one), int(other)))
        problem = (
            f"{grid.cell(second, 'source')} has {grid.said(second)} here and "
            f"{grid.said(first)} in {grid.name(first)}, for the same question and day"
        )
        yield grid.at("two-values", second, "value", problem)


@dataclass(frozen=True)
class _Days:
    """What one source says of one series, day by day: ``row`` is one row of each day."""

    own: Ints
    row: Ints
    low: Floats
    high: Floats
    smallest: Ints
    largest: Ints


def _days(grid: Grid, rows: Ints) -> _Days:
    """Return the days of the rows, in order; low and high span all values of the day."""
    rows = rows[np.lexsort((grid.as_of[rows], grid.own[rows]))]
    starts = firsts(combine(grid.own[rows], grid.as_of[rows]))
    low, high = _lowest(grid.low[rows], starts), _highest(grid.high[rows], starts)
    smallest, largest = _lowest(grid.value[rows], starts), _highest(grid.value[rows], starts)
    return _Days(grid.own[rows][starts], rows[starts], low, high, smallest, largest)


def falls(grid: Grid) -> Iterator[Finding]:
    """Yield running totals that are lower than the same source's total of the day before it.

    Lower must be both what the words allow and the number printed.
    """
    frame = grid.figures
    wanted = grid.alive & (frame["counting"] == "cumulative").to_numpy()
    wanted &= ~frame["population"].isin(MAY_FALL).to_numpy()
    days = _days(grid, np.flatnonzero(wanted))
    fallen = (days.high[1:] < days.low[:-1]) & (days.largest[1:] < days.smallest[:-1])
    for before, now in _steps(days, fallen):
        yield grid.at("cumulative-falls", now, "value", _change(grid, before, now, "falls"))


def jumps(grid: Grid) -> Iterator[Finding]:
    """Yield numbers more than ten times the one before of the same source, or below a tenth.

    Numbers below a hundred are left alone: a first toll may well rise from two to thirty.
    """
    days = _days(grid, np.flatnonzero(grid.alive))
    smaller = np.minimum(_top(days)[1:], _top(days)[:-1])
    larger = np.maximum(days.low[1:], days.low[:-1])
    jumped = (larger >= SMALLEST_JUMP) & (smaller > 0) & (larger > FOLD * smaller)
    for before, now in _steps(days, jumped):
        yield grid.at("jump", now, "value", _change(grid, before, now, "goes"))


def _top(days: _Days) -> Floats:
    """Return the highest number of each day, its lowest where nothing bounds it."""
    return np.where(np.isinf(days.high), days.low, days.high)


def _steps(days: _Days, found: Mask) -> Iterator[tuple[int, int]]:
    """Yield the rows before and after each step that is marked, within one source and series."""
    same = days.own[1:] == days.own[:-1]
    for step in np.flatnonzero(found & same):
        yield int(days.row[step]), int(days.row[step + 1])


def _change(grid: Grid, before: int, now: int, verb: str) -> str:
    return (
        f"{grid.cell(now, 'source')} {verb} from {grid.said(before)} on "
        f"{grid.cell(before, 'as_of').date()}, {grid.name(before)}, to {grid.said(now)}"
    )


def overlaps(grid: Grid) -> Iterator[Finding]:
    """Yield flows of one source whose periods share days but are not the same period."""
    rows = np.flatnonzero(grid.alive & (grid.figures["counting"] == "flow").to_numpy())
    same = grid.groups(*(column for column in SERIES if column != "since"), "source")
    since, until = grid.codes("since"), grid.as_of
    rows = rows[np.lexsort((-until[rows], since[rows], same[rows]))]
    # The reach of a row is how far any row before it of its group goes; a group's number counts
    # more than any day, so no reach carries over from the group before.
    span = int(until.max(initial=0)) + 1
    reach = np.maximum.accumulate(same[rows] * span + until[rows])
    shared = np.r_[False, same[rows][1:] * span + since[rows][1:] <= reach[:-1]]
    period = combine(same[rows], since[rows], until[rows])
    repeated = np.r_[False, period[1:] == period[:-1]]
    for place in np.flatnonzero(shared & ~repeated).tolist():
        other = int(rows[np.argmax(reach >= reach[place - 1])])
        problem = f"its days are partly those of {grid.name(other)}, by the same source"
        yield grid.at("overlapping-flows", int(rows[place]), "since", problem)


def _lowest(values: Any, starts: Ints) -> Any:
    return np.minimum.reduceat(values, starts) if len(starts) else values


def _highest(values: Any, starts: Ints) -> Any:
    return np.maximum.reduceat(values, starts) if len(starts) else values
