"""The figures that are to be reconciled, as intervals on cells and periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import KIND_RANK, Counting
from reconciliation.contradictions.lattice import Cell
from reconciliation.days import DayLike, day_number, numbers_of
from reconciliation.known import UNKNOWN_KIND
from reconciliation.reconcile import in_force

Floats = npt.NDArray[np.float64]


class Period(NamedTuple):
    """The days a running total covers, as day numbers; a stock has none but its own."""

    since: int
    as_of: int


@dataclass(frozen=True)
class Evidence:
    """Figures of one crisis, unit and way of counting, in a fixed order.

    ``frame`` has one row per figure; ``cells``, ``periods``, ``low``, ``high`` (whole people, high
    may be infinite) and ``trust`` (rank of the kind of source, 0 the most trusted) go with its
    rows. ``fixed`` says that nothing links one day to another: stocks of one day.
    """

    frame: pd.DataFrame
    cells: list[Cell]
    periods: list[Period]
    low: Floats
    high: Floats
    trust: list[int]

    def __len__(self) -> int:
        return len(self.cells)

    def only(self, rows: list[int]) -> "Evidence":
        """Return the evidence of these rows alone."""
        return Evidence(
            self.frame.iloc[rows].reset_index(drop=True),
            [self.cells[row] for row in rows],
            [self.periods[row] for row in rows],
            self.low[rows],
            self.high[rows],
            [self.trust[row] for row in rows],
        )


def standing(
    figures: pd.DataFrame,
    *,
    on: DayLike,
    known_on: DayLike | None,
    sources: pd.DataFrame | None,
    crises: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return the figures that speak on the day: in force, not stale, and no echo of another.

    An echo says nothing that its origin does not say, so leaving it out changes no answer.
    """
    frame = in_force(figures, on=on, known_on=known_on, sources=sources, crises=crises)
    return frame[~frame["stale"] & ~frame["echo"]].reset_index(drop=True)


def groups(frame: pd.DataFrame, sources: pd.DataFrame | None) -> Iterator[Evidence]:
    """Yield the figures that may bear on one another: of one crisis and unit.

    Running totals and flows both count what happened from one day to another and are kept
    together; stocks of different days say nothing about one another.
    """
    if frame.empty:
        return
    stock = frame["counting"].astype(str) == Counting.STOCK
    day = pd.Series(numbers_of(frame["as_of"]), frame.index).where(stock, 0)
    keys = [frame["crisis"].astype(str), frame["unit"].astype(str), stock, day]
    for _, part in frame.groupby(keys, sort=True):
        yield evidence(part.reset_index(drop=True), sources)


def evidence(frame: pd.DataFrame, sources: pd.DataFrame | None) -> Evidence:
    """Return the rows of one group as evidence, in the order given."""
    country, province = frame["country"].astype(str), frame["admin1"].astype(str)
    place = country.where(province == "", country + "/" + province)
    words = [frame[c].astype(str) for c in ("measure", "population", "cause", "scope")]
    since = numbers_of(frame["since"]).tolist()
    as_of = numbers_of(frame["as_of"]).tolist()
    kinds = {} if sources is None else dict(zip(sources["source"], sources["kind"], strict=True))
    return Evidence(
        frame=frame,
        cells=[Cell(*values) for values in zip(place, *words, strict=True)],
        periods=[Period(*days) for days in zip(since, as_of, strict=True)],
        low=frame["low"].to_numpy(dtype=float),
        high=frame["high"].to_numpy(dtype=float),
        trust=[KIND_RANK.get(kinds.get(s, ""), UNKNOWN_KIND) for s in frame["source"].astype(str)],
    )


def check_day(on: DayLike) -> None:
    """Raise ``ValueError`` for what is not a day."""
    day_number(on)
