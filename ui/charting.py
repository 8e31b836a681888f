"""A chart as every page shows it: title, subtitle, picture, its data, a file."""

import pandas as pd
import streamlit as st

from reconciliation.wording import say
from ui import tables
from ui.text import plain

CONFIG = {"displayModeBar": False, "displaylogo": False, "responsive": True}


def theme() -> str:
    """Return the reader's theme: light or dark."""
    kind = getattr(st.context.theme, "type", None)
    return "dark" if kind == "dark" else "light"


def head(title: str, subtitle: str) -> None:
    """Say what a chart is about: its subject, then measure, place, definition and days."""
    st.header(plain(title), anchor=False)
    st.caption(plain(subtitle))


def chart(
    figure: object,
    *,
    title: str,
    subtitle: str,
    alt: str,
    table: pd.DataFrame,
    raw: pd.DataFrame,
    name: str,
) -> None:
    """Show a Plotly figure with its title, the same data as a table, and a CSV file."""
    head(title, subtitle)
    st.plotly_chart(
        figure,
        width="stretch",
        theme=None,
        config=CONFIG,
        key=f"chart_{name}",
        alt=alt,
    )
    behind(table, raw, name, alt)


def picture(svg: str, *, alt: str, table: pd.DataFrame, raw: pd.DataFrame, name: str) -> None:
    """Show an SVG chart with its data as a table and a CSV file."""
    st.image(svg, width="stretch", alt=alt)
    behind(table, raw, name, alt)


def behind(table: pd.DataFrame, raw: pd.DataFrame, name: str, alt: str) -> None:
    """Show the data behind a chart, folded away, with the file to download."""
    with st.expander(say("The figures behind this chart"), icon=":material/table_rows:"):
        tables.show(table, alt=say("Data of the chart: {chart}", chart=alt))
        tables.download(raw, name)
