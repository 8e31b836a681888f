"""Frames in, pictures out: gaps stay gaps, few colours, and no text becomes markup."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

import charts
from charts.steps import ceiling
from charts.style import MOST_COLOURED

DAY = pd.Timestamp("2025-12-24")
NO_EVENTS = pd.DataFrame({"day": pd.to_datetime([]), "label": []})


def points(*rows, **same):
    """Return points: (days after, value, source), exact unless told."""
    frame = pd.DataFrame(rows, columns=["after", "value", "source"])
    frame["day"] = DAY + pd.to_timedelta(frame["after"], unit="D")
    defaults = {"upper": float("nan"), "quantifier": "exact", "words": "w", "steps": True}
    return frame.assign(**(defaults | same))


def shown(*values):
    """Return the shown figure on following days; None where nothing is known."""
    days = [DAY + pd.Timedelta(days=n) for n in range(len(values))]
    numbers = [float("nan") if v is None else float(v) for v in values]
    return pd.DataFrame(
        {"day": days, "value": numbers, "lowest": numbers, "highest": numbers, "words": "w"}
    )


def drawn(some_points, some_shown=None, **options):
    options = {"until": DAY + pd.Timedelta(days=9), "chosen": DAY} | options
    frame = shown() if some_shown is None else some_shown
    return charts.trend(some_points, frame, NO_EVENTS, **options)


def test_each_source_is_a_line_of_steps():
    figure = drawn(points((0, 1, "a"), (2, 5, "a"), (1, 3, "b")))
    lines = {trace.name: trace for trace in figure.data}
    assert set(lines) == {"a", "b"}
    assert lines["a"].line.shape == "hv"
    assert list(lines["a"].y) == [1, 5]


def test_the_eighth_source_is_grey():
    rows = [(0, n, f"s{n}") for n in range(MOST_COLOURED + 3)]
    figure = drawn(points(*rows))
    assert len(figure.data) == MOST_COLOURED + 1
    grey = next(trace for trace in figure.data if trace.name == "Other sources")
    assert len(grey.y) == 3


def test_a_gap_stays_a_gap():
    figure = drawn(points((0, 1, "a")), shown(1, None, 3))
    line = next(trace for trace in figure.data if trace.name == "Shown figure")
    assert pd.isna(line.y[1])
    assert line.connectgaps is False
    bands = [trace for trace in figure.data if trace.fill == "tonexty"]
    assert [len(band.x) for band in bands] == [1, 2]


def test_the_last_number_is_held_until_the_last_day():
    figure = drawn(points((0, 1, "a")), shown(7))
    line = next(trace for trace in figure.data if trace.name == "Shown figure")
    assert list(line.y) == [7, 7]
    assert line.x[-1] == DAY + pd.Timedelta(days=9)


def test_flows_are_points_without_a_line():
    figure = drawn(points((0, 1, "a"), (1, 2, "a"), steps=False))
    assert figure.data[0].mode == "markers"


def test_a_range_shows_both_its_ends():
    figure = drawn(points((0, 9, "a"), upper=10.0, quantifier="range"))
    assert figure.data[0].error_y.visible is True
    assert list(figure.data[0].error_y.array) == [1]


def test_text_from_the_data_is_never_markup():
    figure = drawn(points((0, 1, "<b>x</b>"), words='<a href="https://evil.example">y</a>'))
    assert figure.data[0].name == "&lt;b&gt;x&lt;/b&gt;"
    assert "<" not in figure.data[0].hovertext[0]


def test_events_of_one_day_share_a_mark_and_stay_text():
    events = pd.DataFrame({"day": [DAY, DAY], "label": ["<i>a</i>", "b"]})
    figure = charts.trend(points((0, 1, "a")), shown(1), events, until=DAY, chosen=DAY)
    mark = figure.data[-1]
    assert len(mark.x) == 1
    assert "&lt;i&gt;a&lt;/i&gt;<br>b" in mark.hovertext[0]


def test_a_change_between_two_sources_is_hollow():
    bars = pd.DataFrame(
        {"day": [DAY, DAY], "change": [2, -1], "same": [True, False], "words": ["w", "w"]}
    )
    figure = charts.changes(bars, NO_EVENTS)
    solid, hollow = figure.data[0].marker.color
    assert solid == charts.palette("light").emphasis
    assert hollow == "rgba(0,0,0,0)"


def lines(*values, name="Both"):
    frame = shown(*values)
    return frame.assign(line=name)[["line", "day", "value"]]


def paths(svg):
    tree = ET.fromstring(svg)
    return [e.get("d") for e in tree.iter("{http://www.w3.org/2000/svg}path")]


def test_the_small_chart_lifts_the_pen_where_nothing_is_known():
    svg = charts.steps(lines(1, None, 3), DAY + pd.Timedelta(days=4))
    assert paths(svg)[0].count("M") == 2


def test_the_small_chart_is_well_formed_whatever_a_name_holds():
    svg = charts.steps(lines(1, 2, name='<script>&"'), DAY + pd.Timedelta(days=2))
    assert "<script>" not in svg
    assert len(paths(svg)) == 1


@pytest.mark.parametrize("theme", ["light", "dark", "unknown"])
def test_the_small_chart_takes_the_readers_theme(theme):
    svg = charts.steps(lines(1, 2), DAY + pd.Timedelta(days=2), theme)
    assert charts.palette(theme).emphasis in svg


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (1, 1), (7, 8), (86, 100), (101, 150), (607_980, 800_000)]
)
def test_a_scale_ends_at_a_round_number(highest, top):
    assert ceiling(highest) == top


def bars_of(svg):
    return [
        tuple(float(n) for n in found)
        for found in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ]


def test_each_bar_of_a_bridge_begins_where_the_last_one_ended():
    steps = pd.DataFrame(
        [
            ("start", "A", 47, "47"),
            ("definition", "1. Definition", 41, "+41"),
            ("unexplained", "2. Unexplained", -2, "−2"),
            ("end", "B", 86, "at least 86"),
        ],
        columns=["kind", "label", "amount", "text"],
    )
    svg = charts.waterfall(steps)
    start, more, less, end = bars_of(svg)
    assert start[0] == end[0]
    assert more[0] == pytest.approx(sum(start), abs=0.2)
    assert sum(less) == pytest.approx(sum(more), abs=0.2)
    assert less[0] == pytest.approx(sum(end), abs=0.2)
    assert more[1] / start[1] == pytest.approx(41 / 47, abs=0.01)
    assert svg.count('fill="none"') == 1


def test_a_name_on_a_bridge_cannot_be_markup():
    steps = pd.DataFrame([{"kind": "start", "label": "<b>&", "amount": 0, "text": "0"}])
    assert "&lt;b&gt;&amp;" in charts.waterfall(steps, "dark")
