"""The checks between rows: what each reports, and what it leaves alone."""

import pytest

from loaders import load_library
from tests.builders import figure, source, write_crisis

STRICT = {"kind": "partition", "label": "Sum", "reason": "By definition.", "severity": "strict"}
CIVIL = STRICT | {"dimension": "population", "total": "all", "parts": "civilian+military"}
PRISONERS = CIVIL | {"parts": "prisoners", "kind": "part"}


@pytest.fixture
def found(tmp_path):
    """Return a function from figures to the (line, code) of what is found in them."""

    def check(*rows, **more):
        findings = load_library(write_crisis(tmp_path, *rows, **more)).findings
        return list(zip(findings["line"], findings["code"], strict=True))

    return check


def on(day, value, **more):
    return figure(as_of=f"2025-12-{day}", value=value, **more)


def test_an_id_that_is_used_twice_keeps_the_first_row(tmp_path):
    rows = [figure(figure_id="F1", value=1), figure(figure_id="F1", value=2, as_of="2025-12-25")]
    library = load_library(write_crisis(tmp_path, *rows))
    assert list(library.findings["code"]) == ["duplicate-id"]
    assert library.findings["line"][0] == 3
    assert list(library.figures["value"]) == [1]


def test_one_source_with_two_values_for_one_day_is_reported_at_the_later_row(found):
    assert found(on(24, 10), on(24, 12)) == [(3, "two-values")]


@pytest.mark.parametrize(
    "other",
    [
        {"published": "2025-12-25"},
        {"quantifier": "at_least", "value": 9},
        {"quantifier": "more_than"},
        {"scope": "hospitals only"},
        {"source": "b", "value": 12},
        {"as_of": "2025-12-25", "value": 12},
        {"status": "withdrawn", "value": 12},
        {"supersedes": "F1", "value": 12},
    ],
)
def test_two_rows_that_can_both_be_right_are_left_alone(found, other):
    assert found(figure(figure_id="F1"), figure(**{"value": 10} | other)) == []


def test_a_running_total_that_falls_is_reported(found):
    assert found(on(23, 40), on(24, 38)) == [(3, "cumulative-falls")]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({}, {"supersedes": "F1"}),
        ({}, {"since": "2025-12-20"}),
        ({"quantifier": "about"}, {}),
        ({}, {"quantifier": "at_least"}),
        ({"counting": "stock"}, {"counting": "stock"}),
        ({"population": "children_unknown"}, {"population": "children_unknown"}),
        ({"source": "b"}, {}),
    ],
)
def test_a_lower_number_that_is_no_fall_is_left_alone(found, before, now):
    rows = on(23, 40, figure_id="F1", **before), on(24, 38, **now)
    assert found(*rows) == []


def test_the_fall_is_reported_once_where_it_happens(found):
    assert found(on(22, 40), on(23, 38), on(24, 39)) == [(3, "cumulative-falls")]


@pytest.mark.parametrize(("before", "now"), [(50, 501), (20, 2_000)])
def test_a_number_more_than_ten_times_the_one_before_is_reported(found, before, now):
    assert found(on(23, before), on(24, now)) == [(3, "jump")]


@pytest.mark.parametrize(("before", "now"), [(50, 500), (2, 30), (0, 5_000)])
def test_a_number_that_may_well_rise_so_is_left_alone(found, before, now):
    assert found(on(23, before), on(24, now)) == []


def test_a_stock_that_falls_to_less_than_a_tenth_is_a_jump_too(found):
    rows = [on(d, v, counting="stock", measure="sheltered") for d, v in ((23, 9_000), (24, 800))]
    assert found(*rows) == [(3, "jump")]


def test_a_figure_put_out_before_its_day_is_reported(found):
    assert found(figure(published="2025-12-23")) == [(2, "published-before-as-of")]


def test_a_figure_put_out_on_its_day_is_fine(found):
    assert found(figure(published="2025-12-24 06:00")) == []


def test_a_running_total_that_ends_before_its_crisis_starts_is_reported(found):
    assert found(figure(as_of="2025-12-01"), start="2025-12-07") == [(2, "as-of-before-start")]


def test_flows_of_one_source_that_share_days_are_reported(found):
    week = figure(counting="flow", since="2025-12-15", as_of="2025-12-21")
    day = figure(counting="flow", since="2025-12-21", as_of="2025-12-21")
    assert found(week, day) == [(3, "overlapping-flows")]


@pytest.mark.parametrize(
    "other",
    [
        {"since": "2025-12-22"},
        {"since": "2025-12-21", "source": "b"},
        {"since": "2025-12-21", "measure": "injured"},
    ],
)
def test_flows_that_share_no_day_or_answer_different_questions_are_left_alone(found, other):
    week = figure(counting="flow", since="2025-12-15", as_of="2025-12-21")
    assert found(week, figure(counting="flow", as_of="2025-12-22", **other)) == []


def test_a_long_flow_reaches_over_shorter_ones(found):
    spans = [("01", "20"), ("02", "03"), ("19", "22")]
    rows = [figure(counting="flow", since=f"2025-12-{a}", as_of=f"2025-12-{b}") for a, b in spans]
    assert found(*rows) == [(3, "overlapping-flows"), (4, "overlapping-flows")]


def test_parts_that_do_not_make_their_total_are_reported_at_the_total(found):
    rows = figure(value=40), figure(population="civilian"), figure(population="military", value=25)
    assert found(*rows, identities=[CIVIL]) == [(2, "sum-differs")]


