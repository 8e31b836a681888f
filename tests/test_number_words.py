"""A number that a report has only in words is told in these words, wherever it is told alone."""

import csv
import datetime as dt
import html
import re
from pathlib import Path

import pytest

import brief
from loaders import load_library
from reconciliation import contradictions, learnt, wording
from reconciliation.bridges import bridge
from reconciliation.judging import quoted
from tests.builders import figure, figures, sources, write_crisis
from tests.screens import STORY, opened, text_of
from ui import charting, citing, comparing, lists, reasons, titles
from ui.bridging import chart_of
from ui.query import read

CRISIS = "tha-khm-2025-12"
FILES = sorted(Path("datasets").glob("*/figures.csv"))
# The figure of the reports that say no more than "hundreds of thousands".
LOOSE = "F0646"
DIGITS, WORDS = "200,000 to 999,999", "“hundreds of thousands”"
TOLD = f"{WORDS} ({DIGITS})"


def in_words_only():
    """Return the shipped ranges whose report has no digits, read without the program."""
    found = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            found += [(path.parent.name, row) for row in csv.DictReader(file)]
    return [
        (crisis, row)
        for crisis, row in found
        if row["quantifier"] == "range"
        and row["expression"]
        and not re.search(r"\d", row["expression"])
    ]


@pytest.fixture(scope="module")
def library():
    return load_library("datasets")


def seen(library, **asked):
    view, notices = read({"crisis": CRISIS, **asked}, library)
    assert notices == []
    return view


def composed(library, day):
    return brief.compose(library, crisis=CRISIS, day=dt.date.fromisoformat(day))


def bare(text):
    """Return where the digits stand without the report's words before them."""
    return re.findall(rf".{{60}}(?<!{WORDS} \(){DIGITS}", text, re.DOTALL)


def test_there_are_such_reports():
    assert [(row["figure_id"], row["expression"]) for _, row in in_words_only()] == [
        ("F0300", "about nine to ten"),
        ("F0325", "one confirmed and another unconfirmed"),
        (LOOSE, "hundreds of thousands"),
    ]


@pytest.mark.parametrize(("crisis", "row"), in_words_only())
def test_a_figure_named_in_a_sentence_is_in_the_words_of_its_report(library, crisis, row):
    view, _ = read({"crisis": crisis}, library)
    low, high = (wording.number(float(row[name])) for name in ("value", "value_high"))
    text = f"“{row['expression']}” ({low} to {high}) "
    assert citing.named(library, view, row["figure_id"]).startswith(text)
    news = learnt(library.figures, "2025-07-01", "2026-12-31", library.sources).news
    [told] = news.loc[news["figure_id"] == row["figure_id"], "text"]
    assert f" reported {text}" in told


def test_the_sentences_to_cite_have_the_words_and_the_bounds_once(library):
    displaced = next(
        one for one in composed(library, "2025-12-24").headlines if one.measure == "displaced"
    )
    of_all, of_report = (one.text for one in displaced.sentences[:2])
    assert f"; NewsGuru gives {TOLD} for both together" in of_all
    assert of_report.startswith(f"{TOLD} people displaced in Cambodia and Thailand as of 24")
    assert f"because the {WORDS} and the 700,000 are not exact" in of_report
    assert of_report.count(DIGITS) == 1


def test_no_brief_says_that_a_report_printed_the_bounds(library):
    text = html.unescape(brief.html(composed(library, "2025-12-24")))
    assert text.count(TOLD) >= 5
    assert bare(text) == []


def test_what_was_shown_before_is_in_the_words_of_its_report(library):
    line = f"shown before: {WORDS} (NewsGuru, 24 Dec 2025)"
    [news] = [one.text for one in composed(library, "2025-12-25").news if "NewsGuru" in one.text]
    assert line in news
    assert line in text_of(opened(crisis=CRISIS, day="2025-12-25"))


