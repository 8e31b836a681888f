"""What the pages ask of the reconciliation, each answer worked out once (:mod:`ui.keeping`)."""

import datetime as dt
from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from figures import Rule
from loaders import Library
from reconciliation import (
    Breakdown,
    Quantity,
    Total,
    add_up,
    break_down,
    in_force,
    quantities,
    reconcile,
    shown_cells,
)
from reconciliation.cells import shown_by
from reconciliation.known import Known, known
from ui import keeping
from ui.selection import Selection
from ui.text import shortened

DAY = dt.timedelta(days=1)


def frames(library: Library, view: Selection) -> dict[str, Any]:
    """Return what reconciling needs besides the figures."""
    decisions = library.decisions[library.decisions["crisis"] == view.crisis]
    return {
        "sources": library.sources,
        "known_on": view.known,
        "rule": view.rule,
        "decisions": decisions,
        "crises": library.crises,
    }


def figures_of(library: Library, view: Selection) -> pd.DataFrame:
    """Return the crisis's figures."""
    return figures(library, view.crisis)


def figures(library: Library, crisis: str) -> pd.DataFrame:
    """Return the figures of a crisis."""

    def work() -> pd.DataFrame:
        return library.figures[library.figures["crisis"] == crisis]

    return keeping.answer(work, "figures", library.mark(crisis), crisis)


def facts(library: Library, view: Selection) -> Known:
    """Return the crisis's figures as known on the view's day of knowledge."""

    def work() -> Known:
        mine = figures_of(library, view)
        return known(mine, library.sources, view.known, library.crises)

    return keeping.answer(work, "facts", *keeping.as_known(library, view))


def cells(library: Library, view: Selection, day: dt.date | None = None) -> pd.DataFrame:
    """Return what is shown for every series on the view's day, or another."""
    on = day or view.day

    def work() -> pd.DataFrame:
        return lean(shown_cells(facts(library, view), on=on, **frames(library, view)))

    return keeping.answer(work, "cells", *keeping.base(library, view), on.isoformat())


def by_all_rules(library: Library, view: Selection) -> None:
    """Work out what is shown by each rule at once, which is quicker than one by one."""
    given = {name: found for name, found in frames(library, view).items() if name != "rule"}
    key = (*keeping.as_known(library, view), view.day.isoformat())

    def work() -> dict[str, pd.DataFrame]:
        words = [rule.value for rule in Rule]
        return shown_by(words, facts(library, view), on=view.day, **given)

    found = keeping.answer(work, "rules", *key)
    for rule in found:
        base_of = keeping.base(library, view.of(rule=rule))
        keeping.answer(partial(lean, found[rule]), "cells", *base_of, view.day.isoformat())


def shown(library: Library, view: Selection) -> list[Quantity]:
    """Return the cells of the view's day as quantities."""
    key = (*keeping.base(library, view), view.day.isoformat())
    return keeping.answer(lambda: quantities(cells(library, view)), "shown", *key)


def measures(library: Library, view: Selection) -> set[str]:
    """Return the measures that have a figure on the view's day."""
    return set(cells(library, view)["measure"])


def lean(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a small frame with its words as plain objects, which are far quicker to pick from."""
    words = frame.columns[[not is_numeric_dtype(d) and d.kind != "M" for d in frame.dtypes]]
    return frame.astype(dict.fromkeys(words, object))


def total(library: Library, view: Selection) -> Total:
    """Return the sum over the view's places of its measure, population and cause on its day."""

    def work() -> Total:
        return add_up(
            figures_of(library, view),
            library.sources,
            measure=view.measure,
            places=view.places,
            on=view.day,
            population=view.population,
            cause=view.cause,
            crisis=view.crisis,
            identities=library.identities,
            cells=shown(library, view),
        )

    key = (view.measure, view.places, view.population, view.cause, view.day.isoformat())
    return keeping.answer(work, "total", *keeping.base(library, view), *key)


def openings(library: Library, view: Selection, part: Quantity) -> list[Breakdown]:
    """Return the ways in which a shown figure opens into published parts, best first."""

    def work() -> list[Breakdown]:
        return break_down(part, shown(library, view), library.identities)

    key = (part.figure_id, part.place, view.day.isoformat())
    return keeping.answer(work, "openings", *keeping.base(library, view), *key)


def history(library: Library, view: Selection) -> pd.DataFrame:
    """Return what is shown for every series of the crisis, on every day on which it changed."""

    def work() -> pd.DataFrame:
        return lean(reconcile(facts(library, view), **frames(library, view)))

    return keeping.answer(work, "history", *keeping.base(library, view))


def standing(library: Library, view: Selection) -> pd.DataFrame:
    """Return every figure in force on the view's day, whatever it counts."""

    def work() -> pd.DataFrame:
        return lean(in_force(facts(library, view), on=view.day))

    return keeping.answer(work, "standing", *keeping.base(library, view), view.day.isoformat())


def said(library: Library, view: Selection) -> pd.DataFrame:
    """Return every figure that counts as said: not withdrawn, corrected or published later."""

    def work() -> pd.DataFrame:
        return lean(facts(library, view).figures)

    return keeping.answer(work, "said", *keeping.base(library, view))


def rows(library: Library, view: Selection) -> dict[str, Mapping[Hashable, Any]]:
    """Return every figure of the crisis by its id, to look one up."""

    def work() -> dict[str, Mapping[Hashable, Any]]:
        records = lean(figures_of(library, view)).to_dict("records")
        return {str(row["figure_id"]): row for row in records}

    return keeping.answer(work, "rows", *keeping.of_crisis(library, view))


def by_rule(library: Library, view: Selection) -> list[tuple[Rule, Total]]:
    """Return the view's total by each of the rules, side by side."""
    by_all_rules(library, view)
    return [(rule, total(library, view.of(rule=rule.value))) for rule in Rule]


def decisions(library: Library, view: Selection) -> dict[str, Mapping[Hashable, Any]]:
    """Return the decisions of the crisis by their ids."""
    mine = library.decisions[library.decisions["crisis"] == view.crisis]
    return {str(row["decision_id"]): row for row in mine.to_dict("records")}


def decisions_used(library: Library, view: Selection) -> dict[str, tuple[str, bool]]:
    """Return the decisions that chose a number of the day: the figure, and if overtaken."""
    shown = cells(library, view)
    shown = shown[shown["decision"].astype(str) != ""]
    columns = (shown[name] for name in ("decision", "figure_id", "overtaken"))
    return {str(d): (str(figure), bool(over)) for d, figure, over in zip(*columns, strict=True)}


def names(library: Library) -> dict[str, tuple[str, str]]:
    """Return the short and the full name of each source."""

    def work() -> dict[str, tuple[str, str]]:
        table = library.sources[["source", "name"]].astype(str)
        brief = shortened(table["name"])
        return {source: (brief[name], name) for source, name in table.itertuples(index=False)}

    return keeping.answer(work, "names", library.fingerprint)


def short_name(library: Library, source: object) -> str:
    """Return a source's short name; its id where it is not listed."""
    return names(library).get(str(source), (str(source), ""))[0]


def full_name(library: Library, source: object) -> str:
    """Return a source's full name; its id where it is not listed."""
    return names(library).get(str(source), ("", str(source)))[1]
