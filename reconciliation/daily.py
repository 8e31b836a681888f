"""From day to day: how a total and its parts came about, and what a day brought."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from figures import SERIES
from reconciliation import judging, wording
from reconciliation.days import DayLike
from reconciliation.naming import place_name
from reconciliation.totals import Total
from reconciliation.wording import say

COURSE = ["part", "day", "value", "quantifier", "source", "as_of", "value_high", "figure_id"]
BEFORE = ["value", "value_high", "quantifier", "source", "as_of"]


def course(total: Total, history: pd.DataFrame, until: DayLike) -> pd.DataFrame:
    """Return what a total and its parts were from day to day, up to ``until``: part, day, value.

    The number published for all places comes first, then the series each place is shown by.
    ``history`` is what :func:`reconciliation.reconcile` gives without dates.
    """
    frames = []
    for part in (total.published, *total.parts):
        if part is None:
            continue
        same = history["country"].astype(str) == part.place
        for name in ("measure", "population", "cause", "counting", "scope"):
            same &= history[name].astype(str) == getattr(part, name)
        same &= history["admin1"].astype(str) == ""
        if part.counting == "cumulative":
            same &= history["since"] == part.since
        mine = history[same & (history["date"] <= pd.Timestamp(until))].sort_values("date")
        frames.append(mine.assign(part=part.place, day=mine["date"]))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COURSE)


def line_name(part: str) -> str:
    """Return what a line of a course is called: a place, or that its number is one for several."""
    places = part.split("+")
    return published_for(places) if len(places) > 1 else place_name(part)


def published_for(places: Sequence[str]) -> str:
    """Return what the one number that is published for several places together is called."""
    both = len(places) == 2
    return say("Published for both together" if both else "Published for all together")


def fresh(new: pd.DataFrame, old: pd.DataFrame, after: DayLike) -> pd.DataFrame:
    """Return the shown figures that are of a day later than ``after``, with the number before.

    ``new`` and ``old`` are what is shown on two days (:func:`reconciliation.shown_cells`). The
    number before stands in value_before, value_high_before and quantifier_before, whose it was and
    of which day in source_before and as_of_before; all are missing for a series of which nothing
    was shown.
    """
    keys = list(SERIES)
    before = old[[*keys, "figure_id", *BEFORE]]
    both = new.merge(before, on=keys, how="left", suffixes=("", "_before"))
    other = both["figure_id"] != both["figure_id_before"]
    both = both[other & (both["as_of"] > pd.Timestamp(after))]
    return both.sort_values(["measure", "country", "population", "cause"], key=_rank)


def told_anew(
    row: Mapping[Hashable, Any],
    named: Callable[[object], str],
    expression: Callable[[object], str],
) -> str:
    """Return whose a fresh figure is, how it counts and what was shown before, in words.

    ``row`` is one of :func:`fresh`; ``named`` returns the name of a source by its id,
    ``expression`` the words that a figure's report has for its number, by the figure's id.
    """
    places = {
        "source": named(row["source"]),
        "how": judging.counting(str(row["counting"]), row["since"], row["as_of"]),
    }
    if pd.isna(row["value_before"]):
        return say("{source}, {how}; the first figure", **places)
    quantifier = str(row["quantifier_before"])
    old = wording.quantity(row["value_before"], row["value_high_before"], quantifier)
    return say(
        "{source}, {how}; shown before: {old} ({other}, {day})",
        **places,
        old=judging.quoted(old, quantifier, expression(row["figure_id_before"])),
        other=named(row["source_before"]),
        day=wording.day(row["as_of_before"]),
    )


def _rank(column: "pd.Series[str]") -> "pd.Series[str]":
    first = {"killed": 0, "injured": 1, "displaced": 2, "all": 0}
    return column.astype(str).map(lambda word: (first.get(word, 9), word))
