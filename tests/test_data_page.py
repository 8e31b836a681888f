"""The Data page: every figure found, taken away, and one's own table held against them."""

import csv
import io
import re

import pandas as pd
import pytest

from loaders import Mapping, load_library
from tests import screens
from tests.builders import figure, write_crisis
from tests.screens import ROOT
from ui.checking.merging import merge
from ui.checking.table import clean_name, look
from ui.data.asked import ROWS_ON_A_PAGE
from ui.data.listing import opening
from ui.data.rows import matching
from ui.query import read

HEADER = "figure_id,country,measure,counting,as_of,value,source,note\n"
CRISIS = "tha-khm-2025-12"
LIBRARY = load_library("datasets")


def opened(path="data", **query):
    """Return a page as a browser with this query would have it."""
    return screens.opened(path, **query)


def text_of(app):
    """Return what a page says in prose, without escapes."""
    said = " ".join(str(element.value) for element in [*app.success, *app.error])
    return screens.text_of(app) + said.replace("\\", "")


def records():
    """Return the rows of the shipped crisis, read by plain Python."""
    path = ROOT / "datasets" / CRISIS / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(**query):
    """Return the ids of the figures that a query asks for, in its order."""
    view, notices = read({"crisis": CRISIS, **query}, LIBRARY)
    assert notices == []
    return LIBRARY.figures["figure_id"].iloc[matching(LIBRARY, view)].tolist()


def where(test):
    return {row["figure_id"] for row in records() if test(row)}


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ({}, lambda row: True),
        ({"what": "killed"}, lambda row: row["measure"] == "killed"),
        ({"place": "KHM-THA"}, lambda row: set(row["country"].split("+")) == {"KHM", "THA"}),
        ({"by": "reuters"}, lambda row: "reuters" in (row["source"], row["publisher"])),
        ({"status": "unconfirmed"}, lambda row: row["status"] == "unconfirmed"),
        ({"from": "2025-12-24"}, lambda row: row["as_of"] >= "2025-12-24"),
        ({"to": "2025-12-10"}, lambda row: row["as_of"] <= "2025-12-10"),
        (
            {"known": "2025-12-10"},
            lambda row: (row["published"] or row["as_of"])[:10] <= "2025-12-10",
        ),
        (
            {"q": "INDIRECT", "what": "killed"},
            lambda row: (
                row["measure"] == "killed"
                and "indirect" in " ".join((row["note"], row["expression"], row["scope"])).lower()
            ),
        ),
        ({"q": "F0637"}, lambda row: row["figure_id"] == "F0637"),
    ],
)
def test_each_filter_leaves_exactly_the_rows_that_the_file_has(query, test):
    wanted = where(test)
    assert set(found(**query)) == wanted
    assert wanted


def test_figures_of_all_crises_are_found_at_once():
    assert len(found(every="1")) == len(LIBRARY.figures) > len(found())


def test_every_word_of_a_search_must_be_there_in_any_order():
    both = set(found(q="cambodia civilians"))
    assert both
    assert both == set(found(q="civilians cambodia"))
    assert both <= set(found(q="cambodia"))


@pytest.mark.parametrize(
    ("sort", "column", "rising"),
    [
        ("newest", "as_of", False),
        ("oldest", "as_of", True),
        ("highest", "value", False),
        ("lowest", "value", True),
    ],
)
def test_rows_stand_in_the_order_asked_for(sort, column, rising):
    values = LIBRARY.figures.set_index(["crisis", "figure_id"])[column].loc[CRISIS]
    ordered = values.loc[found(sort=sort)]
    assert ordered.is_monotonic_increasing if rising else ordered.is_monotonic_decreasing


def test_in_the_order_of_the_files_the_first_row_is_the_first():
    assert found(sort="file") == [row["figure_id"] for row in records()]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("what", "KILLED"),
        ("place", "ATL"),
        ("by", "nobody"),
        ("status", "perhaps"),
        ("from", "yesterday"),
        ("to", "2025-13-01"),
        ("sort", "random()"),
        ("page", "0"),
        ("page", "٣"),
        ("page", "1e9"),
        ("q", "x" * 121),
        ("every", "yes"),
    ],
)
def test_a_bad_value_in_the_link_falls_back_with_a_notice(name, value):
    app = opened(**{name: value})
    assert not app.exception
    assert len(app.warning) == 1


def shown(app):
    """Return the rows on screen: the HTML of each."""
    return [part for html in app.get("html") for part in html.proto.body.split("<details>")[1:]]


