"""Picking figures among many: a million rows are searched, filtered and put in order in a moment.

What does not change with the reader's choice is worked out once per state of the files: the order
of the rows for each way of sorting, and the distinct texts of each column, which are far fewer than
the rows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from figures import Measure
from loaders import Library
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, keeping
from ui.data.asked import Asked
from ui.selection import Selection

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.intp]
# Free text, searched as it stands.
TEXTS = ("figure_id", "expression", "note", "url", "scope", "admin1", "crisis")
# Words, searched as a reader sees them.
WORDS = ("country", "measure", "source", "publisher")
_ORDERS = {
    "newest": ("as_of", False),
    "oldest": ("as_of", True),
    "published": ("published", False),
    "first-published": ("published", True),
    "highest": ("value", False),
    "lowest": ("value", True),
}


@dataclass(frozen=True, eq=False)
class Haystack:
    """The distinct texts of one column in small letters, and for each row which one it has."""

    texts: Any
    codes: npt.NDArray[np.integer[Any]]

    def rows_with(self, needle: str) -> Mask:
        """Return which rows hold the text somewhere."""
        hit = pc.match_substring(self.texts, needle).to_numpy(zero_copy_only=False)
        found: Mask = hit[self.codes] if hit.any() else np.zeros(len(self.codes), dtype=np.bool_)
        return found


def matching(library: Library, view: Selection) -> Positions:
    """Return the positions of the figures that the view asks for, in the order it asks for."""
    keep = _filtered(library.figures, view)
    for needle in view.asked.q.casefold().split():
        keep &= _holding(library, needle)
    order = _order(library, view.asked.sort)
    return np.flatnonzero(keep) if order is None else order[keep[order]]


def _filtered(figures: pd.DataFrame, view: Selection) -> Mask:
    asked = view.asked
    keep = np.ones(len(figures), dtype=np.bool_)
    if not view.every:
        keep &= _is(figures["crisis"], view.crisis)
    for name, wanted in (("measure", asked.what), ("country", asked.place)):
        if wanted:
            keep &= _is(figures[name], wanted)
    if asked.status:
        keep &= _is(figures["status"], asked.status)
    if asked.by:
        keep &= _is(figures["source"], asked.by) | _is(figures["publisher"], asked.by)
    return keep & _dated(figures, asked, view)


def _is(column: "pd.Series[Any]", word: str) -> Mask:
    found: Mask = (column == word).to_numpy(dtype=np.bool_)
    return found


def _dated(figures: pd.DataFrame, asked: Asked, view: Selection) -> Mask:
    """Return which figures describe a day within the limits, and were out when that is asked."""
    as_of = figures["as_of"].to_numpy()
    keep = np.ones(len(figures), dtype=np.bool_)
    if asked.first:
        keep &= as_of >= np.datetime64(asked.first)
    if asked.last:
        keep &= as_of <= np.datetime64(asked.last)
    if view.known:
        published = figures["published"].to_numpy()
        put_out = np.where(np.isnat(published), as_of, published)
        keep &= put_out < np.datetime64(view.known) + np.timedelta64(1, "D")
    return keep


def _order(library: Library, sort: str) -> Positions | None:
    """Return all positions in one order, the newer row of a file last; nothing as in the files."""
    if sort not in _ORDERS:
        return None
    column, rising = _ORDERS[sort]

    def work() -> Positions:
        values = library.figures[column]
        if column == "published":
            values = values.fillna(library.figures["as_of"])
        numbers = values.to_numpy().astype(np.int64)
        found: Positions = np.argsort(numbers if rising else -numbers, kind="stable")
        return found

    return keeping.answer(work, "order", library.fingerprint, sort)


def _holding(library: Library, needle: str) -> Mask:
    """Return which figures hold a text, in any of their cells that a reader may search."""
    found = np.zeros(len(library.figures), dtype=np.bool_)
    for stack in keeping.answer(lambda: _stacks(library), "haystacks", library.fingerprint):
        found |= stack.rows_with(needle)
    return found


def _stacks(library: Library) -> list[Haystack]:
    figures = library.figures
    words = {
        "country": place_name,
        "measure": lambda word: f"{word} {say(Measure(word).value.capitalize())}",
        "source": lambda source: f"{source} {answers.full_name(library, source)}",
    }
    words["publisher"] = words["source"]
    stacks = [_stack(figures[name], str) for name in TEXTS]
    return stacks + [_stack(figures[name], words[name]) for name in WORDS]


def _stack(column: "pd.Series[Any]", told: Any) -> Haystack:
    codes, distinct = pd.factorize(column)
    texts = [told(str(text)).casefold() if text else "" for text in distinct]
    return Haystack(pa.array(texts, pa.large_string()), codes.astype(np.int32))


def page_of(view: Selection, found: Positions, rows: int) -> tuple[int, int]:
    """Return which page is shown and how many there are: the last one where fewer are left."""
    pages = max(1, -(-len(found) // rows))
    return min(view.asked.page, pages), pages
