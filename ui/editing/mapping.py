"""How a table is read, corrected on screen: its columns, its numbers, what holds for all rows."""

from collections.abc import Iterable
from collections.abc import Mapping as Names
from typing import Any

import streamlit as st

from loaders import Mapping
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import noting
from ui.checking import assumed
from ui.checking.screen import download_mapping
from ui.editing import dayfirst
from ui.editing.drafts import Draft
from ui.editing.parts import COLUMNS, CONSTANTS, words_of
from ui.editing.reading import Reading
from ui.text import plain

LARGEST_TOML = 100_000
NONE = ""


def correct(draft: Draft, found: Reading) -> None:
    """Let the editor say how the table is read: by choosing, or as the text of a mapping."""
    st.subheader(say("How your table is read"), anchor=False)
    mapping = found.table.mapping
    if mapping is not None:
        if mapping.assumed:
            st.info(plain(assumed.told(mapping)))
        _problems(found)
        if found.grid is not None:
            asked = _days(draft, mapping, found)
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
    _select(draft, mapping, "dates/order", label, orders, dayfirst.chosen(mapping))


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
                _select(draft, mapping, f"column/{ours}", say(words), options, now)
        if days:
            _order(draft, mapping)
        label = say("Columns whose text stands once for the rows below it")
        _several(draft, mapping, "fill", label, own, mapping.table.fill_down)
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
    _several(draft, mapping, "values", say("Columns that hold numbers of people"), own, now)
    for name, value in now.items():
        st.markdown(f"**{plain(name)}**")
        parts = zip(st.columns(3), ("measure", "population", "counting"), strict=True)
        for column, part in parts:
            options = {NONE: say("not said here")} | words_of(part)
            label = say(CONSTANTS[part])
            with column:
                _select(draft, mapping, f"value/{name}/{part}", label, options,
                        getattr(value, part))  # fmt: skip


def _several(
    draft: Draft, mapping: Mapping, name: str, label: str, own: list[str], now: Iterable[str]
) -> None:
    """Let the editor choose some of the table's columns."""
    key = draft.key(f"map/{name}")
    st.session_state[key] = [column for column in now if column in own]
    st.multiselect(
        label,
        own,
        key=key,
        on_change=_changed,
        args=(draft, mapping),
        placeholder=say("Choose"),
    )


def _constant(draft: Draft, mapping: Mapping, ours: str, label: str, now: str) -> None:
    options = words_of(ours)
    if options:
        _select(draft, mapping, f"constant/{ours}", label, {NONE: say("not said here")} | options,
                now)  # fmt: skip
        return
    key = draft.key(f"map/constant/{ours}")
    st.session_state[key] = now
    st.text_input(label, key=key, max_chars=300, on_change=_changed, args=(draft, mapping))


def _select(
    draft: Draft, mapping: Mapping, name: str, label: str, options: Names[str, str], now: str
) -> None:
    shown = dict(options)
    if now not in shown:
        # A place given together, a template or a column that the table has lost.
        shown[now] = place_name(now) if name.endswith("country") else now
    key = draft.key(f"map/{name}")
    st.session_state[key] = now
    st.selectbox(
        label,
        list(shown),
        format_func=shown.__getitem__,
        key=key,
        on_change=_changed,
        args=(draft, mapping),
    )


def _changed(draft: Draft, mapping: Mapping) -> None:
    """Make the mapping what the fields say, and keep it as text."""
    said: dict[str, Any] = mapping.model_dump(exclude_defaults=True)
    columns = dict(mapping.columns) | {c: draft.get(f"map/column/{c}", NONE) for c in COLUMNS}
    said["columns"] = {name: own for name, own in columns.items() if own}
    constants = mapping.constants.given() | {
        name: str(draft.get(f"map/constant/{name}", NONE)).strip() for name in CONSTANTS
    }
    said["constants"] = {name: word for name, word in constants.items() if word}
    filled = draft.get("map/fill", mapping.table.fill_down)
    said["table"] = mapping.table.model_dump(exclude_defaults=True) | {"fill_down": filled}
    said["dates"] = dayfirst.dates(mapping, draft.get("map/dates/order", dayfirst.chosen(mapping)))
    if not mapping.wide:
        said["values"] = _values_said(draft, mapping)
        if said["values"]:
            said["columns"].pop("value", None)
    said["assumed"] = [name for name in mapping.assumed if _same(name, mapping, said)]
    try:
        made = Mapping.model_validate(said)
    except ValueError:
        # The fields offer only what may be said, except the free texts: those are shown again.
        return
    draft.put("toml", made.dump())


def _values_said(draft: Draft, mapping: Mapping) -> list[dict[str, Any]]:
    before = {value.column: value.model_dump(exclude_defaults=True) for value in mapping.values}
    made = []
    for name in draft.get("map/values", list(before)):
        parts = {p: draft.get(f"map/value/{name}/{p}", NONE) for p in _PARTS if name in before}
        value = {"column": name} | before.get(name, {}) | parts
        made.append({part: text for part, text in value.items() if text})
    return made


_PARTS = ("measure", "population", "counting")


def _same(name: str, mapping: Mapping, said: dict[str, Any]) -> bool:
    """Return whether what was assumed still stands as it was assumed."""
    before = mapping.constants.given().get(name)
    if before is not None:
        return bool(said["constants"].get(name) == before)
    counted = {f"counting of {v.column}": v.counting for v in mapping.values}
    now = {f"counting of {v['column']}": v.get("counting", "") for v in said.get("values", [])}
    return bool(name in now and now[name] == counted.get(name))


def _as_text(draft: Draft, found: Reading, mapping: Mapping | None) -> None:
    """Show the mapping as the text it is, to be corrected, taken away or put in."""
    if found.table.problem:
        message = "The mapping cannot be used: {problem}"
        st.error(plain(say(message, problem=found.table.problem)), icon=":material/report:")
    with st.expander(say("For experts: the mapping as text"), expanded=bool(found.table.problem)):
        usual = mapping.dump() if mapping is not None else ""
        key = draft.key("map/text")
        st.session_state[key] = draft.get("toml") or usual
        st.text_area(
            say("Mapping (TOML)"),
            key=key,
            height=260,
            max_chars=LARGEST_TOML,
            on_change=_typed,
            args=(draft,),
        )
        toml = str(draft.get("toml") or usual)
        download_mapping(toml, found.table.name, key="editing_do_toml")


def _typed(draft: Draft) -> None:
    draft.put("toml", str(draft.get("map/text") or ""))
