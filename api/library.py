"""What questions ask of the library: views of a crisis, and whether a name is in the data."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from api import problems
from api.parameters import place
from loaders import Library
from reconciliation import wording
from ui import keeping
from ui.query import put_out_by, read
from ui.selection import Selection

# No figure describes a day before the first or after the last of these (see figures.cells).
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


def within(day: dt.date | None) -> dt.date | None:
    """Return the day, or the nearest of those that the data can hold: the answer is the same."""
    return day and min(max(day, FIRST), LAST)


def view_of(library: Library, crisis: str, known_on: dt.date | None) -> Selection:
    """Return the view of a crisis that a screen would show with nothing chosen.

    Raises :class:`api.problems.RequestError` where there is no such crisis.
    """
    check(library, "crisis", [crisis], library.crises["crisis"])
    known = within(known_on)
    asked = {"crisis": crisis} | ({"known": known.isoformat()} if known else {})

    def work() -> Selection:
        return read(asked, library)[0]

    return keeping.answer(work, "api", library.fingerprint, wording.today(), *asked.items())


def check(library: Library, where: str, asked: Sequence[str], there: Iterable[object]) -> None:
    """Raise :class:`api.problems.RequestError` where the data hold no such name."""
    if asked:
        known = sorted({str(name) for name in there} - {""})
        for name in asked:
            if name not in known:
                raise problems.unknown(where, name, known)


def places(library: Library, crisis: str | None, asked: Sequence[str]) -> list[str]:
    """Return places as figures name them.

    Raises :class:`api.problems.RequestError` for one that is no place of the crisis and of none of
    its figures.
    """
    found = [place(text) for text in asked]
    crises = library.crises
    rows = crises if crisis is None else crises[crises["crisis"] == crisis]
    countries = {code for text in rows["countries"] for code in str(text).split("+")}
    check(library, "country", found, countries | set(words(library, crisis, "country")))
    return found


def words(library: Library, crisis: str | None, column: str) -> list[str]:
    """Return the different words that a crisis's figures, or all, have in a column."""

    def work() -> list[str]:
        found = library.figures[column]
        if crisis is not None:
            found = found[library.figures["crisis"] == crisis]
        return sorted(str(word) for word in found.unique())

    return keeping.answer(work, "api words", library.fingerprint, crisis, column)


def about(library: Library, crisis: str | None, known_on: dt.date | None) -> dict[str, Any]:
    """Return what every answer carries."""

    def work() -> dt.date | None:
        mine = library.figures[["as_of", "published"]]
        if crisis is not None:
            mine = mine[library.figures["crisis"] == crisis]
        newest: pd.Timestamp = put_out_by(mine, within(known_on))["published"].max()
        return None if pd.isna(newest) else newest.date()

    day = keeping.answer(work, "api newest", library.fingerprint, crisis, str(known_on))
    return {
        "fingerprint": library.fingerprint,
        "known_on": known_on,
        "newest_published": day,
        "terms": (
            "Each number is its source's. Name the source and the publisher, and link to the "
            "figure's url, whenever you show it."
        ),
    }
