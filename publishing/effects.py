"""What a change does to the headline numbers, the findings and the contradictions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from loaders import Library
from reconciliation import (
    Contradiction,
    Quantity,
    Total,
    add_up,
    contradictions,
    quantities,
    shown_cells,
    wording,
)
from reconciliation.daily import published_for
from reconciliation.naming import place_name
from reconciliation.wording import say


@dataclass(frozen=True)
class Effect:
    """One headline number before and after: of one measure, at these places, on one day.

    It is the sum, or with ``published`` the number that is published for all the places together.
    """

    measure: str
    places: tuple[str, ...]
    day: dt.date
    before: Total
    after: Total
    published: bool = False

    @property
    def changed(self) -> bool:
        """Whether what a reader sees becomes another: number, sources, verdict."""
        return self._seen(self.before) != self._seen(self.after)

    @property
    def sources(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whose numbers are shown before and after."""
        before, after = (self._parts(total) for total in (self.before, self.after))
        return tuple(part.source for part in before), tuple(part.source for part in after)

    @property
    def numbers(self) -> tuple[str, str]:
        """The number in words before and after."""
        return self._number(self.before), self._number(self.after)

    @property
    def where(self) -> str:
        """The places in words, or that it is what is published for them together."""
        if self.published:
            return published_for(self.places)
        return wording.listing(place_name(place) for place in self.places)

    @property
    def text(self) -> str:
        """The effect as a sentence."""
        before, after = self.numbers
        words = {
            "measure": say(self.measure.capitalize()),
            "places": self.where,
            "day": wording.day(self.day),
            "before": before,
            "after": after,
        }
        if before != after:
            return say("{measure}, {places}, {day}: {before} becomes {after}.", **words)
        if self.changed:
            return say("{measure}, {places}, {day}: still {after}, on other figures.", **words)
        return say("{measure}, {places}, {day}: {after}, as before.", **words)

    def _parts(self, total: Total) -> tuple[Quantity, ...]:
        if not self.published:
            return total.parts
        return (total.published,) if total.published else ()

    def _number(self, total: Total) -> str:
        parts = self._parts(total)
        if not parts:
            return say("no figure")
        return parts[0].text if self.published else total.text

    def _seen(self, total: Total) -> tuple[object, ...]:
        return (self._number(total), *map(_shown, self._parts(total)))


def _shown(part: Quantity) -> tuple[object, ...]:
    rivals = (part.verdict, part.origins, part.lowest, part.highest)
    return (part.text, part.source, part.as_of, part.population, part.cause, part.scope, *rivals)


def effects(
    before: Library, after: Library, crisis: str, day: dt.date | None = None
) -> tuple[Effect, ...]:
    """Return the headline numbers of a crisis: each measure, for all its countries and for each.

    What is published for all of them together is a number of its own, where there is one.

    ``day`` is the newest day of the figures afterwards unless given. The numbers are those of the
    Overview: :func:`reconciliation.add_up` under the crisis's rule and decisions.
    """
    places = _places(after, crisis)
    on = day or newest_day(after, crisis)
    if on is None or not places:
        return ()
    old, new = _Day(before, crisis, on), _Day(after, crisis, on)
    measures = dict.fromkeys([*new.measures(), *old.measures()])
    groups = dict.fromkeys([places, *((place,) for place in places)])
    found = []
    for measure in measures:
        for group in groups:
            sum_ = Effect(measure, group, on, old.total(measure, group), new.total(measure, group))
            given = replace(sum_, published=True)
            found += [sum_, given] if len(group) > 1 and any(given.sources) else [sum_]
    return tuple(found)


def newest_day(library: Library, crisis: str) -> dt.date | None:
    """Return the newest as-of day of a crisis."""
    days = library.figures.loc[library.figures["crisis"] == crisis, "as_of"]
    return days.max().date() if len(days) else None


def _places(library: Library, crisis: str) -> tuple[str, ...]:
    countries = library.crises.loc[library.crises["crisis"] == crisis, "countries"]
    return tuple(str(countries.iloc[0]).split("+")) if len(countries) else ()


class _Day:
    """What is shown of one crisis on one day."""

    def __init__(self, library: Library, crisis: str, on: dt.date) -> None:
        self._library, self._crisis, self._on = library, crisis, on
        self._figures = library.figures[library.figures["crisis"] == crisis]
        decisions = library.decisions[library.decisions["crisis"] == crisis]
        rules = library.crises.loc[library.crises["crisis"] == crisis, "rule"].astype(str)
        self._given: dict[str, Any] = {
            "sources": library.sources,
            "rule": (rules.iloc[0] if len(rules) else "") or "latest",
            "decisions": decisions,
            "crises": library.crises,
        }
        self._cells: list[Quantity] = []
        if len(self._figures):
            self._cells = quantities(shown_cells(self._figures, on=on, **self._given))

    def measures(self) -> Iterator[str]:
        return (cell.measure for cell in self._cells)

    def total(self, measure: str, places: tuple[str, ...]) -> Total:
        return add_up(
            self._figures,
            measure=measure,
            places=places,
            on=self._on,
            crisis=self._crisis,
            identities=self._library.identities,
            cells=self._cells,
            **self._given,
        )


def new_findings(before: Library, after: Library) -> pd.DataFrame:
    """Return the findings that the change brings, by file and line."""
    columns = list(after.findings.columns)
    old = set(before.findings.itertuples(index=False, name=None))
    fresh = [row for row in after.findings.itertuples(index=False, name=None) if row not in old]
    return pd.DataFrame(fresh, columns=columns)


def new_contradictions(
    before: Library, after: Library, crisis: str, day: dt.date | None = None
) -> tuple[str, ...]:
    """Return in words the contradictions of a day that the change brings."""
    on = day or newest_day(after, crisis)
    if on is None:
        return ()
    known = {frozenset(found.figure_ids) for found in _contradictions(before, crisis, on)}
    found = _contradictions(after, crisis, on)
    return tuple(c.text for c in found if frozenset(c.figure_ids) not in known)


def _contradictions(library: Library, crisis: str, on: dt.date) -> list[Contradiction]:
    mine = library.figures[library.figures["crisis"] == crisis]
    return contradictions(
        mine,
        on=on,
        identities=library.identities,
        sources=library.sources,
        crises=library.crises,
    )
