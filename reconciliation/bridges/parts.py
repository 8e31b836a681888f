"""The figures a bridge may rest on, as small records, and how far two of them are alike."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from figures import Kind, complete
from figures.lineage import OWN, lineage_of
from reconciliation.bridges.usage import Usage
from reconciliation.days import DayLike, numbers_of
from reconciliation.known import known, natural, published_seconds

Cell = tuple[tuple[str, ...], str, str, str, str]
Spot = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One published figure. ``day`` and ``said`` are day numbers, ``value`` whole people."""

    figure_id: str
    crisis: str
    places: tuple[str, ...]
    admin1: str
    measure: str
    population: str
    cause: str
    counting: str
    since: int | None
    unit: str
    scope: str
    day: int
    said: int
    value: int
    value_high: float
    quantifier: str
    low: float
    high: float
    source: str
    publisher: str
    expression: str

    @property
    def order(self) -> tuple[object, ...]:
        """A key that puts figures in one order, whatever the order of the rows."""
        return (natural(self.figure_id), natural(self.crisis))

    @property
    def place(self) -> str:
        """Where it counts as one word: ``THA``, ``KHM+THA`` or ``THA/Surin``."""
        return "+".join(self.places) + (f"/{self.admin1}" if self.admin1 else "")

    @property
    def spot(self) -> Spot:
        """Where it counts: countries, and the province or ``""``."""
        return (self.places, self.admin1)


def cell_of(part: Part, usage: Usage) -> Cell:
    """Return what a figure counts: countries, province, measure (by family), population, cause."""
    measure = usage.family(part.measure)
    return (part.places, part.admin1, measure, population_of(part, usage), part.cause)


def population_of(part: Part, usage: Usage) -> str:
    """Return who is counted; of people on the move, civilians are everybody.

    Reports say 500,000 people and 500,000 civilians of one count of those who fled.
    """
    everybody = part.population == "civilian" and usage.is_loose(part.measure)
    return "all" if everybody else part.population


@dataclass(frozen=True)
class Pool:
    """The figures of one crisis and one family of measures that stand, and who said them."""

    parts: tuple[Part, ...]
    by_cell: dict[Cell, list[Part]]
    usage: Usage
    names: dict[str, str]
    lines: dict[str, tuple[str, ...]]
    homes: dict[str, str] = field(default_factory=dict)
    # What was worked out before: what a total may be made of, which figures share people, the
    # bridge between two. It hangs on the figures of the pool alone.
    known: dict[tuple[str, ...], Any] = field(default_factory=dict, compare=False)

    def name(self, source: str) -> str:
        """Return the name of a source as readers know it."""
        return self.names.get(source, source)

    def foreign(self, part: Part) -> bool:
        """Say whether this is one state's count of another state's people."""
        home = self.homes.get(part.source, "")
        return bool(home) and home not in part.places

    def related(self, one: Part, other: Part) -> bool:
        """Say whether two figures lead back to one source."""
        if one.source == other.source:
            return True
        up, down = self.lines.get(one.source, ()), self.lines.get(other.source, ())
        return other.source in up or one.source in down


def records(frame: pd.DataFrame) -> list[Part]:
    """Return rows of a complete frame as records."""
    days, said = numbers_of(frame["as_of"]), published_seconds(frame) // 86_400
    since = numbers_of(frame["since"].fillna(pd.Timestamp("1900-01-01")))
    given = frame["since"].notna().to_numpy()
    rows = frame[_COPIED].to_dict("records")
    return [
        Part(
            **{str(k): v for k, v in row.items()} | {"value": int(row["value"])},
            places=tuple(sorted(str(country).split("+"))),
            since=int(since[n]) if given[n] else None,
            day=int(days[n]),
            said=int(said[n]),
        )
        for n, (row, country) in enumerate(zip(rows, frame["country"], strict=True))
    ]


_OWN_FORM = {"places", "since", "day", "said"}
_COPIED = [name for name in Part.__dataclass_fields__ if name not in _OWN_FORM]


