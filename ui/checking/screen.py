"""Check your own file: what is wrong with it, how it is read, what it would change.

Nothing is stored: the bytes and all that is made of them live in this reader's session and go with
it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

import exports
from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui.checking import assumed, taking, trying
from ui.checking.merging import Merged, merge
from ui.checking.table import Table, look, mark_of
from ui.data import listing, noted
from ui.selection import Selection
from ui.text import file_name, plain

# In megabytes. What is opened here is opened for all readers' share of the memory.
LARGEST = 50
LARGEST_MAPPING = 1
ENDINGS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "json", "gz", "zip"]
ROWS = 50
KEPT = "tried_table"


@dataclass(eq=False)
class Tried:
    """What is kept of a table in the reader's session."""

    table: Table
    merged: Merged
    rows: Mapping[tuple[str, int], Mapping[str, str]]
    answers: trying.Kept = field(default_factory=dict)


def check(library: Library, view: Selection) -> None:
    """Let the reader hand in a table and see what the dashboard makes of it."""
    st.markdown(
        plain(
            say(
                "Hand in any table of figures. It is read here, in this session only: nothing is "
                "stored, and it is gone when you close the page."
            )
        )
    )
    file = st.file_uploader(
        say("Your table"),
        type=ENDINGS,
        max_upload_size=LARGEST,
        key="tried_file",
        help=say("A table as CSV, Excel, OpenDocument or JSON, up to {n} MB.", n=LARGEST),
    )
    given = _mapping()
    if file is None:
        st.session_state.pop(KEPT, None)
        return
    tried = _tried(library, view, file.getvalue(), file.name, given)
    with st.container():
        _told(tried)
        taking.offer(view, file.name, file.getvalue(), given)
        _mapped(tried.table)
        _findings(tried)
        _figures(tried)
        _changes(library, view, tried)


def _mapping() -> str:
    with st.expander(say("I have a mapping for it")):
        file = st.file_uploader(
            say("Mapping (TOML)"),
            type=["toml"],
            max_upload_size=LARGEST_MAPPING,
            key="tried_mapping",
        )
    return file.getvalue().decode("utf-8-sig", "replace") if file is not None else ""


def _tried(library: Library, view: Selection, data: bytes, name: str, mapping: str) -> Tried:
    """Return what is made of a table, from the session where nothing has changed since."""
    key = (library.fingerprint, mark_of(data, name, view.crisis, mapping))
    kept: tuple[Any, Tried] | None = st.session_state.get(KEPT)
    if kept is not None and kept[0] == key:
        return kept[1]
    with st.spinner(say("Reading your table …")):
        table = look(data, name, library, view.crisis, mapping)
        merged = merge(library, table)
        found = pd.concat([table.findings, merged.findings], ignore_index=True)
        lines = [*noted.first_rows(found)["line"], *table.figures["line"].head(ROWS)]
        rows = noted.picked(table.received, table.name, lines) if table.received else {}
    tried = Tried(table, merged, rows)
    st.session_state[KEPT] = (key, tried)
    return tried


def _told(tried: Tried) -> None:
    """Say in one paragraph what became of the table."""
    merged, errors = tried.merged, int((tried.table.findings["severity"] == "error").sum())
    said = [wording.say_many("{n} figure was read.", "{n} figures were read.",
                             len(tried.table.figures))]  # fmt: skip
    counts = (
        (len(merged.new), "{n} is new.", "{n} are new."),
        (len(merged.repeated), "{n} is there already.", "{n} are there already."),
        (
            len(merged.clashing),
            "{n} has a figure_id that another figure uses; it is left out below.",
            "{n} have a figure_id that another figure uses; they are left out below.",
        ),
        (
            len(tried.table.silent),
            "{n} row has no number and is left out.",
            "{n} rows have no number and are left out.",
        ),
        (errors, "{n} problem keeps rows or cells out.", "{n} problems keep rows or cells out."),
    )
    # Translatable: the messages of the table above.
    said += [wording.say_many(one, many, count) for count, one, many in counts if count]
    text = plain(" ".join(said))
    show = st.success if not errors and len(tried.table.figures) else st.warning
    show(text, icon=":material/fact_check:")


