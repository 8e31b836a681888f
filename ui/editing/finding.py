"""Finding the figure to start from, by id, number, source, place or day."""

import re

import numpy as np
import pandas as pd

from loaders import Library, parse_date
from ui import answers
from ui.data.asked import LONGEST_SEARCH, Asked
from ui.data.rows import matching
from ui.lists import subject_of
from ui.questions import text_of
from ui.selection import Selection

MOST = 30


def found(library: Library, view: Selection, query: str) -> pd.DataFrame:
    """Return the figures of the crisis that every word of the query fits, the newest day first.

    Those with a number or a day of the query come before those that only hold its digits.
    """
    mine = view.of(asked=Asked(), known=None, every=False)
    keep: np.ndarray | None = None
    exact = np.zeros(len(library.figures), dtype=bool)
    for word in query[:LONGEST_SEARCH].split():
        hits = set(matching(library, mine.of(asked=Asked(q=word))).tolist())
        numbered = _numbered(library.figures, word)
        exact |= numbered
        hits |= set(np.flatnonzero(numbered).tolist())
        rows = np.array(sorted(hits), dtype=np.intp)
        keep = rows if keep is None else np.intersect1d(keep, rows)
    positions = matching(library, mine) if keep is None else keep
    figures = library.figures.iloc[positions].assign(exact=exact[positions])
    figures = figures[figures["crisis"] == view.crisis]
    order = ["exact", "as_of", "line"]
    return figures.sort_values(order, ascending=False, kind="stable").drop(columns="exact")


def _numbered(figures: pd.DataFrame, word: str) -> np.ndarray:
    """Return which figures have this number or this day."""
    digits = re.sub(r"[,.\s]", "", word)
    hits = np.zeros(len(figures), dtype=bool)
    if digits.isascii() and digits.isdecimal() and len(digits) <= 12:
        number = int(digits)
        hits |= (figures["value"] == number).to_numpy(dtype=bool)
        hits |= (figures["value_high"] == number).fillna(value=False).to_numpy(dtype=bool)
    try:
        day = pd.Timestamp(parse_date(word))
    except ValueError:
        return hits
    return hits | (figures["as_of"] == day).to_numpy(dtype=bool)


def titles(library: Library, figures: pd.DataFrame) -> dict[str, str]:
    """Return the figures by id, each in words."""
    rows = answers.lean(figures.head(MOST)).to_dict("records")
    return {
        str(row["figure_id"]): " · ".join(
            (
                text_of(row),
                subject_of(row),
                answers.short_name(library, row["source"]),
                f"{row['as_of']:%Y-%m-%d}",
                str(row["figure_id"]),
            )
        )
        for row in rows
    }
