"""Every page through AppTest: it says what it must, and nothing in a link can break it."""

import csv
import shutil

import pandas as pd
import pytest

from tests.builders import figure, write_crisis
from tests.screens import PAGES, ROOT, STORY, opened, text_of
from ui import choosing
from ui.selection import LABELS


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_choice(page):
    app = opened(page)
    assert not app.exception
    assert app.title[0].value


def test_the_menu_leads_to_the_same_pages_as_their_addresses():
    app, known = opened(), set()
    for page in PAGES:
        there = app.switch_page(f"pages/{page}.py").run()
        assert not there.exception
        assert headings(there) == headings(opened(page))
        known.add(headings(there))
    assert len(known) == len(PAGES) == 8


def headings(app):
    return tuple(part.value for part in [*app.title, *app.header, *app.subheader, *app.caption])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"crisis": "tha-khm-2025-07"},
        {"known": "2025-01-01"},
        {"known": "2025-12-10", "day": "2025-12-24"},
        {"country": "THA", "measure": "injured", "population": "military", "rule": "median"},
        {"measure": "casualties"},
        {"measure": "sheltered", "country": "KHM", "series": "stock", "log": "1"},
        {"measure": "killed", "country": "THA", "population": "civilian", "change": "1"},
        {"measure": "captured", "learnt": "1", "ledger": "1", "habits": "1"},
        {"country": "KHM", "population": "children", "doubts": "1", "implied": "1"},
    ],
)
def test_every_page_bears_every_choice(page, query):
    app = opened(page, **query)
    assert not app.exception
    assert not app.warning


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crisis", "nowhere"),
        ("crisis", "<script>alert(1)</script>"),
        ("measure", "KILLED"),
        ("country", "ATL"),
        ("population", "martians"),
        ("cause", "fate"),
        ("day", "2025-13-45"),
        ("day", "1066-10-14"),
        ("day", "2090-01-01"),
        ("known", "yesterday"),
        ("rule", "😀"),
        ("log", "yes"),
        ("bridge", "F0695-F9999"),
        ("bridge", "[x](https://evil.example)"),
        ("since", "last week"),
        ("source", "nobody"),
    ],
)
def test_a_bad_value_in_the_link_falls_back_with_a_notice(name, value):
    app = opened(**{name: value})
    assert not app.exception
    assert len(app.warning) == 1
    assert LABELS.get(name, name) in app.warning[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("trends", {}),
        ("trends", {"measure": "captured", "cause": "indirect"}),
        ("embed", {"chart": "trend"}),
        ("embed", {"chart": "change"}),
    ],
)
def test_a_series_that_is_not_there_falls_back_with_a_notice(page, asked):
    app = opened(page, series="<b>nonsense</b>", **asked, **STORY)
    assert not app.exception
    assert len(app.warning) == 1
    assert "For “How it counts” the link asks for" in app.warning[0].value


def test_a_notice_names_a_choice_by_the_words_of_its_control():
    app = opened("trends", **dict.fromkeys(("measure", "population", "cause", "rule"), "zzz"))
    controls = {box.label for box in app.selectbox}
    said = [warning.value.replace("\\", "") for warning in app.warning]
    assert len(said) == 4
    for sentence in said:
        assert sentence.split("“")[1].split("”")[0] in controls


def test_a_long_name_of_a_crisis_can_be_read_where_the_page_does_not_say_it(monkeypatch):
    name = opened(**STORY).title[0].value
    for page, told in (("trends", 1), ("", 0)):
        monkeypatch.setattr(choosing, "here", lambda page=page: page)
        captions = [caption.value for caption in opened("trends", **STORY).sidebar.caption]
        assert captions.count(name) == told


def test_the_published_total_stands_beside_the_sum():
    said = text_of(opened(**STORY))
    assert "at least 86" in said
    assert '>Published for both together</div><div class="number">at least 86</div>' in said
    assert "equals the sum" in said
    assert "Cambodia counts civilians only" in said


def test_the_thai_total_opens_into_soldiers_and_civilians():
    said = text_of(opened("reconciliation", **STORY))
    assert "Thailand: 1 + 41 + 23 = 65" in said
    assert "Soldiers: <strong>23</strong>" in said
    assert "Civilians killed by the fighting: <strong>1</strong>" in said
    assert "Civilians who died of indirect causes: <strong>41</strong>" in said


