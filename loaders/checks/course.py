"""One source, one series: values that disagree, fall, jump or overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from figures import SERIES, Finding
from figures.cells import FIRST_DAY
from loaders.checks.grid import Grid, Ints, Mask, combine, firsts

Floats = npt.NDArray[np.float64]
# People of unknown sex or age are identified later, so their number may fall.
MAY_FALL = ("children_unknown", "adults_unknown")
FOLD = 10
SMALLEST_JUMP = 100
FIRST_SECOND = np.datetime64(FIRST_DAY, "s").astype(np.int64)


def two_values(grid: Grid) -> Iterator[Finding]:
    """Yield figures that no number can make true together: one source, series and day.

    Figures put out at different times are not compared: the later one replaces the earlier. Nor is
    the same number in other words: "more than 500" beside "500" is loose talk, not two values.
    """
    frame, rows = grid.figures, grid.order
    # Nearly all rows are alone with their day and need no further look.
    length = np.diff(firsts(grid.day[rows]), append=len(rows))
    rows = rows[np.repeat(length > 1, length)]
    put_out = frame["published"].iloc[rows].fillna(frame["as_of"].iloc[rows])
    seconds = put_out.to_numpy().astype("datetime64[s]").astype(np.int64)
    same = combine(grid.day[rows], seconds - FIRST_SECOND)
    rows, same = rows[np.argsort(same, kind="stable")], np.sort(same)
    starts = firsts(same)
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
    """Return the days of rows in their order; low and high span all values of the day."""
    starts = firsts(grid.day[rows])
    low, high = _lowest(grid.low[rows], starts), _highest(grid.high[rows], starts)
    smallest, largest = _lowest(grid.value[rows], starts), _highest(grid.value[rows], starts)
    return _Days(grid.own[rows][starts], rows[starts], low, high, smallest, largest)


def falls(grid: Grid) -> Iterator[Finding]:
    """Yield running totals that are lower than the same source's total of the day before it.

    Lower must be both what the words allow and the number printed.
    """
    frame = grid.figures
    running = (frame["counting"] == "cumulative").to_numpy()
    wanted = running & ~frame["population"].isin(MAY_FALL).to_numpy()
    days = _days(grid, grid.order[wanted[grid.order]])
    fallen = (days.high[1:] < days.low[:-1]) & (days.largest[1:] < days.smallest[:-1])
    for before, now in _steps(days, fallen):
        yield grid.at("cumulative-falls", now, "value", _change(grid, before, now, "falls"))


def jumps(grid: Grid) -> Iterator[Finding]:
    """Yield numbers more than ten times the one before of the same source, or below a tenth.

    Numbers below a hundred are left alone: a first toll may well rise from two to thirty.
    """
    days = _days(grid, grid.order)
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
    others = (column for column in SERIES if column != "since")
    same = np.unique(grid.groups(*others, "source")[rows], return_inverse=True)[1]
    since, until = _days_of(grid, "since", rows), _days_of(grid, "as_of", rows)
    ordered = np.lexsort((-until, since, same))
    rows, same, since, until = rows[ordered], same[ordered], since[ordered], until[ordered]
    # The reach of a row is how far any row before it of its group goes; a group's number counts
    # more than any day, so no reach carries over from the group before.
    span = int(until.max(initial=0)) + 1
    reach = np.maximum.accumulate(same * span + until)
    shared = np.r_[False, same[1:] * span + since[1:] <= reach[:-1]]
    period = combine(same, since, until)
    repeated = np.r_[False, period[1:] == period[:-1]]
    for place in np.flatnonzero(shared & ~repeated).tolist():
        other = int(rows[np.argmax(reach >= reach[place - 1])])
        problem = f"its days are partly those of {grid.name(other)}, by the same source"
        yield grid.at("overlapping-flows", int(rows[place]), "since", problem)


def _days_of(grid: Grid, column: str, rows: Ints) -> Ints:
    """Return the days of a column as numbers that can be compared between columns."""
    days = grid.figures[column].iloc[rows].to_numpy().astype("datetime64[D]")
    return days.astype(np.int64) - FIRST_SECOND // 86_400


def _lowest(values: Any, starts: Ints) -> Any:
    return np.minimum.reduceat(values, starts) if len(starts) else values


def _highest(values: Any, starts: Ints) -> Any:
    return np.maximum.reduceat(values, starts) if len(starts) else values
