"""Why numbers differ, which cannot all be true, what was revised and learnt: worked out once."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from brief.composing import MEASURES
from figures import Verdict
from loaders import Library
from reconciliation import (
    Bridge,
    Contradiction,
    Learnt,
    Quantity,
    Total,
    bridge,
    contradictions,
    explain,
    implied,
    learnt,
    revision_facts,
    revisions,
)
from reconciliation.bridges import related_measures, related_pool, usage
from reconciliation.bridges.asking import asked_of, worth_telling
from reconciliation.bridges.asking import told as choose
from reconciliation.bridges.parts import Pool
from reconciliation.wording import say
from ui import answers, keeping
from ui.selection import Selection

WEEK = dt.timedelta(days=7)
EVERYBODY = {"population": "all", "cause": "all"}
# How many contradictions are sought.
LIMIT = 60


def explained(library: Library, view: Selection, limit: int = 3) -> list[Bridge]:
    """Return the bridges from the shown number to its most notable rivals on the view's day."""

    def work() -> list[Bridge]:
        return explain(
            answers.figures_of(library, view),
            on=view.day,
            measure=view.measure,
            places=view.places,
            population=view.population,
            cause=view.cause,
            crisis=view.crisis,
            identities=library.identities,
            limit=limit,
            standing=answers.standing(library, view),
            answers=answers.cells(library, view),
            pool=_pool(library, view),
            **answers.frames(library, view),
        )

    asked = (view.measure, view.places, view.population, view.cause, view.day.isoformat())
    return keeping.answer(work, "explained", *keeping.base(library, view), *asked, limit)


def compared(library: Library, view: Selection, limit: int = 3) -> list[Bridge]:
    """Return the bridges from the number of all places, else from those of each place."""
    if found := explained(library, view):
        return found
    total = answers.total(library, view)
    of_each = [one for part in total.parts for one in explained_of(library, view, part)]
    return worth_telling(of_each, total.value)[:limit]


def unexplained(library: Library, view: Selection) -> str:
    """Return what is said where no two numbers of a view's question are explained."""
    total = answers.total(library, view)
    shown = (*total.parts, total.published)
    if any(number and number.verdict == Verdict.CONFLICT for number in shown):
        return say("Sources give different numbers, and no published figures explain why.")
    return say("Nobody gives a notably different number for this question on this day.")


def told(library: Library, view: Selection) -> list[Bridge]:
    """Return which differences of the view's day and places to tell: those that its brief tells."""

    def work() -> list[Bridge]:
        return choose(_totals(library, view), partial(explained_of, library, view))

    key = (view.places, view.day.isoformat())
    return keeping.answer(work, "told", *keeping.base(library, view), *key)


def told_of(library: Library, view: Selection) -> list[Quantity]:
    """Return the numbers of the view's day whose bridges are asked for to choose what is told."""
    return [number for total in _totals(library, view) for number in asked_of(total)]


def _totals(library: Library, view: Selection) -> Iterator[Total]:
    shown = answers.measures(library, view)
    for word in MEASURES:
        if word in shown:
            yield answers.total(library, view.of(**EVERYBODY, measure=word))


def explained_of(library: Library, view: Selection, about: Quantity) -> list[Bridge]:
    """Return the bridges from one of the view's numbers to its most notable rivals."""
    own = view.of(
        measure=about.measure,
        places=tuple(about.place.split("+")),
        population=about.population,
        cause=about.cause,
    )
    found = explained(library, own)
    # Another figure may be shown for the same words: a bridge from it is not about this.
    return [one for one in found if one.start.figure_id == about.figure_id]


def _pool(library: Library, view: Selection) -> Pool:
    """Return the figures that may explain one of the view's measure, whatever the day."""
    mine = answers.figures_of(library, view)
    rules = keeping.answer(lambda: usage(library.identities), "usage", library.fingerprint)

    def work() -> Pool:
        return related_pool(mine, view.crisis, view.measure, library.sources, view.known, rules)

    related = related_measures(mine, view.measure, rules)
    return keeping.answer(work, "pool", *keeping.as_known(library, view), related)