@pytest.mark.parametrize(
    ("figure_id", "country", "shown"),
    [("F0642", "THA", "at least 65"), ("F0637", "KHM", "21"), ("F0647", "THA-KHM", "at least 86")],
)
def test_a_number_on_screen_is_the_number_in_the_file(figure_id, country, shown):
    path = ROOT / "datasets" / STORY["crisis"] / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["figure_id"] == figure_id)
    assert shown.removeprefix("at least ") == row["value"]
    assert ("at least" in shown) == (row["quantifier"] == "at_least")
    assert shown in text_of(opened("reconciliation", country=country, **STORY))


def test_the_trend_to_explore_is_drawn_with_few_colours_and_says_what_it_shows():
    app = opened("trends", explore="1", **STORY)
    chart = app.get("plotly_chart")[0].proto
    assert "Killed" in chart.alt
    assert chart.spec.count('"dash"') < 30
    assert "22 sources conflict: 11 to 200" in text_of(app)


def test_the_five_rules_stand_side_by_side():
    tables = [found.value for found in opened("reconciliation", **STORY).table]
    table = next(table for table in tables if "Rule" in table)
    assert len(table) == 5
    assert table["Rule"].str.contains("in use").sum() == 1


def test_nothing_known_yet_is_said_in_words():
    said = text_of(opened(known="2025-01-01"))
    assert "No figure is recent enough" in said
    assert "None" not in said


def test_markup_in_the_files_stays_text(monkeypatch, tmp_path):
    bad = "[click](https://evil.example) ![x](https://evil.example/a.png) **b** :red[r] $x$"
    rows = [
        figure(country="KHM+THA", source="a", scope="", note=bad, expression=bad),
        figure(country="THA", source="a", value=6),
        figure(country="KHM", source="b", value=4, admin1=""),
    ]
    sources = [{"source": "a", "name": bad, "kind": "media", "relays": "own"}]
    sources.append({"source": "b", "name": "<b>x</b>", "kind": "media", "relays": "a"})
    monkeypatch.setenv("DATASETS", str(write_crisis(tmp_path, *rows, sources=sources, name=bad)))
    for page in PAGES:
        app = opened(page)
        assert not app.exception
        prose = [*app.title, *app.subheader, *app.markdown, *app.caption]
        for element in prose:
            assert "](https://" not in element.value
            assert "](http" not in element.value.replace("\u2060", "").replace("\\", "\0")
        for element in app.get("html"):
            assert "<b>x</b>" not in element.proto.body
            assert "<img" not in element.proto.body


def test_an_empty_folder_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("DATASETS", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "There are no figures yet" in app.info[0].value


def test_a_broken_file_leaves_the_last_good_figures_with_a_notice(monkeypatch, tmp_path):
    folder = tmp_path / "datasets"
    shutil.copytree(ROOT / "datasets", folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    monkeypatch.setenv("DATASETS", str(folder))
    app = opened(**STORY)
    (folder / STORY["crisis"] / "figures.csv").write_bytes(b"\x00\x01\x02 not a table")
    app.run()
    assert not app.exception
    told = app.warning[0].value.replace("\\", "")
    assert "figures.csv cannot be used: " in told
    assert told.count("figures.csv") == 1
    assert "at least 86" in text_of(app)


def test_a_saved_file_shows_its_new_number(monkeypatch, tmp_path):
    row = figure(value=10)
    monkeypatch.setenv("DATASETS", str(write_crisis(tmp_path, row)))
    app = opened(day="2025-12-24")
    assert ">10<" in text_of(app)
    write_crisis(tmp_path, row | {"value": 1234})
    app.run()
    assert ">1,234<" in text_of(app)


def test_a_source_whose_name_is_too_long_for_its_column_ends_in_dots_and_is_whole_further_on():
    app = opened("sources", day="2025-12-24")
    names = pd.concat([frame.value["Source"] for frame in app.dataframe if "Source" in frame.value])
    full = pd.concat(
        [frame.value["Full name"] for frame in app.dataframe if "Full name" in frame.value]
    )
    cut = [name for name in names if name.endswith("…")]
    assert cut
    assert max(map(len, names)) <= 25
    assert all(any(whole.startswith(name[:-1]) for whole in full) for name in cut)
