"""What will change before it changes: row by row, and on the headline numbers; then publish."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import publishing
from figures import Decision, Event, Figure, Source
from loaders import Library
from publishing import Change, Effect, Incoming, Plan
from publishing.git import in_work_tree
from publishing.incoming import ADDED, BAD, BESIDE, CONFLICT, CORRECTION, REPEATED, SKIPPED
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers
from ui.editing import actions, fields
from ui.editing.drafts import Draft
from ui.lists import subject_of
from ui.loading import data_path, findings_table
from ui.selection import Selection
from ui.text import plain

PLANNED = "editing_plan"
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
_EACH = "each"
_MODELS = {"figures": Figure, "sources": Source, "events": Event, "decisions": Decision}


def will_change(
    library: Library, view: Selection, draft: Draft, change: Change, left_out: int = 0
) -> None:
    """Show what a change would do and let the editor publish it.

    ``left_out`` is how many rows of a table cannot be read and are no part of the change.
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
    _counts(planned, left_out)
    _corrections(draft, planned, library)
    _rows(planned, library)
    _numbers(planned, view)
    _noted(planned)
    _publish(draft, planned)


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


def _counts(planned: Plan, left_out: int) -> None:
    counts = (
        (planned.count(ADDED), "{n} new row.", "{n} new rows."),
        (planned.count(CORRECTION), "{n} correction.", "{n} corrections."),
        (planned.count(CONFLICT), "{n} row whose id is taken.", "{n} rows whose id is taken."),
        (planned.count(REPEATED), "{n} row is there already.", "{n} rows are there already."),
        (planned.count(SKIPPED), "{n} row is left out.", "{n} rows are left out."),
        (
            planned.count(BAD) + left_out,
            "{n} row cannot be read and is left out.",
            "{n} rows cannot be read and are left out.",
        ),
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
    for row in rows[:MOST]:
        words = say("{row} corrects {id}", row=_named(row, library), id=row.existing or "…")
        st.checkbox(plain(words), key=draft.begin(f"correct/{row.number}", True))


def _is_offered(row: Incoming) -> bool:
    return row.kind == CORRECTION and not row.given.get("supersedes")


def _is_declined(draft: Draft, row: Incoming) -> bool:
    return row.table == "figures" and draft.get(f"correct/{row.number}") is False


def _rows(planned: Plan, library: Library) -> None:
    """List what becomes of each row, the ones that change something first."""
    order = list(BECOMES)
    rows = sorted(planned.rows, key=lambda row: order.index(row.kind))
    table = pd.DataFrame(
        {
            say("What happens"): [say(BECOMES[row.kind]) for row in rows],
            say("Row"): [_named(row, library) for row in rows],
            say("Id"): [row.id for row in rows],
            say("More"): [_why(row) for row in rows],
        }
    )
    alt = say("What becomes of each row")
    st.dataframe(
        table.head(MOST),
        hide_index=True,
        height="content",
        width="stretch",
        alt=alt,
        placeholder="–",
    )
    if len(table) > MOST:
        message = "The first {n} of {all} are shown."
        st.caption(say(message, n=wording.number(MOST), all=wording.number(len(table))))


def _why(row: Incoming) -> str:
    problems = [f"{found.problem}. {found.remedy}" for found in row.findings]
    return " ".join([*([row.text] if row.kind != ADDED else []), *problems])


def _named(row: Incoming, library: Library) -> str:
    """Return a row in words: what it counts and its number, or its name."""
    cells = dict(row.row or row.given)
    if row.table == "sources":
        return say("Source: {name}", name=cells.get("name", ""))
    if row.table == "events":
        return say("Event: {name}", name=cells.get("label", ""))
    filled = {
        name: cells.get(name) or field.default or ""
        for name, field in _MODELS[row.table].model_fields.items()
        if not field.is_required()
    } | cells
    subject = subject_of({**dict.fromkeys(("country", "measure"), ""), **filled})
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


def _numbers(planned: Plan, view: Selection) -> None:
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
                say("Place"): [plain(wording.listing(map(place_name, e.places))) for e in effects],
                say("Now"): [plain(_shown(e.before)) for e in effects],
                say("Afterwards"): [plain(_afterwards(e)) for e in effects],
            }
        ),
        hide_index=True,
        border="horizontal",
        alt=say("Headline numbers before and after"),
    )


def _shown(total: Any) -> str:
    return str(total.text) if total.parts else say("no figure")


def _afterwards(effect: Effect) -> str:
    after = _shown(effect.after)
    if after == _shown(effect.before):
        return say("{number}, with other figures behind it", number=after)
    return after


def _noted(planned: Plan) -> None:
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


def _publish(draft: Draft, planned: Plan) -> None:
    if not len(planned.ready):
        st.markdown(say("There is nothing to publish."))
        return
    fields.text(draft, "message", say("What you changed, in a sentence for the history"), most=300)
    if in_work_tree(Path(data_path())):
        st.checkbox(say("Also commit it with git"), key=draft.begin("git", False))
    merge = draft.get("merge")
    if merge is not None:
        _merge(draft, planned, merge)
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


def _merge(draft: Draft, planned: Plan, merge: publishing.Merge) -> None:
    """Show what somebody else did meanwhile beside one's own rows, to be confirmed."""
    with st.container(border=True):
        st.warning(plain(f"{merge.sentence} {merge.remedy}"), icon=":material/merge:")
        for other in merge.others:
            words = say("{who}: {what} {note}", who=other.who or "–", what=other.what,
                        note=other.message)  # fmt: skip
            st.markdown(plain(words))
        theirs, mine = st.columns(2)
        with theirs:
            st.markdown(say("**What is there now**"))
            _side(merge.theirs, say("What is there now"))
        with mine:
            st.markdown(say("**What you publish**"))
            _side(merge.mine, say("What you publish"))
        st.button(
            say("Publish mine as well"),
            type="primary",
            key=f"editing_do_merge_{draft.tab}",
            on_click=actions.publish_pressed,
            args=(draft, planned.ready, merge.now),
        )
        st.button(say("Throw my draft away"), key=f"editing_do_drop_{draft.tab}",
                  on_click=draft.clear)  # fmt: skip


def _side(rows: pd.DataFrame, alt: str) -> None:
    wanted = ("change", "text", "id", "country", "measure", "as_of", "value", "quantifier",
              "source", "name", "label", "reason")  # fmt: skip
    table = rows[[name for name in wanted if name in rows]].astype(str)
    st.dataframe(table, hide_index=True, height="content", alt=alt, placeholder="–")
