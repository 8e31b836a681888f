"""What a chart over time is called and what it tells, in sentences."""

from collections.abc import Callable, Iterable

import pandas as pd

from loaders import Library
from reconciliation import wording
from reconciliation.naming import definition
from reconciliation.wording import say
from ui import questions, words
from ui.questions import Row
from ui.selection import Selection


def heading(view: Selection) -> str:
    """Return the question as a heading: "Killed, Cambodia and Thailand"."""
    return say("{subject}, {place}", subject=words.subject(view), place=view.place_words)


def finding(view: Selection, shown: pd.DataFrame) -> str:
    """Return what the chart shows on the chosen day, in one line."""
    row = current(view, shown)
    if row is None:
        return say("{heading}: no recent figure on {day}", heading=heading(view),
                   day=wording.day(view.day))  # fmt: skip
    return say(
        "{heading}: {number} on {day}; {verdict}",
        heading=heading(view),
        number=questions.text_of(row),
        day=wording.day(view.day),
        verdict=words.verdict(row["verdict"], row["origins"], row["lowest"], row["highest"]),
    )


def current(view: Selection, shown: pd.DataFrame) -> Row | None:
    """Return the row that a chart shows on the chosen day; nothing where none is recent enough."""
    until = shown[shown["day"] <= pd.Timestamp(view.day)]
    if until.empty or pd.isna(until["value"].iloc[-1]):
        return None
    row: Row = until.iloc[-1].to_dict()
    return row


def told(view: Selection, shown: pd.DataFrame, points: pd.DataFrame) -> str:
    """Return what the chart shows, for who cannot see it: first, last, highest, who, verdict."""
    known = shown[shown["value"].notna()]
    said = [say("{title}.", title=finding(view, shown))]
    if len(known):
        first, last = known.iloc[0].to_dict(), known.iloc[-1].to_dict()
        top = _row(known, "value", max)
        said.append(
            say(
                "The shown figure goes from {first} on {first_day} to {last} on {last_day}.",
                first=questions.text_of(first),
                first_day=wording.day(first["as_of"]),
                last=questions.text_of(last),
                last_day=wording.day(last["as_of"]),
            )
        )
        said.append(say("The highest shown is {number}, on {day}.",
                        number=questions.text_of(top), day=wording.day(top["as_of"])))  # fmt: skip
    count = wording.say_many("{n} figure", "{n} figures", len(points))
    sources = wording.say_many("{n} source", "{n} sources", points["source_id"].nunique())
    said.append(say("Drawn from {figures} by {sources}.", figures=count, sources=sources))
    return " ".join(said)


def subtitle(library: Library, view: Selection, key: str) -> str:
    """Return measure, who is counted, place, how it counts, and the days and rule."""
    how = questions.series(library, view)[key]
    return say(
        "{measure}, {who}, {place}. {how}. {circumstances}.",
        measure=say(view.measure.capitalize()),
        who=definition(view.measure, view.population, view.cause),
        place=view.place_words,
        how=how,
        circumstances=words.circumstances(view),
    )


def changes_told(title: str, bars: pd.DataFrame) -> str:
    """Return what the chart of changes shows, for who cannot see it."""
    most, least = _row(bars, "change", max), _row(bars, "change", min)
    other = int((~bars["same"].astype(bool)).sum())
    return " ".join(
        [
            say("{title}.", title=title),
            say(
                "The changes run from {least} on {least_day} to {most} on {most_day}.",
                least=words.signed(least["change"]),
                least_day=wording.day(least["day"]),
                most=words.signed(most["change"]),
                most_day=wording.day(most["day"]),
            ),
            wording.say_many(
                "{n} change is between two sources.", "{n} changes are between two sources.", other
            ),
        ]
    )  # fmt: skip


def _row(frame: pd.DataFrame, name: str, most: Callable[[Iterable[float]], float]) -> Row:
    """Return the row with the highest or lowest number in a column, the first of several."""
    rows = frame.to_dict("records")
    wanted = most(row[name] for row in rows)
    return next(row for row in rows if row[name] == wanted)
