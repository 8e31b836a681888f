"""The figures of a crisis, or of all, page by page."""

import streamlit as st

from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui.controls import Control, changed, rewrite
from ui.data import files, listing
from ui.data.asked import LONGEST_SEARCH, ROWS_ON_A_PAGE
from ui.data.filters import FILTERS
from ui.data.rows import matching, page_of
from ui.selection import Selection
from ui.text import plain


def browse(library: Library, view: Selection) -> None:
    """Let the reader search the figures, look through them page by page and take them away."""
    _search(view)
    found = matching(library, view)
    page, pages = page_of(view, found, ROWS_ON_A_PAGE)
    start = (page - 1) * ROWS_ON_A_PAGE
    shown = library.figures.iloc[found[start : start + ROWS_ON_A_PAGE]]
    said, order, taken = st.columns([2, 1.3, 1], vertical_alignment="bottom")
    said.markdown(_count(start, len(shown), len(found)))
    with order:
        FILTERS["sort"](Control("sort", view, library))
    with taken:
        files.offer(library, view, found)
    if shown.empty:
        _nothing(view)
        return
    listing.show(library, shown, crises=view.every, sort=view.asked.sort)
    if pages > 1:
        _turn(page, pages)


def contents(**parts: str) -> None:
    """Show what else is on the page, by the names of its headings, each with the way to it."""
    st.markdown(" · ".join(f"[{plain(label)}](#{name})" for name, label in parts.items()))


def _search(view: Selection) -> None:
    st.session_state["choose_q"] = view.asked.q
    st.text_input(
        say("Search"),
        key="choose_q",
        max_chars=LONGEST_SEARCH,
        placeholder=say("Words from the report, a source, a place, a figure's name …"),
        on_change=changed,
        args=("q", "", None),
        icon=":material/search:",
    )


def _count(start: int, shown: int, found: int) -> str:
    if not found:
        return say("No figure fits.")
    if shown == found:
        return wording.say_many("{n} figure", "{n} figures", found)
    message = "Figures {first} to {last} of {all}"
    return say(message, first=wording.number(start + 1), last=wording.number(start + shown),
               all=wording.number(found))  # fmt: skip


def _nothing(view: Selection) -> None:
    if not view.asked.is_filtered():
        st.info(say("There are no figures here yet."))
        return
    st.info(say("No figure fits all that is chosen. Search for less, or leave a choice open."))
    st.button(say("Show all figures"), on_click=_show_all)


def _show_all() -> None:
    for name in ("q", "what", "place", "by", "status", "from", "to"):
        rewrite(name, "")


def _turn(page: int, pages: int) -> None:
    """Draw what leads to other pages of rows."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, to, icon in (
            (say("Previous"), page - 1, ":material/chevron_left:"),
            (say("Next"), page + 1, ":material/chevron_right:"),
        ):
            st.button(
                label,
                icon=icon,
                key=f"turn_{icon}",
                disabled=not 1 <= to <= pages,
                on_click=_go,
                args=(to,),
            )
        st.session_state["choose_page"] = page
        st.number_input(
            say("Page (of {pages})", pages=wording.number(pages)),
            min_value=1,
            max_value=pages,
            key="choose_page",
            on_change=changed,
            args=("page", "1", None),
            width=160,
        )


def _go(page: int) -> None:
    rewrite("page", str(page) if page > 1 else "")
