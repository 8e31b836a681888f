"""The files of charts: framed drawings and pictures, and the tables beside them."""

import csv
import io
import struct
import xml.etree.ElementTree as ET
import zlib

import openpyxl
import pandas as pd
import pytest
import resvg_py

import charts
import exports
from charts import framing
from loaders import load_library, read_figures
from tests.screens import ROOT, STORY, opened
from ui import charting, questions, tables, trending
from ui.query import read

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200">'
    '<rect x="100" y="50" width="200" height="100" fill="#D55E00"/></svg>'
)
ABOUT = {
    "title": "Killed",
    "subtitle": "People",
    "source": "Source: a.",
    "link": "https://a.example/?b=c&d",
}


def pixels(png):
    """Return width, height and the rows of a PNG, by another road than the app's."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, head = 8, b"", None
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        head = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else head
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    return head[0], head[1], zlib.decompress(data)


def text_picture(words, **fonts):
    """Return how words are drawn: with the fonts shipped, unless told."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" viewBox="0 0 300 60">'
        f'<text x="10" y="40" font-size="30" font-family="Noto Sans">{words}</text></svg>'
    )
    if fonts:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, **fonts))
    return charts.png(svg, 1.0)


def test_a_framed_drawing_holds_its_title_source_and_link():
    svg = charts.framed(DRAWING, **ABOUT)
    tree = ET.fromstring(svg)
    said = [e.text for e in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert said == ["Killed", "People", "Source: a.", "https://a.example/?b=c&d"]
    assert [e.get("href") for e in tree.iter("{http://www.w3.org/2000/svg}a")] == [ABOUT["link"]]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "/?crisis=a", ""])
def test_only_a_web_address_can_be_followed_from_a_file(link):
    assert "<a " not in charts.framed(DRAWING, **ABOUT | {"link": link})


def test_a_long_title_and_link_are_broken_into_lines_not_cut_off():
    long = {"title": "word " * 20, "link": "https://a.example/?" + "x" * 120}
    svg = charts.framed(DRAWING, **ABOUT | long)
    said = [e.text for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert "".join(said).count("word") == 20
    assert "".join(said).count("x") == 120 + 1


def test_an_address_goes_on_in_the_next_line_where_its_next_part_begins():
    link = "https://a.example/trends?" + "&".join(f"name{n}=value-{n}" for n in range(25))
    svg = charts.framed(DRAWING, **ABOUT | {"link": link})
    said = [e.text for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    lines = said[said.index("Source: a.") + 1 :]
    assert "".join(lines) == link
    assert len(lines) > 5
    assert all(line.startswith(("&", "?")) for line in lines[1:])


@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (400, 200)), (2.0, (800, 400)), (1.5, (600, 300))]
)
def test_a_picture_has_the_size_asked_for_and_is_not_blank(scale, size):
    width, height, rows = pixels(charts.png(DRAWING, scale))
    assert (width, height) == size
    assert len(set(rows)) > 2


def test_a_framed_picture_is_as_large_as_its_frame_and_has_a_ground():
    svg = charts.framed(DRAWING, **ABOUT)
    width, height, rows = pixels(charts.png(svg, 1.0))
    assert (width, height) == tuple(round(side) for side in charts.drawing.size_of(svg))
    assert b"\xff\xff\xff\xff" in rows or b"\xff\xff\xff" in rows


def test_a_picture_that_is_no_drawing_or_far_too_large_is_refused():
    with pytest.raises(ValueError, match="large"):
        charts.png("<svg/>")
    with pytest.raises(ValueError, match="large"):
        charts.png(DRAWING, 100)


@pytest.mark.parametrize(
    "words", ["قتلى", "เสียชีวิต", "ស្លាប់", "Κύπρος", "Київ"], ids=["ar", "th", "km", "el", "uk"]
)
def test_other_scripts_are_drawn_with_their_letters_not_with_boxes(words):
    latin = [path for path in framing._fonts() if "NotoSans-Regular" in path]
    drawn = text_picture(words)
    blank = text_picture("")
    boxes = text_picture("\U000e0fff" * len(words), font_files=latin)
    assert drawn not in (blank, boxes)
    if words[0] > "\u0500":
        # With the Latin letters alone, each of these would be a box or nothing.
        assert drawn != text_picture(words, font_files=latin)
    halves = {text_picture(letter) for letter in words if letter.isalpha()}
    assert len(halves) > 1


@pytest.mark.parametrize("weight", ["400", "700"])
def test_a_minus_is_drawn_with_the_font_of_its_digits_whatever_fonts_the_machine_has(weight):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" viewBox="0 0 90 40">'
        f'<text x="5" y="30" font-size="24" font-weight="{weight}">−19 →</text></svg>'
    )
    ours = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=framing._fonts(),
        font_family="Noto Sans", sans_serif_family="Noto Sans", width=90, height=40,
    )  # fmt: skip
    assert charts.png(svg, 1.0) == bytes(ours)
    assert framing._has_letters("−19 →")
    assert not framing._has_letters("漢")


