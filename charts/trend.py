"""Who said what when: one step line per source, the shown figure, and the range over origins."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects

from charts.style import DASHES, FONT, MOST_COLOURED, SERIES, SYMBOLS, Palette, label, palette

# Plotly has no types of its own.
go: Any = plotly.graph_objects
Plot = Any
HEIGHT = 520


@dataclass(frozen=True)
class Words:
    """The words a chart needs; the caller gives them in the reader's language."""

    shown: str = "Shown figure"
    band: str = "Range over sources"
    others: str = "Other sources"
    change: str = "Change"


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
    if len(shown):
        _band(figure, shown, until, colours, words)
        _shown(figure, shown, until, colours, words)
    ranked = points.groupby("source", observed=True).size()
    order = sorted(ranked.index, key=lambda name: (-int(ranked[name]), str(name)))
    _others(figure, points[points["source"].isin(order[MOST_COLOURED:])], colours, words)
    for number, name in enumerate(order[:MOST_COLOURED]):
        _source(figure, points[points["source"] == name], str(name), number, until)
    _events(figure, events, colours)
    _day(figure, chosen, colours)
    return _laid_out(figure, colours, log)


def changes(
    bars: pd.DataFrame, events: pd.DataFrame, *, theme: str = "light", words: Words | None = None
) -> Plot:
    """Return the change from one shown figure to the next, at the day of the newer one.

    ``bars``: day, change, same (whether one source gave both numbers), words (hover). A change
    between two sources is drawn hollow, since it may be one of counting.
    """
    words = words or Words()
    colours = palette(theme)
    fill = [colours.emphasis if same else "rgba(0,0,0,0)" for same in bars["same"]]
    figure = go.Figure(
        go.Bar(
            x=bars["day"],
            y=bars["change"],
            marker={"color": fill, "line": {"color": colours.emphasis, "width": 1.5}},
            hovertext=[label(text) for text in bars["words"]],
            hoverinfo="text",
            name=words.change,
            width=0.7 * 86_400_000,
        )
    )
    _events(figure, events, colours)
    figure.add_hline(y=0, line={"color": colours.quiet, "width": 1})
    figure.update_layout(showlegend=False)
    return _laid_out(figure, colours, log=False)


def _held(frame: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Return the rows with the last one repeated on the last day, where its number still holds."""
    last = frame.iloc[[-1]]
    if last["day"].iloc[0] >= until:
        return frame
    return pd.concat([frame, last.assign(day=until)], ignore_index=True)


def _band(
    figure: Plot, shown: pd.DataFrame, until: pd.Timestamp, colours: Palette, words: Words
) -> None:
    held = _held(shown, until)
    # Each stretch without a gap is a band of its own: a fill must not bridge unknown days.
    stretch = held["lowest"].isna().cumsum()[held["lowest"].notna()]
    for number, part in enumerate(held.loc[stretch.index].groupby(stretch)):
        days, lowest, highest = (part[1][name] for name in ("day", "lowest", "highest"))
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


def _source(figure: Plot, mine: pd.DataFrame, name: str, number: int, until: pd.Timestamp) -> None:
    mine = mine.sort_values("day")
    colour = SERIES[number]
    high = mine["upper"].fillna(mine["value"])
    figure.add_scatter(
        x=mine["day"],
        y=mine["value"],
        mode="lines+markers" if mine["steps"].all() else "markers",
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
        name=label(name),
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


def _shown(
    figure: Plot, shown: pd.DataFrame, until: pd.Timestamp, colours: Palette, words: Words
) -> None:
    held = _held(shown, until)
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


def _events(figure: Plot, events: pd.DataFrame, colours: Palette) -> None:
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
            f"{day.day} {day:%b %Y}<br>{text}"
            for day, text in zip(by_day.index, by_day, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def _day(figure: Plot, chosen: pd.Timestamp, colours: Palette) -> None:
    line = {"color": colours.text, "width": 1}
    figure.add_shape(type="line", x0=chosen, x1=chosen, y0=0, y1=1, yref="paper", line=line)


def _laid_out(figure: Plot, colours: Palette, log: bool) -> Plot:
    axis = {"gridcolor": colours.grid, "linecolor": colours.grid, "zeroline": False}
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 14, "family": FONT},
        hovermode="closest",
        hoverlabel={"align": "left", "bgcolor": colours.ground, "font": {"color": colours.text}},
        legend={"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0, "title": {"text": ""}},
        xaxis={**axis, "tickformat": "%-d %b\n%Y", "hoverformat": "%-d %b %Y"},
        yaxis={
            **axis,
            "type": "log" if log else "linear",
            "tickformat": ",",
            "rangemode": "normal" if log else "tozero",
            "automargin": True,
        },
        yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True},
        dragmode=False,
    )
    return figure
