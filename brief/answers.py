"""What a brief asks of the reconciliation: the same functions as the cards, each asked once."""

import datetime as dt
from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from loaders import Library
from reconciliation import (
    Breakdown,
    Bridge,
    Quantity,
    Total,
    add_up,
    break_down,
    explain,
    in_force,
    judging,
    quantities,
    reconcile,
    shown_cells,
)
from reconciliation.bridges import related_measures, related_pool, usage
from reconciliation.bridges.parts import Part, Pool, records, source_names
from reconciliation.bridges.usage import Usage
from reconciliation.known import Known, known

Row = Mapping[Hashable, Any]


class Answers:
    """What is shown for one crisis on one day, as known on a day, by one rule."""

    def __init__(
        self, library: Library, crisis: str, day: dt.date, known_on: dt.date | None, rule: str
    ) -> None:
        self.library, self.crisis, self.day = library, crisis, day
        self.known_on, self.rule = known_on, rule
        self._pools: dict[frozenset[str], Pool] = {}
        self._cells: dict[dt.date, pd.DataFrame] = {}
        self._explained: dict[str, list[Bridge]] = {}

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every figure of the crisis."""
        every = self.library.figures
        return every[(every["crisis"] == self.crisis).to_numpy()]

    @cached_property
    def facts(self) -> Known:
        """The crisis's figures as known on the day of knowledge."""
        return known(self.figures, self.library.sources, self.known_on, self.library.crises)

    @cached_property
    def given(self) -> dict[str, Any]:
        """What reconciling needs besides the figures."""
        decisions = self.library.decisions
        return {
            "sources": self.library.sources,
            "known_on": self.known_on,
            "rule": self.rule,
            "decisions": decisions[(decisions["crisis"] == self.crisis).to_numpy()],
            "crises": self.library.crises,
        }

    def cells(self, day: dt.date) -> pd.DataFrame:
        """Return what is shown for every series on a day."""
        if day not in self._cells:
            self._cells[day] = shown_cells(self.facts, on=day, **self.given)
        return self._cells[day]

    @cached_property
    def today(self) -> pd.DataFrame:
        """What is shown for every series on the brief's day."""
        return self.cells(self.day)

    @cached_property
    def shown(self) -> list[Quantity]:
        """The same as quantities."""
        return quantities(self.today)

    @cached_property
    def history(self) -> pd.DataFrame:
        """What is shown for every series on every day on which it changed."""
        return reconcile(self.facts, **self.given)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """Every figure in force on the day."""
        return in_force(self.facts, on=self.day)

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every figure of the crisis by its id."""
        return {str(row["figure_id"]): row for row in self.figures.to_dict("records")}

    def expression(self, figure_id: object) -> str:
        """Return the words that a figure's report has for its number; nothing without any."""
        return str(self.rows.get(str(figure_id), {}).get("expression") or "")

    def printed(self, shown: Quantity) -> str:
        """Return one report's own number, in its words where these hold no digits."""
        return judging.as_printed(shown.text, shown.quantifier, self.expression(shown.figure_id))

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The same as the records that phrases are made of."""
        return {part.figure_id: part for part in records(self.figures)}

    @cached_property
    def names(self) -> dict[str, str]:
        """The short name of each source."""
        return source_names(self.library.sources)

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Each source by its id."""
        return {str(row["source"]): row for row in self.library.sources.to_dict("records")}

    def total(self, measure: str, places: tuple[str, ...]) -> Total:
        """Return the sum over the places, as the cards show it."""
        return add_up(
            self.figures,
            self.library.sources,
            measure=measure,
            places=places,
            on=self.day,
            crisis=self.crisis,
            identities=self.library.identities,
            cells=self.shown,
        )

    def opened(self, part: Quantity) -> Breakdown | None:
        """Return the best way in which a figure opens into published parts."""
        found = break_down(part, self.shown, self.library.identities)
        return found[0] if found else None

    def explained(self, about: Quantity) -> list[Bridge]:
        """Return the bridges from a shown figure to its most notable rivals."""
        if about.figure_id not in self._explained:
            self._explained[about.figure_id] = self._explain(about)
        return self._explained[about.figure_id]

    def _explain(self, about: Quantity) -> list[Bridge]:
        found = explain(
            self.figures,
            on=self.day,
            measure=about.measure,
            places=about.place.split("+"),
            population=about.population,
            cause=about.cause,
            crisis=self.crisis,
            identities=self.library.identities,
            standing=self.standing,
            answers=self.today,
            pool=self._pool(about.measure),
            **self.given,
        )
        # Another figure may be shown for the same words: a bridge from it would not be about this.
        return [one for one in found if one.start.figure_id == about.figure_id]

    @cached_property
    def _usage(self) -> Usage:
        return usage(self.library.identities)

    def _pool(self, measure: str) -> Pool:
        related = related_measures(self.figures, measure, self._usage)
        if related not in self._pools:
            self._pools[related] = related_pool(
                self.figures, self.crisis, measure, self.library.sources, self.known_on, self._usage
            )
        return self._pools[related]

    def decision(self, part: Quantity) -> tuple[Row, bool] | None:
        """Return the decision that chose a figure, and whether a newer figure overtook it."""
        if part.rule != "decision":
            return None
        cells = self.today[self.today["figure_id"].astype(str) == part.figure_id]
        cells = cells[cells["decision"].astype(str) != ""]
        rows = {str(r["decision_id"]): r for r in self.given["decisions"].to_dict("records")}
        for name, overtaken in zip(cells["decision"], cells["overtaken"], strict=True):
            if str(name) in rows:
                return rows[str(name)], bool(overtaken)
        return None