def test_digits_beside_khmer_letters_are_of_the_same_font():
    assert charts.by_script("<text>24 ធ្នូ 2025</text>") == "<text>២៤ ធ្នូ ២០២៥</text>"
    assert charts.by_script("<text>200</text>") == "<text>200</text>"
    assert charts.by_script("<title>24 ធ្នូ</title>") == "<title>24 ធ្នូ</title>"
    assert text_picture("24 ធ្នូ") == text_picture("២៤ ធ្នូ")


@pytest.fixture(scope="module")
def library():
    return load_library(str(ROOT / "datasets"))


@pytest.fixture(scope="module")
def chart(library):
    view, notices = read(STORY, library)
    assert notices == []
    key = next(iter(questions.series(library, view)))
    return trending.trend_of(library, view, key, log=False)[0]


def test_the_files_hold_the_numbers_that_the_chart_and_its_table_show(library, chart):
    view, _ = read(STORY, library)
    key = next(iter(questions.series(library, view)))
    drawn = sorted(questions.points(library, view, key)["value"])
    assert len(drawn) == 35
    about = {"Title": chart.title, "Link": "https://a.example"}
    text = exports.csv(chart.raw, about).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["value"]]
    assert sorted(int(row["value"]) for row in rows) == drawn
    book = openpyxl.load_workbook(io.BytesIO(exports.xlsx({"Figures": chart.raw}, about)))
    head, *cells = book["Figures"].iter_rows(values_only=True)
    assert sorted(row[head.index("value")] for row in cells) == drawn
    assert len(chart.table) == 35
    svg = ET.fromstring(chart.draw(940, "light"))
    marks = [e.get("d").count("M") for e in svg.iter() if e.get("class") == "figures"]
    assert sum(marks) == 35


def test_the_files_have_the_names_of_places_and_sources_beside_their_ids(library, chart):
    names = dict(zip(library.sources["source"], library.sources["name"], strict=True))
    assert chart.raw["source_name"].tolist() == [names[id_] for id_ in chart.raw["source"]]
    assert set(chart.raw["country_name"]) == {"Cambodia and Thailand"}
    read = read_figures(exports.csv(chart.raw), name="chart.csv", crisis=STORY["crisis"])
    assert len(read.figures) == len(chart.raw)
    assert "unknown-column" not in set(read.findings["code"])


def test_title_subtitle_and_alternative_tell_the_finding(chart):
    assert chart.title == (
        "Killed, Cambodia and Thailand: at least 86 on 24 Dec 2025; 22 sources conflict: 11 to 200"
    )
    for part in ("people", "Cambodia and Thailand", "Running total since 7 Dec 2025",
                 "24 Dec 2025", "known", "newest figure"):  # fmt: skip
        assert part in chart.subtitle
    for part in ("from at least 10 on 9 Dec 2025 to at least 101 on 31 Dec 2025",
                 "highest shown is more than 200, on 20 Dec 2025", "35 figures by 31 sources",
                 "conflict"):  # fmt: skip
        assert part in chart.alt
    assert chart.name == "tha-khm-2025-12-killed-khm-tha-cumulative-2025-12-24"


def with_files(app):
    """Return the page with the files of each chart unfolded."""
    panels = [found.proto.id.partition("-behind_")[2] for found in app.get("expander")]
    for name in filter(None, panels):
        app.session_state[f"behind_{name}"] = True
    return app.run()


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("overview", {}),
        ("trends", {}),
        ("trends", {"change": "1"}),
        ("trends", {"log": "1", "measure": "displaced"}),
        ("reconciliation", {"day": "2025-12-27", "bridge": "F0695-F0647"}),
    ],
)
def test_every_chart_has_an_alternative_its_data_and_four_kinds_of_file(page, query):
    app = opened(page, **STORY | query)
    assert not app.exception
    images = [image for found in app.get("image") for image in found.proto.imgs]
    assert images
    for image in images:
        assert len(image.alt) > 20, image.alt
    assert not app.get("plotly_chart")
    files = [found.proto.id for found in with_files(app).get("download_button")]
    for ending in ("png", "svg", "csv", "xlsx"):
        assert sum(name.endswith(f"_{ending}") for name in files) >= len(images)


def test_the_chart_to_explore_is_the_only_one_that_needs_the_large_library():
    app = opened("trends", explore="1", **STORY)
    assert len(app.get("plotly_chart")) == 1
    assert "35 figures by 31 sources" in app.get("plotly_chart")[0].proto.alt


def test_a_file_is_made_only_when_it_is_asked_for(monkeypatch):
    made = []
    monkeypatch.setattr(charts, "png", lambda svg: made.append(svg))
    app = with_files(opened("trends", **STORY))
    assert not app.exception
    assert len(app.get("download_button")) == 4
    assert made == []


def test_sources_are_named_and_the_rest_counted():
    assert charting.sources(["b", "a", "b"]) == "Sources: b and a."
    assert charting.sources(["a"]) == "Source: a."
    many = [f"s{n}" for n in range(9)]
    assert charting.sources(many) == "Sources: s0, s1, s2, s3, s4, s5 and 3 more."


def test_the_tables_of_a_chart_and_of_its_file_come_from_one_frame(library, chart):
    numbers = [tables.text_of(row) for row in chart.raw.to_dict("records")]
    assert chart.table["Figure"].tolist() == numbers
    assert isinstance(chart.raw, pd.DataFrame)
