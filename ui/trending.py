"""Charts of one question over time, with what happened meanwhile."""

import pandas as pd
import streamlit as st

import charts
from loaders import Library
from reconciliation import wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, charting, questions, tables, words
from ui.choosing import link_to
from ui.selection import Selection
from ui.text import file_name, plain, safe_link


def trend_chart(library: Library, view: Selection, key: str, *, log: bool) -> None:
    """Draw every source's figures, the shown one and the range, with data and file."""
    subtitle = _subtitle(library, view, key)
    theme = charting.theme()
    figure, title, table, raw = answers.answer(
        lambda: _drawn(library, view, key, theme, log=log),
        "trend",
        *answers.base(library, view),
        *(view.measure, view.place, view.population, view.cause, view.day.isoformat()),
        *(key, theme, log),
    )
    name = file_name(view.crisis, view.measure, view.place, view.population, view.cause, key)
    charting.chart(
        figure,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {subtitle}",
        table=table,
        raw=raw,
        name=name,
    )
    st.caption(
        say(
            "Marks: ● the number itself, ▲ that number or more, ▼ or fewer, ◆ about. Triangles at "
            "the top are events. The upright line is the chosen day. A line ends where nothing "
            "recent is known; it is never bridged."
        )
    )


def _drawn(
    library: Library, view: Selection, key: str, theme: str, *, log: bool
) -> tuple[object, str, pd.DataFrame, pd.DataFrame]:
    """Return the picture, its finding, and its data for readers and for programs."""
    points = questions.points(library, view, key)
    shown = questions.shown(library, view, key)
    last, day = points["day"].max(), pd.Timestamp(view.day)
    # Long after the last figure the chart would be empty: it ends two weeks later.
    until = max(last, min(day, last + 14 * answers.DAY))
    events = questions.events(library, view)
    figure = charts.trend(
        points,
        shown,
        events[events["day"] <= until],
        until=until,
        chosen=min(day, until),
        theme=theme,
        log=log,
        words=charts.Words(
            shown=say("Shown figure"),
            band=say("Range over independent sources"),
            others=say("Other sources"),
        ),
    )
    data = points.assign(source=points["source_id"])
    return figure, _finding(view, shown), tables.provenance(library, data), tables.raw(data)


def change_chart(library: Library, view: Selection, key: str) -> None:
    """Draw the change from each shown figure to the next, with data and file."""
    bars = questions.changed(questions.shown(library, view, key))
    if bars.empty:
        st.info(say("There are no two figures to compare."))
        return
    events = questions.events(library, view)
    figure = charts.changes(bars, events, theme=charting.theme())
    title = say("{heading}: change from one shown figure to the next", heading=heading(view))
    table = pd.DataFrame(
        {
            say("As of"): bars["day"].dt.date,
            say("Change"): [words.signed(change) for change in bars["change"]],
            say("From and to"): bars["words"],
            say("Same source"): [say("yes") if same else say("no") for same in bars["same"]],
        }
    )
    charting.chart(
        figure,
        title=title,
        subtitle=_subtitle(library, view, key),
        alt=title,
        table=table,
        raw=bars,
        name=file_name(view.crisis, view.measure, view.place, key, "change"),
    )
    st.caption(
        say(
            "A full bar compares two figures of one source. A hollow one compares two sources: "
            "the change may be one of counting, not of events."
        )
    )


def heading(view: Selection) -> str:
    """Return the question as a heading: "Killed, Cambodia and Thailand"."""
    return say("{subject}, {place}", subject=words.subject(view), place=view.place_words)


def _finding(view: Selection, shown: pd.DataFrame) -> str:
    """Return what the chart shows on the chosen day, in one line."""
    until = shown[shown["day"] <= pd.Timestamp(view.day)]
    if until.empty or pd.isna(until["value"].iloc[-1]):
        return say("{heading}: no recent figure on {day}", heading=heading(view),
                   day=wording.day(view.day))  # fmt: skip
    row = until.iloc[-1].to_dict()
    return say(
        "{number} on {day}; {verdict}",
        number=questions.text_of(row).capitalize(),
        day=wording.day(view.day),
        verdict=words.verdict(row["verdict"], row["origins"], row["lowest"], row["highest"]),
    )


def _subtitle(library: Library, view: Selection, key: str) -> str:
    how = questions.series(library, view)[key]
    return say(
        "{measure}, {who}, {place}. {how}. {circumstances}.",
        measure=say(view.measure.capitalize()),
        who=definition(view.measure, view.population, view.cause),
        place=view.place_words,
        how=how,
        circumstances=words.circumstances(view),
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
