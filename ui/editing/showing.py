"""What a change does: row by row, to the headline numbers, contradictions and findings."""

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders import Library
from publishing import Effect, Incoming, Plan
from publishing.change import TABLES
from publishing.incoming import ADDED, BAD, CONFLICT, CORRECTION, REPEATED, SKIPPED
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, noting
from ui.lists import subject_of
from ui.loading import findings_table
from ui.text import plain

MOST = 50
# What becomes of a row (translatable).
BECOMES = {
    ADDED: "Added",
    CORRECTION: "Correction",
    CONFLICT: "Its id is taken",
    REPEATED: "Already there",
    SKIPPED: "Left out",
    BAD: "Cannot be read",
}


def rows(planned: Plan, library: Library) -> None:
    """List what becomes of each row, the ones that change something first."""
    order = list(BECOMES)
    found = sorted(planned.rows, key=lambda row: order.index(row.kind))
    table = pd.DataFrame(
        {
            say("What happens"): [say(BECOMES[row.kind]) for row in found],
            say("Row"): [named(row, library) for row in found],
            say("Id"): [row.id for row in found],
            say("More"): [_why(row) for row in found],
        }
    )
    st.table(
        table.head(MOST).map(plain),
        hide_index=True,
        border="horizontal",
        alt=say("What becomes of each row"),
    )
    if len(table) > MOST:
        message = "The first {n} of {all} are shown."
        st.caption(say(message, n=wording.number(MOST), all=wording.number(len(table))))


def _why(row: Incoming) -> str:
    problems = [noting.told(found.code, found.problem, found.remedy) for found in row.findings]
    return " ".join([*([row.text] if row.kind != ADDED else []), *problems])


def named(row: Incoming, library: Library) -> str:
    """Return a row in words: what it counts and its number, or its name."""
    cells = dict(row.row or row.given)
    if row.table == "sources":
        return say("Source: {name}", name=cells.get("name", ""))
    if row.table == "events":
        return say("Event: {name}", name=cells.get("label", ""))
    filled = {
        name: cells.get(name) or field.default or ""
        for name, field in TABLES[row.table].model_fields.items()
        if not field.is_required()
    } | cells
    both: dict[Hashable, Any] = {"country": "", "measure": ""}
    both |= {str(name): cell for name, cell in filled.items()}
    subject = subject_of(both)
    if row.table == "decisions":
        return say("Decision: {subject}", subject=subject)
    return say(
        "{subject}: {number}, {source}, {day}",
        subject=subject,
        number=_number(cells),
        source=answers.short_name(library, cells.get("source", "")),
        day=_day(cells.get("as_of", "")),
    )


def _number(cells: Mapping[str, str]) -> str:
    try:
        high = cells.get("value_high")
        value = int(cells.get("value", ""))
        word = cells.get("quantifier") or "exact"
        return wording.quantity(value, int(high) if high else None, word)
    except ValueError:
        return str(cells.get("value", ""))


def _day(text: str) -> str:
    try:
        return wording.day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def numbers(planned: Plan) -> None:
    """Show each headline number that changes, before and after."""
    if not planned.effects:
        return
    on = wording.day(planned.effects[0].day)
    if not planned.changed:
        st.markdown(plain(say("No headline number of {day} changes.", day=on)))
        return
    st.markdown(plain(say("Headline numbers of {day} that change:", day=on)))
    _table(planned.changed)


def _table(effects: tuple[Effect, ...]) -> None:
    st.table(
        pd.DataFrame(
            {
                say("Measure"): [plain(say(e.measure.capitalize())) for e in effects],
                say("Place"): [plain(e.where) for e in effects],
                say("Now"): [plain(e.numbers[0]) for e in effects],
                say("Afterwards"): [plain(_afterwards(e)) for e in effects],
            }
        ),
        hide_index=True,
        border="horizontal",
        alt=say("Headline numbers before and after"),
    )


def _afterwards(effect: Effect) -> str:
    before, after = effect.numbers
    if after == before:
        return say("{number}, with other figures behind it", number=after)
    return after


def noted(planned: Plan) -> None:
    """Show the contradictions and findings that the change brings."""
    count = len(planned.contradictions)
    if count:
        one, many = "{n} new contradiction", "{n} new contradictions"
        with st.expander(wording.say_many(one, many, count), icon=":material/balance:"):
            for sentence in planned.contradictions[:MOST]:
                st.markdown(plain(sentence))
    if len(planned.findings):
        one, many = "{n} new note on the data", "{n} new notes on the data"
        title = wording.say_many(one, many, len(planned.findings))
        with st.expander(title, icon=":material/rule:"):
            findings_table(planned.findings.head(MOST), title)
