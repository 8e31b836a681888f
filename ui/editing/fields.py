"""The fields of the forms: pick lists with meanings, days, texts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from figures import Counting, Kind, Unit
from figures.cells import FIRST_DAY, LAST_DAY
from figures.vocabulary import COUNTRIES, Word
from loaders import Library
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui.direction import option
from ui.editing.drafts import Draft
from ui.selection import Selection

# What the words are called (translatable).
COUNTINGS = {
    Counting.CUMULATIVE: "Running total",
    Counting.STOCK: "On that day",
    Counting.FLOW: "Within a period",
}
# (translatable)
UNITS = {Unit.PERSON: "People", Unit.HOUSEHOLD: "Households"}
# (translatable)
KINDS = {
    Kind.UN: "United Nations",
    Kind.INTERGOVERNMENTAL: "Intergovernmental body",
    Kind.RED_CROSS: "Red Cross or Red Crescent",
    Kind.GOVERNMENT: "Government",
    Kind.MILITARY: "Armed forces",
    Kind.NGO: "Non-governmental organisation",
    Kind.RESEARCH: "Research",
    Kind.MEDIA: "Media",
}


def pick(
    draft: Draft,
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    usual: str = "",
    new: bool = False,
    help_: str | None = None,
) -> str:
    """Draw a pick list (value: words) and return the value, "" for none.

    Without a ``usual`` value nothing is chosen at first; ``new`` lets the editor type another.
    """
    key, now = draft.begin(name, usual or None), draft.get(name)
    if now is not None and now not in options and not new:
        st.session_state[key] = usual or None
    found = st.selectbox(
        label,
        [*options, *([now] if new and now and now not in options else [])],
        index=0 if usual else None,
        # What an editor may type over is left without marks: they would be typed along.
        format_func=lambda value: options.get(value, value) if new else option(options[value]),
        key=key,
        help=help_,
        placeholder=say("Choose or type") if new else say("Choose"),
        accept_new_options=new,
    )
    return str(found or "").strip()


def several(draft: Draft, name: str, label: str, options: Mapping[str, str]) -> list[str]:
    """Draw a list of which several may be chosen."""
    key = draft.begin(name, [])
    st.session_state[key] = [value for value in draft.get(name) or [] if value in options]
    found: Sequence[str] = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=say("Choose"),
    )
    return list(found)


def text(
    draft: Draft,
    name: str,
    label: str,
    help_: str | None = None,
    most: int = 500,
    hint: str | None = None,
) -> str:
    """Draw a field for a text of one line; ``hint`` shows where nothing is typed."""
    key = draft.begin(name, "")
    return st.text_input(label, key=key, help=help_, max_chars=most, placeholder=hint).strip()


def day(draft: Draft, name: str, label: str, help_: str | None = None) -> str:
    """Draw a field for a day and return it as 2025-12-24, "" for none."""
    key = draft.begin(name, None)
    found = st.date_input(
        label,
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=key,
        format="YYYY-MM-DD",
        help=help_,
    )
    return found.isoformat() if isinstance(found, dt.date) else ""


def meanings(words: Iterable[Word], names: Mapping[str, str]) -> dict[str, str]:
    """Return pick-list options of the vocabulary: each word with its meaning."""
    return {
        word.value: say("{word}: {meaning}", word=names[word.value], meaning=say(word.meaning))
        for word in words
    }


def kinds() -> dict[str, str]:
    """Return the kinds of sources to choose from."""
    return {kind.value: say(name) for kind, name in KINDS.items()}


def countings() -> dict[str, str]:
    """Return the ways of counting, each with its meaning."""
    return meanings(Counting, {word.value: say(name) for word, name in COUNTINGS.items()})


def source_names(library: Library) -> dict[str, str]:
    """Return all sources by id, in the order of their names."""
    table = library.sources[["source", "name"]].astype(str)
    pairs = zip(table["source"], table["name"], strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def countries(library: Library, view: Selection, *others: str) -> dict[str, str]:
    """Return the countries that figures of the crisis can be of, its own first."""
    mine = view.apply(library.figures)["country"].unique()
    found = [code for place in (*mine, *others) for code in str(place).split("+") if code]
    return {code: place_name(code) for code in dict.fromkeys([*view.countries, *sorted(found)])}


def all_countries() -> dict[str, str]:
    """Return all countries by code, in the order of their names."""
    return dict(sorted(((c, place_name(c)) for c in COUNTRIES), key=lambda pair: pair[1]))
