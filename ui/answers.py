"""What the pages ask of the reconciliation, each answer worked out once for all readers.

Answers are kept under the library's fingerprint and plain values, never under a frame. They are
shared: whoever changes one must copy it first.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from figures import Rule
from loaders import Library
from reconciliation import (
    Breakdown,
    Quantity,
    Total,
    add_up,
    break_down,
    in_force,
    reconcile,
    shown_cells,
)
from reconciliation.known import known
from ui.selection import Selection
from ui.text import short

T = TypeVar("T")
DAY = dt.timedelta(days=1)


@st.cache_resource(max_entries=600, show_spinner=False)
def _kept(key: tuple[Hashable, ...], _work: Callable[[], Any]) -> Any:
    return _work()


def _answer(work: Callable[[], T], *key: Hashable) -> T:
    result: T = _kept(key, work)
    return result


def _base(library: Library, view: Selection) -> tuple[Hashable, ...]:
    return library.fingerprint, view.crisis, str(view.known), view.rule


def _frames(library: Library, view: Selection) -> dict[str, Any]:
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
    return _answer(
        lambda: view.apply(library.figures), "figures", library.fingerprint, view.crisis
    )


def cells(library: Library, view: Selection, day: dt.date | None = None) -> pd.DataFrame:
    """Return what is shown for every series on the view's day, or another."""
    on = day or view.day

    def work() -> pd.DataFrame:
        return shown_cells(figures_of(library, view), on=on, **_frames(library, view))

    return _answer(work, "cells", *_base(library, view), on.isoformat())


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
            cells=cells(library, view),
        )

    key = (view.measure, view.places, view.population, view.cause, view.day.isoformat())
    return _answer(work, "total", *_base(library, view), *key)


def openings(library: Library, view: Selection, part: Quantity) -> list[Breakdown]:
    """Return the ways in which a shown figure opens into published parts, best first."""

    def work() -> list[Breakdown]:
        return break_down(part, cells(library, view), library.identities)

    key = (part.figure_id, part.place, view.day.isoformat())
    return _answer(work, "openings", *_base(library, view), *key)


def history(library: Library, view: Selection) -> pd.DataFrame:
    """Return what is shown for every series of the crisis, on every day on which it changed."""

    def work() -> pd.DataFrame:
        return reconcile(figures_of(library, view), **_frames(library, view))

    return _answer(work, "history", *_base(library, view))


def standing(library: Library, view: Selection) -> pd.DataFrame:
    """Return every figure in force on the view's day, whatever it counts."""

    def work() -> pd.DataFrame:
        return in_force(
            figures_of(library, view),
            on=view.day,
            known_on=view.known,
            sources=library.sources,
            crises=library.crises,
        )

    return _answer(work, "standing", *_base(library, view), view.day.isoformat())


def said(library: Library, view: Selection) -> pd.DataFrame:
    """Return every figure that counts as said: not withdrawn, corrected or published later."""

    def work() -> pd.DataFrame:
        mine = figures_of(library, view)
        return known(mine, library.sources, view.known, library.crises).figures

    return _answer(work, "said", *_base(library, view))


def by_rule(library: Library, view: Selection) -> list[tuple[Rule, Total]]:
    """Return the view's total by each of the rules, side by side."""
    return [(rule, total(library, view.of(rule=rule.value))) for rule in Rule]


def names(library: Library) -> dict[str, tuple[str, str]]:
    """Return the short and the full name of each source."""

    def work() -> dict[str, tuple[str, str]]:
        table = library.sources[["source", "name"]].astype(str)
        return {source: (short(name), name) for source, name in table.itertuples(index=False)}

    return _answer(work, "names", library.fingerprint)


def short_name(library: Library, source: object) -> str:
    """Return a source's short name; its id where it is not listed."""
    return names(library).get(str(source), (str(source), ""))[0]


def full_name(library: Library, source: object) -> str:
    """Return a source's full name; its id where it is not listed."""
    return names(library).get(str(source), ("", str(source)))[1]