def _mapped(table: Table) -> None:
    """Show how the table was read, with the mapping to take away."""
    if table.problem:
        text = say("The mapping cannot be used: {problem}", problem=table.problem)
        st.error(plain(text), icon=":material/report:")
    if table.mapping is None or table.mapping.says_nothing_new():
        return
    label = say("How it was read: a suggested mapping") if table.suggested else say("The mapping")
    with st.expander(label, expanded=table.suggested, icon=":material/account_tree:"):
        st.markdown(
            plain(
                say(
                    "This says how the table was read; correct it in a text editor and hand it "
                    "in above."
                )
            )
        )
        if table.mapping.assumed:
            st.markdown(plain(assumed.told(table.mapping)))
        st.code(table.mapping.dump(), language=None, wrap_lines=True)
        download_mapping(table.mapping.dump(), table.name, key="tried_toml")


def download_mapping(toml: str, table: str, key: str) -> None:
    """Offer a mapping as a file named after its table."""
    st.download_button(
        say("Download the mapping"),
        toml,
        file_name=f"{file_name(table.rsplit('.', 1)[0])}.toml",
        mime="application/toml",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )


def _findings(tried: Tried) -> None:
    found = pd.concat([tried.table.findings, tried.merged.findings], ignore_index=True)
    if found.empty:
        st.markdown(say("Nothing was found wrong with it."))
        return
    st.subheader(say("What was found"), anchor=False)
    noted.show(found, tried.rows)
    st.download_button(
        say("Download the findings"),
        exports.csv(found),
        file_name=f"{file_name('findings', tried.table.name)}.csv",
        mime="text/csv",
        key="tried_findings",
        on_click="ignore",
        icon=":material/download:",
    )


def _figures(tried: Tried) -> None:
    """Show the rows as figures, each with the cells it was read from."""
    figures = tried.table.figures
    if figures.empty:
        return
    st.subheader(say("Your rows as figures"), anchor=False)
    shown = figures.head(ROWS)
    listing.show(tried.merged.library, shown, received=tried.rows)
    if len(figures) > ROWS:
        message = "The first {n} of {all} are shown."
        st.caption(say(message, n=wording.number(ROWS), all=wording.number(len(figures))))
    if len(tried.merged.clashing):
        one, many = "{n} row whose figure_id is taken", "{n} rows whose figure_id is taken"
        with st.expander(wording.say_many(one, many, len(tried.merged.clashing))):
            st.caption(say("Give these another figure_id; the library keeps its own row."))
            taken = tried.merged.clashing.head(ROWS)
            listing.show(tried.merged.library, taken, received=tried.rows)
    pack = exports.bundle(figures, tried.merged.library.sources, {})
    st.download_button(
        say("Download as a table the dashboard reads"),
        exports.FORMATS["csv"].make(pack),
        file_name=f"{file_name('figures', tried.table.name.rsplit('.', 1)[0])}.csv",
        mime="text/csv",
        key="tried_csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _changes(library: Library, view: Selection, tried: Tried) -> None:
    """Show what the headline numbers would be, and how the pages would look."""
    if tried.merged.new.empty:
        return
    st.subheader(say("What it would change"), anchor=False)
    mine = trying.view_with(view, tried.merged.library)
    table = trying.effects(library, tried.merged.library, mine, tried.answers)
    trying.show_effects(table, mine)
    if st.toggle(say("Show the pages with your figures"), key="tried_pages"):
        with st.container(border=True):
            st.caption(say("A preview with your figures added. Only you see it."))
            trying.preview(tried.merged, mine, tried.answers)
