"""The library on screen: loaded once, shared by all readers, fresh within seconds of a save."""

import datetime as dt
import logging
import os
from dataclasses import dataclass, replace
from threading import Lock

import pandas as pd
import streamlit as st

from loaders import Library, load_library
from loaders.folder import Folder
from reconciliation import wording
from ui.text import plain

log = logging.getLogger(__name__)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOOK_EVERY = 2.0
Stamps = tuple[tuple[str, tuple[object, ...]], ...]


def data_path() -> str:
    """Return where the data sets are: $DASHBOARD_DATASETS, or the folder shipped with the app."""
    return os.environ.get("DASHBOARD_DATASETS") or os.path.join(ROOT, "datasets")


@dataclass(frozen=True)
class Shelf:
    """The library in use, when it was read, and why it is not the newest, if it is not."""

    library: Library
    stamps: Stamps
    read_at: dt.datetime
    trouble: str = ""


class Keeper:
    """Holds the last library that could be read; safe between the sessions that share it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._shelf: Shelf | None = None

    def shelf(self) -> Shelf:
        """Return the library as the files are now, or the last good one with the reason."""
        with self._lock:
            stamps = self.stamps()
            if self._shelf is None or stamps != self._shelf.stamps:
                self._shelf = self._read(stamps)
            return self._shelf

    def stamps(self) -> Stamps:
        """Return what changes when a file is written; empty where the folder cannot be listed."""
        try:
            return tuple(Folder.at(self._path).listing().items())
        except Exception:  # a share that is away must not take the page with it
            log.warning("the folder %s cannot be listed", self._path, exc_info=True)
            return ()

    def _read(self, stamps: Stamps) -> Shelf:
        now = dt.datetime.now()
        old = self._shelf
        try:
            new = load_library(self._path)
        except Exception:  # the screen keeps the last good figures; the log keeps the cause
            log.exception("the data sets in %s cannot be read", self._path)
            if old is None:
                raise
            return replace(old, stamps=stamps, trouble=wording.say("the files cannot be read"))
        lost = _lost(old.library, new) if old else ""
        if old and lost:
            return replace(old, stamps=stamps, trouble=lost)
        return Shelf(new, stamps, now)


def _lost(old: Library, new: Library) -> str:
    """Say which crisis that had figures has none any more; "" when all are there."""
    here = set(new.figures["crisis"].astype(str)) if len(new.figures) else set()
    listed = set(new.crises["crisis"].astype(str)) if len(new.crises) else set()
    had = set(old.figures["crisis"].astype(str))
    gone = sorted(had - here) if not listed else sorted((had - here) & listed)
    if not gone:
        return ""
    return wording.say("the figures of {crisis} cannot be read", crisis=wording.listing(gone))


@st.cache_resource(max_entries=4, show_spinner=False)
def _keeper(path: str) -> Keeper:
    return Keeper(path)


def library() -> Library:
    """Return the library, say on screen what is wrong with it, and watch its files."""
    keeper = _keeper(data_path())
    with st.spinner(wording.say("Reading the figures …"), show_time=False):
        shelf = keeper.shelf()
    _watch(shelf.stamps)
    _notice(shelf)
    if shelf.library.figures.empty:
        _nothing(shelf.library)
    return shelf.library


@st.fragment(run_every=LOOK_EVERY)
def _watch(stamps: Stamps) -> None:
    """Look at the files now and then, and draw the page anew when one was written."""
    now = _keeper(data_path()).stamps()
    if now and now != stamps:
        st.rerun(scope="app")


def _notice(shelf: Shelf) -> None:
    if shelf.trouble:
        read_at = f"{wording.day(shelf.read_at)}, {shelf.read_at:%H:%M}"
        message = "Shown are the last good figures, read on {time}: {trouble} at the moment."
        st.warning(
            plain(wording.say(message, time=read_at, trouble=shelf.trouble)),
            icon=":material/history:",
        )
    grave = shelf.library.findings[shelf.library.findings["severity"] == "error"]
    if len(grave):
        one, many = "{n} problem in the data files", "{n} problems in the data files"
        title = wording.say_many(one, many, len(grave))
        with st.expander(title, icon=":material/report:"):
            st.caption(wording.say("What is named here is not counted; the rest is."))
            findings_table(grave, title)


def findings_table(findings: pd.DataFrame, alt: str) -> None:
    """Show findings: where, what is wrong, what would be right."""
    columns = {
        "file": wording.say("File"),
        "line": wording.say("Line"),
        "column": wording.say("Column"),
        "value": wording.say("Cell"),
        "problem": wording.say("What was found"),
        "remedy": wording.say("What to do"),
    }
    table = findings[list(columns)].rename(columns=columns)
    st.dataframe(table, hide_index=True, height="content", placeholder="–", alt=alt)


def notes(library: Library) -> None:
    """Show what was found in the data that a reader should know."""
    found = library.findings
    if found.empty:
        st.caption(wording.say("Nothing was found wrong with the files."))
        return
    summary = found.groupby(["code", "problem"], sort=False).size()
    title = wording.say_many("{n} note on the data", "{n} notes on the data", len(found))
    st.caption(plain(wording.say("{notes} of {kinds} kinds.", notes=title, kinds=len(summary))))
    findings_table(found, title)


def _nothing(found: Library) -> None:
    st.info(wording.say("There are no figures yet. Put a figures.csv into a folder of datasets/."))
    if found.crises.empty:
        st.stop()
