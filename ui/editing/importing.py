"""Bringing in a table: see it, say how it is read, mend its cells, see what will change."""

from typing import Any

import pandas as pd
import streamlit as st

from loaders import Library
from loaders.raw import RawTable
from publishing import Change
from publishing.change import Row
from reconciliation import wording
from reconciliation.wording import say
from ui import answers
from ui.checking.screen import ENDINGS, LARGEST
from ui.editing import changing, mapping, mending, newcomers, reading
from ui.editing.drafts import Draft
from ui.editing.reading import Reading
from ui.lists import subject_of
from ui.loading import findings_table
from ui.questions import text_of
from ui.selection import Selection
from ui.text import plain

READ = "editing_reading"
ROWS, MOST_COLUMNS, MOST_SOURCES = 20, 15, 12


def table(library: Library, view: Selection) -> None:
    """Let the editor bring in a table of any shape."""
    draft = Draft(view.crisis, "import")
    if draft.get("file") is None:
        _upload(draft)
        return
    found, rows = _reading(library, view, draft)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(say("Your table: {name}", name=found.table.name)))
        st.button(say("Take another table"), key="editing_do_other", on_click=draft.clear)
    _preview(found)
    if found.table.mapping is not None or found.table.problem:
        mapping.correct(draft, found)
    mending.mend(draft, found)
    _figures(library, found)
    if found.table.figures.empty:
        return
    sources = _newcomers(draft, library, found)
    change = Change(view.crisis, figures=rows, sources=tuple(sources))
    aside = changing.Aside(
        unread=len(reading.left_out(found)),
        numberless=reading.without_number(found),
        nameless=reading.without_id(found),
    )
    changing.will_change(library, view, draft, change, aside)


def _upload(draft: Draft) -> None:
    st.markdown(
        say(
            "Any table of figures: ours, or one of an agency. First you see how it is read and "
            "what it would change; nothing is written before you publish."
        )
    )
    file = st.file_uploader(
        say("Your table"),
        type=ENDINGS,
        max_upload_size=LARGEST,
        key=f"editing_up/{draft.start}",
        help=say("A table as CSV, Excel, OpenDocument or JSON, up to {n} MB.", n=LARGEST),
    )
    if file is not None:
        draft.put("file", (file.name, file.getvalue()))
        st.rerun()


def _reading(library: Library, view: Selection, draft: Draft) -> tuple[Reading, tuple[Row, ...]]:
    """Return the table as it is read and its rows, from the session where nothing has changed."""
    name, data = draft.get("file")
    toml, fixes = draft.get("toml", ""), draft.get("fixes", {})
    key = (library.fingerprint, draft.start, toml, tuple(fixes.items()), wording.language())
    kept: tuple[Any, tuple[Reading, tuple[Row, ...]]] | None = st.session_state.get(READ)
    if kept is not None and kept[0] == key:
        return kept[1]
    with st.spinner(say("Reading your table …")):
        found = reading.read(data, name, library, view.crisis, toml, fixes)
        made = (found, reading.rows_of(library, found))
    st.session_state[READ] = (key, made)
    return made


def _preview(found: Reading) -> None:
    if found.grid is None:
        st.error(say("This file cannot be read as a table."), icon=":material/report:")
        findings_table(found.table.findings, say("What was found"))
        return
    title = say("Your table as it was received")
    with st.expander(title):
        st.dataframe(
            _original(found, ROWS), hide_index=True, height="content", alt=title, placeholder="–"
        )
        rows = wording.say_many("{n} row", "{n} rows", found.grid.cells.num_rows)
        st.caption(plain(rows))


def _original(found: Reading, rows: int) -> pd.DataFrame:
    assert found.received is not None
    columns = found.received.cells.column_names[:MOST_COLUMNS]
    cells = found.received.cells.select(columns).slice(0, rows).to_pydict()
    return pd.DataFrame({say("Line"): found.received.lines[:rows]} | cells).astype(str)


def _figures(library: Library, found: Reading) -> None:
    """Show the rows as figures, each beside the cells it was read from."""
    figures = found.table.figures
    st.subheader(say("Your rows as figures"), anchor=False)
    if figures.empty:
        st.markdown(say("No figure could be read yet. Say above how the table is to be read."))
        rest = found.table.findings
        if len(rest):
            findings_table(rest.head(ROWS), say("What was found"))
        return
    head = figures.head(ROWS)
    records = head.to_dict("records")
    shown = pd.DataFrame(
        {
            say("Line"): head["line"].astype(str).tolist(),
            say("Read as"): [subject_of(row) for row in records],
            say("Number"): [text_of(row) for row in records],
            say("As of"): [wording.day(row["as_of"]) for row in records],
            say("Counted by"): [answers.short_name(library, name) for name in head["source"]],
        }
        | _beside(found, head)
    )
    alt = say("Rows as figures, beside the cells they were read from")
    st.dataframe(shown, hide_index=True, height="content", alt=alt, placeholder="–")
    if len(figures) > ROWS:
        message = "The first {n} of {all} are shown."
        st.caption(say(message, n=wording.number(ROWS), all=wording.number(len(figures))))


def _beside(found: Reading, figures: pd.DataFrame) -> dict[str, list[str]]:
    """Return the original cells of the rows, by the names of the table's own columns.

    A cell that was put right says both what the table has and what is read instead.
    """
    if found.grid is None or found.received is None:
        return {}
    places = pd.Series(range(len(found.grid.lines)), index=found.grid.lines)
    places = places[~places.index.duplicated()]
    lines = [int(places.get(line, -1)) for line in figures["line"]]
    return {
        say("Your {column}", column=name): [
            _cell(found.received, found.grid, name, line) if line >= 0 else "" for line in lines
        ]
        for name in found.received.cells.column_names[:MOST_COLUMNS]
    }


def _cell(received: RawTable, mended: RawTable, name: str, line: int) -> str:
    was, now = (str(table.cells.column(name)[line].as_py() or "") for table in (received, mended))
    return was if was == now else say("{was} (put right: {now})", was=was or "–", now=now)


def _newcomers(draft: Draft, library: Library, found: Reading) -> list[dict[str, str]]:
    """Let the editor describe the sources that nobody knows; return those that are finished."""
    known = set(library.sources["source"].astype(str)) | {""}
    named = pd.concat([found.table.figures["source"], found.table.figures["publisher"]])
    strange = [name for name in dict.fromkeys(named.astype(str)) if name not in known]
    if not strange:
        return []
    st.subheader(say("Sources that are not known yet"), anchor=False)
    made = []
    for name in strange[:MOST_SOURCES]:
        title = say("Describe the source {id}", id=name)
        with st.expander(plain(title), icon=":material/person_add:"):
            row, missing = newcomers.described(draft, f"source/{name}", library, given=name)
            if missing:
                message = "Still missing: {what}. Until then its figures say only {id}."
                words = say(message, what=wording.listing(missing), id=name)
                st.caption(plain(words))
            else:
                made.append(row or {})
    return made