def pool_of(
    figures: pd.DataFrame,
    sources: pd.DataFrame | None,
    known_on: DayLike | None,
    usage: Usage,
) -> Pool:
    """Return the figures that stand as known on ``known_on``; ``figures`` hold one crisis."""
    facts = known(figures, sources, known_on)
    parts = tuple(sorted(records(facts.figures), key=lambda part: part.order))
    by_cell: dict[Cell, list[Part]] = {}
    for part in parts:
        by_cell.setdefault(cell_of(part, usage), []).append(part)
    return Pool(
        parts, by_cell, usage, source_names(sources), _lines(figures, sources), _homes(sources)
    )


def source_names(sources: pd.DataFrame | None) -> dict[str, str]:
    """Return source id → short name: what follows a bracket or comma only explains it."""
    if sources is None:
        return {}
    full = dict(zip(sources["source"].astype(str), sources["name"].astype(str), strict=True))
    short = {source: re.split(r" \(|, ", name)[0] for source, name in full.items()}
    many = pd.Series(list(short.values())).value_counts()
    return {s: full[s] if many[name] > 1 or not name else name for s, name in short.items()}


def _homes(sources: pd.DataFrame | None) -> dict[str, str]:
    """Return the country of each source that is a state's."""
    if sources is None:
        return {}
    states = sources[sources["kind"].astype(str).isin([Kind.GOVERNMENT, Kind.MILITARY])]
    return dict(zip(states["source"].astype(str), states["country"].astype(str), strict=True))


def _lines(figures: pd.DataFrame, sources: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    if sources is not None:
        return lineage_of(sources)
    pairs = figures[["source", "lineage"]].astype(str).drop_duplicates()
    return {
        source: tuple(name for name in line.split("+") if name not in ("", OWN))
        for source, line in pairs.itertuples(index=False)
    }


def find(figures: pd.DataFrame, figure_id: str, crisis: str | None = None) -> Part:
    """Return the figure of this id; raise ``ValueError`` with the remedy where that is not one."""
    found = figures.iloc[np.flatnonzero(figures["figure_id"].to_numpy() == figure_id)]
    if crisis is not None:
        found = found[found["crisis"].astype(str) == crisis]
    if found.empty:
        raise ValueError(
            f"there is no figure {figure_id!r} among these; check the id, the crisis and known_on"
        )
    crises = sorted(set(found["crisis"].astype(str)))
    if len(crises) > 1:
        raise ValueError(
            f"figure {figure_id!r} occurs in several crises; name one with crisis=: "
            + ", ".join(crises)
        )
    return records(complete(found.iloc[:1]))[0]


def printed(parts: Iterable[Part]) -> int:
    """Return the sum of the numbers printed."""
    return sum(part.value for part in parts)


def unit_of(value: int) -> int:
    """Return the unit of the last digit that is not 0: 100 for 1,200; 1 for 86 and 0."""
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def meant(part: Part) -> tuple[float, float]:
    """Return from where to where a writer would round to this number.

    "more than 500,000" may stand for 500,000 up to 600,000, the next number of its kind (a fifth
    at most); "at least 86" is 86. Narrower than the interval, which says what can be true.
    """
    value, unit = part.value, unit_of(part.value)
    step = min(unit, value // 5) if unit >= 10 else 0
    kinds = {
        "about": (part.low, part.high),
        "nearly": (part.low, float(value)),
        "more_than": (float(value), float(value + step)),
        "at_least": (float(value), float(value + step)),
        "less_than": (float(value - step), float(value)),
        "at_most": (float(value - step), float(value)),
        "range": (float(value), _top(part)),
    }
    near = min(unit // 2, value // 20) if unit >= 1000 else 0
    return kinds.get(part.quantifier, (float(value - near), float(value + near)))


def _top(part: Part) -> float:
    return float(part.value) if math.isnan(part.value_high) else part.value_high


def outside(part: Part, number: int) -> int:
    """Return how far a number lies outside what a figure is meant to say, in people."""
    low, high = meant(part)
    return int(max(low - number, number - high, 0))
