"""Sources that nobody has described yet: made on the way, while a figure is entered."""

import re
import unicodedata

import streamlit as st

from figures.lineage import OWN
from loaders import Library
from reconciliation.wording import say
from ui.editing import fields
from ui.editing.drafts import Draft

LONGEST_ID = 60
NEW = "+"
_COUNTS, _PASSES, _UNKNOWN = "own", "relays", "unknown"


def proposed_id(name: str, taken: set[str]) -> str:
    """Return an id for a source of this name that no other source has."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_ID].strip("-") or "source"
    number, made = 2, base
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made


def described(
    draft: Draft, prefix: str, library: Library, *, given: str = "", named: str = ""
) -> tuple[dict[str, str] | None, list[str]]:
    """Draw the fields of a new source; return its row (``None`` if unfinished), what is missing.

    ``given`` is its id where figures use one already, ``named`` a name to begin with.
    """
    draft.begin(f"{prefix}/name", named)
    name = fields.text(draft, f"{prefix}/name", say("Name of the source"), most=200)
    taken = set(library.sources["source"].astype(str))
    id_ = given
    if not given:
        own = proposed_id(name, taken)
        help_ = say("Figures refer to the source by this. Left empty, the one shown is used.")
        id_ = fields.text(draft, f"{prefix}/id", say("Its short id"), help_, 80, own)
        id_ = id_ or own
    kind = fields.pick(draft, f"{prefix}/kind", say("What it is"), fields.kinds())
    country = fields.pick(
        draft, f"{prefix}/country", say("Where it is from"), fields.all_countries()
    )
    relays = _relays(draft, prefix, library)
    url = fields.text(draft, f"{prefix}/url", say("Its home page"))
    missing = [say("the name of the source")] if not name else []
    missing += [say("what the source is")] if not kind else []
    if not given and id_ in taken:
        missing.append(say("an id that no other source has"))
    if missing:
        return None, missing
    row = {"source": id_, "name": name, "kind": kind, "country": country, "url": url}
    return row | {"relays": relays}, []


def _relays(draft: Draft, prefix: str, library: Library) -> str:
    options = {
        _COUNTS: say("It counts itself"),
        _PASSES: say("It passes on the numbers of others"),
        _UNKNOWN: say("Not known"),
    }
    label = say("Where its numbers come from")
    found = fields.pick(draft, f"{prefix}/how", label, options, usual=_UNKNOWN)
    if found == _PASSES:
        names = fields.source_names(library)
        return "+".join(fields.several(draft, f"{prefix}/relays", say("Whose numbers"), names))
    return OWN if found == _COUNTS else ""


def chosen(
    draft: Draft, name: str, label: str, library: Library, *, needed: bool
) -> tuple[str, dict[str, str] | None, list[str]]:
    """Draw the choice of a source; return its id, its row where it is new, and what is missing."""
    options = {NEW: say("A new source …")} | fields.source_names(library)
    found = fields.pick(draft, name, label, options)
    if found != NEW:
        return found, None, [say("who counted")] if needed and not found else []
    with st.container(border=True):
        row, missing = described(draft, f"{name}_new", library)
    return (row or {}).get("source", ""), row, missing