@pytest.mark.parametrize(
    "total",
    [{"value": 35}, {"value": 30, "quantifier": "at_least"}, {"value": 36, "quantifier": "about"}],
)
def test_a_total_whose_words_allow_the_sum_is_fine(found, total):
    parts = figure(population="civilian"), figure(population="military", value=25)
    assert found(figure(**total), *parts, identities=[CIVIL]) == []


def test_parts_of_another_source_or_day_say_nothing_about_a_total(found):
    rows = (
        figure(value=40),
        figure(population="civilian", source="b"),
        figure(population="military", as_of="2025-12-25"),
    )
    assert found(*rows, identities=[CIVIL]) == []


def test_one_part_alone_that_is_above_the_total_is_reported(found):
    rows = figure(value=40), figure(population="civilian", value=41)
    assert found(*rows, identities=[CIVIL]) == [(3, "part-above-total")]
    rows = figure(value=40), figure(population="prisoners", value=41)
    assert found(*rows, identities=[PRISONERS]) == [(3, "part-above-total")]


def test_countries_together_are_the_sum_of_the_countries(found):
    rows = figure(country="KHM+THA", value=86), figure(value=65), figure(country="KHM", value=22)
    assert found(*rows) == [(2, "sum-differs")]


def test_provinces_cannot_have_more_than_their_country(found):
    rows = figure(), figure(admin1="Surin", value=6), figure(admin1="Trat", value=5)
    assert found(*rows) == [(3, "part-above-total")]


def test_a_rule_that_is_only_expected_gives_no_finding(found):
    rows = figure(value=40), figure(population="civilian", value=41)
    assert found(*rows, identities=[CIVIL | {"severity": "expected"}]) == []


def test_a_figure_without_a_link_is_mentioned(found):
    assert found(figure(url="")) == [(2, "no-link")]


def test_a_file_without_any_link_is_mentioned_once(found):
    rows = [figure(url="", source=f"s{n}") for n in range(101)]
    assert found(*rows) == [(2, "no-link")]


def test_sources_and_publishers_that_nobody_described_are_named_once_each(found):
    rows = figure(source="x"), figure(source="x", as_of="2025-12-25"), figure(publisher="y")
    assert found(*rows, sources=[source()]) == [(2, "unknown-source"), (4, "unknown-publisher")]


def test_a_relay_that_leads_to_nobody_is_reported(found):
    assert found(figure(), sources=[source(relays="b")]) == [(2, "unknown-relay")]


def test_a_source_that_is_described_twice_is_reported(found):
    assert found(figure(), sources=[source(), source()]) == [(3, "duplicate-id")]


def test_a_country_outside_the_crisis_is_mentioned(found):
    assert found(figure(country="LAO")) == [(2, "country-outside-crisis")]


def test_a_correction_of_nothing_or_of_another_source_is_reported(found):
    rows = [figure(figure_id="F1"), figure(supersedes="F7", as_of="2025-12-25")]
    assert found(*rows) == [(3, "supersedes-unknown")]
    rows = [figure(figure_id="F1"), figure(supersedes="F1", source="b")]
    assert found(*rows) == [(3, "supersedes-other-source")]


def test_a_decision_for_a_figure_that_is_not_there_is_reported(found):
    decision = {
        "decision_id": "D1",
        "country": "THA",
        "measure": "killed",
        "counting": "cumulative",
        "from_day": "2025-12-24",
        "figure_id": "F7",
        "reason": "Includes indirect deaths.",
        "decided_by": "A. N.",
        "decided_on": "2025-12-25",
    }
    assert found(figure(), decisions=[decision]) == [(2, "unknown-figure")]
    assert found(figure(figure_id="F7"), decisions=[decision]) == []


def test_a_finding_says_which_rows_it_is_about(tmp_path):
    rows = on(23, 40, figure_id="F1"), on(24, 38, figure_id="F2", quantifier="at_most")
    findings = load_library(write_crisis(tmp_path, *rows)).findings
    assert findings["problem"][0] == ("a falls from 40 on 2025-12-23, F1 (line 2), to at most 38")


def test_a_flow_that_is_not_the_rise_of_the_running_total_is_told(tmp_path):
    rows = [
        figure(figure_id="C1", value=100, as_of="2025-12-23"),
        figure(figure_id="C2", value=110, as_of="2025-12-24"),
        figure(figure_id="F1", value=25, counting="flow", since="2025-12-24", as_of="2025-12-24"),
    ]
    found = load_library(write_crisis(tmp_path, *rows)).findings
    found = found[found["code"] == "flow-differs-from-rise"]
    assert found[["line", "column", "value"]].values.tolist() == [[4, "value", "25"]]


@pytest.mark.parametrize(
    "flow",
    [
        {"value": 10},
        {"value": 8, "quantifier": "at_least"},
        {"value": 11, "quantifier": "about"},
        {"value": 25, "source": "b"},
        {"value": 25, "since": "2025-12-22"},
    ],
)
def test_a_flow_that_may_be_the_rise_or_cannot_be_compared_is_not(tmp_path, flow):
    rows = [
        figure(figure_id="C1", value=100, as_of="2025-12-23"),
        figure(figure_id="C2", value=110, as_of="2025-12-24"),
        figure(**{"figure_id": "F1", "counting": "flow", "since": "2025-12-24"} | flow),
    ]
    found = load_library(write_crisis(tmp_path, *rows)).findings
    assert "flow-differs-from-rise" not in set(found["code"])
