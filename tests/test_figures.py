"""The models: what a cell may hold, what a row must keep, which numbers its words allow."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from figures import Crisis, Decision, Figure, Quantifier, complete, interval
from figures.cells import LARGEST, Plain
from figures.frames import COLUMNS
from figures.rules import RULES
from tests.builders import figure, figures


def make(**overrides):
    row = figure(**overrides)
    del row["crisis"]
    return Figure(**row)


def problem(**overrides):
    """Return (column, code, remedy) of the first thing wrong with a figure."""
    with pytest.raises(ValidationError) as caught:
        make(**overrides)
    error = caught.value.errors()[0]
    return error["loc"][0] if error["loc"] else "", error["type"], error["ctx"]["remedy"]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("value", "1,200", "not-a-number"),
        ("value", "1,20O", "not-a-number"),
        ("value", "-5", "not-a-number"),
        ("value", "12.5", "not-a-number"),
        ("value", "", "missing-value"),
        ("value", "10000000001", "implausible-number"),
        ("as_of", "24/12/2025", "not-a-date"),
        ("as_of", "2025-02-29", "not-a-date"),
        ("as_of", "2025-12-24T10:00", "not-a-date"),
        ("as_of", "2568-12-24", "implausible-date"),
        ("as_of", " ", "missing-value"),
        ("published", "yesterday", "not-a-date"),
        ("country", "Thailand", "unknown-country"),
        ("country", "tha", "unknown-country"),
        ("country", "THA+XXX", "unknown-country"),
        ("country", "", "missing-value"),
        ("measure", "dead", "unknown-word"),
        ("quantifier", "approx", "unknown-word"),
        ("population", "Civilians!", "bad-word"),
        ("figure_id", "a b", "bad-id"),
        ("source", "", "missing-value"),
        ("url", "www.example.org", "bad-link"),
        ("note", "x" * 4001, "too-long"),
        ("note", "a\x00b", "control-character"),
    ],
)
def test_a_bad_cell_says_which_column_what_is_wrong_and_what_would_be_right(column, text, code):
    found_column, found_code, remedy = problem(**{column: text})
    assert (found_column, found_code) == (column, code)
    assert remedy


def test_a_brace_in_a_cell_is_not_taken_for_a_template():
    with pytest.raises(ValidationError, match=r"\{remedy\}"):
        make(country="{remedy}")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("country", "THA+KHM", "KHM+THA"),
        ("country", "THA+THA", "THA"),
        ("country", "NAM", "NAM"),
        ("value", " 12 ", 12),
        ("value", "0", 0),
        ("value_high", "", None),
        ("population", "", "all"),
        ("quantifier", "", "exact"),
        ("published", "2025-12-24 18:30", pd.Timestamp("2025-12-24 18:30")),
        ("published", "2025-12-24T18:30+07:00", pd.Timestamp("2025-12-24 18:30")),
        ("published", "2025-12-24", pd.Timestamp("2025-12-24")),
    ],
)
def test_a_good_cell_becomes_its_value(column, text, value):
    assert getattr(make(**{column: text}), column) == value


def test_an_unknown_column_is_refused():
    with pytest.raises(ValidationError):
        make(colour="red")


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"quantifier": "range"}, "range-without-high"),
        ({"value_high": "12"}, "high-without-range"),
        ({"quantifier": "range", "value_high": "9"}, "low-above-high"),
        ({"quantifier": "less_than", "value": "0"}, "nothing-below-zero"),
        ({"quantifier": "nearly", "value": "0"}, "nothing-below-zero"),
        ({"counting": "flow"}, "flow-without-since"),
        ({"counting": "stock", "since": "2025-12-24"}, "stock-with-since"),
        ({"since": "2025-12-25"}, "since-after-as-of"),
        ({"figure_id": "F1", "supersedes": "F1"}, "supersedes-itself"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_name(overrides, code):
    assert problem(**overrides)[1] == code
    assert code in {rule.code for rule in RULES}


def test_a_rule_says_the_same_of_a_row_and_of_a_column():
    rows = [
        figure(),
        figure(quantifier="range"),
        figure(quantifier="range", value=5, value_high=4),
        figure(counting="flow"),
        figure(counting="stock", since="2025-12-01"),
        figure(since="2025-12-30"),
        figure(quantifier="nearly", value=0),
    ]
    frame = figures(*rows)
    for rule in RULES:
        of_columns = list(rule.broken(frame))
        empty = {"since": None, "value_high": None, "quantifier": "exact", "supersedes": ""}
        of_rows = [bool(rule.broken(empty | row)) for row in rows]
        assert of_columns == of_rows, rule.code


@pytest.mark.parametrize(
    ("quantifier", "value", "high", "expected"),
    [
        ("exact", 12, None, (12, 12)),
        ("at_least", 12, None, (12, np.inf)),
        ("more_than", 12, None, (13, np.inf)),
        ("at_most", 12, None, (0, 12)),
        ("less_than", 12, None, (0, 11)),
        ("about", 100, None, (90, 110)),
        ("about", 7, None, (7, 7)),
        ("about", 15, None, (14, 16)),
        ("nearly", 100, None, (90, 99)),
        ("nearly", 5, None, (4, 4)),
        ("range", 9, 10, (9, 10)),
    ],
)
def test_the_words_of_a_figure_bound_it(quantifier, value, high, expected):
    low, top = interval([value], [np.nan if high is None else high], [quantifier])
    assert (low[0], top[0]) == expected


def test_a_single_figure_has_an_interval_too():
    low, high = interval(12, np.nan, "at_least")
    assert (float(low), float(high)) == (12, np.inf)


@given(
    st.lists(
        st.tuples(st.integers(1, LARGEST), st.sampled_from(list(Quantifier))),
        min_size=1,
        max_size=20,
    )
)
def test_an_interval_is_never_empty_and_starts_at_zero_or_above(pairs):
    values = [value for value, _ in pairs]
    low, high = interval(values, [value + 1 for value in values], [q.value for _, q in pairs])
    assert (low <= high).all()
    assert (low >= 0).all()


@given(st.integers(1, LARGEST))
def test_an_exact_number_lies_in_every_interval_that_includes_it(value):
    words = ["exact", "at_least", "at_most", "about", "range"]
    low, high = interval([value] * 5, [value + 1] * 5, words)
    assert ((low <= value) & (value <= high)).all()


@given(st.text(max_size=30), st.sampled_from(["note", "url", "figure_id", "supersedes"]))
def test_a_text_that_is_taken_over_as_it_is_would_be_read_as_itself(text, name):
    import pyarrow as pa
    import pyarrow.compute as pc

    field = Figure.model_fields[name]
    plain = next(mark for mark in field.metadata if isinstance(mark, Plain))
    if pc.match_substring_regex(pa.array([text]), f"^(?:{plain.pattern})$")[0].as_py():
        assert getattr(make(**{name: text}), name) == text


def test_complete_fills_in_what_a_hand_made_frame_leaves_out():
    frame = complete(pd.DataFrame([figure(quantifier="at_least", value=23)]))
    assert set(COLUMNS) == set(frame.columns)
    assert (frame["low"][0], frame["high"][0]) == (23, np.inf)
    assert frame["as_of"].dtype == "datetime64[s]"


def test_complete_names_a_required_column_that_is_missing():
    with pytest.raises(ValueError, match="'measure'"):
        complete(pd.DataFrame([{"country": "THA", "figure_id": "F1"}]))


def test_a_decision_names_a_figure_or_a_rule_but_not_both():
    about = {
        "decision_id": "D1",
        "country": "THA",
        "measure": "killed",
        "counting": "cumulative",
        "from_day": "2025-12-24",
        "reason": "Counts indirect deaths too.",
        "decided_by": "A. N.",
        "decided_on": "2025-12-25",
    }
    assert Decision(**about, figure_id="F1").rule is None
    assert Decision(**about, rule="highest").figure_id == ""
    for wrong in ({}, {"figure_id": "F1", "rule": "highest"}):
        with pytest.raises(ValidationError, match="one figure or one rule"):
            Decision(**about, **wrong)


def test_the_settings_of_a_crisis_have_defaults():
    crisis = Crisis(crisis="c", name="C", countries="THA", start="2025-12-07", stock_days="")
    assert (crisis.rule, crisis.stock_days, crisis.cumulative_days) == ("latest", 7, 14)


def test_every_word_has_a_meaning():
    from figures.codebook import _vocabularies

    for words in _vocabularies():
        for word in words:
            assert word.meaning.endswith("."), word


def test_a_value_in_digits_of_another_script_is_not_read_silently():
    assert problem(value="๑๒")[1] == "not-a-number"


def test_every_field_can_be_checked_on_its_own():
    for name, field in Figure.model_fields.items():
        assert TypeAdapter(field.annotation), name
