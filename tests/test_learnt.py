"""What was learnt between two days of knowledge."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import load_library
from reconciliation import judging, reconcile
from reconciliation.learnt import learnt
from tests.builders import figure, figures, source, sources
from ui import revising

ROOT = Path(__file__).resolve().parent.parent
WHO = sources(source(source="a", name="Ministry"), source(source="b", name="Agency"))
MONDAY, WEDNESDAY = "2025-12-22", "2025-12-24"


def killed(figure_id, value, day, **overrides):
    return figure(figure_id=figure_id, value=value, as_of=f"2025-12-{day}", **overrides)


def since_monday(*rows):
    return learnt(figures(*rows), MONDAY, WEDNESDAY, WHO)


def test_a_new_figure_is_added_and_replaces_what_was_shown():
    found = since_monday(killed("A", 10, 22), killed("B", 12, 24))
    assert found.news[["change", "figure_id"]].to_numpy().tolist() == [["added", "B"]]
    effect = found.effects.iloc[0]
    assert (effect["before_id"], effect["after_id"], effect["amount"]) == ("A", "B", 2)
    assert effect["text"] == (
        "Shown now: 12 people killed in Thailand (Ministry, 24 Dec 2025; one source alone); "
        "before, 10 (Ministry, 22 Dec 2025)."
    )


def test_a_figure_for_an_old_day_that_comes_out_late_is_news():
    found = since_monday(killed("A", 10, 20), killed("B", 12, 21, published="2025-12-23"))
    assert found.news["figure_id"].tolist() == ["B"]


def test_a_correction_names_what_it_corrects():
    rows = [killed("A", 10, 22), killed("B", 9, 22, supersedes="A", published="2025-12-23")]
    found = since_monday(*rows)
    assert found.news[["change", "before"]].to_numpy().tolist() == [["corrected", "A"]]
    assert found.news["text"].tolist() == [
        "Ministry corrected 10 people killed in Thailand (22 Dec 2025) to 9 (22 Dec 2025)."
    ]
    assert found.effects["amount"].tolist() == [-1]


def test_a_withdrawn_figure_is_no_longer_shown():
    rows = [
        killed("A", 10, 22),
        killed("B", 10, 22, supersedes="A", status="withdrawn", published="2025-12-23"),
    ]
    found = since_monday(*rows)
    assert found.news["change"].tolist() == ["withdrawn"]
    assert found.effects[["before_id", "after_id", "after_verdict"]].to_numpy().tolist() == [
        ["A", "", "none"]
    ]
    assert found.effects["text"].tolist() == [
        "No longer shown: 10 people killed in Thailand (Ministry, 22 Dec 2025)."
    ]


def test_a_first_figure_says_that_nothing_was_shown_before():
    text = since_monday(killed("A", 10, 23)).effects["text"][0]
    assert text.endswith("before, nothing was shown.")


def test_a_second_source_changes_the_verdict_and_not_the_number():
    rows = [killed("A", 10, 22), killed("B", 30, 21, source="b", published="2025-12-23")]
    effect = since_monday(*rows).effects.iloc[0]
    assert (effect["before_id"], effect["after_id"]) == ("A", "A")
    assert effect["text"] == (
        "Still shown: 10 people killed in Thailand (Ministry, 22 Dec 2025); now the sources "
        "conflict."
    )


def test_nothing_new_is_no_news():
    found = since_monday(killed("A", 10, 20))
    assert found.news.empty
    assert found.effects.empty
    assert found.text == (
        "Between 22 Dec 2025 and 24 Dec 2025: figures added: 0, corrected: 0, withdrawn: 0; "
        "numbers shown that changed: 0."
    )


def test_the_days_must_be_given_in_order():
    with pytest.raises(ValueError, match="earlier day first"):
        learnt(figures(), WEDNESDAY, MONDAY)


def test_the_86_was_learnt_between_monday_and_wednesday():
    library = load_library(ROOT / "datasets")
    found = learnt(library.figures, MONDAY, WEDNESDAY, library.sources)
    assert {"F0647", "F0644", "F0645"} <= set(found.news["figure_id"])
    shown = found.effects.set_index("after_id")
    assert shown.loc["F0644", "before"] == 33
    assert not found.effects["text"].str.contains("None").any()


ROWS = st.lists(
    st.tuples(
        st.integers(18, 26),
        st.integers(0, 3),
        st.integers(0, 50),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["civilian", "military"]),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_the_effects_are_the_difference_of_two_reconciliations(rows):
    made = figures(
        *(
            killed(
                f"F{n}", value, day, source=who, population=group, published=f"2025-12-{day + lag}"
            )
            for n, (day, lag, value, who, group) in enumerate(rows)
        )
    )
    found = learnt(made, MONDAY, WEDNESDAY, WHO)
    before = reconcile(made, WHO, [WEDNESDAY], known_on=MONDAY)
    after = reconcile(made, WHO, [WEDNESDAY], known_on=WEDNESDAY)
    shown = [set(t.loc[t["verdict"] != "none", "figure_id"].astype(str)) for t in (before, after)]
    moved = found.effects[found.effects["before_id"] != found.effects["after_id"]]
    assert set(moved["before_id"]) - {""} == shown[0] - shown[1]
    assert set(moved["after_id"]) - {""} == shown[1] - shown[0]
    assert len(found.news) == sum(22 < day + lag <= 24 for day, lag, *_ in rows)


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_the_same_day_twice_teaches_nothing(rows):
    made = figures(
        *(killed(f"F{n}", value, day, source=who) for n, (day, _, value, who, _) in enumerate(rows))
    )
    found = learnt(made, WEDNESDAY, WEDNESDAY, WHO)
    assert found.news.empty
    assert found.effects.empty


SIX = judging.Interval(6, math.inf)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (judging.Interval(19, 19), judging.Interval(24, math.inf), "at least 5 more than before"),
        (judging.Interval(0, 12), judging.Interval(19, 19), "at least 7 more than before"),
        (SIX, judging.Interval(2, 2), "at least 4 fewer than before"),
        (SIX, judging.Interval(19, 19), ""),
        (SIX, judging.Interval(19, math.inf), ""),
    ],
)
def test_a_change_of_a_number_that_is_not_exact_is_not_exact(old, new, text):
    assert judging.change(old, new) == text


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("exact", "exact", "+13"),
        ("at_least", "exact", None),
        ("exact", "at_least", "at least 13 more than before"),
    ],
)
def test_what_we_learnt_tells_no_exact_change_from_a_number_that_is_not_exact(was, now, told):
    rows = figures(killed("A", 6, 22, quantifier=was), killed("B", 19, 24, quantifier=now))
    old, new = rows.to_dict("records")
    assert revising._change(old, new, 13) == told
