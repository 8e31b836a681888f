"""The history: who changed what and when, what differs, and the way back."""

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

import publishing
from loaders import Library
from publishing import Comparison, PublishError, Version
from reconciliation import wording
from reconciliation.wording import say
from ui.editing import actions, changing, fields, worded
from ui.editing.drafts import Draft
from ui.loading import data_path
from ui.rights import Editor
from ui.selection import Selection
from ui.text import plain

MOST = 50
NOW = "now"
_NAMED_BY_ID = ("figure_id", "event_id", "decision_id")


def versions(library: Library, view: Selection, editor: Editor | None) -> None:
    """List the versions, the newest first; editors see names, compare and undo."""
    try:
        found = publishing.history(data_path())
    except PublishError as error:
        if error.code == "not-local":
            st.markdown(say("Who changed what is noted where the figures are kept, if anywhere."))
        else:
            st.info(plain(error))
        return
    if not found:
        st.markdown(say("Nothing has been published from this dashboard yet."))
        return
    newest = found[::-1]
    table = pd.DataFrame([_line(version, editor is not None) for version in newest[:MOST]])
    st.dataframe(table, hide_index=True, height="content", width="stretch",
                 alt=say("History"), placeholder="–")  # fmt: skip
    _more(len(newest))
    if editor is not None:
        draft = Draft(view.crisis, "history")
        _compare(library, draft, newest)
        _undo(draft, newest)


def _line(version: Version, named: bool) -> dict[str, str]:
    who = {say("Who"): version.who or "–"} if named else {}
    return {
        say("Version"): wording.number(version.number),
        say("What was done"): version.what,
        say("When"): _when(version),
        **who,
        say("Message"): version.message,
    }


def _when(version: Version) -> str:
    message = "{day}, {time} UTC"
    return say(message, day=wording.day(version.at.date()), time=f"{version.at:%H:%M}")


def _titles(versions: list[Version]) -> dict[str, str]:
    return {
        str(version.number): say(
            "{number}: {what} ({when})",
            number=wording.number(version.number),
            what=version.what,
            when=_when(version),
        )
        for version in versions
    }


def _compare(library: Library, draft: Draft, newest: list[Version]) -> None:
    st.subheader(say("Compare two versions"), anchor=False)
    titles = _titles(newest)
    before, after = st.columns(2)
    first = str(newest[min(1, len(newest) - 1)].number)
    with before:
        a = fields.pick(draft, "from", say("From version"), titles, usual=first)
    with after:
        options = {NOW: say("The files as they are now")} | titles
        b = fields.pick(draft, "to", say("To version"), options, usual=NOW)
    if not st.toggle(say("Show what differs"), key=draft.begin("compare", False)):
        return
    try:
        with st.spinner(say("Comparing …")):
            found = publishing.compare(data_path(), int(a), None if b == NOW else int(b))
    except PublishError as error:
        st.error(plain(error), icon=":material/report:")
        return
    _differences(library, found)


def _differences(library: Library, found: Comparison) -> None:
    parts = (
        (found.changed, "{n} cell was changed", "{n} cells were changed"),
        (found.added, "{n} row was added", "{n} rows were added"),
        (found.removed, "{n} row was taken out", "{n} rows were taken out"),
    )
    # Translatable: the messages of the table above.
    for rows, one, many in parts:
        if len(rows):
            title = wording.say_many(one, many, len(rows))
            st.markdown(f"**{plain(title)}**")
            cells = rows is found.changed
            shown = (_cells if cells else _rows)(library, rows.head(MOST))
            st.dataframe(shown, hide_index=True, height="content", alt=title, placeholder="–")
            _more(len(rows))
    if not any(len(rows) for rows, _, _ in parts):
        st.markdown(say("No row differs."))


def _cells(library: Library, rows: pd.DataFrame) -> pd.DataFrame:
    """Return changed cells as a table: what was and what is, then of which row."""
    told = rows.to_dict("records")
    return pd.DataFrame(
        {
            say("Column"): [worded.column(str(row["column"])) for row in told],
            say("Before"): [_cell(library, row, "before") for row in told],
            say("Afterwards"): [_cell(library, row, "after") for row in told],
            say("Id"): [str(row["id"]) for row in told],
            say("Crisis"): [str(row["crisis"]) for row in told],
        }
    )


def _cell(library: Library, row: Mapping[Hashable, object], when: str) -> str:
    return worded.cell(library, str(row["column"]), str(row[when]))


def _rows(library: Library, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of any of the tables in words; each is named by its id already."""
    mine = rows.drop(columns=[name for name in rows if name in _NAMED_BY_ID])
    return worded.table(library, worded.records(mine))


def _more(count: int) -> None:
    if count > MOST:
        message = "The first {n} of {all} are shown."
        st.caption(say(message, n=wording.number(MOST), all=wording.number(count)))


def _undo(draft: Draft, newest: list[Version]) -> None:
    st.subheader(say("Take a version back"), anchor=False)
    can = [version for version in newest if version.kind != "start"]
    if not can:
        st.markdown(say("There is nothing before the first version."))
        return
    message = "Its rows are taken out again; what came later stays. This can be undone as well."
    st.markdown(say(message))
    chosen = fields.pick(draft, "undo", say("Version to take back"), _titles(can))
    fields.text(draft, "message", say("Why, in a sentence for the history"), most=300)
    sure = st.checkbox(say("Yes, take this version back"), key=draft.begin("sure", False))
    st.button(
        say("Undo"),
        key="editing_do_undo",
        icon=":material/undo:",
        disabled=not (chosen and sure),
        on_click=actions.undo_pressed,
        args=(draft, int(chosen or 0)),
    )
    changing.trouble(draft)
