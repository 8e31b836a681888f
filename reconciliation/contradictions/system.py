"""The linear constraints of one component: sums on each day, and totals that cannot fall."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from figures import Measure, Population
from reconciliation.contradictions.cells import Component
from reconciliation.contradictions.evidence import Evidence, Period
from reconciliation.contradictions.lattice import Cell

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RISING = "A running total cannot fall"
# Deaths and injuries stay counted; the other words are also used for how many there are just now.
_NEVER_FALL = {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES}
# People of unknown sex or age are identified later, and then counted elsewhere.
_MAY_FALL = {Population.CHILDREN_UNKNOWN, Population.ADULTS_UNKNOWN}


@dataclass(frozen=True)
class System:
    """Constraints over numbers of people, one variable per cell and period.

    Variable ``cell * len(periods) + period`` is at least 0. Row ``r`` holds the entries of
    ``index`` and ``value`` from ``start[r]`` to ``start[r + 1]``; it is at least 0, and exactly 0
    where ``exact``. ``strict`` marks the rows that arithmetic forces, ``label`` gives their rule.
    Figure ``n`` of the evidence says that ``low[n] <= x[variable[n]] <= high[n]``.
    """

    cells: tuple[Cell, ...]
    periods: tuple[Period, ...]
    start: Ints
    index: Ints
    value: Floats
    exact: Flags
    strict: Flags
    label: list[str]
    variable: Ints
    low: Floats
    high: Floats

    @property
    def size(self) -> int:
        """Return the number of variables."""
        return len(self.cells) * len(self.periods)


def rises(cell: Cell) -> bool | None:
    """Say whether a running total of the cell can never fall; None: by usual usage only."""
    if cell.population in _MAY_FALL:
        return False
    return True if cell.measure in _NEVER_FALL else None


def within(inner: Period, outer: Period) -> bool:
    """Say whether every day of one period lies in the other."""
    return outer.since <= inner.since and inner.as_of <= outer.as_of


def build(component: Component, found: Evidence) -> System:
    """Return the constraints among the component's cells in all periods of its figures."""
    days = tuple(sorted({claim.period for claim in found.claims}))
    place = {cell: number for number, cell in enumerate(component.cells)}
    rows: list[tuple[list[int], list[float], bool, bool, str]] = []
    every = range(len(days))
    for found_sum in component.sums:
        members = [place[found_sum.total], *(place[part] for part in found_sum.parts)]
        signs = [1.0, *[-1.0] * len(found_sum.parts)]
        rule = found_sum.rule
        rows += [
            ([m * len(days) + d for m in members], signs, found_sum.exact, rule.strict, rule.label)
            for d in every
        ]
    links = [] if found.stock else list(_links(days))
    for cell, number in place.items():
        rising = rises(cell)
        if rising is not False:
            first = number * len(days)
            rows += [
                ([first + outer, first + inner], [1.0, -1.0], False, bool(rising), RISING)
                for inner, outer in links
            ]
    sizes = [len(row[0]) for row in rows]
    return System(
        cells=component.cells,
        periods=days,
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        index=np.array([i for row in rows for i in row[0]], dtype=np.int64),
        value=np.array([v for row in rows for v in row[1]], dtype=float),
        exact=np.array([row[2] for row in rows], dtype=bool),
        strict=np.array([row[3] for row in rows], dtype=bool),
        label=[row[4] for row in rows],
        variable=_variables(found, place, days),
        low=found.low,
        high=found.high,
    )


def _variables(found: Evidence, place: dict[Cell, int], days: tuple[Period, ...]) -> Ints:
    number = {day: position for position, day in enumerate(days)}
    variables = [place[claim.cell] * len(days) + number[claim.period] for claim in found.claims]
    return np.array(variables, dtype=np.int64)


def _links(days: tuple[Period, ...]) -> Iterator[tuple[int, int]]:
    """Yield (inner, outer) for each period and the smallest periods that contain it."""
    for inner, period in enumerate(days):
        outer = [n for n, other in enumerate(days) if n != inner and within(period, other)]
        for n in outer:
            between = (within(days[m], days[n]) for m in outer if m != n)
            if not any(between):
                yield inner, n
