"""Figures as tables: every number with its source, its dates and the way to its row."""

from collections.abc import Hashable

import pandas as pd
import streamlit as st

import exports
from figures.frames import NAMED
from loaders import Library
from reconciliation import wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers
from ui.questions import Row, text_of
from ui.text import safe_link
from ui.words import commas, counting

# What a file for other programs gets of a figure, in the words of the CSV files.
RAW = (
    "figure_id",
    "country",
    "admin1",
    "measure",
    "population",
    "cause",
    "counting",
    "since",
    "as_of",
    "value",
    "value_high",
    "quantifier",
    "unit",
    "scope",
    "status",
    "source",
    "publisher",
    "published",
    "url",
    "expression",
    "note",
    "file",
    "line",
)


def provenance(library: Library, figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures as a reader's table: number, source, dates, bounds, phrase, link, row."""
    rows = figures.to_dict("records")
    return pd.DataFrame(
        {
            say("Figure"): [text_of(row) for row in rows],
            say("Source"): [answers.short_name(library, row["source"]) for row in rows],
            say("As of"): figures["as_of"].dt.date.tolist(),
            say("Counts"): [counts(row) for row in rows],
            say("Link"): [safe_link(row["url"]) for row in rows],
            say("Published"): _dates(figures["published"]),
            say("Carried by"): [
                answers.short_name(library, row["publisher"]) if row["publisher"] else None
                for row in rows
            ],
            say("Allows"): [wording.bounds(row["low"], row["high"]) for row in rows],
            say("As printed"): [row["expression"] or None for row in rows],
            say("Row"): [f"{row['file']}, line {row['line']}" for row in rows],
        }
    )


def _dates(column: pd.Series) -> list[object]:
    return [None if pd.isna(day) else day.date() for day in column]


def counts(row: Row) -> str:
    """Return what a figure counts: where, whom, of what, how, and what it leaves out."""
    where = place_name(
        f"{row['country']}/{row['admin1']}" if row["admin1"] else str(row["country"])
    )
    who = definition(str(row["measure"]), str(row["population"]), str(row["cause"]))
    how = counting(str(row["counting"]), row["since"], row["as_of"])
    told = [where, who, how, str(row["scope"] or "")]
    if row["unit"] != "person":
        told.insert(1, say("households"))
    return commas(word for word in told if word)


def show(table: pd.DataFrame, alt: str, height: int = 0) -> None:
    """Show a table that sorts; links open the report.

    It scrolls with the page unless it is longer than ``height``, in pixels.
    """
    days = _format(table)
    dates = {
        say("As of"): 115,
        say("Published"): 115,
        say("First"): 115,
        # On a phone the name, a number and a day fit side by side.
        say("Last"): 100 if days else 115,
    }
    config = {
        say("Link"): st.column_config.LinkColumn(display_text=say("Open"), width="small"),
        say("Source"): st.column_config.Column(width=225 if say("Figure") in table else 195),
    }
    # Streamlit looks at the first rows alone; what is longer further down would be cut.
    for name in (say("Standing"), say("Carried by"), say("Counts"), say("As printed"), say("Row")):
        if name in table.columns:
            config[name] = st.column_config.Column(width=_width(table[name]))
    for name, width in dates.items():
        config[name] = st.column_config.DateColumn(format=days, width=width)
    mine = {name: column for name, column in config.items() if name in table.columns}
    named: list[Hashable] = [name for name in dates if name in table.columns and days is None]
    st.dataframe(
        table.style.format(_day, subset=named) if named else table,
        hide_index=True,
        height=height if height and 35 * (len(table) + 1) > height else "content",
        width="stretch",
        column_config=mine,
        placeholder="–",
        alt=alt,
    )


def _format(table: pd.DataFrame) -> str | None:
    """Return how the table's columns write days; nothing where each day brings its own words."""
    # The columns' own names of months are English.
    if wording.language() == "en":
        return "D MMM YYYY"
    # Of more cells Streamlit takes no words.
    few = table.size <= pd.get_option("styler.render.max_elements")
    return None if few else "YYYY-MM-DD"


def _width(column: pd.Series, most: int = 430) -> int:
    """Return how many pixels the longest text of a column takes, but never more than ``most``."""
    return min(most, 30 + 7 * max((len(str(cell)) for cell in column.dropna()), default=0))


def _day(value: object) -> str:
    """Return a day in the reader's language; the table sorts by the day itself."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    text = wording.day(value)
    return wording.isolated(text) if wording.direction() == "rtl" else text


def csv(table: pd.DataFrame) -> bytes:
    """Return the table as CSV that Excel opens as UTF-8 and never runs as a formula."""
    return exports.csv(table)


def raw(library: Library, figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures as the CSV files have them, with the file and line they stand on.

    Beside each id of a place or source stands its name, as the tables on screen have it.
    """
    names = {
        "country": lambda code: place_name(code) if code else "",
        "source": lambda source: answers.full_name(library, source) if source else "",
    }
    names["publisher"] = names["source"]
    columns = {}
    for column in (name for name in RAW if name in figures.columns):
        columns[column] = figures[column]
        if column in NAMED:
            columns[NAMED[column]] = figures[column].astype(str).map(names[column]).astype(str)
    return pd.DataFrame(columns)


def download(table: pd.DataFrame, name: str, label: str = "") -> None:
    """Offer the table as a CSV file."""
    st.download_button(
        label or say("Download as CSV"),
        csv(table),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"download_{name}",
        on_click="ignore",
        icon=":material/download:",
    )
