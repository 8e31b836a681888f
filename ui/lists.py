"""Short lists for the Overview: what is new, where sources differ, what nobody counted."""

from typing import Any

import pandas as pd
import streamlit as st

import charts
from figures import Measure
from loaders import Library
from reconciliation import wording
from reconciliation.daily import line_name, told_anew
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, charting, keeping, pieces, questions, warming, words
from ui.charting import Chart
from ui.questions import Row
from ui.selection import Selection
from ui.text import escaped, file_name, plain

MOST = 6


def absent(measures: list[str], view: Selection) -> None:
    """Say which measures nobody has a figure for."""
    if measures:
        found = wording.listing(say(Measure(word).value) for word in measures)
        text = say("No figure is recent enough on {day} for: {measures}.",
                   day=wording.day(view.day), measures=found)  # fmt: skip
        st.caption(plain(text))


def small_chart(library: Library, view: Selection) -> None:
    """Draw the measure over time, for all places together and for each."""
    found = _pictured(library, view)
    if found is not None:
        charting.show(view, found[0], svg=found[1])


def _pictured(library: Library, view: Selection) -> tuple[Chart, str] | None:
    colours = charting.theme()

    def work() -> tuple[Chart, str] | None:
        chart = over_time(library, view)
        return None if chart is None else (chart, charting.fitted(chart, colours))

    asked = (view.measure, view.places, view.population, view.cause, view.day, colours)
    return keeping.answer(work, "over-time", *keeping.base(library, view), *asked)


@warming.ahead
def _picture_ahead(library: Library, view: Selection) -> None:
    if view.measure == Measure.KILLED.value:
        _pictured(library, view)


def over_time(library: Library, view: Selection) -> Chart | None:
    """Return the small chart of all places and each; nothing to draw below two numbers."""
    rows = questions.lines(library, view)
    if rows["value"].notna().sum() < 2:
        return None
    named = rows.assign(line=[line_name(part) for part in rows["part"]])
    title = say("{measure} over time", measure=words.subject(view))
    ends = words.semicolons(
        _end(place, group) for place, group in named.groupby("line", sort=False)
    )
    alt = say("{subject}: {ends}", subject=title, ends=ends)
    table = named[named["value"].notna()]
    table = table.assign(place=[place_name(part) for part in table["part"]])
    names = [answers.short_name(library, source) for source in table["source"]]
    shown = pd.DataFrame(
        {
            say("Place"): table["place"],
            say("As of"): table["as_of"].dt.date,
            say("Figure"): [questions.text_of(row) for row in table.to_dict("records")],
            say("Source"): names,
        }
    )
    table = table[["place", "day", "value", "value_high", "quantifier", "source", "as_of"]]
    until, say_so = pd.Timestamp(view.day), charting.words()
    return Chart(
        title=title,
        subtitle=say(
            "The figure shown for each place. {circumstances}.",
            circumstances=words.circumstances(view),
        ),
        alt=alt,
        source=charting.sources(names),
        # A number that holds for several days is one line to a reader.
        table=shown.drop_duplicates(),
        raw=table,
        draw=lambda width, theme: charts.steps(
            named, until, theme, words=say_so, width=width, title=title, description=alt
        ),
        name=file_name(view.crisis, view.measure, view.place, "over-time", view.day),
        page="",
        kind="overview",
        widths=charting.COLUMN,
    )


def _end(place: object, group: pd.DataFrame) -> str:
    last = group[group["value"].notna()].iloc[-1]
    return say("{place} {number} on {day}", place=place, number=questions.text_of(last.to_dict()),
               day=wording.day(last["day"]))  # fmt: skip


def side(library: Library, view: Selection) -> None:
    """List what is new on the day and where sources differ most, each under its heading."""
    pieces.show(
        pieces.heading(say("New on this day")),
        _fresh(library, view),
        pieces.heading(say("Where sources differ most")),
        _apart_most(library, view),
    )


def _fresh(library: Library, view: Selection) -> str:
    """Return the shown figures that are newer than the day before, as HTML."""
    lines = _news(library, view)
    if not lines:
        return pieces.small(say("Nothing new is shown for {day}.", day=wording.day(view.day)))
    more = wording.say_many("{n} more", "{n} more", len(lines) - MOST)
    return pieces.most(lines, MOST, more)


@warming.ahead
@keeping.by_day
def _news(library: Library, view: Selection) -> list[str]:
    """Return the figures that are new on a day, one paragraph of HTML for each."""
    rows = questions.changes_since(library, view).to_dict("records")
    return [_new(library, view, row) for row in rows]


def _new(library: Library, view: Selection, row: Row) -> str:
    line = say("{subject}: {number}", subject=subject_of(row), number=questions.text_of(row))
    change = told_anew(
        row,
        lambda source: answers.short_name(library, source),
        lambda figure_id: questions.expression(library, view, figure_id),
    )
    return pieces.paragraph(pieces.strong(line), escaped(change))


def subject_of(row: Row) -> str:
    """Return what a row counts and where: "Killed, Cambodia, civilians"."""
    place = f"{row['country']}/{row['admin1']}" if row["admin1"] else str(row["country"])
    parts = [say(str(row["measure"]).capitalize()), place_name(place)]
    if (row["population"], row["cause"]) != ("all", "all"):
        parts.append(definition(str(row["measure"]), str(row["population"]), str(row["cause"])))
    if row["scope"]:
        parts.append(str(row["scope"]))
    return words.commas(parts)


def _apart_most(library: Library, view: Selection) -> str:
    """Return the questions on which independent sources are furthest apart, as HTML."""
    found = _furthest(library, view)
    if not found:
        text = say("No two independent sources are more than 5 % apart on this day.")
        return pieces.small(text)
    words = say("Compare them")
    return "".join(
        pieces.listed(text, pieces.onward("reconciliation", words, view.of(**asked)))
        for text, asked in found
    )


@warming.ahead
@keeping.by_day
def _furthest(library: Library, view: Selection) -> list[tuple[str, dict[str, Any]]]:
    """Return the questions on which sources are furthest apart: in words, and what they ask."""
    rows = questions.conflicts(library, view).head(MOST).to_dict("records")
    return [(_apart(row), _question(view, row)) for row in rows]


def _apart(row: Row) -> str:
    spread = words.spread_of(row["lowest"], row["highest"])
    count = wording.say_many("{n} source", "{n} sources", row["origins"])
    text = say("{spread}, by {sources}", spread=spread, sources=count)
    return f"{pieces.strong(subject_of(row))}{pieces.BREAK}{escaped(text)}"


def _question(view: Selection, row: Row) -> dict[str, Any]:
    places = tuple(c for c in view.countries if c in str(row["country"]).split("+"))
    same = {name: str(row[name]) for name in ("measure", "population", "cause")}
    return {**same, "places": places}
