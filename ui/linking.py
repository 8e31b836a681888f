"""Addresses of views: the link to share, pinned or live, and the code that puts a chart elsewhere.

A *pinned* link holds everything chosen, the day, what was known, the rule and the mark of the
figures (see :mod:`ui.pinned`), so that it shows the same tomorrow and says so if it cannot. A
*live* link holds only what was chosen, so that it follows new figures.
"""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from reconciliation.wording import say
from ui.selection import Selection

# The page that shows one chart alone.
EMBED = "embed"
# What each chart is called in the title of its frame (translatable).
TITLES = {
    "trend": "Figures over time",
    "change": "Change from figure to figure",
    "overview": "Killed over time",
    "bridge": "Why two reports differ",
    "map": "Map",
}
# How high a frame is that fits each chart; other charts get the first.
HEIGHTS = {"": 720, "overview": 520, "bridge": 680, "map": 860}
# What a link to a chart says: the question, and what makes this chart of it.
ASKED = frozenset(
    {
        *("crisis", "measure", "country", "population", "cause"),
        *("day", "known", "rule", "seen", "lang"),
    }
)
OWN = {
    "trend": ("series", "log", "explore"),
    "change": ("series", "change", "explore"),
    "bridge": ("bridge",),
    "map": ("map", "shade"),
}


_alone: ContextVar[bool] = ContextVar("alone", default=False)


@contextmanager
def shown_alone() -> Iterator[None]:
    """Draw what is drawn inside the block as one chart alone, without tables and files."""
    token = _alone.set(True)
    try:
        yield
    finally:
        _alone.reset(token)


def alone() -> bool:
    """Return whether a chart is to be drawn alone: its title and picture, and nothing to do."""
    return _alone.get()


def title_of(view: Selection, chart: str) -> str:
    """Return what a chart is called where it stands alone, such as in the title of its frame."""
    return say(
        "{chart}: {measure}, {place}: {crisis}",
        chart=say(TITLES.get(chart, TITLES["trend"])),
        measure=say(view.measure.capitalize()),
        place=view.place_words,
        crisis=view.name,
    )


def base() -> str:
    """Return the address of the dashboard itself, with a slash at its end.

    A page asks the reader's browser; where there is none (a test, a script) it is just ``/``.
    """
    parts = urlsplit(st.context.url or "")
    inside = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{inside}/" if inside else "/"
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else path


def address(view: Selection, page: str = "", *, pinned: bool = True, embed: str = "") -> str:
    """Return the full URL of a view on ``page`` ("" is the Overview, else "trends", …).

    ``pinned`` fixes the day and what was known; without it the link follows new figures. ``embed``
    names the chart to show alone ("trend", "change", "overview", "bridge", "map").
    """
    params = view.params(pinned=pinned)
    if not embed:
        return f"{base()}{page}?{urlencode(params)}"
    return f"{base()}{EMBED}?{urlencode({'embed': 'true', 'chart': embed, **params})}"


def of_chart(view: Selection, chart: str) -> Selection:
    """Return the view with nothing chosen but what one chart shows, for a link to it."""
    return replace(view, chosen=view.chosen & ASKED.union(OWN.get(chart, ())))


def embed_code(view: Selection, page: str, chart: str, *, pinned: bool = True) -> str:
    """Return the HTML that puts one chart of a page into a page of one's own."""
    own = of_chart(view, chart)
    where = html.escape(address(own, page, pinned=pinned, embed=chart))
    name = html.escape(title_of(view, chart))
    height = HEIGHTS.get(chart, HEIGHTS[""])
    return (
        f'<iframe src="{where}" title="{name}" width="100%" height="{height}" '
        'style="border:0" loading="lazy"></iframe>'
    )
