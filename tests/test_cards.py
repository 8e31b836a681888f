"""What a card says: how far apart its numbers are, what is left out, whose words they are."""

import csv
import html
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import languages
from loaders import load_library
from reconciliation import quantities, shown_cells, wording
from reconciliation.judging import as_printed
from reconciliation.quantity import counted_otherwise
from tests.builders import figure, figures
from tests.screens import opened
from ui import cards, citing, controls, describing, questions, tables, titles
from ui.query import read

DAY = "2025-12-24"
FILE = Path("datasets/tha-khm-2025-12/figures.csv")


@pytest.fixture(scope="module")
def library():
    return load_library("datasets")


@pytest.fixture(scope="module")
def printed():
    """Return the rows of the figures as they stand in the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["figure_id"]: row for row in csv.DictReader(file)}


def seen(library, **asked):
    view, notices = read({"crisis": "tha-khm-2025-12", **asked}, library)
    assert notices == []
    return view


def card(library, **asked):
    """Return the lines of a card."""
    found = cards._card(library, seen(library, **asked))
    return [html.unescape(line) for line in re.split(r"<[^>]+>|\n", found) if line.strip()]


def left_out(*rows):
    """Return what counts otherwise than the first of the shown figures, as number and day."""
    shown = quantities(shown_cells(figures(*rows), on=DAY))
    part = next(q for q in shown if q.figure_id == rows[0]["figure_id"])
    return [(q.value, f"{q.as_of:%d %b}") for q in counted_otherwise(part, shown)]


OLD = figure(value=475, as_of="2025-12-15")
SINCE = {"since": "2025-12-20", "source": "b"}


def test_a_newer_running_total_since_another_day_is_left_out_of_the_headline():
    assert left_out(OLD, figure(value=550, **SINCE)) == [(550, "24 Dec")]


def test_an_older_figure_or_one_of_another_question_or_scope_is_not_told():
    older = figure(value=550, **SINCE | {"since": "2025-12-01", "as_of": "2025-12-14"})
    others = [
        figure(value=5, population="civilian", **SINCE),
        figure(value=6, country="KHM", **SINCE),
        figure(value=7, scope="camps only", **SINCE),
        figure(value=8, measure="injured", **SINCE),
    ]
    assert left_out(OLD, older, *others) == []


def test_a_number_on_the_day_is_told_beside_a_running_total_of_the_same_day():
    whole = figure(measure="displaced", value=640)
    now = figure(measure="displaced", value=98, counting="stock", source="b")
    since = figure(measure="displaced", value=500, **SINCE)
    assert left_out(whole, now, since) == [(98, "24 Dec")]


def test_who_went_back_since_the_truce_is_named_beside_an_older_and_lower_total(library, printed):
    row = printed["F0735"]
    given = [row[name] for name in ("value", "quantifier", "since", "as_of")]
    assert given == ["550000", "about", "2025-12-27", "2026-02-03"]
    lines = card(library, measure="returned", day="2026-02-06")
    assert "about 475,000" in lines
    assert (
        "Newer, counted otherwise: about 550,000, running total since 27 Dec 2025 "
        "(Cambodian Ministry of Interior, 3 Feb 2026)"
    ) in lines


def test_a_sum_says_between_which_days_its_figures_lie_once_they_are_far_apart(library, printed):
    days = [date.fromisoformat(printed[one]["as_of"]) for one in ("F0384", "F0738")]
    assert (days[1] - days[0]).days == 57
    lines = card(library, measure="sheltered", day="2026-02-06")
    assert "more than 495,474" in lines
    note = "The figures added are of days far apart: 10 Dec 2025 to 5 Feb 2026."
    assert note in lines
    assert not [line for line in card(library, day=DAY) if "far apart" in line]


@pytest.mark.parametrize(
    ("quantifier", "expression", "text"),
    [
        ("range", "hundreds of thousands", "“hundreds of thousands” (20 to 99)"),
        ("range", "20 to 99 people", "20 to 99"),
        ("range", "٢٠ إلى ٩٩", "20 to 99"),
        ("range", "", "20 to 99"),
        ("range", "dozens of people, " * 4, "20 to 99"),
        ("about", "some twenty", "20 to 99"),
    ],
)
def test_a_range_stands_behind_the_words_of_its_report_where_these_hold_no_digits(
    quantifier, expression, text
):
    assert as_printed("20 to 99", quantifier, expression) == text


def test_nobody_is_said_to_have_published_the_ends_of_hundreds_of_thousands(library, printed):
    assert printed["F0646"]["expression"] == "hundreds of thousands"
    text = "“hundreds of thousands” (200,000 to 999,999)"
    assert text in card(library, measure="displaced", day=DAY)
    view = seen(library, measure="displaced", day=DAY)
    key = next(iter(questions.series(library, view)))
    title = describing.finding(view, questions.shown(library, view, key))
    assert title.startswith(f"Displaced, Cambodia and Thailand: {text} on 24 Dec 2025")
    # In a sum there is no room for words.
    assert citing.number(library, view, "F0646") == "200,000 to 999,999"


def test_the_title_of_a_chart_over_time_names_the_number_that_the_chart_shows(library):
    view = seen(library, day="2026-02-06")
    assert titles.charted(library, view).startswith("At least 101 killed, Cambodia and Thailand, 6")
    assert titles.answer(library, view).startswith("47 killed, Cambodia and Thailand, added up (")


def test_a_figure_to_choose_says_number_source_and_day_first(library):
    view = seen(library, day=DAY)
    words = citing.option(library, view, "F0647")
    assert words.startswith("at least 86: The Business Times, 24 Dec 2025; Killed, Cambodia and")


def test_a_label_in_a_list_says_which_way_it_runs_so_that_its_end_is_cut_off():
    assert controls.option("Killed") == "Killed"
    with languages.speak("ar"):
        label = wording.say("{month}: {name}", month="ديسمبر", name="Border war")
        assert controls.option(label)[:2] == f"\u200f{wording.RTL_ISOLATE}"
        assert controls.option(label, "Border war") == "\u200eديسمبر: Border war"
        assert controls.option("Reuters") == "Reuters"


def test_days_in_a_table_are_in_the_readers_language_and_still_sort_as_days():
    app = opened("sources", day=DAY, lang="ar")
    table = app.dataframe[0]
    assert "24 ديسمبر 2025" in str(
        table.proto.arrow_data.styler.display_values.decode("utf-8", "ignore")
    )
    with languages.speak("ar"):
        last = table.value[wording.say("Last")]
    assert {type(day) for day in last} == {date}


def test_days_of_a_table_too_long_for_words_are_in_digits_outside_english():
    with pd.option_context("styler.render.max_elements", 5):
        app = opened("sources", day=DAY, lang="ar")
    assert not app.exception
    table = app.dataframe[0]
    assert table.value.size > 5
    assert '"format": "YYYY-MM-DD"' in table.proto.columns
    with languages.speak("ar"):
        assert {type(day) for day in table.value[wording.say("Last")]} == {date}


def test_a_column_is_as_wide_as_its_longest_text_up_to_a_limit_and_empty_cells_take_no_room():
    gaps = [None, pd.NA, float("nan"), ""]
    assert tables._width(pd.Series([*gaps, "a" * 10])) == 30 + 7 * 10
    assert tables._width(pd.Series([*gaps, "a" * 1000])) == 430
    assert tables._width(pd.Series(gaps, dtype=object)) == 30
