"""A chart as every page shows it: title, subtitle, picture, its data, files, link and code."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import pandas as pd
import streamlit as st

import charts
import exports
from reconciliation import wording
from reconciliation.wording import say
from ui import downloads, linking, pieces, tables
from ui.selection import Selection
from ui.text import link, plain
from ui.words import commas, knowledge

CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "pan2d", "zoom2d", "resetScale2d"]],
    "responsive": True,
}
# The widths, in pixels, that charts of a page and of a column are drawn for.
PAGE = (340, 640, 940)
COLUMN = (220, 280, 340, 400, 480, 580)
# A file is one picture, wide enough for a slide and for a page.
FILE = 940
# A longer or broader table scrolls by itself; a smaller one is plain HTML.
SMALL = (40, 6)
MOST_NAMED = 6
# What means something else in an address, or is left out of one.
_QUOTED = str.maketrans({letter: f"%{ord(letter):02X}" for letter in "%#\n\r\t"})
_theme: ContextVar[str] = ContextVar("theme", default="")


@dataclass(frozen=True)
class Chart:
    """One chart and everything that goes with it, from one frame of data.

    ``title`` says the finding's subject; ``subtitle`` measure, place, definition and days; ``alt``
    tells the finding to who cannot see it. ``table`` is the data for readers, ``raw`` for programs.
    ``draw`` gives the SVG for a width in pixels and a theme. ``name`` is the name of its files,
    ``page`` where it stands, ``kind`` what an address of it alone calls it, ``widths`` those it is
    drawn for on screen.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    table: pd.DataFrame
    raw: pd.DataFrame
    draw: Callable[[int, str], str]
    name: str
    page: str
    kind: str
    widths: tuple[int, ...] = PAGE


@contextmanager
def drawn_in(colours: str) -> Iterator[None]:
    """Draw in a theme within the block, where no reader's page is drawn."""
    token = _theme.set(colours)
    try:
        yield
    finally:
        _theme.reset(token)


def theme() -> str:
    """Return the reader's theme: light or dark."""
    if _theme.get():
        return _theme.get()
    kind = getattr(st.context.theme, "type", None)
    return "dark" if kind == "dark" else "light"


def words() -> charts.Words:
    """Return what charts say, and how they write numbers and days, in the reader's language."""
    return charts.Words(
        shown=say("Shown figure"),
        band=say("Range over independent sources"),
        others=say("Other sources"),
        axis="%-d %b\n%Y" if wording.language() == "en" else "%-d/%-m\n%Y",
        chosen=say("Chosen day"),
        event=say("Event"),
        same=say("Both figures of one source"),
        between=say("Figures of two sources"),
        number=wording.number,
        day=wording.day,
    )


def head(title: str, subtitle: str) -> None:
    """Say what a chart is about: its subject, then measure, place, definition and days."""
    pieces.show(pieces.heading(title), pieces.small(subtitle))


def fitted(chart: Chart, colours: str) -> str:
    """Return one SVG, in a theme, that is legible in whatever room it gets."""
    return charts.fitted({width: chart.draw(width, colours) for width in chart.widths})


def picture(svg: str, alt: str) -> None:
    """Show an SVG, written as it is: Streamlit would write it in letters that hardly pack."""
    st.image("data:image/svg+xml," + svg.translate(_QUOTED), width="stretch", alt=alt)


def show(view: Selection, chart: Chart, *, svg: str = "", note: str = "") -> None:
    """Show a chart as a picture, with its title above and the panel below.

    ``svg`` is the picture where it is at hand already; ``note`` explains the marks.
    """
    head(chart.title, chart.subtitle)
    picture(svg or fitted(chart, theme()), chart.alt)
    _noted(note)
    panel(view, chart)


def explored(view: Selection, chart: Chart, figure: object, note: str = "") -> None:
    """Show a chart to hover over and to zoom into, with its title above and the panel below."""
    head(chart.title, chart.subtitle)
    st.plotly_chart(
        figure,
        width="stretch",
        theme=None,
        config=CONFIG,
        key=f"chart_{chart.name}",
        alt=chart.alt,
    )
    _noted(note)
    panel(view, chart)


def _noted(note: str) -> None:
    if note:
        st.caption(plain(note))


def panel(view: Selection, chart: Chart) -> None:
    """Show what can be had of a chart: its data as a table, files, the link, code to embed it."""
    if linking.alone():
        st.caption(plain(chart.source))
    else:
        _panel(view, chart)


