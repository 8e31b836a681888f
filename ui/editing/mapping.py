"""How a table is read, corrected on screen: its columns, its numbers, what holds for all rows."""

import contextlib
from collections.abc import Iterable
from collections.abc import Mapping as Names
from typing import Any

import streamlit as st

from loaders import Mapping
from loaders.mapping import MappingError
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import noting
from ui.checking import assumed
from ui.checking.screen import download_mapping
from ui.editing import dayfirst, remapping
from ui.editing.drafts import Draft
from ui.editing.parts import COLUMNS, CONSTANTS, words_of
from ui.editing.reading import Reading
from ui.editing.remapping import Part
from ui.text import plain

LARGEST_TOML = 100_000
NONE = ""


def correct(draft: Draft, found: Reading) -> None:
    """Let the editor say how the table is read: by choosing, or as the text of a mapping."""
    st.subheader(say("How your table is read"), anchor=False)
    mapping = found.table.mapping
    if mapping is not None:
        # However many sentences there are: a part that moves closes, with the field one types in.
        with st.container():
            if mapping.assumed:
                st.info(plain(assumed.told(mapping)))
            _problems(found)
            asked = found.grid is not None and _days(draft, mapping, found)
        if found.grid is not None:
            _simple(draft, mapping, found, days=not asked)
    _as_text(draft, found, mapping)


def _problems(found: Reading) -> None:
    """Say what of the reading as a whole is wrong; what is about a cell comes further down."""
    rows = found.table.findings
    grave = rows[(rows["severity"] == "error") & (rows["line"] == 0)]
    for code, problem, remedy in grave[["code", "problem", "remedy"]].itertuples(index=False):
        st.warning(plain(noting.told(code, problem, remedy)), icon=":material/report:")


def _days(draft: Draft, mapping: Mapping, found: Reading) -> bool:
    """Ask which comes first, the day or the month, where the table does not settle it.

    Return whether it was asked.
    """
    now = dayfirst.chosen(mapping)
    asked = bool(now)
    if not now and dayfirst.unsettled(found):
        message = "Nothing in the table shows whether 3/4 is 3 April or 4 March. Please choose."
        st.warning(say(message), icon=":material/calendar_month:")
        asked = True
    if asked:
        _order(draft, mapping)
    return asked


def _order(draft: Draft, mapping: Mapping) -> None:
    orders = {order: say(words) for order, words in dayfirst.ORDERS.items()}
    label = say("How days are written")
    _select(draft, mapping, ("dates",), label, orders, dayfirst.chosen(mapping))


def _simple(draft: Draft, mapping: Mapping, found: Reading, *, days: bool) -> None:
    assert found.grid is not None
    own = found.grid.cells.column_names
    # Decided once: an expander that closes by itself while somebody works in it is a nuisance.
    draft.begin("map_open", found.table.figures.empty)
    wide = bool(draft.get("map_open"))
    with st.expander(say("Which column is what"), expanded=wide):
        options = {NONE: say("none")} | {name: name for name in own}
        for column, (ours, words) in zip(_columns(len(COLUMNS)), COLUMNS.items(), strict=True):
            with column:
                now = mapping.columns.get(ours, NONE)
                _select(draft, mapping, ("column", ours), say(words), options, now)
        if days:
            _order(draft, mapping)
        label = say("Columns whose text stands once for the rows below it")
        _several(draft, mapping, ("fill",), label, own, mapping.table.fill_down)
    with st.expander(say("What the numbers count"), expanded=wide):
        _values(draft, mapping, own)
    with st.expander(say("What holds for all rows"), expanded=wide):
        given = mapping.constants.given()
        for column, (ours, words) in zip(_columns(len(CONSTANTS)), CONSTANTS.items(), strict=True):
            with column:
                _constant(draft, mapping, ours, say(words), given.get(ours, NONE))


def _columns(count: int) -> list[Any]:
    """Return places for so many fields, three abreast on a wide screen."""
    return [place for _ in range(0, count, 3) for place in st.columns(3)][:count]


def _values(draft: Draft, mapping: Mapping, own: list[str]) -> None:
    """Draw which columns hold numbers, and what each of them counts."""
    if mapping.wide:
        patterns = wording.listing(part.pattern for part in mapping.wide)
        message = "The headings of its columns say what the numbers are: {pattern}."
        st.markdown(plain(say(message, pattern=patterns)))
        return
    now = {value.column: value for value in mapping.values}
    _several(draft, mapping, ("values",), say("Columns that hold numbers of people"), own, now)
    for name, value in now.items():
        st.markdown(f"**{plain(name)}**")
        parts = zip(st.columns(3), ("measure", "population", "counting"), strict=True)
        for column, part in parts:
            options = {NONE: say("not said here")} | words_of(part)
            label = say(CONSTANTS[part])
            with column:
                _select(draft, mapping, ("value", name, part), label, options,
                        getattr(value, part))  # fmt: skip


