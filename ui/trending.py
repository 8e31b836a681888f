"""Charts of one question over time, with what happened meanwhile."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

import charts
from loaders import Library
from reconciliation import wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, charting, describing, keeping, questions, tables, words
from ui.charting import Chart
from ui.choosing import link_to, tell
from ui.selection import Selection, notice
from ui.text import file_name, plain, safe_link

# How long after the last figure a chart still reaches the chosen day.
FAR = 90 * answers.DAY


@dataclass(frozen=True)
class _Drawn:
    """What is kept of a chart, worked out once for all readers who ask for the same."""

    chart: Chart
    svg: str
    figure: object = None


def trend_chart(library: Library, view: Selection, key: str, *, log: bool) -> None:
    """Draw every source's figures, the shown one and the range, with data and files."""
    note = say(
        "Marks: ● the number itself, ▲ that number or more, ▼ or fewer, ◆ about. Triangles at the "
        "top are events. The upright line is the chosen day. A line ends where nothing recent is "
        "known, but a running total goes on to its next number; gaps are never bridged."
    )
    _show(library, view, key, "trend", partial(trend_of, log=log), note, log)


def change_chart(library: Library, view: Selection, key: str) -> None:
    """Draw the change from each shown figure to the next, with data and files."""
    if questions.changed(questions.shown(library, view, key)).empty:
        st.info(say("There are no two figures to compare."))
        return
    note = say(
        "A full bar compares two figures of one source. A hollow one compares two sources: "
        "the change may be one of counting, not of events."
    )
    _show(library, view, key, "change", change_of, note)


def _show(
    library: Library,
    view: Selection,
    key: str,
    kind: str,
    make: Callable[[Library, Selection, str], tuple[Chart, Callable[[str], object]]],
    note: str,
    *choices: Hashable,
) -> None:
    """Show a chart, drawn at once; or the one to explore, if the reader asks for that."""
    theme = charting.theme()

    def work() -> _Drawn:
        chart, explored = make(library, view, key)
        if view.explore:
            return _Drawn(chart, "", explored(theme))
        return _Drawn(chart, charting.fitted(chart, theme))

    found = keeping.answer(
        work,
        *(kind, *keeping.base(library, view)),
        *(view.measure, view.places, view.population, view.cause, view.day.isoformat()),
        *(key, theme, view.explore, *choices),
    )
    if found.figure is not None:
        charting.explored(view, found.chart, found.figure, note)
    else:
        charting.show(view, found.chart, svg=found.svg, note=note)


def trend_of(
    library: Library, view: Selection, key: str, *, log: bool
) -> tuple[Chart, Callable[[str], object]]:
    """Return the chart of who said what when, and what draws the one to explore."""
    points = questions.points(library, view, key)
    shown = questions.shown(library, view, key)
    text = [questions.text_of(row) if row["words"] else "" for row in shown.to_dict("records")]
    last, day = points["day"].max(), pd.Timestamp(view.day)
    # Long after the last figure the chart would be all but empty: then it ends two weeks later.
    far = day > last + FAR
    until = last + 14 * answers.DAY if far else max(last, day)
    events = questions.events(library, view)
    frames = (points, shown.assign(text=text), events[events["day"] <= until])
    options = {"until": until, "chosen": min(day, until), "log": log,
               "words": _words(day, far)}  # fmt: skip
    title, alt = describing.finding(view, shown), describing.told(view, shown, points)
    data = points.assign(source=points["source_id"])
    chart = Chart(
        title=title,
        subtitle=describing.subtitle(library, view, key),
        alt=alt,
        source=charting.sources(points["source"]),
        table=tables.provenance(library, data),
        raw=tables.raw(library, data),
        draw=lambda width, theme: charts.trend_svg(
            *frames, **options, theme=theme, width=width, title=title, description=alt
        ),
        name=_file(view, key),
        page="trends",
        kind="trend",
    )
    return chart, lambda theme: charts.trend(*frames, **options, theme=theme)


