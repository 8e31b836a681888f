"""What a map says, in words beside it: place by place, the number, whose it is and as of when."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from figures import Measure
from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, pieces, words
from ui.questions import Row
from ui.selection import Selection
from ui.text import escaped

# How many places are told beside the map before the rest is folded away.
MOST = 8


@dataclass(frozen=True)
class Told:
    """What stands beside a map, as HTML: places with a number, and those without."""

    places: tuple[str, ...]
    rest: tuple[str, ...]


def put(library: Library, view: Selection, rows: pd.DataFrame, unplaced: Sequence[str]) -> Told:
    """Return the places of a map with their numbers, those without one, and those without a shape.

    ``rows`` has one row for each place: name, number, state, source, as_of, counts.
    """
    known = rows[rows["state"] == "figure"].to_dict("records")
    places = tuple(_place(library, view, row) for row in known)
    without, rest = rows[rows["state"] == "none"]["name"].tolist(), []
    if rows["place"].str.contains("/").any() and not known:
        rest += _elsewhere(library, view)
    if without:
        rest.append(
            say("Nobody has a recent figure for {places}.", places=wording.listing(without))
        )
    if unplaced:
        names = wording.listing(place_name(place) for place in unplaced)
        rest.append(say("Not on the map: {places}.", places=names))
    return Told(places, tuple(rest))


def _elsewhere(library: Library, view: Selection) -> list[str]:
    """Return which measures have figures of provinces, where the one on the map has none."""
    found = answers.cells(library, view)
    found = found[(found["admin1"] != "") & found["country"].isin(view.places)]
    names = [word.value for word in Measure if word.value in set(found["measure"])]
    if not names:
        return []
    listed = wording.listing(say(name.capitalize()) for name in names)
    return [say("On {day} there are figures by province for: {measures}.",
                day=wording.day(view.day), measures=listed)]  # fmt: skip


def show(told: Told) -> None:
    """Show what a map says in words."""
    more = wording.say_many("{n} more", "{n} more", len(told.places) - MOST)
    rest = (pieces.paragraph(pieces.small(text)) for text in told.rest)
    pieces.show(pieces.most(told.places, MOST, more), *rest)


def _place(library: Library, view: Selection, row: Row) -> str:
    source = say("{source}, {day}", source=answers.short_name(library, row["source"]),
                 day=wording.day(row["as_of"]))  # fmt: skip
    source = words.aged(source, row["as_of"], view.day)
    head = say("{place}: {number}", place=row["name"], number=row["number"])
    parts = [
        pieces.strong(head),
        *([escaped(row["counts"])] if row["counts"] else []),
        escaped(source),
    ]
    return pieces.paragraph(*parts)
