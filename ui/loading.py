"""The library on screen: loaded once, shared by all readers, fresh within seconds of a save."""

import logging
import time
from functools import lru_cache
from pathlib import Path
from threading import Lock

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx

import settings
from loaders import Library, Watcher
from loaders.folder import Listed
from reconciliation import wording
from reconciliation.wording import say
from ui import endings, noting, refreshing, tidying
from ui.pace import Pace
from ui.text import plain, short

log = logging.getLogger(__name__)
LOOK_EVERY = settings.current().refresh_seconds
STALE = "last-good-shown"


def data_path() -> str:
    """Return where the data sets are: a setting, or the folder shipped with the app."""
    return settings.current().datasets


# A spinner starts a thread of its own; none is needed to ask a library again that is there.
_read_before: set[str] = set()
pace = Pace(LOOK_EVERY)
# What readers see of each place, and since when: with many of them it changes less often.
_shown: dict[str, tuple[Library, float]] = {}
_taking = Lock()
# Who edits sees each state at once.
NEWEST = "sees_newest"


@st.cache_resource(max_entries=4, show_spinner=False)
def _watcher(path: str) -> Watcher:
    return refreshing.watcher(path)


def local_folder() -> Path | None:
    """Return the folder of the data sets where it is on this machine's disk."""
    path = data_path()
    return None if "://" in path else Path(path)


def folder() -> Listed:
    """Return where the files of the library are read from: the copy, of what is kept elsewhere."""
    return _watcher(data_path()).folder


def current() -> Library:
    """Return the library that readers see; it may be asked outside a reader's session.

    It is as its files now are; with many readers, as they were some seconds ago (``ui.pace``), and
    as it was before while new files are read.
    """
    path = data_path()
    if not _taking.acquire(blocking=path not in _shown):
        return _shown[path][0]
    try:
        if path in _shown and time.monotonic() - _shown[path][1] < pace.hold():
            return _shown[path][0]
        found = _watcher(path).current()
        if path not in _shown or _shown[path][0] is not found:
            _shown[path] = found, time.monotonic()
        return found
    finally:
        _taking.release()


def newest() -> Library:
    """Return the library as its files now are."""
    return _watcher(data_path()).current()


def see_newest() -> None:
    """Have this session see each state of the figures at once: it may be the one that edits."""
    st.session_state[NEWEST] = True


def _mine() -> Library:
    """Return the library that this session sees."""
    return newest() if st.session_state.get(NEWEST) else current()


def times() -> tuple[float | None, float | None]:
    """Return when the folder was last looked at, and when new content was read, since 1970."""
    watcher = _watcher(data_path())
    return watcher.looked, watcher.read


def is_served(shown: Library) -> bool:
    """Return whether this is the library of the data folder, and not one a reader tries out."""
    return shown.fingerprint in (current().fingerprint, newest().fingerprint)


def library(alone: bool = False) -> Library:
    """Return the library, say on screen what is wrong with it, and watch its files.

    ``alone`` is for a chart in somebody else's page: it says only which figures are old.
    """
    found = _read(data_path())
    tidying.begin()
    # For plain `streamlit run`; our own server has done so at its start.
    endings.wait_for_endings()
    _note_page()
    st.fragment(_look, run_every=pace.look())(found, time.monotonic())
    _notices(found, alone)
    return found


def _note_page() -> None:
    if context := get_script_run_ctx():
        pace.note(context.session_id)


def _look(shown: Library, drawn: float) -> None:
    """Look at the files now and then, and draw the page anew when one was written.

    Not while the page is drawn, at ``drawn``: they have just been looked at.
    """
    _note_page()
    if time.monotonic() - drawn < LOOK_EVERY / 2:
        return
    try:
        newer = _mine() is not shown
    except Exception:  # a fragment that raises once never looks again
        log.exception("the data sets cannot be looked at")
        newer = False
    try:
        tidying.tidy([shown, current()])
    except Exception:
        log.exception("memory was not given back")
    if newer:
        _draw_anew()


def _draw_anew() -> None:
    """Draw the page again as it was asked for, unless something else was asked for meanwhile.

    ``st.rerun`` would put this wish in the place of a choice that came while new figures were
    found, and the choice be lost: whatever has come is given way to first.
    """
    if context := get_script_run_ctx():
        asked = RerunData(
            query_string=context.query_string,
            page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
        context.yield_check()
        raise RerunException(asked)


def _read(path: str) -> Library:
    """Return the library; say that it is read where that takes a while: the first time."""
    if path in _read_before:
        return _mine()
    with st.spinner(say("Reading the figures …")):
        found = _mine()
    _read_before.add(path)
    return found


@lru_cache(maxsize=1)
def _wrong(shown: Library) -> tuple[dict[str, list[str]], pd.DataFrame]:
    """Return what is wrong with each file that is shown as it was, and what could not be read.

    Of the former the code, what was found and what to do.
    """
    findings = shown.findings
    causes = {file: [f.code, f.problem, f.remedy] for file, f in shown.instead.items()}
    told = findings["code"].isin(refreshing.CODES)
    return causes, findings[(findings["severity"] == "error") & ~told]


def _as_it_was(file: str, code: str, problem: str, remedy: str) -> str:
    """Return what to tell of a file that is shown as it was before: why, of when, what to do."""
    day = _watcher(data_path()).kept_on(file)
    found = wording.without_stop(noting.problem(code, problem))
    if day is None or code == STALE:
        return noting.told(code, problem, remedy)
    return say(
        "{file} cannot be used: {problem}. Shown instead is what it held on {day}. {remedy}",
        file=file,
        problem=found,
        day=wording.day(day),
        remedy=noting.remedy(code, remedy),
    )


def _notices(shown: Library, alone: bool) -> None:
    """Say which files are shown as they last were, and what could not be read."""
    stale, grave = _wrong(shown)
    trouble = refreshing.trouble(_watcher(data_path()))
    if trouble is not None:
        st.warning(plain(refreshing.notice(trouble)), icon=":material/history:")
    for file, cause in stale.items():
        st.warning(plain(_as_it_was(file, *cause)), icon=":material/history:")
    if len(grave) and not alone:
        one, many = "{n} problem in the data files", "{n} problems in the data files"
        title = wording.say_many(one, many, len(grave))
        with st.expander(title, icon=":material/report:"):
            st.caption(say("What is named here is not counted; the rest is."))
            findings_table(grave, title)


def findings_table(findings: pd.DataFrame, alt: str) -> None:
    """Show findings: where, what is wrong, what would be right."""
    table = noting.in_words(findings)
    st.dataframe(table, hide_index=True, height="content", placeholder="–", alt=alt)


def notes(library: Library) -> None:
    """Show what was found in the data that a reader should know."""
    found = library.findings
    if found.empty:
        st.caption(say("Nothing was found wrong with the files."))
        return
    title = wording.say_many("{n} note on the data", "{n} notes on the data", len(found))
    table = library.sources[["source", "name"]].astype(str)
    names = dict(zip(table["source"], table["name"], strict=True))
    problems = zip(found["code"], found["problem"], strict=True)
    told = [_with_name(code, problem, names) for code, problem in problems]
    with st.expander(title):
        findings_table(found.assign(problem=told), title)


def _with_name(code: object, problem: object, names: dict[str, str]) -> str:
    """Return what was found with the source's name where the loader says its id."""
    first, blank, rest = str(problem).partition(" ")
    known = code in noting.ABOUT_A_SOURCE and first in names
    return f"{short(names[first])}{blank}{rest}" if known else str(problem)
