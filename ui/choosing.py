"""The side of every page: navigation, what to choose, and the link to share."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, keeping, linking, loading, pinned, speaking, titles, warming
from ui.controls import CONTROLS, Control, changed, led
from ui.data.filters import FILTERS
from ui.query import put_out_by, read
from ui.selection import FLAGS, NAMES, Selection, notice
from ui.text import plain

TITLE = "How many, according to whom?"
# As the picture itself: for a file Streamlit would look on the disk with each run.
_PICTURE = base64.b64encode(Path(__file__).with_name("icon.svg").read_bytes()).decode()
ICON = f"data:image/svg+xml;base64,{_PICTURE}"
PAGES = (
    {"page": "pages/overview.py", "title": "Overview", "default": True},
    {"page": "pages/trends.py", "title": "Trends", "url_path": "trends"},
    {"page": "pages/reconciliation.py", "title": "Reconciliation", "url_path": "reconciliation"},
    {"page": "pages/brief.py", "title": "Brief", "url_path": "brief"},
    {"page": "pages/sources.py", "title": "Sources", "url_path": "sources"},
    {"page": "pages/data.py", "title": "Data", "url_path": "data"},
    {"page": "pages/update.py", "title": "Update figures", "url_path": "update"},
    {"page": "pages/methods.py", "title": "Methods", "url_path": "methods"},
)
# The pages that say the crisis's name at their top; "" is the Overview.
NAMED = ("", "sources", "data", "update")
# How many letters of a crisis's name there is room for in its box, after the month.
LONG_NAME = 24
# The page of one chart alone, for frames elsewhere; no reader is led to it.
EMBED = {"page": "pages/embed.py", "title": "One chart", "url_path": linking.EMBED}


def link_view(library: Library) -> tuple[Selection, list[str]]:
    """Return the view that the URL asks for, and what of it was left aside, in words."""
    asked = st.query_params.to_dict()
    led(asked)
    given = {name: asked[name] for name in (*NAMES, *FLAGS) if name in asked}

    def work() -> tuple[Selection, list[str]]:
        view, notices = read(given, library)
        return replace(view, mark=pinned.mark(library, view)), notices

    # Kept by the data's place too: the mark of a view is one of the figures served from there.
    key = (loading.data_path(), library.fingerprint, wording.today(), *given.items())
    return keeping.answer(work, "read", *key)


def tell(notices: Sequence[str]) -> None:
    """Show what of a link had to be left aside."""
    for sentence in notices:
        st.warning(plain(sentence), icon=":material/link_off:")


def choose(library: Library, *names: str) -> Selection:
    """Return the view the URL asks for; draw the navigation and the controls called ``names``.

    The URL alone remembers: a control shows what it says, and a click rewrites it. So reloading,
    the back button and another page show the same, and a link shows what its sender saw.
    """
    selection, notices = link_view(library)
    title = _page_title(library, selection, "measure" in names)
    # Said again: where Streamlit's own server begins on another page than the first, it was narrow.
    st.set_page_config(page_title=title, layout="wide")
    tell(notices)
    pinned.told(library, selection)
    with st.sidebar:
        speaking.picker()
        menu(selection.params())
        for name in names:
            (CONTROLS | FILTERS)[name](Control(name, selection, library))
            if name == "crisis":
                _full_name(selection)
        _share(selection)
        _freshness(library, selection)
    warming.near(library, selection)
    return selection


def _full_name(selection: Selection) -> None:
    """Say the crisis's name in full where the box above cuts it and the page does not say it."""
    if len(selection.name) > LONG_NAME and here() not in NAMED:
        st.caption(plain(selection.name))


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
    where = _page(f"pages/{page}.py")
    st.page_link(where, label=label, query_params=selection.params(), **options)  # type: ignore[arg-type]


def go_to(page: str, selection: Selection) -> None:
    """Open another page with the same view; nothing after this is run."""
    st.switch_page(_page(f"pages/{page}.py"), query_params=selection.params())


@lru_cache
def _page(path: str) -> Any:
    """Return a page to link to; by its path Streamlit would look for it on the disk each time."""
    return st.Page(**next(page for page in PAGES if page["page"] == path))


def menu(params: dict[str, str]) -> None:
    """Draw the links to all pages, with what was chosen."""
    with st.container(gap="xxsmall"):
        for page in PAGES:
            where, label = _page(str(page["page"])), say(str(page["title"]))
            st.page_link(where, label=label, query_params=params, width="stretch")


def here() -> str:
    """Return the address of the page the reader is on; "" is the Overview."""
    last = (st.context.url or "").rstrip("/").rpartition("/")[2]
    return last if any(page.get("url_path") == last for page in PAGES) else ""


def _page_title(library: Library, view: Selection, question: bool) -> str:
    """Return what the browser's tab says: the answer, or the page's name where there is no one."""
    if question and here() == "trends":
        return titles.charted(library, view)
    if question:
        return titles.answer(library, view)
    name = next(str(page["title"]) for page in PAGES if page.get("url_path", "") == here())
    return titles.plain_name(say(name), view)


def _share(selection: Selection) -> None:
    page = here()
    with st.popover(say("Link to this view"), icon=":material/link:", width="stretch"):
        st.markdown(
            say("This link keeps the day and what is known now; it shows the same tomorrow.")
        )
        st.code(linking.address(selection, page), language=None, wrap_lines=True)
        st.markdown(say("This link follows new figures."))
        st.code(linking.address(selection, page, pinned=False), language=None, wrap_lines=True)


def _freshness(library: Library, selection: Selection) -> None:
    def work() -> str:
        mine = put_out_by(answers.figures_of(library, selection), selection.known)
        return say(
            "{figures} by {sources}. New files show by themselves.",
            figures=wording.say_many("{n} figure", "{n} figures", len(mine)),
            sources=wording.say_many("{n} source", "{n} sources", mine["source"].nunique()),
        )

    st.caption(keeping.answer(work, "freshness", *keeping.as_known(library, selection)))
