"""The library for a page; where it is empty still, the pages to go to and what to begin with."""

from pathlib import Path

import streamlit as st

from figures import Crisis, Source
from loaders import Library
from loaders.remote import Address
from reconciliation.wording import say
from settings.model import ROOT
from ui import loading, refreshing, speaking
from ui.choosing import menu
from ui.data.files import templates
from ui.text import plain

# The small tables that figures need beside them, and the columns of each.
BESIDE = {
    "crises.csv": ",".join(Crisis.model_fields),
    "sources.csv": ",".join(Source.model_fields),
}


def library(alone: bool = False) -> Library:
    """Return the library, and say on screen what is wrong with it.

    Where it holds no crisis, the page ends here, with the way to the other pages and to blank
    tables. ``alone`` is for a chart in somebody else's page, which says only what it must.
    """
    found = loading.library(alone)
    if alone:
        _alone(found)
        return found
    if found.crises.empty:
        _aside()
        st.title(say("No figures yet"), anchor=False)
    if found.figures.empty and not found.findings["code"].isin(refreshing.CODES).any():
        _what_to_do()
    if found.crises.empty:
        _begin(found)
        st.stop()
    return found


def _alone(found: Library) -> None:
    if found.crises.empty:
        st.info(say("No figures yet"))
        st.stop()


def _aside() -> None:
    """Draw what leads on without a view: the language and the other pages."""
    lang = st.query_params.get(speaking.NAME)
    with st.sidebar:
        speaking.picker()
        menu({speaking.NAME: lang} if lang else {})


def _what_to_do() -> None:
    st.info(
        plain(
            say(
                "There are no figures yet. Files are looked for in {folder}: crises.csv and "
                "sources.csv, and in a folder for each crisis figures.csv. To start, fill in the "
                "blank tables of the Data page.",
                folder=place(loading.data_path()),
            )
        )
    )


def place(path: str) -> str:
    """Return where the data sets are as a setting says it: no account, no folder above ours."""
    if Address.is_remote(path):
        return str(Address.of(path))
    try:
        return f"{Path(path).relative_to(ROOT).as_posix()}/"
    except ValueError:
        return path


def _begin(found: Library) -> None:
    """Offer the blank tables, those of the Data page among them."""
    st.header(say("Start a table"), anchor="start")
    templates(found)
    with st.container(horizontal=True):
        for name, columns in BESIDE.items():
            st.download_button(
                name,
                f"{columns}\r\n",
                file_name=name,
                mime="text/csv",
                key=f"template_{name}",
                on_click="ignore",
                icon=":material/download:",
            )
