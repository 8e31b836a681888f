"""What will change before it changes: row by row, and on the headline numbers; then publish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import publishing
from loaders import Library
from publishing import Change, Incoming, Plan
from publishing.git import in_work_tree
from publishing.incoming import ADDED, BAD, BESIDE, CONFLICT, CORRECTION, REPEATED, SKIPPED
from reconciliation import wording
from reconciliation.wording import say
from ui.editing import actions, fields, showing, worded
from ui.editing.drafts import Draft
from ui.loading import data_path
from ui.selection import Selection
from ui.text import plain, spoken

PLANNED = "editing_plan"
_EACH = "each"


@dataclass(frozen=True)
class Aside:
    """How many rows of a table are no part of the change, and why; and how many get an id."""

    unread: int = 0
    numberless: int = 0
    nameless: int = 0


def will_change(
    library: Library, view: Selection, draft: Draft, change: Change, aside: Aside | None = None
) -> None:
    """Show what a change would do and let the editor publish it.

    ``aside`` is what there is to say of the rows of a table that were left out of it.
    """
    st.subheader(say("What will change"), anchor=False)
    _others_meanwhile(library, draft)
    choices = _choices(draft, change)
    try:
        with st.spinner(say("Working out what will change …")):
            planned = _plan(library, view, change, choices)
    except publishing.PublishError as error:
        st.error(plain(error), icon=":material/report:")
        return
    _counts(planned, aside or Aside())
    _corrections(draft, planned, library)
    showing.rows(planned, library)
    showing.numbers(planned)
    showing.noted(planned)
    _publish(library, draft, planned)


def _others_meanwhile(library: Library, draft: Draft) -> None:
    """Say so where the figures are others than when this draft was begun."""
    draft.begin("base", library.fingerprint)
    if draft.get("base") != library.fingerprint:
        message = "The figures have changed since you began. What you see below is of now."
        st.info(say(message), icon=":material/update:")


def _plan(
    library: Library, view: Selection, change: Change, choices: Mapping[tuple[str, int], str]
) -> Plan:
    """Return the plan, from the session where nothing has changed since."""
    day = view.day if "day" in view.chosen else None
    key = (library.fingerprint, repr(change), repr(choices), day, wording.language())
    kept: tuple[Any, Plan] | None = st.session_state.get(PLANNED)
    if kept is not None and kept[0] == key:
        return kept[1]
    planned = publishing.plan(
        library, change.crisis, change, choices=choices, day=day, folder=data_path()
    )
    st.session_state[PLANNED] = (key, planned)
    return planned


def _choices(draft: Draft, change: Change) -> dict[tuple[str, int], str]:
    """Return what the editor chose for rows that may be corrections."""
    how = draft.get("corrections")
    if how == BESIDE:
        return {("figures", n): BESIDE for n in range(len(change.figures))}
    if how != _EACH:
        return {}
    ticks = {n: draft.get(f"correct/{n}", True) for n in range(len(change.figures))}
    return {("figures", n): BESIDE for n, ticked in ticks.items() if not ticked}


def _counts(planned: Plan, aside: Aside) -> None:
    counts = (
        (planned.count(ADDED), "{n} new row.", "{n} new rows."),
        (planned.count(CORRECTION), "{n} correction.", "{n} corrections."),
        (planned.count(CONFLICT), "{n} row whose id is taken.", "{n} rows whose id is taken."),
        (planned.count(REPEATED), "{n} row is there already.", "{n} rows are there already."),
        (planned.count(SKIPPED), "{n} row is left out.", "{n} rows are left out."),
        (
            planned.count(BAD) + aside.unread,
            "{n} row cannot be read and is left out.",
            "{n} rows cannot be read and are left out.",
        ),
        (
            aside.numberless,
            "{n} row has no number and is left out.",
            "{n} rows have no number and are left out.",
        ),
        (aside.nameless, "{n} row had no id and gets one.", "{n} rows had no id and get one each."),
    )
    said = [wording.say_many(one, many, n) for n, one, many in counts if n]
    show = st.info if len(planned.ready) else st.warning
    show(plain(" ".join(said)), icon=":material/difference:")


def _corrections(draft: Draft, planned: Plan, library: Library) -> None:
    """Offer rows of the same source, question and day as corrections; the old row stays."""
    offered = [row for row in planned.rows if _is_offered(row)]
    if not offered and draft.get("corrections") in (None, "correct"):
        return
    options = {
        "correct": say("They correct the earlier figures, which stay in the file"),
        BESIDE: say("They stand beside the earlier figures"),
        _EACH: say("I choose for each"),
    }
    label = say("Rows that give another number for the same source, question and day")
    how = fields.pick(draft, "corrections", label, options, usual="correct")
    if how != _EACH:
        return
    rows = [row for row in planned.rows if _is_offered(row) or _is_declined(draft, row)]
    for row in rows[: showing.MOST]:
        words = say("{row} corrects {id}", row=showing.named(row, library), id=row.existing or "…")
        st.checkbox(spoken(words), key=draft.begin(f"correct/{row.number}", True))


def _is_offered(row: Incoming) -> bool:
    return row.kind == CORRECTION and not row.given.get("supersedes")


def _is_declined(draft: Draft, row: Incoming) -> bool:
    return row.table == "figures" and draft.get(f"correct/{row.number}") is False


def _publish(library: Library, draft: Draft, planned: Plan) -> None:
    if not len(planned.ready):
        st.markdown(say("There is nothing to publish."))
        return
    fields.text(draft, "message", say("What you changed, in a sentence for the history"), most=300)
    if in_work_tree(Path(data_path())):
        st.checkbox(say("Also commit it with git"), key=draft.begin("git", False))
    merge = draft.get("merge")
    if merge is not None:
        _merge(library, draft, planned, merge)
        return
    st.button(
        say("Publish"),
        type="primary",
        icon=":material/publish:",
        key=f"editing_do_publish_{draft.tab}",
        on_click=actions.publish_pressed,
        args=(draft, planned.ready, planned.base),
    )
    trouble(draft)
    found: actions.Trouble | None = draft.get("trouble")
    if found is not None and found.code == "encoding":
        st.button(
            say("Turn the file into UTF-8 and publish"),
            key=f"editing_do_convert_{draft.tab}",
            on_click=actions.publish_pressed,
            args=(draft, planned.ready, planned.base, True),
        )


def trouble(draft: Draft) -> None:
    """Say why the last attempt did nothing."""
    found: actions.Trouble | None = draft.get("trouble")
    if found is not None:
        st.error(plain(f"{found.sentence} {found.remedy}"), icon=":material/report:")


def _merge(library: Library, draft: Draft, planned: Plan, merge: publishing.Merge) -> None:
    """Show what somebody else did meanwhile beside one's own rows, to be confirmed."""
    with st.container(border=True):
        st.warning(plain(f"{merge.sentence} {merge.remedy}"), icon=":material/merge:")
        for other in merge.others:
            words = say("{who}: {what} {note}", who=other.who or "–", what=other.what,
                        note=other.message)  # fmt: skip
            st.markdown(plain(words))
        now, yours = _sides(library, merge)
        theirs, mine = st.columns(2)
        with theirs:
            st.markdown(say("**What is there now**"))
            _side(now, say("What is there now"))
        with mine:
            st.markdown(say("**What you publish**"))
            _side(yours, say("What you publish"))
        st.button(
            say("Publish mine as well"),
            type="primary",
            key=f"editing_do_merge_{draft.tab}",
            on_click=actions.publish_pressed,
            args=(draft, planned.ready, merge.now),
        )
        st.button(say("Throw my draft away"), key=f"editing_do_drop_{draft.tab}",
                  on_click=draft.clear)  # fmt: skip


def _side(table: pd.DataFrame, alt: str) -> None:
    st.dataframe(table, hide_index=True, height="content", alt=alt, placeholder="–")


def _sides(library: Library, merge: publishing.Merge) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the others and one's own, the columns in which they differ first."""
    theirs, mine = worded.records(merge.theirs), worded.records(merge.mine)
    both = [(name, _said(theirs, name), _said(mine, name)) for name in worded.NAMES]
    # Where only one says something (a first day that is the usual one) that is no difference.
    differing = [name for name, there, here in both if there and here and there != here]
    first = [name for name in ("change", "value", *differing) if name not in ("id", "crisis")]
    return worded.table(library, theirs, first), worded.table(library, mine, first)


def _said(rows: Sequence[Mapping[str, str]], name: str) -> set[str]:
    return {row.get(name, "") for row in rows} - {""}