@st.fragment
def _panel(view: Selection, chart: Chart) -> None:
    """Draw what can be had of a chart; what is folded away is worked out once it is opened.

    Opening it costs this part alone, not the page.
    """
    behind = st.expander(
        say("The figures behind this chart: table, download, share"),
        icon=":material/table_rows:",
        key=f"behind_{chart.name}",
        on_change="rerun",
    )
    if behind.open:
        with behind:
            with st.container(horizontal=True, gap="small"):
                _files(view, chart)
            as_table(chart.table, say("Data of the chart: {chart}", chart=chart.title))
            st.caption(plain(chart.source))
            _share(view, chart)


def as_table(data: pd.DataFrame, alt: str) -> None:
    """Show a chart's data: as plain HTML where it is small, else as a table that scrolls."""
    if len(data) > SMALL[0] or len(data.columns) > SMALL[1]:
        tables.show(data, alt=alt, height=420)
        return
    shown = data.astype(object).where(data.notna(), None)
    safe = shown.map(_cell).rename(columns=plain)
    if say("Link") in data:
        safe[say("Link")] = [link(say("Open"), url) if url else "–" for url in data[say("Link")]]
    st.table(safe, hide_index=True, border="horizontal", alt=alt)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if hasattr(value, "year"):
        return plain(wording.day(value))
    return plain(value)


def _share(view: Selection, chart: Chart) -> None:
    st.markdown(say("A link that shows the same tomorrow: the day and what is known are fixed."))
    st.code(_address(view, chart), language=None, wrap_lines=True)
    st.markdown(say("To show this chart in a page of your own:"))
    code = linking.embed_code(view, chart.page, chart.kind)
    st.code(code, language=None, wrap_lines=True)


def _files(view: Selection, chart: Chart) -> None:
    """Offer the chart's files, each made only when it is asked for."""
    about = _about(view, chart)
    makers: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        (say("Picture (PNG)"), "png", "image/png", lambda: charts.png(_framed(chart, about))),
        (say("Drawing (SVG)"), "svg", "image/svg+xml", lambda: _framed(chart, about).encode()),
        (say("Data (CSV)"), "csv", "text/csv", lambda: exports.csv(chart.raw, _named(about))),
        (
            say("Data (Excel)"),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda: exports.xlsx({say("Figures"): chart.raw}, _named(about)),
        ),
    )
    for label, ending, mime, make in makers:
        name = f"{chart.name}.{ending}"
        st.download_button(
            label,
            downloads.deferred(make, name, mime),
            file_name=name,
            mime=mime,
            key=f"download_{chart.name}_{ending}",
            on_click="ignore",
            icon=":material/download:",
        )


@dataclass(frozen=True)
class _About:
    """What stands inside each file of a chart, known before the file is asked for."""

    title: str
    subtitle: str
    source: str
    link: str


def _about(view: Selection, chart: Chart) -> _About:
    # A file is read on other days than today.
    dated = chart.subtitle.replace(knowledge(None), knowledge(wording.today()))
    return _About(chart.title, dated, chart.source, _address(view, chart))


def _address(view: Selection, chart: Chart) -> str:
    """Return the pinned link to the page of a chart, as it shows this chart."""
    return linking.address(linking.of_chart(view, chart.kind), chart.page)


def _named(about: _About) -> Mapping[str, str]:
    return {
        say("Title"): about.title,
        say("What it shows"): about.subtitle,
        say("Source"): about.source,
        say("Link"): about.link,
        say("Made on"): wording.day(wording.today()),
    }


def _framed(chart: Chart, about: _About) -> str:
    return charts.framed(
        chart.draw(min(chart.widths[-1], FILE), "light"),
        title=about.title,
        subtitle=about.subtitle,
        source=about.source,
        link=about.link,
    )


def sources(names: Iterable[object]) -> str:
    """Return the line that says whose figures a chart shows, most of them first."""
    counts = pd.Series([str(name) for name in names], dtype=object).value_counts(sort=False)
    order = sorted(counts.index, key=lambda name: (-int(counts[name]), name))
    named, more = order[:MOST_NAMED], len(order) - MOST_NAMED
    if more > 0:
        return wording.say_many(
            "Sources: {names} and {n} more.",
            "Sources: {names} and {n} more.",
            more,
            names=commas(named),
        )
    return wording.say_many(
        "Source: {names}.", "Sources: {names}.", len(named), names=wording.listing(named)
    )
