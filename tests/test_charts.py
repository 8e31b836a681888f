"""Frames in, pictures out: gaps stay gaps, few colours, and no text becomes markup."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import charts
from charts import keys, scales
from charts.drawing import breadth, clipped, directed, wrapped
from charts.steps import ceiling
from charts.style import MOST_COLOURED, PALETTES, SERIES, label
from charts.waterfall import KINDS

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
    assert set(lines) == {"1  a", "2  b", "Chosen day"}
    assert lines["1  a"].line.shape == "hv"
    assert list(lines["1  a"].y) == [1, 5]


def test_the_key_of_the_chart_to_explore_numbers_the_lines_and_names_the_day_and_events():
    events = pd.DataFrame({"day": [DAY], "label": ["a truce"]})
    some = points((0, 1, "a"), (2, 5, "a"), (1, 3, "b"))
    figure = charts.trend(some, shown(1), events, until=DAY, chosen=DAY)
    key = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert key[-4:] == ["1  a", "2  b", "Chosen day", "Event"]
    assert [list(trace.text) for trace in figure.data if trace.text] == [["", "1"], ["2"]]


def test_the_eighth_source_is_grey():
    rows = [(0, n, f"s{n}") for n in range(MOST_COLOURED + 3)]
    figure = drawn(points(*rows))
    assert len([trace for trace in figure.data if trace.name != "Chosen day"]) == MOST_COLOURED + 1
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
    assert figure.data[0].mode == "markers+text"


def test_a_range_shows_both_its_ends():
    figure = drawn(points((0, 9, "a"), upper=10.0, quantifier="range"))
    assert figure.data[0].error_y.visible is True
    assert list(figure.data[0].error_y.array) == [1]


def test_text_from_the_data_is_never_markup():
    figure = drawn(points((0, 1, "<b>x</b>"), words='<a href="https://evil.example">y</a>'))
    assert figure.data[0].name == "1  &lt;b&gt;x&lt;/b&gt;"
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
    solid, hollow = figure.data
    assert (solid.name, solid.marker.color) == ("One source", charts.palette("light").emphasis)
    assert (hollow.name, hollow.marker.color) == ("Two sources", "rgba(0,0,0,0)")


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


SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "</text><image href='https://evil.example/x.png'/>",
    "&lt;b&gt; &amp; \" '",
    "]]><!-- <![CDATA[",
    "nul\x00 bell\x07 \u202eright to left\u202c \ufffe end",
)


def one(svg, name):
    """Return the elements of one class."""
    return [e for e in ET.fromstring(svg).iter() if e.get("class") == name]


def svg_of(some_points, some_shown=None, **options):
    options = {"until": DAY + pd.Timedelta(days=9), "chosen": DAY} | options
    frame = shown() if some_shown is None else some_shown
    return charts.trend_svg(some_points, frame, NO_EVENTS, **options)


def written(svg):
    return [e.text for e in ET.fromstring(svg).iter(f"{SVG}text")]


def ticks_of(svg):
    """Return the numbers at the left edge and how high each of them stands."""
    found = [e for e in ET.fromstring(svg).iter(f"{SVG}text") if e.get("text-anchor") == "end"]
    return [(float(e.text.replace(",", "")), float(e.get("y")) - 4.5) for e in found]


def read_back(svg, name):
    """Return the numbers that the marks or lines of a class stand for, from their height alone."""
    (low, low_y), *_, (high, high_y) = ticks_of(svg)
    heights = [
        float(y) for path in one(svg, name) for y in re.findall(r"M[\d.]+ ([\d.]+)", path.get("d"))
    ]
    return [low + (y - low_y) / (high_y - low_y) * (high - low) for y in heights]


def test_the_drawn_trend_shows_the_numbers_of_its_frame():
    found = read_back(svg_of(points((0, 12, "a"), (2, 55, "a"), (1, 86, "b"))), "figures")
    assert sorted(found) == pytest.approx([12, 55, 86], abs=0.2)


def test_the_drawn_trend_emphasises_the_shown_figure():
    svg = svg_of(points((0, 40, "a")), shown(40, 65))
    assert read_back(svg, "shown") == pytest.approx([40], abs=0.2)
    assert one(svg, "shown")[0].get("stroke") == charts.palette("light").emphasis


def test_gaps_of_the_drawn_trend_stay_gaps():
    svg = svg_of(points((0, 1, "a")), shown(1, None, 3, None, None, 5))
    assert one(svg, "shown")[0].get("d").count("M") == 3
    assert len(one(svg, "band")) == 3


def test_what_comes_after_the_last_day_is_not_drawn():
    svg = svg_of(points((0, 1, "a")), shown(1, 2, 99), until=DAY + pd.Timedelta(days=1))
    assert max(value for value, _ in ticks_of(svg)) < 99


@pytest.mark.parametrize("width", [340, 560, 940])
def test_the_eighth_source_of_the_drawn_trend_is_grey(width):
    rows = [(0, 10 + 3 * n, f"s{n}") for n in range(MOST_COLOURED + 5)]
    svg = svg_of(points(*rows), width=width)
    colours = [e.get("fill") for e in one(svg, "figures")]
    assert colours == [charts.palette("light").quiet, *SERIES]
    assert "Other sources" in written(svg)
    assert sum(e.get("d").count("M") for e in one(svg, "figures")) == MOST_COLOURED + 5


def test_sources_are_told_apart_by_dash_and_number_too():
    rows = [(day, n + day, f"s{n}") for n in range(MOST_COLOURED) for day in (0, 3)]
    dashes = [e.get("stroke-dasharray") for e in one(svg_of(points(*rows)), "source")]
    assert len(set(dashes)) >= 6
    named = [words for words in written(svg_of(points(*rows))) if re.match(r"\d +s\d", words)]
    assert len(named) == MOST_COLOURED


@pytest.mark.parametrize("width", [340, 560, 940])
def test_in_a_crowd_each_source_still_has_its_number_at_its_mark(width):
    rows = [(0, 40 + n, f"s{n}") for n in range(MOST_COLOURED)]
    tree = ET.fromstring(svg_of(points(*rows), width=width))
    numbers = {str(number) for number in range(1, MOST_COLOURED + 1)}
    beside = [e for e in tree.iter(f"{SVG}text") if e.get("font-size") == "11"]
    assert {e.text for e in beside} == numbers
    assert len({(e.get("x"), e.get("y")) for e in beside}) == MOST_COLOURED


@pytest.mark.parametrize("width", [220, 340, 560, 940])
def test_the_key_never_overlaps(width):
    names = ["Ministry of Defence", "a", "Disaster Management Committee of the place", "ก" * 30]
    entries = [("", name) for name in names]
    drawn = "".join(keys.key(entries, width, 0, charts.palette("light")))
    tree = ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>')
    boxes = [
        (float(e.get("x")), float(e.get("y")), float(e.get("x")) + breadth(e.text))
        for e in tree.iter(f"{SVG}text")
    ]
    assert len(boxes) == len(names)
    assert all(right <= width for _, _, right in boxes)
    for number, (left, y, right) in enumerate(boxes):
        for other, down, end in boxes[number + 1 :]:
            assert y != down or right < other or end < left


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text_in_every_drawing(name):
    day = DAY + pd.Timedelta(days=2)
    events = pd.DataFrame({"day": [DAY], "label": [name]})
    frame = shown(1, 2).assign(text=name)
    bars = pd.DataFrame({"day": [DAY], "change": [2], "same": [True], "words": [name]})
    steps = pd.DataFrame([{"kind": "start", "label": name, "amount": 3, "text": name}])
    say = charts.Words(shown=name, others=name, event=name, same=name)
    about = {"title": name, "description": name}
    drawings = [
        charts.trend_svg(points((0, 1, name)), frame, events, until=day, chosen=day, words=say,
                         **about),
        charts.changes_svg(bars, events, words=say, **about),
        charts.steps(lines(1, 2, name=name), day, **about),
        charts.waterfall(steps, **about),
    ]  # fmt: skip
    drawings += [
        charts.framed(drawings[0], title=name, subtitle=name, source=name, link=name),
        charts.fitted({340: drawings[0], 560: drawings[0]}),
    ]
    allowed = {"svg", "g", "title", "desc", "path", "line", "rect", "circle", "text", "style"}
    for svg in drawings:
        assert {e.tag.removeprefix(SVG) for e in ET.fromstring(svg).iter()} <= allowed


def test_a_drawing_says_what_it_shows_to_who_cannot_see_it():
    tree = ET.fromstring(svg_of(points((0, 1, "a")), title="Killed", description="From 1 to 1."))
    assert tree.get("role") == "img"
    assert [tree[0].text, tree[1].text] == ["Killed", "From 1 to 1."]


def test_days_and_numbers_are_written_as_the_reader_writes_them():
    say = charts.Words(number=lambda n: f"{n:.0f} p", day=lambda day: f"d{day.day}")
    said = written(svg_of(points((0, 1, "a"), (9, 4, "a")), words=say))
    assert {"0 p", "d24"} <= set(said)


def test_a_logarithmic_drawing_has_no_place_for_nobody_and_none_is_made_up():
    svg = svg_of(points((0, 0, "a"), (1, 20, "a"), (2, 3000, "a")), log=True)
    assert one(svg, "figures")[0].get("d").count("M") == 2
    values = [value for value, _ in ticks_of(svg)]
    assert values[0] <= 20
    assert values[-1] >= 3000
    assert 0 not in values


def test_an_empty_question_is_an_empty_drawing_not_an_error():
    assert one(svg_of(points((0, 1, "a")).iloc[:0]), "figures") == []


def test_a_change_between_two_sources_is_hollow_in_the_drawing_too():
    bars = pd.DataFrame(
        {"day": [DAY, DAY + scales.ONE], "change": [30, -10], "same": [True, False], "words": "w"}
    )
    svg = charts.changes_svg(bars, NO_EVENTS)
    solid, hollow = [e for e in ET.fromstring(svg).iter(f"{SVG}rect") if e.get("width")]
    assert solid.get("fill") == charts.palette("light").emphasis
    assert hollow.get("fill") == "none"
    assert float(solid.get("height")) == pytest.approx(3 * float(hollow.get("height")), abs=0.3)
    assert {"One source", "Two sources"} <= set(written(svg))


def test_the_changes_have_a_line_at_the_chosen_day_also_beyond_the_last_bar():
    bars = pd.DataFrame({"day": [DAY], "change": [-30], "same": [True], "words": "w"})
    alone = charts.changes_svg(bars, NO_EVENTS)
    marked = charts.changes_svg(bars, NO_EVENTS, chosen=DAY + 9 * scales.ONE)
    assert "Chosen day" in written(marked)
    assert "Chosen day" not in written(alone)
    lines = [e for e in ET.fromstring(marked).iter(f"{SVG}line") if e.get("x1") == e.get("x2")]
    ink = charts.palette("light").text
    (line,) = [e for e in lines if e.get("stroke") == ink and float(e.get("x1")) > 0]
    (bar,) = [e for e in ET.fromstring(marked).iter(f"{SVG}rect") if e.get("width")]
    assert float(line.get("x1")) > float(bar.get("x")) + float(bar.get("width"))


def test_numbers_below_nought_have_a_minus_and_no_hyphen_at_the_edge():
    bars = pd.DataFrame({"day": [DAY], "change": [-30], "same": [True], "words": "w"})
    said = written(charts.changes_svg(bars, NO_EVENTS))
    assert "−10" in said
    assert not [text for text in said if text.startswith("-")]


@pytest.mark.parametrize(
    ("lowest", "highest", "log", "found"),
    [
        (0, 86, False, [0, 20, 40, 60, 80, 100]),
        (-4, 3, False, [-4, -2, 0, 2, 4]),
        (0, 0, False, [0, 1]),
        (0, 1, False, [0, 1]),
        (20, 3000, True, [10, 50, 100, 500, 1000, 5000]),
        (40, 60, True, [20, 50, 100]),
    ],
)
def test_the_numbers_at_the_edge_are_round_and_hold_everything(lowest, highest, log, found):
    assert scales.numbers(lowest, highest, 300, log) == found


def test_days_at_the_edge_are_evenly_spaced():
    found = scales.days(DAY, DAY + pd.Timedelta(days=30), 500)
    assert [(day - DAY).days for day in found] == [0, 7, 14, 21, 28]


def test_text_is_cut_or_broken_to_fit():
    assert clipped("Ministry of Defence", 60).endswith("…")
    assert breadth(clipped("Ministry of Defence", 60)) <= 60
    link = "https://example.org/" + "x" * 300
    broken = wrapped(f"see {link}", 200)
    assert "".join(broken) == f"see{link}"
    assert all(breadth(line) <= 200 for line in broken)
    assert len(wrapped("word " * 100, 200, most=3)) == 3


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one_colour, other):
    dark, light = sorted((luminance(one_colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# White, the light panels of the theme, and the dark ground.
GROUNDS = {"light": ("#FFFFFF", "#F2F5F7"), "dark": ("#11161D",)}


@pytest.mark.parametrize("theme", GROUNDS)
def test_marks_and_text_stand_out_from_the_ground(theme):
    colours = PALETTES[theme]
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    for ground in GROUNDS[theme]:
        for mark in (*SERIES, *KINDS.values(), colours.emphasis, colours.quiet):
            assert contrast(mark, ground) >= 3, (mark, ground)
        for words in (colours.text, colours.quiet, colours.emphasis):
            assert contrast(words, ground) >= 4.5, (words, ground)


def test_there_is_a_colour_and_a_dash_for_each_coloured_source():
    assert len(set(SERIES)) == MOST_COLOURED == len(charts.style.DASHES)


def test_a_label_holds_nothing_that_an_xml_file_may_not():
    assert label("a\x00b\u202ec\ud800 <d>") == "abc &lt;d&gt;"


@pytest.mark.parametrize("width", [220, 340, 580])
def test_the_words_of_a_bridge_fit_beside_its_numbers_at_any_width(width):
    steps = pd.DataFrame(
        [
            ("start", "Cambodian Ministry of National Defence, 24 Dec 2025", 47, "at least 47"),
            ("definition", "1. Definition", 41, "+41"),
            ("end", "Thai Ministry of Foreign Affairs, 27 Dec 2025", 88, "more than 88"),
        ],
        columns=["kind", "label", "amount", "text"],
    )
    tree = ET.fromstring(charts.waterfall(steps, width=width))
    rows = {}
    for e in tree.iter(f"{SVG}text"):
        assert float(e.get("font-size")) == 15
        rows.setdefault(e.get("y"), []).append(e)
    pairs = [found for found in rows.values() if len(found) == 2]
    assert len(pairs) == 3
    for words, number in pairs:
        assert breadth(words.text, 15) + breadth(number.text, 15) < width


def test_words_from_right_to_left_keep_their_order_in_a_picture():
    assert directed("7 ديسمبر 2025") == "\u20677 ديسمبر 2025\u2069"
    assert directed("Reuters, 7 Dec 2025") == "Reuters, 7 Dec 2025"
    # A sentence as it is worded: the name set apart from the day after it.
    worded = "\u2067\u2068<Reuters>\u2069، \u20687 ديسمبر\u2069\u2069"
    assert directed(worded) == "\u2067\u2068&lt;Reuters&gt;\u2069، \u20687 ديسمبر\u2069\u2069"
    # Half a sentence, as it stands on the first of two lines, closes what it opens.
    assert (
        directed("\u2067\u2068Reuters\u2069، \u20687")
        == "\u2067\u2068Reuters\u2069، \u20687\u2069\u2069"
    )


@given(st.text(alphabet="\u2066\u2067\u2068\u2069\u202e\ue000\ue001\ue002ab ديس<&1"))
def test_no_text_in_a_picture_turns_what_stands_after_it(words):
    depth = 0
    for sign in directed(words):
        assert sign not in "\u2066\u202e"
        depth += (sign in "\u2067\u2068") - (sign == "\u2069")
        assert depth >= 0
    assert depth == 0


def test_lines_past_the_last_colour_are_grey_and_named():
    days = pd.to_datetime(["2025-01-01", "2025-01-05"])
    rows = [(f"place {n}", day, float(n)) for n in range(MOST_COLOURED + 3) for day in days]
    frame = pd.DataFrame(rows, columns=["line", "day", "value"])
    svg = charts.steps(frame, days[-1])
    strokes = re.findall(r'<path [^>]*stroke="(#\w+)"[^>]*><title>(place \d+)</title>', svg)
    of = {name: colour for colour, name in strokes}
    assert len(of) == MOST_COLOURED + 3
    assert of[f"place {MOST_COLOURED + 1}"] == charts.palette("light").quiet
    coloured = {colour for colour in of.values() if colour != charts.palette("light").quiet}
    assert len(coloured) == 7
