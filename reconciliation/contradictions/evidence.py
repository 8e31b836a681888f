"""The figures that are to be reconciled, as intervals on cells and periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import KIND_RANK, Counting
from reconciliation.contradictions.lattice import Cell
from reconciliation.days import DayLike, numbers_of
from reconciliation.known import UNKNOWN_KIND
from reconciliation.reconcile import in_force

Floats = npt.NDArray[np.float64]
_WORDS = ("crisis", "figure_id", "source", "counting", "quantifier", "unit", "expression")


class Period(NamedTuple):
    """The days a running total covers, as day numbers; a stock's ``since`` says nothing."""

    since: int
    as_of: int


class Claim(NamedTuple):
    """One figure: what it says, about which cell and period, and how far its source is trusted.

    ``low`` and ``high`` are whole people (``high`` may be infinite); ``trust`` is the rank of the
    kind of source, 0 the most trusted.
    """

    cell: Cell
    period: Period
    low: float
    high: float
    trust: int
    crisis: str
    figure_id: str
    source: str
    counting: str
    quantifier: str
    unit: str
    expression: str
    value: float
    value_high: float
    since: pd.Timestamp
    as_of: pd.Timestamp


@dataclass(frozen=True)
class Evidence:
    """Figures of one crisis and unit, in a fixed order, with their bounds as arrays."""

    claims: Sequence[Claim]
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.claims)

    @property
    def cells(self) -> list[Cell]:
        """Return the cell of each figure."""
        return [claim.cell for claim in self.claims]

    @property
    def ids(self) -> list[str]:
        """Return the id of each figure."""
        return [claim.figure_id for claim in self.claims]

    @property
    def stock(self) -> bool:
        """Say whether the figures are stocks, which nothing links to another day."""
        return self.claims[0].counting == Counting.STOCK


def evidence(claims: Sequence[Claim]) -> Evidence:
    """Return the claims as evidence."""
    low, high = (np.array([claim[n] for claim in claims], dtype=float) for n in (2, 3))
    return Evidence(claims, low, high)


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
    return frame[~frame["stale"] & ~frame["echo"]]


def groups(frame: pd.DataFrame, sources: pd.DataFrame | None) -> Iterator[Evidence]:
    """Yield the figures that may bear on one another: of one crisis and unit.

    Running totals and flows both count what happened from one day to another and are kept
    together; stocks of different days say nothing about one another.
    """
    found: dict[tuple[str, str, int], list[Claim]] = {}
    for claim in _claims(frame, sources):
        day = claim.period.as_of if claim.counting == Counting.STOCK else -(2**40)
        found.setdefault((claim.crisis, claim.unit, day), []).append(claim)
    for key in sorted(found):
        yield evidence(found[key])


def _claims(frame: pd.DataFrame, sources: pd.DataFrame | None) -> Iterator[Claim]:
    kinds = {} if sources is None else dict(zip(sources["source"], sources["kind"], strict=True))
    country, province = frame["country"].astype(str), frame["admin1"].astype(str)
    place = country.where(province == "", country + "/" + province)
    cells = [frame[c].astype(str) for c in ("measure", "population", "cause", "scope")]
    days = [numbers_of(frame[column]).tolist() for column in ("since", "as_of")]
    bounds = [frame[column].astype(float) for column in ("low", "high")]
    source = frame["source"].astype(str)
    rest = [frame[column].astype(float) for column in ("value", "value_high")]
    rest += [frame["since"], frame["as_of"]]
    trust = source.map({s: KIND_RANK.get(kinds.get(s, ""), UNKNOWN_KIND) for s in source.unique()})
    return map(
        Claim,
        (Cell(*words) for words in zip(place, *cells, strict=True)),
        (Period(*period) for period in zip(*days, strict=True)),
        *bounds,
        trust.astype(int),
        *(frame[column].astype(str) for column in _WORDS),
        *rest,
    )
