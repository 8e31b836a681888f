"""The shown figures of one day, laid out by what they count, and which definition is narrower."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from reconciliation.days import DayLike
from reconciliation.known import Known
from reconciliation.reconcile import reconcile_by

# Who is included in whom, unless identities.csv says more. Everybody includes every group.
_WITHIN = {"boys": "children", "girls": "children", "children_unknown": "children"}
_WITHIN |= {"men": "adults", "women": "adults", "adults_unknown": "adults"}


@dataclass(frozen=True)
class Definition:
    """What a number counts: of whom and of what."""

    population: str = "all"
    cause: str = "all"

    def includes(self, other: "Definition", within: dict[str, set[str]]) -> bool:
        """Say whether everybody counted by ``other`` is counted by this."""
        same = self.population in (other.population, "all")
        inside = same or other.population in within.get(self.population, set())
        return inside and self.cause in (other.cause, "all")


def groups_within(identities: pd.DataFrame | None) -> dict[str, set[str]]:
    """Return for each population the populations it includes, directly or by way of others."""
    links = {(total, part) for part, total in _WITHIN.items()}
    if identities is not None and not identities.empty:
        rows = identities[identities["dimension"] == "population"]
        for total, parts in zip(rows["total"].astype(str), rows["parts"].astype(str), strict=True):
            links |= {(total, part) for part in parts.split("+")}
    within: dict[str, set[str]] = {}
    for total, part in links:
        within.setdefault(total, set()).add(part)
    for _ in range(len(within)):
        for group in within.values():
            group |= {deeper for part in group for deeper in within.get(part, set())}
    return within


def shown_cells(
    figures: pd.DataFrame | Known,
    *,
    on: DayLike,
    measure: str | None = None,
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    rule: str = "latest",
    decisions: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what is shown that day for every series of one measure (or of all), people only.

    The columns are those of :func:`reconciliation.reconcile`, with ``place`` (``THA`` or
    ``THA/Surin``) and ``outside`` (one state's count of another's people); flows are left out,
    since a period is no state of a day.
    """
    return shown_by(
        [rule],
        figures,
        on=on,
        measure=measure,
        sources=sources,
        known_on=known_on,
        decisions=decisions,
        crises=crises,
    )[rule]


def shown_by(
    rules: Iterable[str],
    figures: pd.DataFrame | Known,
    *,
    on: DayLike,
    measure: str | None = None,
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    decisions: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Return :func:`shown_cells` by each of several rules, in hardly more time than by one."""
    if isinstance(figures, pd.DataFrame):
        figures = figures[_wanted(figures, measure)]
    found = reconcile_by(rules, figures, sources, [on], known_on, decisions, crises)
    return {rule: _placed(cells[_wanted(cells, measure)], sources) for rule, cells in found.items()}


def _wanted(figures: pd.DataFrame, measure: str | None) -> "pd.Series[bool]":
    """Say which rows tell of the state of a day, of people and of the measure."""
    wanted = figures["counting"] != "flow"
    if measure is not None:
        wanted &= figures["measure"] == measure
    if "unit" in figures.columns:
        wanted &= (figures["unit"] == "person") | figures["unit"].isna()
    return wanted


def _placed(cells: pd.DataFrame, sources: pd.DataFrame | None) -> pd.DataFrame:
    """Return the cells that show a figure, with their place in one word."""
    cells = cells[cells["verdict"] != "none"]
    country, province = cells["country"].astype(str), cells["admin1"].astype(str)
    place = country.where(province == "", country + "/" + province)
    outside = _outside(cells, sources)
    return cells.assign(place=place, outside=outside).reset_index(drop=True)


def _outside(cells: pd.DataFrame, sources: pd.DataFrame | None) -> list[bool]:
    """Say which cells are counts that one state makes of another state's people."""
    if sources is None:
        return [False] * len(cells)
    states = sources[sources["kind"].astype(str).isin(["government", "military"])]
    home = dict(zip(states["source"].astype(str), states["country"].astype(str), strict=True))
    pairs = zip(cells["source"].astype(str), cells["country"].astype(str), strict=True)
    return [bool(home.get(source)) and home[source] not in place for source, place in pairs]
