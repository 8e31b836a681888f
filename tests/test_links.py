"""Links: whatever they ask for gives a view, and a pinned one tells what is no longer the same."""

import datetime as dt
import html
import os
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import load_library
from tests.builders import figure, write_crisis
from ui import linking, pinned, seen
from ui.query import read
from ui.selection import FLAGS, NAMES

FIRST = figure(figure_id="F1", value=21, country="KHM", published="2025-12-24")
SECOND = figure(figure_id="F2", value=65, published="2025-12-24")
LATER = figure(figure_id="F3", value=70, as_of="2025-12-28", published="2025-12-29")
DAY = "2025-12-24"

NASTY = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="-+./%٠١٢٣２０２５－é\u202e\u2066\x00 ", max_size=60),
    st.sampled_from(
        [
            "KILLED",
            "killed ",
            "2025-12-24T00:00",
            "20251224",
            "2025-W52-3",
            "٢٠٢٥-١٢-٢٤",
            "２０２５-12-24",
            "0000-00-00",
            "9999-12-31",
            "-" * 100_000,
            "THA-" * 50_000,
            "F1-F2",
            "F1-F1",
            "\ud800",
            "2025-12-24-0123456789",
            "2025-12-24-0123456789ABC",
            "../../etc/passwd",
            "killed\x00",
            "1",
        ]
    ),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Return a library of one crisis with two figures out on a day and one put out later."""
    return load_library(str(write_crisis(tmp_path_factory.mktemp("data"), FIRST, SECOND, LATER)))


def library_of(folder, *rows):
    return load_library(str(write_crisis(folder, *rows)))


def known_records(library, day=DAY):
    return seen.known(seen.records(library, "test"), day)


@settings(max_examples=300, deadline=None)
@given(query=st.dictionaries(st.one_of(st.sampled_from((*NAMES, *FLAGS)), st.text()), NASTY))
def test_whatever_a_link_asks_for_there_is_a_view_and_a_notice_for_what_is_left_aside(
    library, query
):
    view, notices = read(query, library)
    again, none = read(view.params(), library)
    assert again.params() == view.params()
    assert replace(again, chosen=view.chosen) == view
    assert none == []
    ours = {name for name, value in query.items() if name in {*NAMES, *FLAGS} and value.strip()}
    assert len(notices) == len(ours - view.chosen)
    assert all(len(sentence) < 300 for sentence in notices)


@pytest.mark.parametrize("text", ["20251224", "2025-W52-3", "２０２５-12-24", "2025-12-24T00:00"])
def test_a_day_is_written_in_one_way_only(library, text):
    assert len(read({"day": text}, library)[1]) == 1


def test_a_name_that_is_not_ours_is_passed_over(library):
    assert read({"utm_source": "mail", "fbclid": "x"}, library) == read({}, library)


def test_a_view_comes_back_from_its_pinned_link_as_it_is(library):
    view, _ = read({"country": "KHM", "rule": "median", "day": "2025-12-20"}, library)
    again, notices = read(view.params(pinned=True), library)
    assert notices == []
    assert again.known == view.pinned_to
    assert (again.places, again.rule, again.day) == (view.places, view.rule, view.day)
    assert again.params(pinned=True) == view.params(pinned=True)


def test_a_link_is_pinned_to_the_newest_report_even_ahead_of_the_clock(tmp_path):
    ahead = figure(as_of="2025-12-24", published="2099-01-01")
    view, _ = read({}, library_of(tmp_path, FIRST, ahead))
    assert view.pinned_to == dt.date(2099, 1, 1)


def test_the_address_of_a_view_names_its_page_and_everything_chosen(library):
    view, _ = read({"country": "KHM", "day": "2025-12-20"}, library)
    parts = urlsplit(linking.address(view, "trends"))
    assert parts.path == "/trends"
    assert parse_qs(parts.query)["country"] == ["KHM"]
    assert {"day", "known", "rule", "measure"} <= set(parse_qs(parts.query))
    live = parse_qs(urlsplit(linking.address(view, "trends", pinned=False)).query)
    assert live == {"crisis": ["test"], "country": ["KHM"], "day": ["2025-12-20"]}


def test_the_code_to_embed_a_chart_is_one_frame_that_no_name_can_break_out_of(tmp_path):
    name = 'Border"><script>alert(1)</script>'
    view, _ = read({}, load_library(str(write_crisis(tmp_path, FIRST, name=name))))
    code = linking.embed_code(view, "trends", "trend")
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", code)
    where = html.unescape(re.search(r'src="([^"]*)"', code)[1])
    assert parse_qs(urlsplit(where).query)["chart"] == ["trend"]
    assert parse_qs(urlsplit(where).query)["embed"] == ["true"]


FOLDS = dict.fromkeys(("doubts", "implied", "ledger", "found"), "1")


@pytest.mark.parametrize(
    ("chart", "own"),
    [
        ("trend", {"log": "1"}),
        ("change", {"change": "1"}),
        ("overview", {}),
        ("map", {"shade": "1", "map": "province"}),
    ],
)
def test_a_link_to_a_chart_says_what_the_chart_needs_and_nothing_of_folds_open_elsewhere(
    library, chart, own
):
    asked = {"country": "KHM", "day": "2025-12-20", "lang": "fr", "tab": "form"}
    view, _ = read(asked | FOLDS | own, library)
    assert set(FOLDS) <= set(view.params())
    live = linking.of_chart(view, chart).params()
    shown = {"crisis": "test", "country": "KHM", "day": "2025-12-20", "lang": "fr"}
    assert live == shown | own
    code = html.unescape(linking.embed_code(view, "trends", chart))
    query = parse_qs(urlsplit(re.search(r'src="([^"]*)"', code)[1]).query)
    assert not {*FOLDS, "tab"} & set(query)
    assert set(own) <= set(query)


def test_the_mark_is_the_same_for_the_same_rows_in_any_order(tmp_path, library):
    turned = library_of(tmp_path, LATER, SECOND, FIRST)
    assert seen.mark(known_records(turned)) == seen.mark(known_records(library))


def test_the_mark_does_not_heed_what_was_published_later(tmp_path, library):
    without = library_of(tmp_path, FIRST, SECOND)
    assert seen.mark(known_records(without)) == seen.mark(known_records(library))
    assert seen.mark(known_records(without, "2025-12-29")) != seen.mark(
        known_records(library, "2025-12-29")
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((FIRST | {"value": 29}, SECOND), [("F1", ["value"], "21", "29")]),
        ((FIRST,), [("F2", None, "65", None)]),
        ((FIRST, SECOND, figure(figure_id="F9", value=8)), [("F9", None, None, "8")]),
        ((FIRST | {"cause": "direct"}, SECOND), [("F1", ["cause"], "21", "21")]),
    ],
)
def test_what_was_corrected_removed_or_added_late_is_told(tmp_path, library, rows, told):
    now = library_of(tmp_path, *rows, LATER)
    found = [
        one
        for one in seen.compare(known_records(library), known_records(now))
        if one.kind == "figure"
    ]
    assert [one.name for one in found] == [name for name, *_ in told]
    for one, (_, cells, before, after) in zip(found, told, strict=True):
        assert (one.before.get("value"), one.after.get("value")) == (before, after)
        assert cells is None or one.cells == cells


def test_a_version_that_readers_were_shown_is_found_by_any_mark_made_of_it(tmp_path, library):
    store = seen.Store(tmp_path)
    everything = seen.records(library, "test")
    store.keep("test", everything)
    for day in ("2025-12-24", "2025-12-29"):
        found = seen.Store(tmp_path).find("test", seen.mark(known_records(library, day)), day)
        assert found == known_records(library, day)
    assert store.find("test", "0123456789", DAY) is None
    assert store.find("other", seen.mark(known_records(library)), DAY) is None


def test_however_often_a_version_is_kept_there_is_one_copy(tmp_path, library):
    store = seen.Store(tmp_path)
    for _ in range(3):
        store.keep("test", seen.records(library, "test"))
    assert len(list((tmp_path / seen.FOLDER).glob("*.gz"))) == 1


def test_the_oldest_versions_go_when_there_are_too_many(tmp_path, library, monkeypatch):
    monkeypatch.setattr(seen, "MOST_VERSIONS", 2)
    store, everything = seen.Store(tmp_path), seen.records(library, "test")
    versions = [everything[:number] for number in (1, 2, 3)]
    for age, found in enumerate(versions):
        store.keep("test", found)
        path = max((tmp_path / seen.FOLDER).glob("*.gz"), key=lambda one: one.stat().st_mtime_ns)
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    day = "2026-01-01"
    kept = [store.find("test", seen.mark(found), day) is not None for found in versions]
    assert kept == [False, True, True]


def test_a_crisis_cannot_lead_its_copies_elsewhere(tmp_path, library):
    seen.Store(tmp_path / "data").keep("../../elsewhere", seen.records(library, "test"))
    (tmp_path / "data").mkdir()
    seen.Store(tmp_path / "data").keep("../../elsewhere", seen.records(library, "test"))
    assert {path.parent for path in tmp_path.rglob("*.gz")} == {tmp_path / "data" / seen.FOLDER}


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b\x08\x00"])
def test_a_copy_that_was_spoilt_is_as_none(tmp_path, library, content):
    store = seen.Store(tmp_path)
    store.keep("test", seen.records(library, "test"))
    for path in (tmp_path / seen.FOLDER).glob("*.gz"):
        path.write_bytes(content)
    assert store.find("test", seen.mark(known_records(library)), DAY) is None


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path, library):
    (tmp_path / seen.FOLDER).write_text("in the way")
    store = seen.Store(tmp_path)
    store.keep("test", seen.records(library, "test"))
    assert store.find("test", seen.mark(known_records(library)), DAY) is None
    assert seen.Store(None).find("test", "0123456789", DAY) is None


def test_every_cell_that_can_change_has_a_name_for_readers(library):
    told = {cell for record in seen.records(library, "test") for cell in record.cells}
    own = {"figure_id", "countries", "start", "stock_days", "cumulative_days"}
    assert told - own <= set(pinned.CELLS)