def test_one_page_of_rows_goes_to_the_browser():
    app = opened()
    assert len(shown(app)) == ROWS_ON_A_PAGE
    assert f"Figures 1 to {ROWS_ON_A_PAGE} of {len(records())}" in text_of(app)


def test_the_last_page_is_shown_where_a_link_asks_for_more():
    app = opened(page="999")
    assert not app.warning
    assert len(shown(app)) == len(records()) % ROWS_ON_A_PAGE


def test_a_row_opens_to_all_that_is_known_of_it():
    (row,) = shown(opened(q="F0642"))
    line = next(n for n, row in enumerate(records(), 2) if row["figure_id"] == "F0642")
    source = next(row for row in records() if row["figure_id"] == "F0642")
    for part in ("at least 65", "Thailand", "24 Dec 2025", f"line {line}", source["expression"]):
        assert part in row
    assert f'<a href="{source["url"]}"' in row


def test_nothing_found_is_said_and_leads_back():
    app = opened(q="zzzz", what="killed")
    assert "No figure fits" in text_of(app)
    next(button for button in app.button if button.label == "Show all figures").click().run()
    assert len(shown(app)) == ROWS_ON_A_PAGE
    assert "q" not in app.query_params


def test_findings_are_listed_with_the_row_they_are_about():
    app = opened(found="1")
    lists = " ".join(html.proto.body for html in app.get("html"))
    for line in LIBRARY.findings["line"].head(3):
        assert f"line {line}, " in lists
    assert "figure_id:" in lists


def test_findings_of_one_kind_are_one_line_with_their_count_and_the_first_rows():
    row = "{id},THA,killed,cumulative,2025-12-24,{n},tha-mod,mark {id}\n"
    bad = "".join(row.format(id=f"N{n:03}", n=f"1O{n}") for n in range(120))
    app = checked((HEADER + bad).encode())
    assert not app.exception
    [found] = [h.proto.body for h in app.get("html") if "not-a-number" in h.proto.body]
    kind = found[: found.index("</summary>")]
    assert "120 times" in kind
    assert "The cell is not a whole number in digits" in kind
    assert [f"mark N{n:03}" in found for n in range(4)] == [True, True, True, False]
    assert "47 more" in found
    assert "line 51, value" in found
    assert "line 52, value" not in found
    assert "Of each kind the first 50 are listed; the file has all 120." in text_of(app)


def test_what_was_found_is_told_in_sentences_without_keys_of_the_mapping_or_a_line_0():
    app = checked(b"Land,Toll,Datum\nNowhere,70,03/04/2025\nThailand,22,03/04/2025\n")
    assert not app.exception
    told = text_of(app) + " ".join(shown(app))
    assert "Of the numbers in" in told or "No column of numbers" in told
    assert "line 0" not in told.lower()
    assert not re.search(r"\[(columns|constants|names|dates|numbers)", " ".join(shown(app)))


def test_markup_in_a_row_stays_text():
    html = opening("<span>x</span>", [("A", "&lt;b&gt;"), ("<b>", "x")])
    assert "<b>" not in html


def test_markup_of_the_data_stays_text_in_every_row(monkeypatch, tmp_path):
    bad = "<img src=x onerror=alert(1)>"
    rows = [figure(note=bad, expression=bad, scope=bad, admin1=bad, url="https://a.example/<b>")]
    named = [{"source": "a", "name": bad, "kind": "media", "relays": "own"}]
    monkeypatch.setenv("DATASETS", str(write_crisis(tmp_path, *rows, sources=named, name=bad)))
    app = opened(every="1", found="1")
    assert not app.exception
    assert any("&lt;img" in row for row in shown(app))
    assert all("<img" not in row and "javascript:" not in row for row in shown(app))


# Files.


def downloads(app):
    return {button.proto.label: button for button in app.get("download_button")}


def test_files_are_offered_but_not_made_before_a_click():
    offered = downloads(opened())
    assert {"CSV", "Excel", "Parquet", "JSON", "HXL", "Blank table, Excel"} <= set(offered)
    assert all(offered[name].proto.deferred_file_id for name in ("CSV", "Excel", "JSON"))


# Checking a table of one's own.


def checked(content, name="mine.csv", **query):
    app = opened(**query)
    uploader = app.get("file_uploader")[0]
    return uploader.upload(name, content, "text/csv").run() if uploader else app


def test_a_table_is_read_and_its_bad_cell_told_with_the_row():
    text = HEADER + "N1,THA,killed,cumulative,2025-12-24,1O0,tha-mod,letter O\n"
    app = checked(text.encode())
    assert not app.exception
    (row,) = [row for row in shown(app) if "mine.csv" in row and "not-a-number" in row]
    assert "mine.csv, line 2, value" in row
    assert "letter O" in row
    assert "0 figures were read." in text_of(app)


