"""Who said what when: one step line per source, the shown figure, and the range over origins."""

from typing import Any

import pandas as pd
import plotly.graph_objects

from charts.course import Course, Words, course
from charts.style import DASHES, FONT, SERIES, SYMBOLS, Palette, label, palette

# Plotly has no types of its own.
go: Any = plotly.graph_objects
Plot = Any
HEIGHT = 520
# On which side of its point a line's number stands: several often end at one.
ROUND = ("bottom center", "bottom right", "top center", "top right", "bottom left", "top left")


def trend(
    points: pd.DataFrame,
    shown: pd.DataFrame,
    events: pd.DataFrame,
    *,
    until: pd.Timestamp,
    chosen: pd.Timestamp,
    theme: str = "light",
    log: bool = False,
    words: Words | None = None,
) -> Plot:
    """Return the figure of one question over time.

    ``points``: day, value, upper, quantifier, source (short name), words (hover), steps (whether a
    number holds until the next one). ``shown``: day, value, lowest, highest, words, sorted by day,
    with missing numbers where nothing is known. ``events``: day, label. Lines end at ``until``;
    ``chosen`` is the day the reader looks at.
    """
    words = words or Words()
    colours = palette(theme)
    figure = go.Figure()
    found = course(points, shown, until)
    if len(found.shown):
        _band(figure, found, colours, words)
        _shown(figure, found, colours, words)
    _others(figure, found.rest, colours, words)
    for number, (name, mine) in enumerate(found.sources):
        _source(figure, mine, name, number, words)
    _day(figure, chosen, colours, words)
    _events(figure, events, colours, words)
    return _laid_out(figure, colours, log, words.axis)


def changes(
    bars: pd.DataFrame,
    events: pd.DataFrame,
    *,
    chosen: pd.Timestamp | None = None,
    theme: str = "light",
    words: Words | None = None,
) -> Plot:
    """Return the change from one shown figure to the next, at the day of the newer one.

    ``bars``: day, change, same (whether one source gave both numbers), words (hover). A change
    between two sources is drawn hollow, since it may be one of counting.
    """
    words = words or Words()
    colours = palette(theme)
    figure = go.Figure()
    for same, name in ((True, words.same), (False, words.between)):
        _bars(figure, bars[bars["same"].astype(bool) == same], name, same, colours)
    figure.add_hline(y=0, line={"color": colours.quiet, "width": 1})
    if chosen is not None:
        _day(figure, chosen, colours, words)
    _events(figure, events, colours, words)
    # No two bars are of one day, so none needs to make room for another.
    figure.update_layout(barmode="overlay", showlegend=True)
    return _laid_out(figure, colours, False, words.axis)


def _bars(figure: Plot, mine: pd.DataFrame, name: str, same: bool, colours: Palette) -> None:
    if mine.empty:
        return
    fill = colours.emphasis if same else "rgba(0,0,0,0)"
    figure.add_bar(
        x=mine["day"],
        y=mine["change"],
        marker={"color": fill, "line": {"color": colours.emphasis, "width": 1.5}},
        hovertext=[label(text) for text in mine["words"]],
        hoverinfo="text",
        name=name,
        width=0.7 * 86_400_000,
    )


def _band(figure: Plot, found: Course, colours: Palette, words: Words) -> None:
    for number, part in enumerate(found.bands):
        days, lowest, highest = (part[name] for name in ("day", "lowest", "highest"))
        common = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
        group = {"legendgroup": "band", "name": words.band}
        figure.add_scatter(x=days, y=highest, showlegend=False, **common, **group)
        figure.add_scatter(
            x=days,
            y=lowest,
            fill="tonexty",
            fillcolor=_faint(colours.emphasis),
            showlegend=number == 0,
            **common,
            **group,
        )