def test_why_reports_differ_has_the_words_on_screen_and_digits_in_the_picture(library):
    view = seen(library, measure="displaced", day="2025-12-24")
    found = reasons.explained(library, view)
    assert {one.start.figure_id for one in found} == {LOOSE}
    for one in found:
        assert one.start.text == TOLD
        assert one.start.counts.startswith(f"{TOLD} people displaced")
        assert not any(DIGITS in item.text for item in one.items)
    assert any(f"The {WORDS} and the " in item.text for one in found for item in one.items)
    with charting.drawn_in("light"):
        chart = chart_of(view, found[0])
    # A bar begins and ends at numbers, and has no room for words.
    assert chart.raw["text"].iloc[0] == DIGITS
    assert found[0].start.short == WORDS
    assert chart.title == f"Why more than 700,000 and not {TOLD}?"


def test_figures_that_cannot_all_be_true_are_in_the_words_of_their_reports(library):
    given = {"identities": library.identities, "sources": library.sources}
    mine = library.figures[library.figures["measure"].isin(["displaced", "sheltered"])]
    found = contradictions(mine, on="2025-12-24", crises=library.crises, **given)
    texts = [text for one in found for text in (one.text, *one.reasons)]
    assert any(f" more than {TOLD} people displaced" in text for text in texts)
    assert [one for text in texts for one in bare(text)] == []


def test_what_a_rule_would_show_is_in_the_words_of_the_report(library):
    view = seen(library, measure="displaced", day="2025-12-24")
    told = [list(row.values()) for row in _rules(library, view)]
    assert [f"{TOLD} (NewsGuru)"] == list({cell for row in told for cell in row if WORDS in cell})


def _rules(library, view):
    return [
        comparing.told_by_rule(library, view, total)
        for _, total in comparing.answers.by_rule(library, view)
    ]


def test_the_whole_page_says_what_the_report_says():
    said = html.unescape(text_of(opened("reconciliation", measure="displaced", **STORY)))
    assert said.replace("\\", "").count(TOLD) >= 3
    said = html.unescape(text_of(opened("overview", **STORY)))
    assert said.count(TOLD) >= 2
    assert bare(said) == []


def range_of(figure_id, low, high, expression, **more):
    return figure(
        figure_id=figure_id,
        value=low,
        value_high=high,
        quantifier="range",
        expression=expression,
        **more,
    )


def test_in_a_step_a_range_is_called_by_its_words_or_by_both_its_ends():
    others = {"measure": "displaced", "source": "b"}
    camps = {"measure": "sheltered", "source": "c"}
    for expression, name in [("dozens", "“dozens”"), ("20 to 99", "20 to 99"), ("", "20 to 99")]:
        rows = figures(
            range_of("A", 20, 99, expression, **camps), figure(figure_id="B", value=400, **others)
        )
        found = bridge(rows, "A", "B", sources({"source": "b"}, {"source": "c"}))
        assert found.start.number == "20 to 99"
        assert [item.text for item in found.items] == [
            f"The {name} counts people in shelters in Thailand (C, 24 Dec 2025); the 400 counts "
            "people displaced in Thailand (B, 24 Dec 2025)."
        ]


@pytest.mark.parametrize(
    ("quantifier", "expression", "name"),
    [("range", "dozens", "“dozens”"), ("range", "20-99", "20"), ("about", "dozens", "20")],
)
def test_a_number_told_before_is_called_by_the_words_of_its_report(quantifier, expression, name):
    assert quoted("20", quantifier, expression) == name


def test_a_chart_of_the_days_says_the_words_to_who_cannot_see_it_and_in_its_table(library):
    view = seen(library, measure="displaced", day="2025-12-24")
    with charting.drawn_in("light"):
        chart = lists.over_time(library, view)
    assert f"Published for both together {TOLD} on 24 Dec 2025" in chart.alt
    assert TOLD in set(chart.table["Figure"])
    assert bare(" ".join([chart.alt, *chart.table["Figure"]])) == []


def test_the_name_of_a_page_has_the_words_where_it_names_one_report(tmp_path):
    row = range_of("A", 20, 99, "dozens", as_of="2025-12-24")
    library = load_library(write_crisis(tmp_path, row))
    for country in ("THA", "THA+KHM"):
        view, _ = read({"country": country, "day": "2025-12-24"}, library)
        title = titles.answer(library, view)
        alone = country == "THA"
        # Nobody has a figure for Cambodia: the sum is only a lower bound, and no report's number.
        start = "“dozens” (20 to 99) killed, Thailand" if alone else "At least 20 killed, Cambodia"
        assert title.startswith(start)
