"""What the pages share: text made safe, the choice read from a link, tables, words."""

import datetime as dt
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import exports
from loaders import load_library
from reconciliation import wording
from tests.builders import figure, figures, write_crisis
from tests.hostile import STRINGS
from ui import loading, questions, tables, words
from ui.choosing import PAGES
from ui.query import read
from ui.selection import LABELS, NAMES
from ui.text import file_name, link, plain, safe_link, short, shortened, spoken


@pytest.fixture
def library(tmp_path):
    """Return a library of one crisis with a few figures."""
    rows = [
        figure(country="THA", value=6),
        figure(country="KHM", population="civilian", value=4, as_of="2025-12-20"),
        figure(country="KHM+THA", measure="displaced", counting="stock", value=900),
    ]
    return load_library(str(write_crisis(tmp_path, *rows)))


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://evil.example)",
        "![a](https://evil.example/a.png)",
        "https://evil.example",
        "www.evil.example",
        "a@evil.example",
        ":material/home: :red[x] $x^2$ `c` **b** _i_ ~s~",
        "<b>x</b>",
        "# head\n- item\n> quote | cell",
        "1. one",
    ],
)
def test_text_of_a_cell_is_shown_letter_for_letter(text):
    safe = plain(text)
    assert "\n" not in safe
    bare = safe.replace("\\", "").replace("\u2060", "")
    assert bare == " ".join(text.split())
    for sign in "[]()*_`<>#$~:|!":
        assert all(
            safe[at - 1] == "\\" for at in range(len(safe)) if safe[at] == sign and at > 0
        ) or not safe.startswith(sign)
    for address in ("://", "www.", "@e"):
        assert address not in safe.replace("\\", "")


@pytest.mark.parametrize(
    "text",
    ["Line 2, value", "Line 14, total_killed (new)", "Killed: 3/4 & more!", "จังหวัด 1.5-2", "F0001"],
)
def test_a_label_without_markup_is_read_out_as_it_stands(text):
    assert spoken(text) == text


