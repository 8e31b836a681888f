"""What a map says, in words beside it: place by place, the number, whose it is and as of when."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers
from ui.questions import Row
from ui.selection import Selection
from ui.text import plain

# How many places are told beside the map before the rest is folded away.
MOST = 8


def told(
    library: Library, view: Selection, rows: pd.DataFrame, unplaced: Sequence[str], level: str
) -> None:
    """List the places of a map with their numbers, those without one, and those without a shape.

    ``rows`` has one row for each place: name, number, state, source, as_of, counts.
    """
    known = rows[rows["state"] == "figure"].to_dict("records")
    with st.container(gap="xsmall"):
        for row in known[:MOST]:
            _place(library, row)
        if len(known) > MOST:
            more = wording.say_many("{n} more", "{n} more", len(known) - MOST)
            with st.expander(more):
                for row in known[MOST:]:
                    _place(library, row)
    rest = rows[rows["state"] == "none"]["name"].tolist()
    if rest:
        st.caption(plain(say("Nobody has a figure for {places}.", places=wording.listing(rest))))
    if unplaced:
        names = wording.listing(place_name(place) for place in unplaced)
        st.caption(plain(say("Not on the map: {places}.", places=names)))


def _place(library: Library, row: Row) -> None:
    source = say("{source}, {day}", source=answers.short_name(library, row["source"]),
                 day=wording.day(row["as_of"]))  # fmt: skip
    head = say("{place}: {number}", place=row["name"], number=row["number"])
    parts = [
        f"**{plain(head)}**",
        *([plain(row["counts"])] if row["counts"] else []),
        plain(source),
    ]
    st.markdown("  \n".join(parts))
