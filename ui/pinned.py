"""Pinned links: a link shows what its sender saw, or says what is no longer the same.

A pinned link carries ``known``, the day up to which things were known, and ``seen``: the day it was
made and the mark of everything its crisis rested on by then (:mod:`ui.seen`). Rows published later
do not touch it. But a row may be added late with an earlier day, corrected in place, or removed:
then the mark differs, and the page lists what, with the old number and the new one. The old rows
are those kept in ``.seen/`` beside the data, which outlive a restart; where they are not to be had
(a folder that cannot be written to, another server, a link older than what is kept) the page says
that something changed and that it cannot tell what.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from loaders import Library
from reconciliation import wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, keeping, loading, questions, seen, tables
from ui.seen import Cells, Difference
from ui.selection import Selection
from ui.text import plain, safe_link

# The cells of a row as a reader calls them (translatable); a link's own words for the rest.
CELLS = {
    "country": "place",
    "admin1": "province",
    "measure": "measure",
    "population": "who is counted",
    "cause": "cause",
    "counting": "how it counts",
    "since": "first day counted",
    "as_of": "as-of day",
    "as_of_basis": "how the day is known",
    "value": "number",
    "value_high": "higher number",
    "quantifier": "kind of number",
    "unit": "unit",
    "scope": "limits of the count",
    "status": "status",
    "source": "source",
    "publisher": "carried by",
    "published": "day of publishing",
    "url": "link",
    "expression": "words as printed",
    "supersedes": "corrects",
    "note": "note",
    "name": "name",
    "kind": "kind of source",
    "relays": "whose numbers it passes on",
    "rule": "rule",
    "reason": "reason",
}
# What a record is that is no figure (translatable).
OTHERS = {"decision": "Decision {name}", "source": "Source {name}", "crisis": "Settings of {name}"}
# These say the number itself, which has columns of its own.
NUMBER = {"value", "value_high", "quantifier"}
TALL = 320


def store() -> seen.Store:
    """Return the copies of what readers were shown, beside the data."""
    return seen.Store(loading.local_folder())


def mark(library: Library, view: Selection) -> str:
    """Return the mark of what the view rests on, as a pinned link has it; "" if there is none.

    The figures served are kept, once for each version of them, so that a later change can be told.
    Others (a file that a reader only looks at) are not.
    """
    day = view.pinned_to.isoformat()

    def work() -> str:
        found = seen.records(library, view.crisis)
        if loading.is_served(library):
            store().keep(view.crisis, found)
        return seen.mark(seen.known(found, day))

    return keeping.answer(work, "mark", *_base(library, view))


def differences(library: Library, view: Selection) -> list[Difference] | None:
    """Return what is not as the link's maker saw it; ``None`` where that cannot be told.

    The view's own measure comes first.
    """
    wanted, day = view.seen[11:], view.pinned_to.isoformat()

    def work() -> list[Difference] | None:
        before = store().find(view.crisis, wanted, day)
        if before is None:
            return None
        now = seen.known(seen.records(library, view.crisis), day)
        return seen.compare(before, now)

    found = keeping.answer(work, "differences", *_base(library, view), wanted)
    return found and sorted(found, key=lambda one: _far(one, view))


def _base(library: Library, view: Selection) -> tuple[str, ...]:
    return loading.data_path(), library.fingerprint, view.crisis, view.pinned_to.isoformat()


def _far(one: Difference, view: Selection) -> bool:
    return view.measure not in (one.before.get("measure"), one.after.get("measure"))


def told(library: Library, view: Selection) -> None:
    """Say on the page of a pinned link what has changed since it was made."""
    if not view.seen or view.known is None or not view.mark or view.seen[11:] == view.mark:
        return
    day = wording.day(view.seen[:10])
    found = differences(library, view)
    if not found:
        st.info(
            plain(
                say(
                    "Figures behind this link have changed since it was made on {day}. What they "
                    "were then is not kept here, so it cannot be said which.",
                    day=day,
                )
            ),
            icon=":material/history:",
        )
        return
    label = wording.say_many(
        "{n} change since this link was made on {day}",
        "{n} changes since this link was made on {day}",
        len(found),
        day=day,
    )
    with st.expander(plain(label), icon=":material/history:", expanded=len(found) == 1):
        st.caption(
            say(
                "Rows that were added, corrected or removed although they date from before the "
                "link. The page shows them as they are now."
            )
        )
        tables.show(_table(library, found), alt=label, height=TALL)


def _table(library: Library, found: Sequence[Difference]) -> pd.DataFrame:
    either = [one.after or one.before for one in found]
    return pd.DataFrame(
        {
            say("What"): [_what(one) for one in found],
            say("Then"): [_number(one.kind, one.before) for one in found],
            say("Now"): [_number(one.kind, one.after) for one in found],
            say("Change"): [_change(one) for one in found],
            say("Source"): [
                answers.short_name(library, cells["source"]) if one.kind == "figure" else None
                for one, cells in zip(found, either, strict=True)
            ],
            say("Row"): [one.name for one in found],
            say("Link"): [safe_link(cells.get("url")) for cells in either],
        }
    )


def _what(one: Difference) -> str:
    cells = one.after or one.before
    if one.kind != "figure":
        return say(OTHERS[one.kind], name=cells.get("name", one.name))
    where = "/".join(filter(None, (cells["country"], cells.get("admin1"))))
    who = definition(cells["measure"], cells.get("population", "all"), cells.get("cause", "all"))
    return say(
        "{measure}, {place}, {who}, {day}",
        measure=say(cells["measure"].capitalize()),
        place=place_name(where),
        who=who,
        day=wording.day(cells["as_of"]),
    )


def _number(kind: str, cells: Cells) -> str | None:
    """Return a figure's number as its source means it; nothing for what has none."""
    if kind != "figure" or not cells:
        return None
    high = cells.get("value_high")
    row: questions.Row = {
        "value": float(cells["value"]),
        "value_high": float(high) if high else None,
        "quantifier": cells.get("quantifier", "exact"),
    }
    return questions.text_of(row)


def _change(one: Difference) -> str:
    """Return what happened to a row in words: added, removed, or what was corrected to what."""
    if not one.before:
        return say("added since")
    if not one.after:
        return say("removed since")
    rest = [cell for cell in one.cells if one.kind != "figure" or cell not in NUMBER]
    if not rest:
        return say("number corrected")
    corrected = [
        say(
            "{cell}: {old} → {new}",
            cell=say(CELLS.get(cell, cell)),
            old=one.before.get(cell, "–"),
            new=one.after.get(cell, "–"),
        )
        for cell in rest
    ]
    return "; ".join(corrected)