def test_a_label_that_could_be_markup_keeps_its_escapes():
    bare = {text: spoken(text) for text in STRINGS if spoken(text) != plain(text)}
    assert len(bare) < len(STRINGS) / 4
    for text in bare.values():
        assert text[:1].isalpha()
        assert not set(text) & set("\\`*[]{}<>~$^|#@=")
        assert not re.search(r"://|:\S|&\S|www\.", text)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://example.org/<script>", None),
        ("//example.org", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(address, link):
    assert safe_link(address) == link


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a_b?c=d", "[\\*x\\*](<https://example.org/a_b?c=d>)"),
        ("https://example.org/)[y](z*$", "[\\*x\\*](<https://example.org/%29%5By%5D%28z%2A%24>)"),
        ("javascript:alert(1)", "\\*x\\*"),
        ("", "\\*x\\*"),
    ],
)
def test_a_report_is_linked_without_any_markup_of_its_own(address, shown):
    assert link("*x*", address) == shown


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(sign):
    assert exports.safe(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", [-5, 1.5, None, "safe", ""])
def test_other_cells_are_left_alone(cell):
    assert exports.safe(cell) == cell


def test_a_csv_is_safe_in_heads_and_cells_and_opens_as_utf8_in_excel():
    text = tables.csv(pd.DataFrame({"=a": ["@b", "ก"], "n": [-1, 2]}))
    assert text == b"\xef\xbb\xbf" + "'=a,n\r\n'@b,-1\r\nก,2\r\n".encode()


@pytest.mark.parametrize(
    ("name", "brief"),
    [
        ("Thai government, agency not named by the report", "Thai government"),
        ("Thai Ministry of Defence (spokesman, joint press centre)", "Thai Ministry of Defence"),
        ("Reuters", "Reuters"),
        ("(unnamed)", "(unnamed)"),
        ("Cambodian National Committee for Disaster Management", None),
    ],
)
def test_a_long_name_is_shortened(name, brief):
    assert short(name) == brief if brief else len(short(name)) <= 34 and short(name).endswith("…")


def test_two_bodies_never_get_the_same_short_name():
    names = [
        "Cambodian National Committee for Disaster Management",
        "Cambodian National Committee for Counter Trafficking",
        "Cambodian Ministry of Interior",
        "Reuters, by telephone",
        "Reuters (Bangkok)",
    ]
    assert shortened(names) == dict(
        zip(
            names,
            [
                "Cambodian National…Management",
                "Cambodian National…Trafficking",
                "Cambodian Ministry of Interior",
                "Reuters, by telephone",
                "Reuters (Bangkok)",
            ],
            strict=True,
        )
    )


@given(st.lists(st.text("ab (,", min_size=1, max_size=40), unique=True), st.integers(8, 30))
def test_short_names_are_as_different_as_the_long_ones(names, most):
    found = shortened(names, most)
    assert len(set(found.values())) == len(names)
    assert all(len(brief) <= max(most, len(name)) for name, brief in found.items())


def test_a_file_name_is_plain():
    assert file_name("a b", "ä/ö", "", "C:1") == "a-b-c-1"


def test_an_empty_link_is_the_newest_crisis_on_its_last_day(library):
    view, notices = read({}, library)
    assert notices == []
    assert (view.crisis, view.measure, view.day) == ("test", "killed", dt.date(2025, 12, 24))
    assert view.known is None
    assert view.params() == {"crisis": "test"}


def test_a_view_comes_back_from_its_own_link(library):
    asked = {
        "crisis": "test",
        "measure": "killed",
        "country": "KHM",
        "population": "civilian",
        "cause": "direct",
        "day": "2025-12-20",
        "known": "2025-12-21",
        "rule": "median",
        "series": "cumulative",
        "bridge": str(library.figures["figure_id"].iloc[1]),
        "since": "2025-12-10",
        "source": "a",
        "q": "north",
        "what": "killed",
        "place": "KHM-THA",
        "by": "a",
        "status": "confirmed",
        "from": "2025-12-08",
        "to": "2025-12-24",
        "sort": "oldest",
        "page": "2",
        "lang": "fr",
        "tab": "form",
        "map": "province",
        "seen": "2026-01-01-abcdef0123",
    }
    assert set(asked) == set(NAMES)
    view, notices = read(asked, library)
    assert notices == []
    assert view.params() == asked
    assert read(view.params(), library)[0] == view


def test_a_pinned_link_holds_the_day_and_what_is_known(library):
    view, _ = read({}, library)
    pinned = view.params(pinned=True)
    assert pinned["day"] == "2025-12-24"
    assert dt.date.fromisoformat(pinned["known"]) >= wording.today()
    assert pinned["rule"] == "latest"


@pytest.mark.parametrize("text", ["KHM-THA", "tha-khm", "KHM+THA", "KHM THA"])
def test_both_countries_can_be_written_in_many_ways(library, text):
    view, notices = read({"country": text}, library)
    assert notices == []
    assert view.place == "KHM+THA"


def test_two_figures_to_compare_may_have_dashes_in_their_ids(tmp_path):
    rows = [figure(figure_id="a-1"), figure(figure_id="b-2", value=12)]
    found = load_library(str(write_crisis(tmp_path, *rows)))
    view, notices = read({"bridge": "a-1-b-2"}, found)
    assert (view.bridge, notices) == (("a-1", "b-2"), [])
    assert view.params()["bridge"] == "a-1-b-2"


@pytest.mark.parametrize("text", ["a-1-a-1", "a-1-c", "-", "a-1--b-2"])
def test_figures_that_are_not_there_cannot_be_compared(tmp_path, text):
    rows = [figure(figure_id="a-1"), figure(figure_id="b-2", value=12)]
    view, notices = read({"bridge": text}, load_library(str(write_crisis(tmp_path, *rows))))
    assert view.bridge == ()
    assert len(notices) == 1


def test_what_a_note_says_of_a_source_is_said_by_its_name():
    names = {"tha-moph": "Ministry of Health (spokesman)"}
    assert loading._with_name("jump", "tha-moph goes up", names) == "Ministry of Health goes up"
    assert loading._with_name("unknown-source", "tha-moph is no", names) == "tha-moph is no"


@pytest.mark.parametrize(
    "name", ["crisis", "measure", "country", "population", "day", "rule", "bridge", "since"]
)
def test_a_value_that_does_not_fit_is_named_and_left_aside(library, name):
    view, notices = read({name: "<nonsense>"}, library)
    assert len(notices) == 1
    assert LABELS.get(name, name) in notices[0]
    assert view == read({}, library)[0]


def test_as_known_earlier_the_last_day_is_earlier(library):
    view, _ = read({"known": "2025-12-21"}, library)
    assert view.day == dt.date(2025, 12, 20)


def test_flows_of_several_days_are_one_series_on_the_chart(tmp_path):
    rows = [
        figure(counting="flow", since=f"2025-12-{day}", as_of=f"2025-12-{day}", country="THA")
        for day in (10, 11, 12)
    ]
    found = load_library(str(write_crisis(tmp_path, *rows)))
    view, _ = read({"country": "THA"}, found)
    assert list(questions.series(found, view)) == ["flow"]


@pytest.mark.parametrize(
    ("verdict", "origins", "text"),
    [
        ("none", 0, "no recent figure"),
        ("single", 1, "one source alone"),
        ("agree", 2, "2 sources can all be right: 9 to 21"),
        ("close", 3, "3 sources nearly agree: 9 to 21"),
        ("conflict", 8, "8 sources conflict: 9 to 21"),
    ],
)
def test_a_verdict_is_said_in_words(verdict, origins, text):
    assert words.verdict(verdict, origins, 9.0, 21.0) == text


def test_a_table_of_figures_leads_to_file_and_line(library):
    table = tables.provenance(library, library.figures)
    assert table["Row"].iloc[0] == "test/figures.csv, line 2"
    assert table["Link"].iloc[0] == "https://example.org/report"


def test_a_change_names_both_figures_and_skips_unknown_days():
    shown = figures(*[figure(value=v, as_of=f"2025-12-{d}") for v, d in ((5, 10), (9, 14))])
    bars = questions.changed(shown.assign(words=["five", "nine"]))
    assert bars[["change", "words"]].to_dict("records") == [{"change": 4, "words": "five → nine"}]
    assert questions.changed(shown.assign(words=["five", ""])).empty


def test_a_change_says_whether_both_numbers_are_exact():
    for old, new, exact in (
        ("exact", "exact", True),
        ("at_least", "exact", False),
        ("exact", "about", False),
    ):
        first = figure(value=5, as_of="2025-12-10", quantifier=old)
        second = figure(value=9, as_of="2025-12-14", quantifier=new)
        bars = questions.changed(figures(first, second).assign(words=["five", "nine"]))
        assert bars["exact"].tolist() == [exact]


def test_every_page_is_a_file_with_a_short_small_address():
    paths = [page["url_path"] for page in PAGES if "url_path" in page]
    assert all(path.isalpha() and path.islower() for path in paths)
