"""The side of every page: navigation, what to choose, and the link to share."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui.controls import CONTROLS, Control, changed
from ui.query import read
from ui.selection import FLAGS, NAMES, Selection, notice
from ui.text import plain

TITLE = "How many, according to whom?"
ICON = str(Path(__file__).with_name("icon.svg"))
PAGES = (
    {"page": "pages/overview.py", "title": "Overview", "default": True},
    {"page": "pages/trends.py", "title": "Trends", "url_path": "trends"},
    {"page": "pages/reconciliation.py", "title": "Reconciliation", "url_path": "reconciliation"},
    {"page": "pages/sources.py", "title": "Sources", "url_path": "sources"},
    {"page": "pages/methods.py", "title": "Methods", "url_path": "methods"},
)


def choose(library: Library, *names: str) -> Selection:
    """Return the view the URL asks for; draw the navigation and the controls called ``names``.

    The URL alone remembers: a control shows what it says, and a click rewrites it. So reloading,
    the back button and another page show the same, and a link shows what its sender saw.
    """
    given = {name: st.query_params[name] for name in (*NAMES, *FLAGS) if name in st.query_params}
    selection, notices = read(given, library)
    st.set_page_config(page_title=_page_title(selection))
    for sentence in notices:
        st.warning(plain(sentence), icon=":material/link_off:")
    with st.sidebar:
        _navigation(selection)
        for name in names:
            CONTROLS[name](Control(name, selection, library))
        _share(selection)
        _freshness(library, selection)
    return selection


def _page_title(view: Selection) -> str:
    """Return the title of the browser's tab: the question, the day and the crisis."""
    return say(
        "{measure}, {place}, {day}: {crisis}",
        measure=say(view.measure.capitalize()),
        place=view.place_words,
        day=wording.day(view.day),
        crisis=view.name,
    )


def flag(selection: Selection, name: str, label: str) -> bool:
    """Draw a switch for a yes-or-no choice in the URL, where the page wants it."""
    key = f"choose_{name}"
    st.session_state[key] = getattr(selection, name)
    return st.toggle(label, key=key, on_change=changed, args=(name, "", "1"))


def fold(selection: Selection, name: str, label: str) -> Any:
    """Draw a part that is worked out only once it is open; whether it is, is in the URL."""
    key = f"choose_{name}"
    st.session_state[key] = getattr(selection, name)
    return st.expander(label, key=key, on_change=changed, args=(name, "", "1"))


def pick(selection: Selection, name: str, label: str, options: dict[str, str]) -> str:
    """Draw a choice among ``options`` (value: words), where the page wants it."""
    key, values = f"choose_{name}", list(options)
    now = getattr(selection, name)
    if now and now not in options:
        st.warning(plain(notice(name, now)), icon=":material/link_off:")
    st.session_state[key] = now if now in options else values[0]
    args = (name, values[0], None)
    return str(
        st.selectbox(
            label, values, format_func=options.__getitem__, key=key, on_change=changed, args=args
        )
    )


def link_to(page: str, label: str, selection: Selection, **options: object) -> None:
    """Draw a link to another page that shows the same view."""
    params = selection.params()
    st.page_link(f"pages/{page}.py", label=label, query_params=params, **options)  # type: ignore[arg-type]


def _navigation(selection: Selection) -> None:
    with st.container(gap="xxsmall"):
        for page in PAGES:
            st.page_link(
                str(page["page"]),
                label=say(str(page["title"])),
                query_params=selection.params(),
                width="stretch",
            )


def _share(selection: Selection) -> None:
    with st.popover(say("Link to this view"), icon=":material/link:", width="stretch"):
        st.markdown(
            say("This link keeps the day and what is known now; it shows the same tomorrow.")
        )
        base = (st.context.url or "").split("?")[0]
        st.code(
            f"{base}?{urlencode(selection.params(pinned=True))}", language=None, wrap_lines=True
        )


def _freshness(library: Library, selection: Selection) -> None:
    mine = selection.apply(library.figures)
    st.caption(
        say(
            "{figures} by {sources}. New files show by themselves.",
            figures=wording.say_many("{n} figure", "{n} figures", len(mine)),
            sources=wording.say_many("{n} source", "{n} sources", mine["source"].nunique()),
        )
    )