def _words(day: pd.Timestamp, far: bool) -> charts.Words:
    """Return the words of a chart that marks the chosen day, or says that it lies beyond."""
    message = "Further right: the chosen day, {day}" if far else "Chosen day, {day}"
    return replace(charting.words(), chosen=say(message, day=wording.day(day)))


def _file(view: Selection, key: str, *more: object) -> str:
    """Return what the files of a chart are called: crisis, measure, place, who, series, day."""
    parts = (view.measure, view.place, view.population, view.cause)
    asked = [part for part in parts if part != "all"]
    return file_name(view.crisis, *asked, key, *more, view.day)


def _printed(bars: pd.DataFrame) -> str:
    """Return what a chart of changes says where it compares numbers that are not exact."""
    if bars["exact"].all():
        return ""
    told = say("Differences of the numbers as printed: where one is “at least” or “about”, "
               "nobody knows the exact change.")  # fmt: skip
    return f" {told}"


def change_of(library: Library, view: Selection, key: str) -> tuple[Chart, Callable[[str], object]]:
    """Return the chart of changes, and what draws the one to explore."""
    shown = questions.shown(library, view, key)
    bars, events = questions.changed(shown), questions.events(library, view)
    title = say(
        "{heading}: change from one shown figure to the next", heading=describing.heading(view)
    )
    table = pd.DataFrame(
        {
            say("As of"): bars["day"].dt.date,
            say("Change"): [words.signed(change) for change in bars["change"]],
            say("From and to"): bars["words"],
            say("Same source"): [say("yes") if same else say("no") for same in bars["same"]],
        }
    )
    printed = _printed(bars)
    alt = describing.changes_told(title, bars) + printed
    last, day = bars["day"].max(), pd.Timestamp(view.day)
    far = day > last + FAR
    chosen, wording_of = last + answers.DAY if far else day, _words(day, far)
    draw = partial(charts.changes_svg, bars, events, chosen=chosen, words=wording_of)
    chart = Chart(
        title=title,
        subtitle=describing.subtitle(library, view, key) + printed,
        alt=alt,
        source=charting.sources(
            answers.short_name(library, source)
            for source, said in zip(shown["source"], shown["words"], strict=True)
            if said
        ),
        table=table,
        raw=bars,
        draw=lambda width, theme: draw(theme=theme, width=width, title=title, description=alt),
        name=_file(view, key, "change"),
        page="trends",
        kind="change",
    )
    return chart, lambda theme: charts.changes(
        bars, events, chosen=chosen, words=wording_of, theme=theme
    )


def events(library: Library, view: Selection) -> None:
    """List what happened, up to the chosen day the newest first."""
    found = questions.events(library, view)
    if found.empty:
        return
    title = wording.say_many("{n} event", "{n} events", len(found))
    with st.expander(title, icon=":material/event:"):
        table = pd.DataFrame(
            {
                say("Day"): [wording.day(day) for day in found["day"]],
                say("What happened"): found["label"],
                say("Link"): [safe_link(url) for url in found["url"]],
            }
        )
        tables.show(table[::-1], alt=title)


def nobody(library: Library, view: Selection) -> None:
    """Say that the question has no figure, and where there are some."""
    if view.series:
        tell([notice("series", view.series)])
    st.info(
        plain(
            say("No source has reported this for {place} yet.", place=view.place_words)
            if view.known is None
            else say("By {day} no source had reported this.", day=wording.day(view.known))
        )
    )
    mine = answers.said(library, view)
    mine = mine[mine["measure"] == view.measure]
    found = mine.groupby(["country", "population", "cause"], observed=True).size()
    if len(found):
        st.markdown(say("There are figures for:"))
    rows = found.sort_values(ascending=False).head(5).reset_index(name="number")
    for country, population, cause, number in rows.itertuples(index=False):
        places = tuple(code for code in view.countries if code in str(country).split("+"))
        label = say(
            "{place}, {who}: {count}",
            place=place_name(str(country)),
            who=definition(view.measure, str(population), str(cause)),
            count=wording.say_many("{n} figure", "{n} figures", int(number)),
        )
        other = view.of(places=places, population=str(population), cause=str(cause), series="")
        link_to("trends", plain(label), other)
