"""One published figure as it is shown, and which one stands for an asked definition."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from reconciliation import wording
from reconciliation.cells import Definition
from reconciliation.naming import cause_name, group_name, place_name
from reconciliation.wording import say


@dataclass(frozen=True)
class Quantity:
    """One published figure as shown: its number, words, source and day."""

    crisis: str
    place: str
    measure: str
    population: str
    cause: str
    counting: str
    scope: str
    figure_id: str
    value: int
    value_high: float
    quantifier: str
    low: float
    high: float
    source: str
    as_of: pd.Timestamp
    origins: int
    lowest: float
    highest: float
    verdict: str
    since: pd.Timestamp
    rule: str
    outside: bool

    @property
    def text(self) -> str:
        """The number as its source means it: at least 65."""
        return wording.quantity(self.value, self.value_high, self.quantifier)

    @property
    def definition(self) -> Definition:
        """Who and what it counts."""
        return Definition(self.population, self.cause)


def part_of(
    shown: Iterable[Quantity], place: str, asked: Definition, within: dict[str, set[str]]
) -> Quantity | None:
    """Return the figure that stands for the asked definition at a place, or ``None``.

    A narrower figure is taken where none has the asked definition (the largest that is not one
    state's count of another's people), or where a newer count of fewer people is larger: that
    shows that the wider count has not caught up.
    """
    mine = [quantity for quantity in shown if quantity.place == place]
    exact = exact_of(mine, place, asked)
    others = [
        quantity
        for quantity in mine
        if quantity.definition != asked
        and not quantity.scope
        and asked.includes(quantity.definition, within)
    ]
    if exact is not None:
        others = [q for q in others if _overtakes(q, exact)]
    if not others:
        return exact
    return max(others, key=lambda q: (not q.outside, q.value, q.as_of, q.population, q.cause))


def _overtakes(narrow: Quantity, wide: Quantity) -> bool:
    """Say whether a newer count of fewer people is above a wider one, and so proves it old."""
    newer = narrow.as_of > wide.as_of and narrow.value > wide.value
    return newer and not narrow.outside


def exact_of(shown: Iterable[Quantity], place: str, asked: Definition) -> Quantity | None:
    """Return the figure of just this definition: without a limiting scope, counted longest."""
    found = [q for q in shown if q.place == place and q.definition == asked]
    if not found:
        return None
    unlimited = [q for q in found if not q.scope] or found
    return min(
        unlimited,
        key=lambda q: (q.counting != "cumulative", seconds(q.since), -seconds(q.as_of), q.scope),
    )


def counted_otherwise(part: Quantity, shown: Iterable[Quantity]) -> list[Quantity]:
    """Return what is shown for the same question and place but counts otherwise, newest first.

    That is what a headline leaves out: running totals since another day, numbers on the day beside
    running totals. What is older stays out, and so does another running total of the same day.
    """
    found = [
        q
        for q in shown
        if (q.crisis, q.place, q.measure, q.definition, q.scope)
        == (part.crisis, part.place, part.measure, part.definition, part.scope)
        and (q.counting, seconds(q.since)) != (part.counting, seconds(part.since))
        and (q.as_of > part.as_of or (q.as_of == part.as_of and q.counting != part.counting))
    ]
    return sorted(found, key=lambda q: (-seconds(q.as_of), q.counting, seconds(q.since)))


def seconds(moment: pd.Timestamp) -> float:
    """Return a day for sorting; a missing one is the earliest."""
    return -math.inf if pd.isna(moment) else moment.timestamp()


def quantities(cells: pd.DataFrame) -> list[Quantity]:
    """Return rows of :func:`reconciliation.shown_cells` as quantities."""
    columns = {name: cells[name].tolist() for name in Quantity.__dataclass_fields__}
    columns["value"] = [int(value) for value in columns["value"]]
    return [Quantity(*row) for row in zip(*columns.values(), strict=True)]


def narrower_notes(part: Quantity, asked: Definition) -> list[str]:
    """Return what a part leaves out of the asked definition, in sentences."""
    place = place_name(part.place)
    notes = []
    if part.population != asked.population:
        who = group_name(part.population)
        notes.append(say("{place} counts {group} only.", place=place, group=who))
    if part.cause != asked.cause:
        what = cause_name(part.cause)
        notes.append(say("{place} counts {cause} only.", place=place, cause=what))
    if part.scope:
        notes.append(say("{place}: {scope}.", place=place, scope=part.scope))
    return notes
