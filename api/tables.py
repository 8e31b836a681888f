"""Questions answered in rows: the crises, the sources, the figures."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from api import rows
from api.library import check, places, view_of, within, words
from api.parameters import Crises, Figures, Sources
from api.rows import Row
from figures import Crisis, Source
from loaders import Library
from ui import answers
from ui.query import put_out_by

# How many rows there are in all, and those of the page.
Found = tuple[int, list[Row]]
Flags = npt.NDArray[np.bool_]


def crises(library: Library, asked: Crises) -> Found:
    """Return the crises, with how many figures each has."""
    counts = library.figures["crisis"].value_counts()
    table = library.crises
    table = table.assign(figures=[int(counts.get(name, 0)) for name in table["crisis"]])
    page = table.iloc[asked.offset : asked.offset + asked.limit]
    return len(table), rows.table_rows(page, [*Crisis.model_fields, "figures"])


def sources(library: Library, asked: Sources) -> Found:
    """Return the sources, with how many figures each counted."""
    figures, table = library.figures, library.sources
    check(library, "source", asked.source, table["source"])
    if asked.crisis is not None:
        check(library, "crisis", [asked.crisis], library.crises["crisis"])
        figures = figures[figures["crisis"] == asked.crisis]
    counts = figures["source"].value_counts()
    table = table.assign(figures=[int(counts.get(name, 0)) for name in table["source"]])
    if asked.source:
        table = table[table["source"].isin(asked.source)]
    if asked.crisis is not None:
        table = table[table["figures"] > 0]
    page = table.iloc[asked.offset : asked.offset + asked.limit]
    return len(table), rows.table_rows(page, [*Source.model_fields, "figures"])


def figures(library: Library, asked: Figures) -> Found:
    """Return the figures that fit, in the order of the files."""
    # Only the rows of the page are taken out: a million figures are looked at, never copied.
    found = np.flatnonzero(_fitting(library, asked))
    page = library.figures.iloc[found[asked.offset : asked.offset + asked.limit]]
    made = rows.figure_rows(page)
    if asked.names == "hapi":
        days = library.crises["start"]
        starts = zip(library.crises["crisis"], days.dt.date.astype(str), strict=True)
        made = rows.as_hapi(made, {str(crisis): day for crisis, day in starts})
    return len(found), made


def _fitting(library: Library, asked: Figures) -> Flags:
    """Say which figures fit."""
    _check_names(library, asked)
    wanted = {
        "crisis": [] if asked.crisis is None else [asked.crisis],
        "figure_id": asked.figure_id,
        "country": places(library, asked.crisis, asked.country),
        **{name: [str(word) for word in getattr(asked, name)] for name in _WORDS},
    }
    fits = np.ones(len(library.figures), bool)
    for name, values in wanted.items():
        if values:
            fits &= library.figures[name].isin(values).to_numpy(bool)
    fits &= _of_days(library.figures[["as_of", "published"]], asked)
    return fits if asked.on is None else _in_force(library, asked, fits)


_WORDS = ("admin1", "measure", "population", "cause", "counting", "source", "status")


def _check_names(library: Library, asked: Figures) -> None:
    if asked.crisis is not None:
        check(library, "crisis", [asked.crisis], library.crises["crisis"])
    for name in ("admin1", "population"):
        check(library, name, getattr(asked, name), words(library, asked.crisis, name))
    if asked.source:
        known = {*library.sources["source"], *words(library, None, "source")}
        check(library, "source", asked.source, known)


def _of_days(days: pd.DataFrame, asked: Figures) -> Flags:
    """Say which figures describe one of the days asked for, and were out by then."""
    fits = np.ones(len(days), bool)
    first, last = within(asked.as_of_min), within(asked.as_of_max)
    if first is not None:
        fits &= (days["as_of"] >= pd.Timestamp(first)).to_numpy(bool)
    if last is not None:
        fits &= (days["as_of"] <= pd.Timestamp(last)).to_numpy(bool)
    if asked.known_on is not None:
        known = put_out_by(days, within(asked.known_on))
        fits &= np.isin(days.index.to_numpy(), known.index.to_numpy())
    return fits


def _in_force(library: Library, asked: Figures, fits: Flags) -> Flags:
    """Say which are in force on the day too, as the screens work it out for each crisis."""
    named = [asked.crisis] if asked.crisis is not None else list(library.crises["crisis"])
    day = within(asked.on)
    result = np.zeros(len(fits), bool)
    for crisis in map(str, named):
        view = view_of(library, crisis, asked.known_on).of(day=day)
        ids = answers.standing(library, view)["figure_id"]
        mine = (library.figures["crisis"] == crisis).to_numpy(bool) & fits
        result[mine] = library.figures["figure_id"][mine].isin(ids)
    return result
