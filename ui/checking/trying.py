"""What the dashboard would show with the figures of a table: for one reader, in one session."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from figures import Measure
from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, cards, keeping, linking, questions, trending
from ui.checking.merging import Merged
from ui.query import read
from ui.selection import Selection
from ui.text import plain

Kept = dict[tuple[Hashable, ...], Any]


def view_with(view: Selection, library: Library) -> Selection:
    """Return the reader's view of a library with other figures, which may reach further."""
    params = {name: text for name, text in view.params().items() if name != "series"}
    return read(params, library)[0]


def effects(before: Library, after: Library, view: Selection, kept: Kept) -> pd.DataFrame:
    """Return each headline number as it is and as it would be, on the same day.

    Columns: measure, place, before, after (text; "" where there is no figure), changed.
    """
    rows = []
    for word in Measure:
        mine = view.of(measure=word.value, population="all", cause="all")
        with keeping.apart(kept):
            new = _numbers(after, mine)
            # The view may be of a day that the library itself does not reach.
            old = _numbers(before, mine)
        for place in dict.fromkeys([*old, *new]):
            was, now = old.get(place, ""), new.get(place, "")
            rows.append((word.value, place, was, now, was != now))
    return pd.DataFrame(rows, columns=["measure", "place", "before", "after", "changed"])


def _numbers(library: Library, view: Selection) -> dict[str, str]:
    """Return the numbers of a measure's card by place: the sum, what is published, each part."""
    if view.measure not in answers.measures(library, view):
        return {}
    total = answers.total(library, view)
    numbers = {part.place: part.text for part in total.parts}
    if len(view.places) > 1:
        numbers |= {"sum": total.text} if total.parts else {}
        numbers |= {"published": total.published.text} if total.published else {}
    return numbers


def show_effects(table: pd.DataFrame, view: Selection) -> None:
    """Show which headline numbers change, and fold away those that stay."""
    changed = table[table["changed"]]
    if changed.empty:
        message = "No headline number of {day} changes."
        st.markdown(plain(say(message, day=wording.day(view.day))))
    else:
        message = "What changes on {day}:"
        st.markdown(plain(say(message, day=wording.day(view.day))))
        _table(changed)
    same = table[~table["changed"]]
    if len(same):
        one, many = "{n} number stays as it is", "{n} numbers stay as they are"
        with st.expander(wording.say_many(one, many, len(same))):
            _table(same)


def _table(rows: pd.DataFrame) -> None:
    names = {"sum": say("Added up"), "published": say("Published for all")}
    st.table(
        pd.DataFrame(
            {
                say("Measure"): [plain(say(word.capitalize())) for word in rows["measure"]],
                say("Place"): [plain(names.get(p) or place_name(p)) for p in rows["place"]],
                say("Now"): [plain(text or say("no figure")) for text in rows["before"]],
                say("With your table"): [plain(text or say("no figure")) for text in rows["after"]],
            }
        ).set_index(say("Measure"))
    )


def preview(merged: Merged, view: Selection, kept: Kept) -> None:
    """Show the numbers and the course of one measure as they would be with the table's figures.

    Charts come without files and links: those would lead to the library itself.
    """
    library = merged.library
    with keeping.apart(kept), linking.shown_alone():
        words = [word for word in Measure if word.value in answers.measures(library, view)]
        if not words:
            st.info(say("No figure is recent enough on this day."))
            return
        measures = [word.value for word in words]
        mine = [word for word in measures if word in set(merged.new["measure"].astype(str))]
        chosen = st.selectbox(
            say("Measure"),
            [*mine, *(word for word in measures if word not in mine)],
            format_func=lambda word: say(str(word).capitalize()),
            key="trying_measure",
        )
        shown = view.of(measure=str(chosen), population="all", cause="all", series="")
        cards.numbers(library, shown, answers.total(library, shown))
        series = questions.series(library, shown)
        if series:
            trending.trend_chart(library, shown, next(iter(series)), log=False)
