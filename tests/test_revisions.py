"""The revision ledger: what each source said when."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import load_library
from reconciliation.revisions import lags, revision_facts, revisions
from tests.builders import figure, figures, source, sources

ROOT = Path(__file__).resolve().parent.parent
WHO = sources(source(source="a", name="Ministry of Health (spokesman)"))


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "datasets")


def told(*rows, **options):
    found = revisions(figures(*rows), WHO, **options)
    return list(zip(found["kind"], found["amount"], found["days"], strict=True))


def on(day, value, **overrides):
    return figure(as_of=f"2025-12-{day:02}", value=value, **overrides)


def test_a_figure_that_comes_out_three_days_later_is_late():
    assert told(on(20, 10, published="2025-12-23")) == [("late_report", 0, 3)]
    assert told(on(20, 10, published="2025-12-22")) == []
    assert told(on(20, 10, published="2025-12-23"), late_days=4) == []


def test_a_figure_without_a_day_of_publication_is_not_late():
    assert told(on(20, 10)) == []


def test_a_correction_names_the_number_it_replaces():
    rows = [on(20, 10, figure_id="A"), on(20, 12, figure_id="B", supersedes="A")]
    assert told(*rows) == [("correction", 2, 0)]
    found = revisions(figures(*rows), WHO)
    assert found["figure_ids"].tolist() == [("A", "B")]
    assert found["share"].tolist() == [0.2]
    assert found["text"].tolist() == [
        "Ministry of Health corrected 10 people killed in Thailand (20 Dec 2025) to 12 "
        "(20 Dec 2025) on 20 Dec 2025."
    ]


def test_another_source_cannot_correct():
    rows = [on(20, 10, figure_id="A"), on(20, 12, figure_id="B", supersedes="A", source="b")]
    assert told(*rows) == []


def test_two_numbers_for_one_day_without_a_word_are_a_silent_change():
    rows = [on(20, 13, published="2025-12-20"), on(20, 14, published="2025-12-21")]
    assert told(*rows) == [("silent_change", 1, 0)]
    assert revisions(figures(*rows), WHO)["text"].tolist() == [
        "Ministry of Health gave 13 people killed in Thailand and 14, both for 20 Dec 2025; "
        "nothing says that one corrects the other."
    ]


def test_numbers_whose_words_can_both_be_true_are_no_change():
    assert told(on(20, 100, quantifier="about"), on(20, 104)) == []


def test_a_running_total_that_falls_is_told():
    assert told(on(12, 76), on(13, 59)) == [("fall", -17, 1)]


@pytest.mark.parametrize(
    "words",
    [
        {"counting": "stock"},
        {"population": "children_unknown"},
        {"quantifier": "about"},
        {"quantifier": "at_most"},
    ],
)
def test_what_may_fall_is_no_fall(words):
    assert told(on(12, 62, **words), on(13, 59, **words)) == []


def test_a_withdrawn_figure_is_not_fallen_from():
    assert told(on(12, 76, status="withdrawn"), on(13, 59)) == []


def test_a_later_first_day_is_a_restart():
    rows = [on(12, 76, since="2025-12-07"), on(20, 9, since="2025-12-15")]
    assert told(*rows) == [("restart", -67, 8)]
    assert "since 15 Dec 2025, later than before" in revisions(figures(*rows), WHO)["text"][0]


def test_a_restart_is_told_once():
    rows = [on(12, 76, since="2025-12-07"), on(20, 9, since="2025-12-15")]
    assert len(told(*rows, on(21, 9, since="2025-12-15"))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"measure": "missing"}, {"measure": "killed"}),
        ({"population": "civilian"}, {"population": "military"}),
        ({"cause": "direct"}, {"cause": "indirect"}),
    ],
)
def test_a_fall_that_is_a_siblings_rise_is_a_reclassification(one, other):
    rows = [on(12, 30, **one), on(13, 26, **one), on(12, 5, **other), on(13, 9, **other)]
    assert told(*rows) == [("reclassification", 4, 1)]
    text = revisions(figures(*rows), WHO)["text"][0]
    assert "4 moved from the one to the other" in text


def test_a_part_that_rises_within_a_falling_total_is_no_reclassification():
    rows = [on(12, 30), on(13, 26), on(12, 5, population="civilian")]
    assert told(*rows, on(13, 9, population="civilian")) == [("fall", -4, 1)]


def test_lags_are_facts_per_source():
    rows = [on(20, 1, published="2025-12-21"), on(21, 2, published="2025-12-26"), on(22, 3)]
    found = lags(figures(*rows)).iloc[0].to_dict()
    assert found == {"source": "a", "figures": 3, "dated": 2, "median_lag": 3.0, "max_lag": 5.0}


def test_revision_facts_count_and_measure_but_do_not_rank():
    rows = [on(12, 76), on(13, 59), on(14, 60), on(14, 61), on(20, 5, source="b")]
    found = revision_facts(figures(*rows), WHO).set_index("source")
    assert found.loc["a", ["corrections", "silent_changes", "falls"]].tolist() == [0, 1, 1]
    assert found.loc["a", "largest"] == pytest.approx(17 / 76)
    assert found.loc["a", "name"] == "Ministry of Health"
    assert found.loc["b", ["corrections", "silent_changes", "falls"]].tolist() == [0, 0, 0]
    assert pd.isna(found.loc["b", "largest"])
    assert not [column for column in found.columns if "rank" in column or "score" in column]


def test_what_was_said_later_is_not_known_yet():
    rows = [on(12, 76), on(13, 59)]
    assert told(*rows, known_on="2025-12-12") == []


def test_no_figures_have_no_revisions():
    empty = figures()
    assert revisions(empty).empty
    assert revision_facts(empty).empty


def test_the_shipped_fall_from_76_to_59_injured_is_found_and_reads_well(library):
    found = revisions(library.figures, library.sources)
    fall = found[found["figure_ids"].map(lambda ids: ids == ("F0435", "F0465"))]
    assert fall["kind"].tolist() == ["fall"]
    assert fall["text"].tolist() == [
        "Cambodian Ministry of Interior gave 76 civilians injured in Cambodia by 12 Dec 2025 and "
        "59 by 13 Dec 2025; a running total cannot fall, and the figures do not show why it did."
    ]
    assert not found["text"].str.contains("None").any()


ROWS = st.lists(
    st.tuples(st.integers(10, 20), st.integers(0, 9), st.sampled_from(["civilian", "military"])),
    max_size=8,
)


@settings(deadline=None, max_examples=50)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows, random):
    made = [
        on(day, value, population=who, figure_id=f"F{n}")
        for n, (day, value, who) in enumerate(rows)
    ]
    shuffled = made.copy()
    random.shuffle(shuffled)
    assert told(*shuffled) == told(*made)
    last = "2025-12-31"
    assert told(*made, known_on=last) == told(*made)
