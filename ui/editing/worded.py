"""Rows of the files in a reader's words: our names for the columns, the number first."""

import datetime as dt
from collections.abc import Iterable, Mapping

import pandas as pd

from figures import Figure, Kind, Measure, Status, Unit
from loaders import Library
from reconciliation import wording
from reconciliation.naming import group_name, place_name
from reconciliation.wording import say
from ui import answers
from ui.data.filters import STATUSES
from ui.editing import fields
from ui.words import RULES

Row = Mapping[str, str]
# What the columns of the files are called, in the order in which they are shown (translatable).
NAMES = {
    "change": "What happened",
    "value": "Number",
    "value_high": "Up to",
    "quantifier": "How the number is meant",
    "name": "Name",
    "label": "Event",
    "reason": "Reason",
    "country": "Place",
    "admin1": "Province",
    "measure": "What is counted",
    "population": "Who is counted",
    "cause": "Cause",
    "counting": "How the number counts",
    "as_of": "As of",
    "date": "Day",
    "from_day": "From this day on",
    "since": "First day counted",
    "source": "Counted by",
    "publisher": "Carried by",
    "published": "Published",
    "status": "Status",
    "supersedes": "Corrects",
    "rule": "Rule",
    "unit": "Counted in",
    "scope": "Limited to, or leaving out (in words)",
    "expression": "As printed",
    "note": "Note",
    "url": "Link",
    "kind": "Kind",
    "relays": "Passes on",
    "decided_by": "Who decided",
    "decided_on": "Day it was decided",
    "as_of_basis": "How the as-of day is known",
    "figure_id": "Id of the figure",
    "id": "Id",
    "crisis": "Crisis",
}
# What happened to a row of somebody else (translatable).
CHANGES = {"added": "Added", "removed": "Taken out", "changed": "Changed"}
_WORDS: dict[str, Mapping[str, str]] = {
    "change": CHANGES,
    "measure": {word.value: word.value.capitalize() for word in Measure},
    "counting": {word.value: name for word, name in fields.COUNTINGS.items()},
    "status": {word.value: STATUSES[word] for word in Status},
    "unit": {word.value: fields.UNITS[word] for word in Unit},
    "kind": {word.value: fields.KINDS[word] for word in Kind},
    "rule": {rule.value: words for rule, words in RULES.items()},
}
_USUAL = {
    name: str(Figure.model_fields[name].default)
    for name in ("population", "cause", "as_of_basis", "quantifier", "unit", "status")
}
_DAYS = ("as_of", "date", "from_day", "since", "published", "decided_on")
# The whole number stands in one column, and the whole place.
_JOINED = {"value": ("value_high", "quantifier"), "country": ("admin1",)}


def column(name: str) -> str:
    """Return what a column of the files is called; one that is not ours keeps its name."""
    return say(NAMES[name]) if name in NAMES else name


def cell(library: Library, name: str, text: str) -> str:
    """Return a cell in words; what is none of our words is shown as it stands."""
    if not text:
        return ""
    if name in _WORDS:
        return say(_WORDS[name][text]) if text in _WORDS[name] else text
    if name == "population":
        return wording.sentence_case(group_name(text))
    if name == "country":
        return place_name(text)
    if name in ("source", "publisher"):
        return answers.short_name(library, text)
    if name in ("value", "value_high") and text.isdigit():
        return wording.number(int(text))
    return _day(text) if name in _DAYS else text


def table(library: Library, rows: Iterable[Row], first: Iterable[str] = ()) -> pd.DataFrame:
    """Return rows as a table: ``first`` those columns that differ, then the others by weight.

    Columns in which every row says nothing, or the usual, are left out.
    """
    given = [dict(row) for row in rows]
    filled = {
        name
        for row in given
        for name, text in row.items()
        if name in NAMES and text not in ("", _USUAL.get(name, ""))
    }
    filled -= {part for whole, parts in _JOINED.items() if whole in filled for part in parts}
    lead = [name for name in first if name in filled]
    names = [*lead, *(name for name in NAMES if name in filled and name not in lead)]
    return pd.DataFrame(
        {column(name): [_told(library, name, row) for row in given] for name in names}
    )


def records(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return a frame's rows as texts by column."""
    names = [str(name) for name in rows]
    return [dict(zip(names, map(str, row), strict=True)) for row in rows.itertuples(index=False)]


def _told(library: Library, name: str, row: Row) -> str:
    if name == "value":
        return _number(row)
    if name == "country" and row.get("admin1"):
        return place_name(f"{row['country']}/{row['admin1']}")
    return cell(library, name, str(row.get(name) or ""))


def _number(row: Row) -> str:
    value, high = str(row.get("value") or ""), str(row.get("value_high") or "")
    try:
        word = str(row.get("quantifier") or "exact")
        return wording.quantity(int(value), int(high) if high else None, word)
    except ValueError:
        return value


def _day(text: str) -> str:
    try:
        return wording.day(dt.date.fromisoformat(text[:10]))
    except ValueError:
        return text
