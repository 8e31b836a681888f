"""Short lists for the Overview: what is new, where sources differ, what nobody counted."""

import pandas as pd
import streamlit as st

import charts
from loaders import Library
from reconciliation import wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, charting, questions, words
from ui.choosing import link_to
from ui.questions import Row
from ui.selection import Selection
from ui.text import file_name, plain

MOST = 6


def absent(measures: list[str], view: Selection) -> None:
    """Say which measures nobody has a figure for."""
    if measures:
        found = wording.listing(say(word.capitalize()).lower() for word in measures)
        text = say("No figure is recent enough on {day} for: {measures}.",
                   day=wording.day(view.day), measures=found)  # fmt: skip
        st.caption(plain(text))


def small_chart(library: Library, view: Selection) -> None:
    """Draw the measure over time, for all places together and for each."""
    rows = questions.lines(library, view)
    if rows["value"].notna().sum() < 2:
        return
    named = rows.assign(line=[place_name(part) for part in rows["part"]])
    subject = say("{measure} over time", measure=words.subject(view))
    st.header(plain(subject), anchor=False)
    st.caption(plain(say("Shown figure per place, up to {day}", day=wording.day(view.day))))
    svg = charts.steps(named, pd.Timestamp(view.day), charting.theme())
    alt = say(
        "{subject}: {ends}",
        subject=subject,
        ends="; ".join(_end(place, group) for place, group in named.groupby("line", sort=False)),
    )
    table = named[named["value"].notna()].rename(columns={"line": "place"})
    table = table[["place", "day", "value", "value_high", "quantifier", "source", "as_of"]]
    shown = pd.DataFrame(
        {
            say("Place"): table["place"],
            say("As of"): table["as_of"].dt.date,
            say("Figure"): [questions.text_of(row) for row in table.to_dict("records")],
            say("Source"): [answers.short_name(library, source) for source in table["source"]],
        }
    )
    name = file_name(view.crisis, view.measure, "over-time", view.day)
    charting.picture(svg, alt=alt, table=shown, raw=table, name=name)


def _end(place: object, group: pd.DataFrame) -> str:
    last = group[group["value"].notna()].iloc[-1]
    return say("{place} {number} on {day}", place=place, number=questions.text_of(last.to_dict()),
               day=wording.day(last["day"]))  # fmt: skip


def whats_new(library: Library, view: Selection) -> None:
    """List the shown figures that are newer than the day before."""
    found = questions.changes_since(library, view)
    if found.empty:
        st.caption(plain(say("Nothing new is shown for {day}.", day=wording.day(view.day))))
        return
    rows = found.to_dict("records")
    for row in rows[:MOST]:
        _new(library, row)
    if len(rows) > MOST:
        more = wording.say_many("{n} more", "{n} more", len(rows) - MOST)
        with st.expander(more):
            for row in rows[MOST:]:
                _new(library, row)


def _new(library: Library, row: Row) -> None:
    number = questions.text_of(row)
    if pd.isna(row["value_before"]):
        change = say("first figure")
    else:
        before = {name: row[f"{name}_before"] for name in ("value", "value_high", "quantifier")}
        old = questions.text_of(before)
        change = say("confirmed") if old == number else say("was {old}", old=old)
    source = answers.short_name(library, row["source"])
    line = say("{subject}: {number}", subject=subject_of(row), number=number)
    st.markdown(f"**{plain(line)}**  \n{plain(change)}, {plain(source)}")


def subject_of(row: Row) -> str:
    """Return what a row counts and where: "Killed, Cambodia, civilians"."""
    place = f"{row['country']}/{row['admin1']}" if row["admin1"] else str(row["country"])
    parts = [say(str(row["measure"]).capitalize()), place_name(place)]
    if (row["population"], row["cause"]) != ("all", "all"):
        parts.append(definition(str(row["measure"]), str(row["population"]), str(row["cause"])))
    if row["scope"]:
        parts.append(str(row["scope"]))
    return ", ".join(parts)


def conflicts(library: Library, view: Selection) -> None:
    """List the questions on which independent sources are furthest apart."""
    rows = questions.conflicts(library, view).to_dict("records")
    if not rows:
        st.caption(say("No two independent sources are more than 5 % apart on this day."))
    for row in rows[:MOST]:
        spread = words.spread_of(row["lowest"], row["highest"])
        count = wording.say_many("{n} source", "{n} sources", row["origins"])
        places = tuple(c for c in view.countries if c in str(row["country"]).split("+"))
        other = view.of(
            measure=str(row["measure"]),
            places=places,
            population=str(row["population"]),
            cause=str(row["cause"]),
        )
        with st.container(gap="xxsmall"):
            text = say("{spread}, by {sources}", spread=spread, sources=count)
            st.markdown(f"**{plain(subject_of(row))}**  \n{plain(text)}")
            link_to("reconciliation", say("Compare them"), other, icon=":material/arrow_forward:")
