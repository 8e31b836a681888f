"""Tables of the sources of a crisis: who counts, who passes on, how fresh each is."""

import pandas as pd
import streamlit as st

from figures.lineage import OWN
from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, keeping, tables
from ui.questions import only
from ui.selection import Selection
from ui.text import file_name, safe_link, shortened

# How many characters of a name the column has room for: a longer one would end without a sign.
ROOM = 25
KINDS = {
    "un": "United Nations",
    "intergovernmental": "several states",
    "red_cross": "Red Cross and Red Crescent",
    "government": "government",
    "military": "armed forces",
    "ngo": "non-governmental",
    "research": "research",
    "media": "media",
}


def counting_sources(library: Library, view: Selection) -> None:
    """List the sources that count themselves."""
    found = table_of(library, view)
    counting = only(found, [OWN in parts for parts in found["parts"]])
    _show(library, counting, say("Sources that count"), view, "sources-that-count")


def relaying_sources(library: Library, view: Selection) -> None:
    """List the sources that pass on what others counted, and whom they lead back to."""
    found = table_of(library, view)
    relays = only(found, [bool(p) and OWN not in p for p in found["parts"]]).copy()
    names = [
        wording.listing(answers.short_name(library, source) for source in parts)
        for parts in relays["parts"]
    ]
    relays.insert(2, say("Passes on"), names)
    _show(library, relays, say("Sources that pass on"), view, "sources-that-pass-on")


def unattributed_sources(library: Library, view: Selection) -> None:
    """List the sources of which it is not known whom they pass on."""
    found = table_of(library, view)
    unknown = only(found, [not parts for parts in found["parts"]])
    _show(library, unknown, say("Sources whose counts are not known"), view, "sources-not-known")


def table_of(library: Library, view: Selection) -> pd.DataFrame:
    """Return one row per source with figures up to the day, the freshest first."""
    key = (*keeping.base(library, view), view.day.isoformat())
    return keeping.answer(lambda: _rows(library, view), "sources", *key)


def _rows(library: Library, view: Selection) -> pd.DataFrame:
    mine = answers.said(library, view)
    mine = mine[mine["as_of"] <= pd.Timestamp(view.day)]
    lag = (mine["published"].dt.normalize() - mine["as_of"]).dt.days.clip(lower=0)
    groups = mine.assign(lag=lag).groupby(mine["source"].astype(str))
    counts = groups.agg(
        number=("figure_id", "size"),
        last=("as_of", "max"),
        lag=("lag", "median"),
    )
    table = library.sources.set_index(library.sources["source"].astype(str))
    table = table.join(counts, how="inner").sort_values(["last", "number"], ascending=False)
    age = (pd.Timestamp(view.day) - table["last"]).dt.days
    return pd.DataFrame(
        {
            say("Source"): table["name"],
            say("Kind"): [say(KINDS.get(str(kind), str(kind))) for kind in table["kind"]],
            say("Country"): [place_name(c) if c else None for c in table["country"].astype(str)],
            say("Figures"): table["number"],
            say("Last"): table["last"].dt.date,
            say("Days ago"): age,
            say("Days to publish"): table["lag"].round().astype("Int64"),
            say("Link"): [safe_link(url) for url in table["url"]],
            "parts": [tuple(filter(None, text.split("+"))) for text in table["relays"].astype(str)],
        }
    )


def _show(library: Library, found: pd.DataFrame, alt: str, view: Selection, name: str) -> None:
    found = found.drop(columns="parts").dropna(axis="columns", how="all")
    if found.empty:
        st.caption(say("There are none."))
        return
    # A phone shows no more than the first three columns.
    first = [say("Source"), say("Figures"), say("Last")]
    found = found[[*first, *(column for column in found.columns if column not in first)]]
    tables.show(_shortened(library, found), alt=alt)
    tables.download(found, file_name(view.crisis, name))


def _shortened(library: Library, found: pd.DataFrame) -> pd.DataFrame:
    """Return the table with short names, and at its end the full ones where any is longer."""
    full = found[say("Source")].astype(str)
    names = library.sources["name"].astype(str)
    known = keeping.answer(lambda: shortened(names, ROOM), "names in a table", library.fingerprint)
    brief = full.map(known)
    shown = found.assign(**{say("Source"): brief})
    return shown if (full == brief).all() else shown.assign(**{say("Full name"): full})
