"""Figures as a list of rows, each of which opens to where it is from.

A row is a line on a wide screen and a card on a phone; it opens without asking the server, by
keyboard too, and is read out as what it is.
"""

import html
from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from figures import Status
from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, tables
from ui.data.filters import STATUSES
from ui.lists import subject_of
from ui.questions import Row, text_of
from ui.text import safe_link

# Narrow parts of a line keep their width; wide ones share what is left and go below on a phone.
STYLE = """<style>
.rows details{border-bottom:1px solid rgba(128,128,128,.35)}
.rows summary{padding:.45rem 0;cursor:pointer}
.rows summary>span{display:inline-flex;flex-wrap:wrap;gap:.1rem 1.2rem;width:calc(100% - 1.6rem);
vertical-align:top}
.rows summary>span>span{overflow-wrap:anywhere;min-width:0}
.rows .number{flex:0 1 8.5rem;font-weight:650;font-variant-numeric:tabular-nums}
.rows .wide{flex:1 1 10rem}
.rows .day{flex:0 0 7rem;font-variant-numeric:tabular-nums}
.rows .mark{font-style:italic}
.rows .grade{flex:0 0 7rem;font-weight:650}
.rows .place{flex:0 1 17rem}
.rows .problem{flex:2 1 20rem}
.rows dl{display:grid;grid-template-columns:minmax(5.5rem,20%) minmax(0,1fr);gap:.25rem 1rem;
margin:.3rem 0 .8rem 1rem}
.rows details details{margin:0 0 .6rem 1rem;border:0}
.rows ul{margin:.2rem 0 .6rem 1rem;padding-left:1rem}
.rows dt,.rows i{font-weight:400;font-style:normal;opacity:.8}
.rows a{color:inherit}
.rows dd{margin:0;overflow-wrap:anywhere}
</style>"""

Cells = Mapping[str, str]
Received = Mapping[tuple[str, int], Cells]
Facts = Iterable[tuple[str, str]]


def show(
    library: Library,
    figures: pd.DataFrame,
    *,
    crises: bool = False,
    sort: str = "",
    received: Received | None = None,
) -> None:
    """Show figures as rows that open; ``crises`` says of which crisis each is.

    ``received`` has the cells each was read from, by file and line.
    """
    names = dict(zip(library.crises["crisis"], library.crises["name"], strict=True))
    rows = answers.lean(figures).to_dict("records")
    found = received or {}
    parts = [
        opening(
            _head(library, row, names if crises else {}, sort),
            [*_facts(library, row), *_source(found.get((str(row["file"]), int(row["line"])), {}))],
        )
        for row in rows
    ]
    draw(parts)


def draw(parts: Iterable[str]) -> None:
    """Show rows that open, each as ``opening`` makes it."""
    st.html(f'{STYLE}<div class="rows">{"".join(parts)}</div>')


def opening(head: str, facts: Facts) -> str:
    """Return the HTML of one row that opens; ``head`` is HTML, ``facts`` are names and HTML."""
    return folded(head, as_list(facts))


def folded(head: str, body: str) -> str:
    """Return the HTML of a line that opens; both parts are HTML."""
    return f"<details><summary><span>{head}</span></summary>{body}</details>"


def as_list(facts: Facts) -> str:
    """Return facts as the HTML of a list; those without a value are left out."""
    listed = "".join(
        f"<dt>{html.escape(name)}</dt><dd><bdi>{value}</bdi></dd>" for name, value in facts if value
    )
    return f"<dl>{listed}</dl>"


def span(kind: str, text: str) -> str:
    """Return one part of a row's line; ``kind`` is one of the classes of ``STYLE``."""
    # Set apart, so that text from right to left keeps its order where the page does not run so.
    return f'<span class="{kind}"><bdi>{html.escape(text)}</bdi></span>'


def _head(library: Library, row: Row, crises: Mapping[str, str], sort: str) -> str:
    status = str(row["status"])
    number = text_of(row)
    if row["unit"] != "person":
        number = say("{number} households", number=number)
    parts = [span("number", number), span("wide", subject_of(row))]
    if status != Status.CONFIRMED:
        parts.append(span("mark", say(STATUSES[Status(status)])))
    if crises:
        parts.append(span("wide", str(crises.get(str(row["crisis"]), row["crisis"]))))
    parts.append(span("wide", answers.short_name(library, row["source"])))
    parts.append(span("day", _day(row, sort)))
    return "".join(parts)


def _day(row: Row, sort: str) -> str:
    if "published" in sort and not pd.isna(row["published"]):
        return say("out {day}", day=wording.day(row["published"]))
    return wording.day(row["as_of"])


def _facts(library: Library, row: Row) -> Facts:
    """Yield all that is known of where a figure is from: its name and its HTML."""
    told = (
        (say("As printed"), row["expression"]),
        (say("Number"), text_of(row)),
        (say("Allows"), wording.bounds(row["low"], row["high"])),
        (say("Counts"), tables.counts(row)),
        (say("As of"), _as_of(row)),
        (say("Counted by"), answers.full_name(library, row["source"])),
        (say("Carried by"), row["publisher"] and answers.full_name(library, row["publisher"])),
        (say("Published"), _published(row)),
    )
    yield from ((name, html.escape(str(text or ""))) for name, text in told)
    yield say("Link"), link(row["url"])
    yield say("Status"), html.escape(say(STATUSES[Status(str(row["status"]))]))
    yield say("Corrects"), html.escape(str(row["supersedes"] or ""))
    yield say("Note"), html.escape(str(row["note"] or ""))
    yield say("Row"), html.escape(say("{id}: {file}, line {line}", id=row["figure_id"],
                                      file=row["file"], line=row["line"]))  # fmt: skip


def _source(cells: Cells) -> Facts:
    """Yield the cells that a figure was read from, as they were received."""
    if cells:
        yield say("Read from"), as_received(cells)


def as_received(cells: Cells) -> str:
    """Return the HTML of a row as it was received: each column that is filled in."""
    return "<br>".join(
        f"<i>{html.escape(name)}:</i> {html.escape(text)}" for name, text in cells.items() if text
    )


def _as_of(row: Row) -> str:
    day = wording.day(row["as_of"])
    return say("{day}, worked out", day=day) if row["as_of_basis"] == "deduced" else day


def _published(row: Row) -> str:
    moment = row["published"]
    if pd.isna(moment):
        return ""
    if moment == moment.normalize():
        return wording.day(moment)
    return say("{day}, {time}", day=wording.day(moment), time=f"{moment:%H:%M}")


def link(address: object) -> str:
    """Return the HTML of a link to the web; an address of another kind is only shown."""
    safe = safe_link(address)
    if safe is None:
        return html.escape(str(address or "")) or html.escape(say("none given"))
    where = html.escape(safe, quote=True)
    return f'<a href="{where}" target="_blank" rel="noopener noreferrer">{html.escape(safe)}</a>'