def bridged(library: Library, view: Selection) -> Bridge | str:
    """Return the bridge that the link asks for, or why there can be none."""

    def work() -> Bridge | str:
        try:
            return bridge(
                answers.figures_of(library, view),
                view.bridge[0],
                view.bridge[1],
                sources=library.sources,
                known_on=view.known,
                identities=library.identities,
                crisis=view.crisis,
            )
        except ValueError as error:
            return str(error)

    return keeping.answer(work, "bridged", *keeping.as_known(library, view), view.bridge)


def family(library: Library, measure: str) -> set[str]:
    """Return the measures tied to one by what must add up: killed, injured and casualties."""
    rules = library.identities
    rules = rules[rules["dimension"].astype(str) == "measure"]
    found = {measure}
    for total, parts in zip(rules["total"].astype(str), rules["parts"].astype(str), strict=True):
        words = {total, *parts.split("+")}
        if measure in words:
            found |= words
    return found


def _tied(library: Library, view: Selection) -> pd.DataFrame:
    """Return the crisis's figures of the view's measure and of those tied to it."""
    mine = answers.figures_of(library, view)
    return mine[mine["measure"].isin(family(library, view.measure))]


def _of_a_day(library: Library, view: Selection) -> dict[str, Any]:
    return {
        "on": view.day,
        "identities": library.identities,
        "known_on": view.known,
        "sources": library.sources,
        "crises": library.crises,
    }


def contradicted(library: Library, view: Selection) -> list[Contradiction]:
    """Return which figures of the measure and its kin cannot all be true on the view's day."""

    def work() -> list[Contradiction]:
        given = _of_a_day(library, view)
        return contradictions(_tied(library, view), limit=LIMIT, **given)

    kin = tuple(sorted(family(library, view.measure)))
    key = (*keeping.as_known(library, view), view.day.isoformat(), kin)
    return keeping.answer(work, "contradicted", *key)


def implied_by_all(library: Library, view: Selection) -> pd.DataFrame:
    """Return what all figures of the measure and its kin together imply, cell by cell."""

    def work() -> pd.DataFrame:
        return answers.lean(implied(_tied(library, view), **_of_a_day(library, view)))

    kin = tuple(sorted(family(library, view.measure)))
    key = (*keeping.as_known(library, view), view.day.isoformat(), kin)
    return keeping.answer(work, "implied", *key)


def ledger(library: Library, view: Selection) -> pd.DataFrame:
    """Return what each source said late, changed or took back."""

    def work() -> pd.DataFrame:
        mine = answers.figures_of(library, view)
        found = revisions(mine, library.sources, view.known, identities=library.identities)
        return answers.lean(found)

    return keeping.answer(work, "ledger", *keeping.as_known(library, view))


def facts(library: Library, view: Selection) -> pd.DataFrame:
    """Return per source how late, how often and how far it is revised."""

    def work() -> pd.DataFrame:
        mine = answers.figures_of(library, view)
        return answers.lean(revision_facts(mine, library.sources, view.known))

    return keeping.answer(work, "habits", *keeping.as_known(library, view))


def until(view: Selection) -> dt.date:
    """Return up to when the view knows: the day chosen for it, else the day it looks at."""
    return view.known or view.day


def since(view: Selection) -> dt.date:
    """Return from when on the reader asks for news: the day chosen, else a week before."""
    usual = until(view) - WEEK
    return usual if view.since is None or view.since >= until(view) else view.since


def news(library: Library, view: Selection) -> Learnt:
    """Return what was learnt since the chosen earlier day."""

    def work() -> Learnt:
        given = answers.frames(library, view)
        del given["known_on"]
        return learnt(answers.figures_of(library, view), since(view), until(view), **given)

    days = (since(view).isoformat(), until(view).isoformat())
    return keeping.answer(work, "learnt", *keeping.base(library, view), *days)
