"""The page for editors: who you are, what was done, and which screen is open."""

import datetime as dt

import streamlit as st

import publishing
from loaders import Library
from publishing import PublishError
from reconciliation.wording import say
from ui import rights
from ui.choosing import link_to
from ui.controls import changed
from ui.editing import drafts
from ui.editing.actions import Done
from ui.editing.drafts import DONE
from ui.loading import data_path, see_newest
from ui.rights import Editor, NotAllowedError
from ui.selection import TABS, Selection
from ui.text import plain

NOTED = "editing_noted"


def who(library: Library, view: Selection) -> Editor | None:
    """Say who the reader is and whether they may edit; return the editor, if they are one."""
    try:
        editor = rights.require()
    except NotAllowedError as reason:
        _viewer(str(reason))
        return None
    drafts.keep()
    see_newest()
    if editor.desk:
        st.caption(say("You edit at this computer; no sign-in is needed."))
    else:
        _signed_in(say("You are signed in as {name}.", name=editor.name))
    _note_outside(library)
    _told(view)
    return editor


def _viewer(reason: str) -> None:
    st.info(plain(reason), icon=":material/lock:")
    if not rights.sign_in_configured():
        return
    if st.user.is_logged_in:
        _signed_in("")
    else:
        st.button(say("Sign in"), type="primary", key="editing_do_sign_in",
                  on_click=rights.sign_in)  # fmt: skip


def _signed_in(sentence: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if sentence:
            st.caption(plain(sentence))
        st.button(say("Sign out"), key="editing_do_sign_out", on_click=rights.sign_out)


def _note_outside(library: Library) -> None:
    """Let the history know the state that this editor sees."""
    if st.session_state.get(NOTED) == library.fingerprint:
        return
    try:
        publishing.note_outside(data_path(), wait=5)
    except PublishError as error:
        st.warning(plain(error), icon=":material/folder_off:")
    else:
        st.session_state[NOTED] = library.fingerprint


def _told(view: Selection) -> None:
    """Tell what was done last, and lead to where it shows."""
    done: Done | None = st.session_state.get(DONE)
    if done is None:
        return
    words = say("Version {number}: {what}", number=done.version.number, what=done.version.what)
    st.success(plain(" ".join([words, *done.version.rewrites])), icon=":material/check_circle:")
    if done.version.git:
        st.caption(plain(done.version.git))
    mine = view
    if done.change is not None and done.change.figures:
        newest = max(done.change.figures, key=lambda row: row.get("as_of", ""))
        day = max(view.day, dt.date.fromisoformat(newest["as_of"]))
        mine = view.of(measure=newest["measure"], **({"day": day} if "day" in view.chosen else {}))
    link_to("overview", say("See it on the Overview"), mine, icon=":material/arrow_forward:")


def for_viewers(view: Selection) -> None:
    """Say what the page is for to who may not edit."""
    st.markdown(
        say(
            "Here editors bring in new figures, correct earlier ones and note decisions. "
            "Nothing is ever overwritten, and every change can be taken back."
        )
    )
    st.markdown(say("Anybody can hold a table of their own against the figures:"))
    link_to("data", say("Check your own table on the Data page"), view,
            icon=":material/fact_check:")  # fmt: skip


def tab(view: Selection) -> str:
    """Draw the choice of the screen, which is in the URL, and return the one that is open."""
    options = {name: say(words) for name, words in TABS.items()}
    st.session_state["choose_tab"] = view.tab
    st.segmented_control(
        say("What do you want to do?"),
        list(options),
        format_func=options.__getitem__,
        key="choose_tab",
        required=True,
        on_change=_switched,
        label_visibility="collapsed",
    )
    return view.tab


def _switched() -> None:
    """Open another screen; what was done on the last one has been told."""
    st.session_state.pop(DONE, None)
    changed("tab", next(iter(TABS)), None)
