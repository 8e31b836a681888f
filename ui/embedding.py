"""One chart alone, for a frame in somebody else's page: `/embed?embed=true&chart=trend&…`.

Streamlit's own ``embed=true`` takes its frame away; this page shows nothing but the chart named in
the link, with its title, its sources and a link to the whole view, at any width from 300 pixels.
"""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from loaders import Library
from reconciliation.wording import say
from ui import bridging, linking, lists, mapping, questions, trending
from ui.choosing import link_view, tell
from ui.selection import Selection, notice
from ui.text import link, plain

Draw = Callable[[Library, Selection], bool]


def one_chart(library: Library) -> None:
    """Show the chart that the link names, who counted, and the way to the whole view."""
    view, notices = link_view(library)
    asked = str(st.query_params.get("chart", "")).strip()
    name = asked if asked in CHARTS else "trend"
    st.set_page_config(page_title=linking.title_of(view, name), layout="wide")
    tell([*notices, *([] if asked == name else [notice("chart", asked)])])
    page, draw = CHARTS[name]
    with linking.shown_alone():
        there = draw(library, replace(view, chart=name))
    if not there:
        st.info(plain(say("There is no figure to draw here.")))
    words = say("{crisis}: the whole view, with every source", crisis=view.name)
    st.markdown(link(words, linking.address(view, page, pinned=False)))


def _trend(library: Library, view: Selection) -> bool:
    key = _series(library, view)
    if key:
        trending.trend_chart(library, view, key, log=view.log)
    return bool(key)


def _change(library: Library, view: Selection) -> bool:
    key = _series(library, view)
    if key:
        trending.change_chart(library, view, key)
    return bool(key)


def _series(library: Library, view: Selection) -> str:
    """Return the series that the link asks for, else the fullest; nothing where there is none."""
    series = questions.series(library, view)
    if view.series in series:
        return view.series
    if view.series:
        tell([notice("series", view.series)])
    return next(iter(series), "")


def _overview(library: Library, view: Selection) -> bool:
    lists.small_chart(library, view)
    return bool(questions.lines(library, view)["value"].notna().sum() >= 2)


def _bridge(library: Library, view: Selection) -> bool:
    found = bridging.first(library, view)
    if found is not None:
        bridging.picture(view, found)
    return found is not None


# The page where each chart stands, and what draws it.
CHARTS: dict[str, tuple[str, Draw]] = {
    "trend": ("trends", _trend),
    "change": ("trends", _change),
    "overview": ("", _overview),
    "bridge": ("reconciliation", _bridge),
    "map": ("", mapping.area_map),
}