def test_what_a_table_would_change_is_told_before_and_after():
    text = HEADER + "N1,THA,killed,cumulative,2025-12-28,170,tha-mod,\n"
    app = checked(text.encode(), day="2025-12-28")
    table = next(t.value for t in app.table if "With your table" in t.value.columns)
    told = {row["Place"]: (row["Now"], row["With your table"]) for row in table.to_dict("records")}
    assert told["Thailand"][1] == "170"
    assert told["Thailand"][0] != "170"
    toggle = next(t for t in app.toggle if t.label == "Show the pages with your figures")
    toggle.set_value(True).run()
    assert not app.exception
    assert ">170<" in " ".join(html.proto.body for html in app.get("html"))


def test_nothing_of_a_checked_table_reaches_another_reader():
    text = HEADER + "N1,THA,killed,cumulative,2025-12-28,54321,tha-mod,\n"
    mine = checked(text.encode(), day="2025-12-28")
    assert "54,321" in " ".join(t.value.to_string() for t in mine.table)
    other = opened("overview", day="2025-12-28")
    assert "54,321" not in text_of(other)
    assert len(shown(opened(q="N1"))) == len(found(q="N1"))


def test_a_table_of_another_shape_gets_a_mapping_to_take_away():
    text = "Country,Killed,Date\nThailand,70,2025-12-26\nCambodia,22,2025-12-26\n"
    app = checked(text.encode())
    assert not app.exception
    assert "2 figures were read." in text_of(app)
    toml = next(code.value for code in app.code if "[columns]" in code.value)
    assert Mapping.load(toml).columns == {"country": "Country", "as_of": "Date"}
    assert "Download the mapping" in downloads(app)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"a\n1\n", "\ufeff".encode(), b"\xff\xfe"],
)
def test_what_cannot_be_read_is_said_and_breaks_nothing(content):
    table = look(content, "broken.xlsx", LIBRARY, CRISIS)
    assert table.figures.empty
    assert len(table.findings)
    assert merge(LIBRARY, table).new.empty


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.csv", "y.csv"),
        ("a\x00\u202eb.csv", "ab.csv"),
        ("..", "table"),
        ("", "table"),
    ],
)
def test_the_name_of_a_file_cannot_lead_anywhere(given, kept):
    assert clean_name(given) == kept


def table_of(*rows):
    text = io.StringIO()
    frame = pd.DataFrame([{k: v for k, v in row.items() if k != "crisis"} for row in rows])
    frame.to_csv(text, index=False)
    return text.getvalue().encode()


@pytest.fixture
def library(tmp_path):
    return load_library(write_crisis(tmp_path, figure(figure_id="F1"), figure(figure_id="F2")))


def test_rows_are_new_repeated_or_clash_and_none_is_lost(library):
    rows = [
        figure(figure_id="F1", url="https://example.org/report"),
        figure(figure_id="F2", value=11),
        figure(figure_id="F3", value=10),
        figure(figure_id="F4", value=99),
    ]
    merged = merge(library, look(table_of(*rows), "mine.csv", library, "test"))
    assert merged.new["figure_id"].tolist() == ["F4"]
    assert merged.repeated["figure_id"].tolist() == ["F1", "F3"]
    assert merged.clashing["figure_id"].tolist() == ["F2"]
    assert merged.library.figures["figure_id"].tolist() == ["F1", "F2", "F4"]


def test_a_library_that_is_tried_out_has_a_fingerprint_of_its_own(library):
    one = merge(library, look(table_of(figure(value=1)), "a.csv", library, "test")).library
    two = merge(library, look(table_of(figure(value=2)), "a.csv", library, "test")).library
    assert len({library.fingerprint, one.fingerprint, two.fingerprint}) == 3
    assert library.figures["figure_id"].tolist() == ["F1", "F2"]


def test_a_source_that_nobody_knows_is_told(library):
    table = look(table_of(figure(source="stranger", value=5)), "a.csv", library, "test")
    assert "unknown-source" in set(merge(library, table).findings["code"])


def test_a_table_whose_findings_name_no_row_is_told_of_without_rows():
    from ui.data.noted import rows_in

    assert rows_in(b"a,b\n1,2\n", "f.csv", []) == {}
    assert rows_in(b"a,b\n1,2\n3,4,5\n", "f.csv", [3]) == {("f.csv", 3): {"Line": "3,4,5"}}
