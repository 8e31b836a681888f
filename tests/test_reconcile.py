"""What is in force, what is shown, and how far the sources agree."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import load_library
from reconciliation import in_force, reconcile
from tests.builders import figure, figures, sources, write_crisis
from tests.slow_reconcile import SERIES, Claims, as_day

RELAYS = sources(
    {"source": "ministry", "kind": "government"},
    {"source": "army", "kind": "military"},
    {"source": "agency", "relays": "ministry"},
    {"source": "blog", "relays": "agency"},
    {"source": "un", "kind": "un"},
)


def on(day, *rows, **arguments):
    """Return the one row that is shown for the one series on the day."""
    result = reconcile(figures(*rows), dates=[day], **arguments)
    assert len(result) == 1
    return result.iloc[0]


def test_the_newest_figure_of_a_source_is_in_force():
    old, new = figure(value=10, as_of="2025-12-20"), figure(value=12, as_of="2025-12-22")
    assert on("2025-12-21", old, new)["value"] == 10
    assert on("2025-12-22", old, new)["value"] == 12


def test_nothing_is_in_force_before_the_first_figure():
    row = on("2025-12-23", figure(as_of="2025-12-24"))
    assert (row["verdict"], row["origins"]) == ("none", 0)
    assert pd.isna(row["figure_id"])


def test_of_two_figures_of_one_day_the_later_published_is_in_force():
    morning = figure(value=10, published="2025-12-24 08:00")
    evening = figure(value=14, published="2025-12-24 20:00")
    assert on("2025-12-24", evening, morning)["value"] == 14


def test_of_two_figures_published_together_the_later_row_is_in_force():
    first, second = figure(figure_id="F9", value=10), figure(figure_id="F10", value=14)
    assert on("2025-12-24", second, first)["value"] == 14


def test_a_figure_counts_from_the_day_it_was_published():
    late = figure(value=14, as_of="2025-12-24", published="2025-12-28")
    early = figure(value=10, as_of="2025-12-20", published="2025-12-20")
    assert on("2025-12-24", early, late)["value"] == 14
    assert on("2025-12-24", early, late, known_on="2025-12-27")["value"] == 10
    assert on("2025-12-24", early, late, known_on="2025-12-28")["value"] == 14


def test_a_withdrawn_figure_is_never_in_force():
    rows = figure(value=10, as_of="2025-12-20"), figure(value=99, status="withdrawn")
    assert on("2025-12-24", *rows)["value"] == 10


def test_a_corrected_figure_is_gone_once_its_correction_is_known():
    wrong = figure(figure_id="W", value=99, as_of="2025-12-20", published="2025-12-20")
    right = figure(value=10, as_of="2025-12-19", published="2025-12-22", supersedes="W")
    assert on("2025-12-24", wrong, right, known_on="2025-12-21")["value"] == 99
    assert on("2025-12-24", wrong, right)["value"] == 10


def test_only_its_own_source_can_correct_a_figure():
    right = figure(figure_id="W", value=10, source="a")
    wrong = figure(value=99, as_of="2025-12-20", source="b", supersedes="W")
    assert on("2025-12-24", right, wrong)["value"] == 10


def test_a_flow_is_in_force_on_its_own_period_only():
    flow = figure(counting="flow", since="2025-12-10", as_of="2025-12-12")
    verdicts = reconcile(figures(flow), dates=[f"2025-12-{d:02}" for d in range(9, 14)])["verdict"]
    assert verdicts.tolist() == ["none", "single", "single", "single", "none"]


@pytest.mark.parametrize(("day", "stale"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_stock_is_stale_after_seven_days(day, stale):
    stock = figure(counting="stock", as_of="2025-12-24")
    assert in_force(figures(stock), day)["stale"].tolist() == [stale]
    assert on(day, stock)["verdict"] == ("none" if stale else "single")


def test_a_cumulative_figure_is_stale_only_beside_a_newer_one_of_another_origin():
    old = figure(source="a", as_of="2025-12-01", value=5)
    assert on("2026-03-01", old)["value"] == 5
    new = figure(source="b", as_of="2025-12-20", value=9)
    found = in_force(figures(old, new), "2026-03-01").set_index("source")["stale"]
    assert found.to_dict() == {"a": True, "b": False}


def test_the_limits_of_age_are_settings_of_the_crisis():
    crises = pd.DataFrame([{"crisis": "test", "stock_days": 30, "cumulative_days": 14}])
    stock = figure(counting="stock", as_of="2025-12-01")
    assert on("2025-12-31", stock, crises=crises)["verdict"] == "single"


def test_ten_outlets_repeating_one_ministry_are_one_origin():
    outlets = [{"source": f"o{n}", "relays": "ministry"} for n in range(10)]
    rows = [
        figure(source="ministry", value=21),
        *(figure(source=o["source"], value=21) for o in outlets),
    ]
    row = on("2025-12-24", *rows, sources=sources({"source": "ministry"}, *outlets))
    assert (row["origins"], row["figures"], row["verdict"]) == (1, 11, "single")


def test_a_chain_of_relays_leads_back_to_its_first_source():
    rows = [figure(source=s, value=21) for s in ("ministry", "agency", "blog")]
    found = in_force(figures(*rows), "2025-12-24", sources=RELAYS).set_index("source")
    assert found["origin"].to_dict() == dict.fromkeys(("ministry", "agency", "blog"), "ministry")
    assert found["echo"].to_dict() == {"ministry": False, "agency": True, "blog": True}


def test_a_relay_that_says_something_else_is_an_origin_of_its_own_and_marked():
    rows = figure(source="ministry", value=21), figure(source="agency", value=30)
    found = in_force(figures(*rows), "2025-12-24", sources=RELAYS).set_index("source")
    assert found["unattributed"].to_dict() == {"ministry": False, "agency": True}
    assert found.loc["agency", "origin"] == "agency"


def test_a_relay_that_drops_the_qualifier_is_still_an_echo():
    rows = (
        figure(source="ministry", value=21, quantifier="at_least"),
        figure(source="agency", value=21),
    )
    assert in_force(figures(*rows), "2025-12-24", sources=RELAYS)["echo"].sum() == 1


def test_less_than_a_number_does_not_repeat_more_than_it():
    rows = [
        figure(source="ministry", value=21, quantifier="less_than"),
        figure(source="agency", value=21, quantifier="more_than"),
    ]
    assert not in_force(figures(*rows), "2025-12-24", sources=RELAYS)["echo"].any()


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([10], "single"),
        ([10, 10], "agree"),
        ([100, 104], "close"),
        ([100, 120], "conflict"),
    ],
)
def test_the_verdict_is_over_independent_sources(values, verdict):
    rows = [figure(source=f"s{n}", value=value) for n, value in enumerate(values)]
    assert on("2025-12-24", *rows)["verdict"] == verdict


def test_numbers_whose_words_allow_one_another_agree():
    rows = figure(source="a", value=20, quantifier="at_least"), figure(source="b", value=86)
    row = on("2025-12-24", *rows)
    assert (row["verdict"], row["lowest"], row["highest"]) == ("agree", 20, 86)


RIVALS = [
    figure(figure_id="M", source="ministry", value=21, as_of="2025-12-23"),
    figure(figure_id="A", source="army", value=30, as_of="2025-12-22"),
    figure(figure_id="U", source="un", value=25, as_of="2025-12-23"),
    figure(figure_id="B", source="newspaper", value=28, as_of="2025-12-24"),
]


@pytest.mark.parametrize(
    ("rule", "shown"),
    [("latest", "B"), ("priority", "M"), ("median", "U"), ("highest", "A"), ("lowest", "M")],
)
def test_each_rule_shows_a_figure_that_somebody_published(rule, shown):
    assert on("2025-12-24", *RIVALS, rule=rule, sources=RELAYS)["figure_id"] == shown


def test_equally_new_figures_go_by_the_kind_of_source():
    row = on("2025-12-24", *RIVALS[:3], sources=RELAYS)
    assert row["figure_id"] == "U"


def test_an_unknown_rule_is_an_error_that_lists_the_rules():
    with pytest.raises(ValueError, match="latest, priority, median, highest, lowest"):
        reconcile(figures(figure()), rule="average")


def decision(**overrides):
    row = {
        "crisis": "test",
        "decision_id": "D1",
        "country": "THA",
        "admin1": "",
        "measure": "killed",
        "population": "all",
        "cause": "all",
        "counting": "cumulative",
        "since": None,
        "unit": "person",
        "scope": "",
        "from_day": "2025-12-23",
        "figure_id": "M",
        "rule": "",
        "reason": "The ministry has the registers",
        "decided_by": "Analyst",
        "decided_on": "2025-12-23",
    }
    return pd.DataFrame([row | overrides])


def test_a_decision_beats_the_rule_from_its_day_on():
    rows = reconcile(
        figures(*RIVALS),
        sources=RELAYS,
        dates=["2025-12-22", "2025-12-24"],
        decisions=decision(),
    )
    assert rows["rule"].tolist() == ["latest", "decision"]
    assert rows["figure_id"].tolist() == ["A", "M"]


def test_a_decision_that_a_newer_figure_overtakes_is_flagged():
    row = on("2025-12-23", *RIVALS, sources=RELAYS, decisions=decision())
    assert not row["overtaken"]
    row = on("2025-12-24", *RIVALS, sources=RELAYS, decisions=decision())
    assert row["overtaken"]


def test_a_decision_may_name_a_rule():
    decided = decision(figure_id="", rule="highest")
    row = on("2025-12-24", *RIVALS, sources=RELAYS, decisions=decided)
    assert (row["rule"], row["figure_id"]) == ("decision", "A")


def test_a_decision_is_unknown_before_it_was_made():
    arguments = {"sources": RELAYS, "decisions": decision(), "known_on": "2025-12-22"}
    assert on("2025-12-24", *RIVALS, **arguments)["figure_id"] == "A"


def test_a_decision_never_shows_a_figure_that_was_taken_back():
    rows = [figure(figure_id="M", source="ministry", status="withdrawn"), RIVALS[1]]
    assert on("2025-12-24", *rows, decisions=decision())["figure_id"] == "A"


def test_figures_of_other_series_never_meet():
    rows = [
        figure(value=10),
        figure(value=20, population="civilian"),
        figure(value=30, scope="organised centres only"),
        figure(value=40, unit="household"),
        figure(value=50, since="2025-12-08"),
    ]
    result = reconcile(figures(*rows), dates=["2025-12-24"])
    assert sorted(result["value"]) == [10, 20, 30, 40, 50]
    assert set(result["verdict"]) == {"single"}


def test_a_series_has_a_row_for_each_day_on_which_anything_changed():
    rows = [
        figure(value=10, as_of="2025-12-20"),
        figure(value=10, as_of="2025-12-22"),
        figure(value=11, source="b", as_of="2025-12-25"),
    ]
    days = reconcile(figures(*rows))["date"].dt.strftime("%d %b").tolist()
    # On 6 January the first source's figure is 15 days old, beside a newer one of the other.
    assert days == ["20 Dec", "22 Dec", "25 Dec", "06 Jan"]


def test_a_stock_that_becomes_too_old_leaves_a_gap():
    rows = [figure(counting="stock", as_of=day) for day in ("2025-12-01", "2025-12-20")]
    result = reconcile(figures(*rows))
    found = dict(zip(result["date"].dt.strftime("%d"), result["verdict"], strict=True))
    assert found == {"01": "single", "09": "none", "20": "single", "28": "none"}


def test_an_empty_library_gives_an_empty_answer():
    assert reconcile(figures()).empty
    assert in_force(figures(), "2025-12-24").empty


def test_a_day_that_is_none_is_an_error_that_says_how_to_write_it():
    with pytest.raises(ValueError, match="2025-12-24"):
        in_force(figures(figure()), "yesterday")


DAYS = [f"2025-12-{day:02}" for day in range(1, 29)]
NAMES = ["ministry", "army", "agency", "blog", "un", "stranger"]


@st.composite
def claims(draw):
    """Draw figures of a few series, by sources that relay one another."""
    count = draw(st.integers(1, 14))
    rows = []
    for number in range(count):
        quantifier = draw(st.sampled_from(["exact", "at_least", "more_than", "about", "nearly"]))
        as_of = draw(st.sampled_from(DAYS))
        counting = draw(st.sampled_from(["cumulative", "stock", "flow"]))
        rows.append(
            figure(
                figure_id=f"F{number}",
                source=draw(st.sampled_from(NAMES)),
                as_of=as_of,
                published=draw(st.sampled_from([None, *[d for d in DAYS if d >= as_of]])),
                value=draw(st.sampled_from([1, 5, 10, 11, 20])),
                quantifier=quantifier,
                counting=counting,
                since="2025-12-01" if counting == "flow" else None,
                population=draw(st.sampled_from(["all", "civilian"])),
                status=draw(st.sampled_from(["confirmed", "confirmed", "withdrawn"])),
                supersedes=draw(st.sampled_from(["", "", f"F{number - 1}"])),
            )
        )
    return rows


RULES = st.sampled_from(["latest", "priority", "median", "highest", "lowest"])


def plain(frame):
    return frame.astype(str).to_dict("records")


@settings(max_examples=60, deadline=None)
@given(claims(), RULES, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, rule, random):
    before = reconcile(figures(*rows), RELAYS, rule=rule)
    mixed = list(rows)
    random.shuffle(mixed)
    assert plain(reconcile(figures(*mixed), RELAYS, rule=rule)) == plain(before)


@settings(max_examples=60, deadline=None)
@given(claims(), RULES)
def test_the_days_of_change_and_any_given_days_tell_the_same(rows, rule):
    changes = reconcile(figures(*rows), RELAYS, rule=rule)
    given_days = reconcile(figures(*rows), RELAYS, dates=DAYS, rule=rule)
    keys = ["population", "counting", "date"]
    both = given_days.merge(changes, on=keys, suffixes=("", "_change"))
    for column in ("figure_id", "origins", "figures", "lowest", "highest", "verdict"):
        assert both[column].astype(str).tolist() == both[f"{column}_change"].astype(str).tolist()


@settings(max_examples=60, deadline=None)
@given(claims(), RULES, st.sampled_from(DAYS))
def test_what_is_shown_is_in_force_fresh_and_independent(rows, rule, day):
    frame = figures(*rows)
    shown = reconcile(frame, RELAYS, dates=[day], rule=rule)
    standing = in_force(frame, day, sources=RELAYS)
    candidates = standing[~standing["stale"] & ~standing["echo"]]
    assert set(shown["figure_id"].dropna()) <= set(candidates["figure_id"])
    assert shown["origins"].sum() == len(candidates)
    assert shown["figures"].sum() == len(standing)


@settings(max_examples=60, deadline=None)
@given(claims(), st.sampled_from(DAYS))
def test_adding_an_echo_changes_no_verdict_and_no_number(rows, day):
    frame = figures(*rows)
    before = reconcile(frame, RELAYS, dates=[day])
    standing = in_force(frame, day, sources=RELAYS)
    mine = standing[standing["source"] == "ministry"]
    for row in mine.to_dict("records"):
        same = ("value", "value_high", "quantifier", "counting", "since", "population")
        cells = {column: row[column] for column in same}
        echo = figure(source="echo", as_of=str(row["as_of"])[:10], **cells)
        relays = pd.concat([RELAYS, sources({"source": "echo", "relays": "ministry"})])
        after = reconcile(figures(*rows, echo), relays, dates=[day])
        for column in ("figure_id", "origins", "lowest", "highest", "verdict"):
            assert after[column].astype(str).tolist() == before[column].astype(str).tolist()


@settings(max_examples=40, deadline=None)
@given(claims(), RULES)
def test_as_known_on_the_last_day_equals_no_limit(rows, rule):
    frame = figures(*rows)
    limited = reconcile(frame, RELAYS, rule=rule, known_on="2025-12-31")
    assert plain(limited) == plain(reconcile(frame, RELAYS, rule=rule))


RELAY_ROWS = RELAYS.to_dict("records")


@settings(max_examples=100, deadline=None)
@given(claims(), RULES, st.sampled_from([*DAYS, "2026-01-10"]), st.sampled_from([None, *DAYS]))
def test_the_fast_engine_says_what_the_design_says(rows, rule, day, known_on):
    frame = figures(*rows)
    slow = Claims(frame.to_dict("records"), RELAY_ROWS)
    limit = known_on and as_day(known_on)
    for row in reconcile(frame, RELAYS, dates=[day], rule=rule, known_on=known_on).to_dict(
        "records"
    ):
        found = row["figure_id"] if isinstance(row["figure_id"], str) else None
        series = tuple(str(row[column]) for column in SERIES)
        expected = slow.judge(series, as_day(day), rule, limit)
        assert (found, row["origins"], row["figures"], row["verdict"]) == expected


@settings(max_examples=80, deadline=None)
@given(claims(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_in_force_agrees_with_its_definition_in_plain_python(rows, day, known_on):
    frame = figures(*rows)
    slow = Claims(frame.to_dict("records"), RELAY_ROWS)
    every = {tuple(str(row[column]) for column in SERIES) for row in slow.rows}
    expected = [
        r["figure_id"] for s in every for r in slow.in_force(s, as_day(day), as_day(known_on))
    ]
    found = in_force(frame, day, known_on=known_on)
    assert sorted(found["figure_id"]) == sorted(expected)


def test_the_frame_alone_knows_who_repeats_whom(tmp_path):
    rows = [figure(source=name, value=21) for name in ("ministry", "agency", "un")]
    write_crisis(tmp_path, *rows, sources=RELAY_ROWS)
    frame = load_library(tmp_path).figures
    alone, told = in_force(frame, "2025-12-24"), in_force(frame, "2025-12-24", sources=RELAYS)
    columns = ["figure_id", "origin", "echo", "unattributed", "stale"]
    by_id = [found[columns].sort_values("figure_id").to_dict("records") for found in (alone, told)]
    assert by_id[0] == by_id[1]
    assert alone["echo"].sum() == 1
