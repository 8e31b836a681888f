"""One figure, added or corrected by form."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from figures import Basis, Cause, Measure, Population, Status
from loaders import Library
from publishing import Change
from reconciliation import wording
from reconciliation.naming import group_name
from reconciliation.wording import say
from ui.data.filters import STATUSES
from ui.editing import changing, fields, finding, newcomers, numbers
from ui.editing.drafts import Draft, begun
from ui.query import groups
from ui.selection import Selection
from ui.text import plain

Row = dict[str, str]
_PLAIN = ("measure", "population", "cause", "admin1", "counting", "unit", "scope", "source",
          "publisher", "url")  # fmt: skip


def figure(library: Library, view: Selection) -> None:
    """Let the editor fill in one figure, and show what it would change."""
    draft = Draft(view.crisis, "form")
    if _correcting(library, view, draft):
        return
    row: Row = {"supersedes": draft.get("supersedes", "")}
    missing: list[str] = []
    with st.container(border=True):
        st.markdown(say("**What was counted**"))
        _question(library, view, draft, row, missing)
    with st.container(border=True):
        st.markdown(say("**The number**"))
        _number(draft, row, missing)
    with st.container(border=True):
        st.markdown(say("**Who says so**"))
        sources = _source(library, draft, row, missing)
    if missing:
        words = say("Still missing: {what}.", what=wording.listing(dict.fromkeys(missing)))
        st.info(plain(words), icon=":material/pending:")
        return
    change = Change(view.crisis, figures=(row,), sources=tuple(sources))
    changing.will_change(library, view, draft, change)


def _correcting(library: Library, view: Selection, draft: Draft) -> bool:
    """Let the editor start from a figure that is there; return whether it is still to be found."""
    corrected = draft.get("supersedes", "")
    if corrected:
        message = "This corrects {id}. The earlier row stays in the file."
        st.info(plain(say(message, id=corrected)), icon=":material/edit:")
        st.button(say("Do not correct it; begin anew"), key="editing_do_anew",
                  on_click=draft.clear)  # fmt: skip
        return False
    if not st.toggle(say("Correct a figure that is there"), key=draft.begin("correcting", False)):
        return False
    _searched(library, view, draft)
    return True


def _searched(library: Library, view: Selection, draft: Draft) -> None:
    label = say("Search by id, number, source, place or day")
    query = fields.text(draft, "query", label, most=120)
    rows = finding.found(library, view, query)
    titles = finding.titles(library, rows)
    if not titles:
        st.markdown(say("No figure fits."))
        return
    chosen = fields.pick(draft, "found", say("Figure to correct"), titles)
    if len(rows) > len(titles):
        message = "The first {n} of {all} are shown."
        words = say(message, n=wording.number(len(titles)), all=wording.number(len(rows)))
        st.caption(plain(words))
    if chosen:
        row = rows[rows["figure_id"] == chosen].iloc[0].to_dict()
        starts = library.crises.loc[library.crises["crisis"] == view.crisis, "start"]
        if row["counting"] == "cumulative" and row["since"] == starts.iloc[0]:
            # As in the files, which leave out what goes without saying.
            row["since"] = None
        st.button(say("Start from this figure"), key="editing_do_start",
                  on_click=start_from, args=(draft, row))  # fmt: skip


def start_from(draft: Draft, row: Mapping[Hashable, Any]) -> None:
    """Fill the form with a figure, to be corrected by a new row."""
    draft.clear()
    for name in _PLAIN:
        draft.put(name, str(row[name] or "") or None if name != "url" else str(row[name] or ""))
    draft.put("scope", str(row["scope"] or ""))
    draft.put("countries", str(row["country"]).split("+"))
    # The day the correction was put out is another one; the editor must say which.
    for name in ("since", "as_of"):
        draft.put(name, None if pd.isna(row[name]) else row[name].date())
    high = None if pd.isna(row["value_high"]) else int(row["value_high"])
    phrase = numbers.phrase_of(
        int(row["value"]), high, str(row["quantifier"]), str(row["expression"] or "")
    )
    draft.put("number", phrase)
    draft.put("deduced", row["as_of_basis"] == Basis.DEDUCED)
    draft.put("status", str(row["status"]))
    draft.put("nolink", not row["url"])
    draft.put("supersedes", str(row["figure_id"]))


def _question(
    library: Library, view: Selection, draft: Draft, row: Row, missing: list[str]
) -> None:
    mine = view.apply(library.figures)
    left, right = st.columns(2)
    with left:
        names = {word.value: say(word.value.capitalize()) for word in Measure}
        row["measure"] = fields.pick(
            draft, "measure", say("What is counted"), fields.meanings(Measure, names)
        )
        known = fields.countries(library, view, *(draft.get("countries") or []))
        label = say("Country, or several for a number given for them together")
        row["country"] = "+".join(sorted(fields.several(draft, "countries", label, known)))
        row["admin1"] = _province(draft, mine, row["country"])
        row["scope"] = fields.text(
            draft, "scope", say("Limited to, or leaving out (in words)"),
            say("Another scope is another series. Leave it empty for everything."),
        )  # fmt: skip
    with right:
        row["population"] = _population(draft, mine)
        causes = {word.value: say(word.meaning) for word in Cause}
        row["cause"] = fields.pick(draft, "cause", say("Cause"), causes, usual=Cause.ALL.value)
        row["counting"] = fields.pick(
            draft, "counting", say("How the number counts"), fields.countings()
        )
        # In the order of the form.
        missing += [say("what is counted")] if not row["measure"] else []
        missing += [say("the country")] if not row["country"] else []
        missing += [say("how the number counts")] if not row["counting"] else []
        _days(draft, row, missing)


def _province(draft: Draft, mine: pd.DataFrame, country: str) -> str:
    same = mine[mine["country"] == country] if country else mine
    found = sorted({str(name) for name in same["admin1"].unique() if name})
    label = say("Province, where the number is for one")
    return fields.pick(draft, "admin1", label, {name: name for name in found}, new=True)


def _population(draft: Draft, mine: pd.DataFrame) -> str:
    words = {word.value: word for word in Population}
    found = dict.fromkeys([*words, *groups(mine)])
    names = {name: wording.sentence_case(group_name(name)) for name in found}
    names |= {"all": say("Everybody")}
    return fields.pick(draft, "population", say("Who is counted"), names, usual="all")


def _days(draft: Draft, row: Row, missing: list[str]) -> None:
    counting = row["counting"]
    if counting in ("cumulative", "flow"):
        message = (
            say("Left empty: the start of the crisis.")
            if counting == "cumulative"
            else say("For a number of one day, that day.")
        )
        row["since"] = fields.day(draft, "since", say("First day counted"), message)
        if counting == "flow" and not row["since"]:
            missing.append(say("the first day counted"))
    row["as_of"] = fields.day(draft, "as_of", say("As-of day: the day the number describes"))
    missing += [say("the as-of day")] if not row["as_of"] else []
    if row.get("since", "") > row["as_of"] > "":
        missing.append(say("a first day that is not after the as-of day"))
    label = say("Worked out; the report does not print it")
    if st.checkbox(label, key=begun(draft.key("deduced"), False)):
        row["as_of_basis"] = Basis.DEDUCED.value


def _number(draft: Draft, row: Row, missing: list[str]) -> None:
    help_ = say("Such as 1,200, at least 65, 40 to 50, over half a million.")
    text = fields.text(draft, "number", say("The number, in digits or in words"), help_, 300)
    if not text:
        missing.append(say("the number"))
    else:
        try:
            row |= numbers.cells_of(text)
            st.caption(plain(numbers.in_words(text)))
        except ValueError as error:
            st.error(plain(error), icon=":material/report:")
            missing.append(say("a number that can be read"))
    printed = fields.text(
        draft, "expression", say("The phrase as printed, where it says more"), most=1_000
    )
    if printed:
        row["expression"] = printed
    left, right = st.columns(2)
    with left:
        units = {unit.value: say(name) for unit, name in fields.UNITS.items()}
        row["unit"] = fields.pick(draft, "unit", say("Counted in"), units, usual="person")
    with right:
        names = {status.value: say(name) for status, name in STATUSES.items()}
        options = fields.meanings(Status, names)
        row["status"] = fields.pick(draft, "status", say("Status"), options, usual="confirmed")


def _source(library: Library, draft: Draft, row: Row, missing: list[str]) -> list[Row]:
    made: list[Row] = []
    chosen = (
        ("source", say("Who counted"), True),
        ("publisher", say("Who carried it, if another"), False),
    )
    for name, label, needed in chosen:
        row[name], new, lacking = newcomers.chosen(draft, name, label, library, needed=needed)
        made += [new] if new else []
        missing += lacking
    row["published"] = fields.day(
        draft, "published", say("Day it was put out"),
        say("Left empty: the as-of day. It decides from when on the number was known."),
    )  # fmt: skip
    if row["supersedes"] and not row["published"]:
        missing.append(say("the day the correction was put out"))
    _link(draft, row, missing)
    return made


def _link(draft: Draft, row: Row, missing: list[str]) -> None:
    """Ask for the link, or for the reason why there is none, which goes into the note."""
    note = fields.text(draft, "note", say("Note for the reader"), most=1_000)
    if st.checkbox(say("There is no link"), key=begun(draft.key("nolink"), False)):
        reason = fields.text(draft, "why", say("Why there is no link"))
        missing += [say("why there is no link")] if not reason else []
        # A note is data, in the language of the files.
        row["note"] = "; ".join(part for part in (f"No link: {reason}", note) if part)
        return
    row["note"] = note
    row["url"] = fields.text(draft, "url", say("Link to the report"), most=2_000)
    if not row["url"]:
        missing.append(say("the link to the report"))
    elif not row["url"].lower().startswith(("http://", "https://")):
        missing.append(say("a link that begins with https://"))