def _several(
    draft: Draft, mapping: Mapping, part: Part, label: str, own: list[str], now: Iterable[str]
) -> None:
    """Let the editor choose some of the table's columns."""
    key = _place(draft, "/".join(part), [column for column in now if column in own])
    st.multiselect(
        label,
        own,
        key=key,
        on_change=_changed,
        args=(draft, mapping, part, key),
        placeholder=say("Choose"),
    )


def _constant(draft: Draft, mapping: Mapping, ours: str, label: str, now: str) -> None:
    part, options = ("constant", ours), words_of(ours)
    if options:
        _select(draft, mapping, part, label, {NONE: say("not said here")} | options, now)
        return
    key = _place(draft, "/".join(part), now)
    st.text_input(
        label, key=key, max_chars=300, on_change=_changed, args=(draft, mapping, part, key)
    )


def _select(
    draft: Draft, mapping: Mapping, part: Part, label: str, options: Names[str, str], now: str
) -> None:
    shown = dict(options)
    if now not in shown:
        # A place given together, a template or a column that the table has lost.
        shown[now] = place_name(now) if part[-1] == "country" else now
    key = _place(draft, "/".join(part), now)
    st.selectbox(
        label,
        list(shown),
        format_func=shown.__getitem__,
        key=key,
        on_change=_changed,
        args=(draft, mapping, part, key),
    )


def _place(draft: Draft, name: str, now: Any) -> str:
    """Return the place of a field that says ``now``: a new one where it said something else.

    A field that is filled in by us keeps nothing that is typed meanwhile, and a browser that has
    not yet heard of it sends back what the field said before, as if that had been typed just now.
    """
    place = _standing(draft, name)
    if not _alike(draft.get(place, now), now):
        draft.drop(place)
        draft.put(f"map/{name}/round", draft.get(f"map/{name}/round", 0) + 1)
        place = _standing(draft, name)
    return draft.begin(place, now)


def _standing(draft: Draft, name: str) -> str:
    """Return the name that a field has now."""
    return f"{draft.get(f'map/{name}/round', 0)}/map/{name}"


def _alike(one: Any, other: Any) -> bool:
    """Return whether two texts differ in nothing but blanks around them, or lists in nothing."""
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return bool(one == other)


def _typed(draft: Draft, name: str, key: str) -> Any:
    """Return what was typed or chosen in a field; nothing where another stands there by now."""
    stands = key == draft.key(_standing(draft, name))
    return st.session_state.get(key) if stands else None


def _changed(draft: Draft, mapping: Mapping, part: Part, key: str) -> None:
    """Say of the mapping what one field says, and keep it as text.

    The mapping may be another by now than the one the field was drawn with.
    """
    given = _typed(draft, "/".join(part), key)
    if given is None:
        return
    with contextlib.suppress(MappingError):
        toml = str(draft.get("toml") or "")
        mapping = Mapping.load(toml + "\n") if toml.strip() else mapping
    # The fields offer only what may be said; anything else leaves the mapping as it is.
    with contextlib.suppress(ValueError):
        draft.put("toml", remapping.said(mapping, part, given).dump())


def _as_text(draft: Draft, found: Reading, mapping: Mapping | None) -> None:
    """Show the mapping as the text it is, to be corrected, taken away or put in."""
    if found.table.problem:
        message = "The mapping cannot be used: {problem}"
        st.error(plain(say(message, problem=found.table.problem)), icon=":material/report:")
    with st.expander(say("For experts: the mapping as text"), expanded=bool(found.table.problem)):
        usual = mapping.dump() if mapping is not None else ""
        key = _place(draft, "text", str(draft.get("toml") or usual))
        st.text_area(
            say("Mapping (TOML)"),
            key=key,
            height=260,
            max_chars=LARGEST_TOML,
            on_change=_written,
            args=(draft, key),
        )
        toml = str(draft.get("toml") or usual)
        download_mapping(toml, found.table.name, key="editing_do_toml")


def _written(draft: Draft, key: str) -> None:
    given = _typed(draft, "text", key)
    if given is not None:
        draft.put("toml", str(given))
