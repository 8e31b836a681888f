"""Bad cells of a table, put right in place: another text, read by the same rules."""

import streamlit as st

from reconciliation import wording
from reconciliation.wording import say
from ui import noting
from ui.editing.drafts import Draft, begun
from ui.editing.reading import Cell, Reading, bad_cells, cell
from ui.loading import findings_table
from ui.text import plain, spoken

MOST = 40


def mend(draft: Draft, found: Reading) -> None:
    """Draw a field for each cell that keeps its row out, and for each that was mended."""
    if found.grid is None or found.received is None:
        return
    bad = bad_cells(found)
    here = bad[bad["own"] != ""].drop_duplicates(["line", "own"])
    problems: dict[Cell, str] = {
        (int(row["line"]), str(row["own"])): noting.told(row["code"], row["problem"], row["remedy"])
        for row in here.to_dict("records")
    }
    fixes: dict[Cell, str] = draft.get("fixes", {})
    cells = sorted({*problems, *fixes})
    if not cells and bad.empty:
        return
    st.subheader(say("Cells to put right"), anchor=False)
    if problems:
        one, many = "{n} cell keeps its row out.", "{n} cells keep their rows out."
        st.markdown(plain(wording.say_many(one, many, len(problems))))
    for where in cells[:MOST]:
        _field(draft, found, where, problems.get(where, ""))
    if len(cells) > MOST:
        message = "The first {n} of {all} are shown."
        st.caption(say(message, n=wording.number(MOST), all=wording.number(len(cells))))
    elsewhere = bad[bad["own"] == ""].drop(columns="own")
    if len(elsewhere):
        st.markdown(say("These cannot be put right in a cell; mend the table or its reading:"))
        findings_table(elsewhere.head(MOST), say("What was found"))


def _field(draft: Draft, found: Reading, where: Cell, problem: str) -> None:
    assert found.received is not None
    line, column = where
    name = f"cell/{line}/{column}"
    words = say("Line {line}, {column}", line=line, column=column)
    was = cell(found.received, where)
    st.text_input(
        spoken(words),
        key=begun(draft.key(name), was),
        on_change=_mended,
        args=(draft, where, name, was),
    )
    if problem:
        st.caption(plain(problem))
    else:
        st.caption(plain(say("Put right; the table says {text}.", text=repr(was))))


def _mended(draft: Draft, where: Cell, name: str, was: str) -> None:
    """Note the new text of a cell; the old one takes the change back."""
    fixes = dict(draft.get("fixes", {}))
    text = str(draft.get(name, was))
    fixes.pop(where, None)
    if text != was:
        fixes[where] = text
    draft.put("fixes", fixes)
