"""The library on screen: loaded once, shared by all readers, fresh within seconds of a save."""

import logging
import os
from pathlib import Path

import pandas as pd
import streamlit as st

from loaders import Library, Watcher
from reconciliation import wording
from reconciliation.wording import say
from ui.text import plain

log = logging.getLogger(__name__)
SHIPPED = Path(__file__).parents[1] / "datasets"
LOOK_EVERY = 2.0
STALE = "last-good-shown"


def data_path() -> str:
    """Return where the data sets are: $DASHBOARD_DATASETS, or the folder shipped with the app."""
    return os.environ.get("DASHBOARD_DATASETS") or str(SHIPPED)


@st.cache_resource(max_entries=4, show_spinner=False)
def _watcher(path: str) -> Watcher:
    return Watcher(path)


def library() -> Library:
    """Return the library, say on screen what is wrong with it, and watch its files."""
    with st.spinner(say("Reading the figures …")):
        found = _watcher(data_path()).current()
    _watch(found)
    _notices(found.findings)
    if found.figures.empty:
        st.info(say("There are no figures yet. Put a figures.csv into a folder of datasets/."))
    if found.crises.empty:
        st.stop()
    return found


@st.fragment(run_every=LOOK_EVERY)
def _watch(shown: Library) -> None:
    """Look at the files now and then, and draw the page anew when one was written."""
    try:
        newer = _watcher(data_path()).current() is not shown
    except Exception:  # a fragment that raises once never looks again
        log.exception("the data sets cannot be looked at")
        newer = False
    if newer:
        st.rerun(scope="app")


def _notices(findings: pd.DataFrame) -> None:
    """Say which files are shown as they last were, and what could not be read."""
    stale = findings[findings["code"] == STALE]
    for file, problem in zip(stale["file"], stale["problem"], strict=True):
        text = say("{file}: {problem}. The last good figures are shown.", file=file,
                   problem=str(problem).rstrip("."))  # fmt: skip
        st.warning(plain(text), icon=":material/history:")
    grave = findings[(findings["severity"] == "error") & (findings["code"] != STALE)]
    if len(grave):
        one, many = "{n} problem in the data files", "{n} problems in the data files"
        title = wording.say_many(one, many, len(grave))
        with st.expander(title, icon=":material/report:"):
            st.caption(say("What is named here is not counted; the rest is."))
            findings_table(grave, title)


def findings_table(findings: pd.DataFrame, alt: str) -> None:
    """Show findings: where, what is wrong, what would be right."""
    columns = {
        "file": say("File"),
        "line": say("Line"),
        "column": say("Column"),
        "value": say("Cell"),
        "problem": say("What was found"),
        "remedy": say("What to do"),
    }
    table = findings[list(columns)].rename(columns=columns)
    st.dataframe(table, hide_index=True, height="content", placeholder="–", alt=alt)


def notes(library: Library) -> None:
    """Show what was found in the data that a reader should know."""
    found = library.findings
    if found.empty:
        st.caption(say("Nothing was found wrong with the files."))
        return
    title = wording.say_many("{n} note on the data", "{n} notes on the data", len(found))
    with st.expander(title):
        findings_table(found, title)