def _faint(colour: str, share: float = 0.14) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def _source(figure: Plot, mine: pd.DataFrame, name: str, number: int, words: Words) -> None:
    colour, mark = SERIES[number], words.number(number + 1)
    high = mine["upper"].fillna(mine["value"])
    figure.add_scatter(
        x=mine["day"],
        y=mine["value"],
        mode="lines+markers+text" if mine["steps"].all() else "markers+text",
        # The newest figure bears the number that the key has: colours alone are not enough.
        text=[""] * (len(mine) - 1) + [mark],
        textposition=ROUND[number % len(ROUND)],
        textfont={"size": 12},
        cliponaxis=False,
        line={"shape": "hv", "width": 1.5, "color": colour, "dash": DASHES[number]},
        marker={"size": 7, "symbol": [SYMBOLS[str(q)] for q in mine["quantifier"]]},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": high - mine["value"],
            "arrayminus": [0] * len(mine),
            "visible": bool((high > mine["value"]).any()),
            "color": colour,
        },
        name=f"{mark}  {label(name)}",
        hovertext=[label(text) for text in mine["words"]],
        hoverinfo="text",
    )


def _others(figure: Plot, rest: pd.DataFrame, colours: Palette, words: Words) -> None:
    if rest.empty:
        return
    figure.add_scatter(
        x=rest["day"],
        y=rest["value"],
        mode="markers",
        marker={
            "size": 6,
            "color": colours.quiet,
            "opacity": 0.7,
            "symbol": [SYMBOLS[str(q)] for q in rest["quantifier"]],
        },
        name=words.others,
        hovertext=[label(text) for text in rest["words"]],
        hoverinfo="text",
    )


def _shown(figure: Plot, found: Course, colours: Palette, words: Words) -> None:
    held = found.shown
    figure.add_scatter(
        x=held["day"],
        y=held["value"],
        mode="lines",
        connectgaps=False,
        line={"shape": "hv", "width": 3.5, "color": colours.emphasis},
        name=words.shown,
        hovertext=[label(text) for text in held["words"]],
        hoverinfo="text",
    )


def _events(figure: Plot, events: pd.DataFrame, colours: Palette, words: Words) -> None:
    """Mark each day on which something happened, with what happened on hover."""
    if events.empty:
        return
    by_day = events.groupby("day")["label"].agg(lambda found: "<br>".join(map(label, found)))
    # All upright lines are one trace: a shape each would take most of the page's time.
    figure.add_scatter(
        x=[day for at in by_day.index for day in (at, at, None)],
        y=[0, 1, None] * len(by_day),
        yaxis="y2",
        mode="lines",
        line={"color": colours.quiet, "width": 1, "dash": "dot"},
        opacity=0.6,
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=by_day.index,
        y=[1.0] * len(by_day),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "triangle-down", "size": 9, "color": colours.quiet},
        hovertext=[
            f"{label(words.day(day))}<br>{text}"
            for day, text in zip(by_day.index, by_day, strict=True)
        ],
        hoverinfo="text",
        name=words.event,
        showlegend=True,
        cliponaxis=False,
    )


def _day(figure: Plot, chosen: pd.Timestamp, colours: Palette, words: Words) -> None:
    figure.add_scatter(
        x=[chosen, chosen],
        y=[0, 1],
        yaxis="y2",
        mode="lines",
        line={"color": colours.text, "width": 1},
        hoverinfo="skip",
        name=words.chosen,
        showlegend=True,
    )


def _laid_out(figure: Plot, colours: Palette, log: bool, days: str) -> Plot:
    axis = {"gridcolor": colours.grid, "linecolor": colours.grid, "zeroline": False}
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 52, "b": 8},
        modebar={
            "bgcolor": "rgba(0,0,0,0)",
            "color": colours.quiet,
            "activecolor": colours.emphasis,
        },
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 14, "family": FONT},
        hovermode="closest",
        hoverlabel={"align": "left", "bgcolor": colours.ground, "font": {"color": colours.text}},
        legend={"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0, "title": {"text": ""}},
        xaxis={**axis, "tickformat": days},
        yaxis={
            **axis,
            "type": "log" if log else "linear",
            "tickformat": ",",
            "rangemode": "normal" if log else "tozero",
            "automargin": True,
        },
        yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True},
        # Whoever has asked for this picture wants to look closer; a double click leads back.
        dragmode="zoom",
    )
    return figure
