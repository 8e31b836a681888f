"""Contradictions: which figures cannot all be true, and whom the data suspect."""

import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.contradictions import Contradiction, contradictions
from tests.builders import figure, figures, source, sources

Rows = list[dict[str, Any]]


def identity(total: str, parts: str, **overrides: Any) -> dict[str, Any]:
    row = {"dimension": "population", "total": total, "parts": parts, "kind": "partition"}
    row |= {"label": f"{parts} make {total}", "reason": "By definition.", "severity": "strict"}
    return row | overrides


IDENTITIES = pd.DataFrame(
    [
        identity("all", "civilian+military"),
        identity("all", "children+adults"),
        identity("children", "boys+girls+children_unknown"),
        identity("adults", "men+women+adults_unknown"),
        identity("all", "men+women+boys+girls+children_unknown+adults_unknown"),
        identity("all", "direct+indirect", dimension="cause"),
        identity("casualties", "killed+injured", dimension="measure"),
        identity("displaced", "sheltered", dimension="measure", kind="part", severity="expected"),
    ]
)


def check(*rows: dict[str, Any], on: str = "2025-12-24", **options: Any) -> list[Contradiction]:
    return contradictions(figures(*rows), on=on, identities=IDENTITIES, **options)


def ids(found: Iterable[Contradiction]) -> set[frozenset[str]]:
    return {frozenset(one.figure_ids) for one in found}


def corrections(found: Contradiction) -> set[frozenset[str]]:
    return set(found.corrections)


# Sums


def test_parts_that_exceed_their_total_contradict_it() -> None:
    (found,) = check(
        figure(figure_id="T", value=10),
        figure(figure_id="C", value=7, population="civilian"),
        figure(figure_id="M", value=5, population="military"),
    )
    assert found.figure_ids == ("C", "M", "T")
    assert (found.kind, found.severity, found.gap) == ("sum", "strict", 2)
    assert corrections(found) == {frozenset("C"), frozenset("M"), frozenset("T")}
    assert found.suspects == {"C", "M", "T"}
    assert found.undecided
    assert not found.truncated
    assert found.rules == ("civilian+military make all",)


def test_the_sentence_names_source_day_numbers_and_gap() -> None:
    names = sources({"source": "moh", "name": "Ministry of Health", "kind": "government"})
    (found,) = check(
        figure(figure_id="T", value=10, source="moh"),
        figure(figure_id="C", value=11, source="moh", population="civilian"),
        figure(figure_id="M", value=1, source="moh", population="military"),
        figure(figure_id="X", value=3, source="moh", measure="injured"),
        sources=names,
        limit=1,
    )
    assert found.figure_ids == ("C", "T")
    assert found.text == (
        "Ministry of Health, 24 Dec 2025: 11 civilians killed in Thailand, yet only 10 people "
        "killed in Thailand, which should include them. The data do not say which of them is wrong."
    )


def test_a_sum_is_worded_with_its_parts_and_what_they_come_to() -> None:
    names = sources({"source": "a", "name": "Agency"}, {"source": "b", "name": "Bureau"})
    (found,) = check(
        figure(value=3, population="military", source="a"),
        figure(value=9, population="civilian", source="b", quantifier="at_least"),
        figure(value=10, source="a"),
        sources=names,
    )
    assert found.text == (
        "24 Dec 2025: 3 soldiers killed in Thailand (Agency) and at least 9 civilians killed in "
        "Thailand (Bureau) add up to 12, 2 more than 10 people killed in Thailand (Agency). "
        "The data do not say which of them is wrong."
    )


def test_a_total_above_all_its_parts_contradicts_them() -> None:
    (found,) = check(
        figure(figure_id="T", value=20),
        figure(figure_id="C", value=7, population="civilian"),
        figure(figure_id="M", value=5, population="military"),
    )
    assert found.gap == 8
    assert "add up to 12, 8 short of 20 people killed" in found.text


def test_a_total_may_exceed_parts_of_which_some_are_unreported() -> None:
    assert check(figure(value=20), figure(value=7, population="civilian")) == []


def test_intervals_count_and_not_the_printed_numbers() -> None:
    rows = [
        figure(value=7, population="civilian"),
        figure(value=5, population="military"),
        figure(value=11, quantifier="about"),
    ]
    assert check(*rows) == []


def test_a_part_larger_than_its_total_needs_no_siblings() -> None:
    (found,) = check(
        figure(figure_id="T", value=10, as_of="2025-12-24"),
        figure(figure_id="C", value=11, population="civilian", as_of="2025-12-20"),
    )
    assert found.kind == "part"
    assert found.gap == 1


def test_an_unreported_total_passes_a_contradiction_on() -> None:
    found = check(
        figure(figure_id="A", value=4, population="civilian"),
        figure(figure_id="B", value=5, population="military"),
        figure(figure_id="C", value=2, population="children"),
        figure(figure_id="D", value=6, population="adults"),
    )
    assert ids(found) == {frozenset("ABCD")}


def test_casualties_are_not_deaths_alone() -> None:
    (found,) = check(
        figure(figure_id="K", value=5),
        figure(figure_id="I", value=9, measure="injured"),
        figure(figure_id="B", value=13, measure="casualties"),
    )
    assert found.figure_ids == ("B", "I", "K")
    assert "13 people killed or injured in Thailand" in found.text


# Places, causes, scopes and units


def test_two_countries_together_are_the_sum_of_each() -> None:
    (found,) = check(
        figure(figure_id="B", value=30, country="KHM+THA"),
        figure(figure_id="T", value=10),
        figure(figure_id="K", value=15, country="KHM"),
    )
    assert found.figure_ids == ("B", "K", "T")


def test_provinces_together_are_at_most_their_country() -> None:
    rows = [
        figure(figure_id="T", value=10),
        figure(figure_id="S", value=6, admin1="Surin"),
        figure(figure_id="U", value=6, admin1="Sa Kaeo"),
    ]
    assert ids(check(*rows)) == {frozenset("STU")}
    assert check(*rows[:2]) == []


def test_an_indirect_death_of_a_province_is_one_of_both_countries() -> None:
    (found,) = check(
        figure(figure_id="B", value=3, country="KHM+THA"),
        figure(figure_id="S", value=4, admin1="Surin", population="civilian", cause="indirect"),
    )
    assert found.figure_ids == ("B", "S")
    assert "4 civilians dead of indirect causes in Surin (Thailand)" in found.text


def test_a_limited_scope_is_part_of_the_whole_count_as_far_as_words_go() -> None:
    rows = [
        figure(value=50, measure="sheltered", counting="stock", scope="organised centres only"),
        figure(value=40, measure="sheltered", counting="stock", source="b"),
    ]
    (found,) = check(*rows)
    assert (found.kind, found.severity) == ("part", "expected")
    assert found.text.endswith("so the counts may simply differ in meaning.")


def test_households_say_nothing_about_persons() -> None:
    assert check(figure(value=50, unit="household"), figure(value=10, source="b")) == []


def test_crises_do_not_contradict_each_other() -> None:
    assert check(figure(value=50), figure(value=10, crisis="other")) == []


def test_a_group_of_the_crisis_own_is_part_of_everybody() -> None:
    assert len(check(figure(value=5), figure(value=6, population="monks"))) == 1


# Time


def test_an_older_lower_count_is_only_older() -> None:
    rows = [
        figure(value=10, as_of="2025-12-20", source="b"),
        figure(value=15, as_of="2025-12-24"),
    ]
    assert check(*rows) == []


def test_a_running_total_that_falls_between_sources_is_a_contradiction() -> None:
    (found,) = check(
        figure(figure_id="A", value=15, as_of="2025-12-20", source="b"),
        figure(figure_id="B", value=10, as_of="2025-12-24"),
    )
    assert (found.kind, found.severity) == ("fall", "strict")


def test_the_displaced_may_have_gone_home_so_a_fall_is_only_unexpected() -> None:
    (found,) = check(
        figure(value=15, as_of="2025-12-20", source="b", measure="displaced"),
        figure(value=10, as_of="2025-12-24", measure="displaced"),
    )
    assert (found.kind, found.severity) == ("fall", "expected")


@pytest.mark.parametrize("group", ["children_unknown", "adults_unknown"])
def test_people_of_unknown_sex_are_identified_later_and_may_fall(group: str) -> None:
    rows = [
        figure(value=15, as_of="2025-12-20", source="b", population=group),
        figure(value=10, as_of="2025-12-24", population=group),
    ]
    assert check(*rows) == []


def test_stocks_of_different_days_do_not_contradict_each_other() -> None:
    stock = {"measure": "sheltered", "counting": "stock"}
    rows = [
        figure(value=15, as_of="2025-12-22", source="b", **stock),
        figure(value=10, as_of="2025-12-24", **stock),
    ]
    assert check(*rows) == []


def test_parts_of_an_earlier_day_are_at_most_a_later_total() -> None:
    rows = [
        figure(figure_id="C", value=41, population="civilian", as_of="2025-12-23"),
        figure(figure_id="M", value=23, population="military", as_of="2025-12-22"),
        figure(figure_id="T", value=60, as_of="2025-12-24"),
    ]
    assert ids(check(*rows)) == {frozenset("CMT")}
    assert check(*rows[:2], figure(value=70)) == [], "parts may have grown since"


def test_what_was_counted_from_a_later_day_is_part_of_the_longer_count() -> None:
    (found,) = check(
        figure(value=10, since="2025-12-07"),
        figure(value=11, since="2025-12-20", source="b"),
    )
    assert found.kind == "fall"
    assert "counting 20 Dec 2025 to 24 Dec 2025" in found.text


def test_stale_figures_contradict_nobody() -> None:
    stock = {"measure": "sheltered", "counting": "stock"}
    rows = [figure(value=15, as_of="2025-12-10", **stock), figure(value=10, source="b", **stock)]
    assert check(*rows) == []


def test_only_what_was_known_counts() -> None:
    rows = [
        figure(value=10, as_of="2025-12-22", published="2025-12-22"),
        figure(value=12, as_of="2025-12-22", published="2025-12-26", source="b"),
    ]
    assert len(check(*rows)) == 1
    assert check(*rows, known_on="2025-12-24") == []


# Rivals, order and limits


def test_rivals_come_last_and_can_be_left_out() -> None:
    rows = [
        figure(figure_id="A", value=10),
        figure(figure_id="B", value=12, source="b"),
        figure(figure_id="C", value=13, population="civilian"),
    ]
    assert [found.kind for found in check(*rows)] == ["part", "part", "rivals"]
    assert [found.kind for found in check(*rows, rivals=False)] == ["part", "part"]


def test_corrections_end_everything_that_is_entangled() -> None:
    found = check(
        figure(figure_id="A", value=10),
        figure(figure_id="B", value=10, source="b"),
        figure(figure_id="C", value=13, population="civilian"),
    )
    assert ids(found) == {frozenset("AC"), frozenset("BC")}
    for one in found:
        assert corrections(one) == {frozenset("C")}
        assert one.suspects == {"C"}
        assert not one.undecided
        assert "Setting aside the figure of 13 civilians" in one.text


def test_the_correction_that_rejects_the_least_trusted_source_comes_first() -> None:
    who = sources(
        {"source": "un", "kind": "un"},
        {"source": "paper", "kind": "media"},
        {"source": "ngo", "kind": "ngo"},
    )
    (found,) = check(
        figure(figure_id="T", value=10, source="un"),
        figure(figure_id="C", value=7, population="civilian", source="paper"),
        figure(figure_id="M", value=5, population="military", source="ngo"),
        sources=who,
    )
    assert found.corrections == (frozenset("C"), frozenset("M"), frozenset("T"))


def test_usage_comes_after_arithmetic() -> None:
    found = check(
        figure(measure="displaced", counting="stock", value=5),
        figure(measure="sheltered", counting="stock", value=6),
        figure(value=10),
        figure(value=12, population="civilian"),
    )
    assert [(one.kind, one.severity) for one in found] == [
        ("part", "strict"),
        ("part", "expected"),
    ]


def test_more_than_fifty_is_often_said_of_fifty() -> None:
    (found,) = check(
        figure(value=71),
        figure(value=50, population="civilian", quantifier="more_than"),
        figure(value=21, population="military"),
    )
    assert found.severity == "expected"


def test_the_limit_is_kept_and_said() -> None:
    rows = [figure(value=10 + n, source=f"s{n}") for n in range(6)]
    assert len(check(*rows)) == 15
    cut = check(*rows, limit=4)
    assert len(cut) == 4
    assert all(found.truncated for found in cut)


def test_of_many_rivals_the_smallest_corrections_leave_the_most_that_agree() -> None:
    rows = [
        figure(figure_id=name, value=value, source=name)
        for name, value in zip("ABCDE", [3, 3, 4, 5, 3], strict=True)
    ]
    for found in check(*rows):
        assert corrections(found) == {frozenset("CD")}


def test_no_figures_no_contradictions() -> None:
    assert contradictions(figures().iloc[:0], on="2025-12-24", identities=IDENTITIES) == []


def test_what_is_not_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="not a day"):
        check(figure(), on="Christmas")


# A published table with sound neighbours

CLASSES = ("men", "women", "boys", "girls", "children_unknown", "adults_unknown")


def table(day: str, total: int, parts: Iterable[int], injured: int, casualties: int) -> Rows:
    """One week's table of a ministry; the id of a figure is its class and its day."""
    common = {"as_of": day, "source": "moh"}
    rows = [figure(figure_id=f"total-{day}", value=total, **common)]
    rows += [
        figure(figure_id=f"{name}-{day}", value=value, population=name, **common)
        for name, value in zip(CLASSES, parts, strict=True)
    ]
    rows += [
        figure(figure_id=f"injured-{day}", value=injured, measure="injured", **common),
        figure(figure_id=f"casualties-{day}", value=casualties, measure="casualties", **common),
    ]
    return rows


BEFORE = table("2025-12-07", 80, (33, 24, 9, 8, 2, 4), 150, 230)
# The parts come to 105. The total closes with injured and casualties: 300 - 200 = 100.
FAULTY = table("2025-12-14", 100, (40, 30, 12, 10, 5, 8), 200, 300)
AFTER = table("2025-12-21", 120, (46, 36, 16, 12, 4, 6), 240, 360)


def named(found: Iterable[str]) -> set[str]:
    return {name.partition("-")[0] for name in found}


def test_a_total_that_closes_with_the_casualties_is_no_suspect() -> None:
    found = check(*FAULTY, on="2025-12-15")
    assert [named(one.figure_ids) for one in found] == [
        {"total", *CLASSES},
        {"injured", "casualties", *CLASSES},
    ]
    for one in found:
        assert all(len(c) == 1 for c in one.corrections)
        assert set().union(*(named(c) for c in one.corrections)) == set(CLASSES)
        assert named(one.suspects) == set(CLASSES)
        assert one.undecided
        assert one.gap == 5
    assert found[0].reasons == (
        "Setting aside the figure of 100 people killed in Thailand would not be enough, because "
        "the same contradiction remains with 300 people killed or injured in Thailand and 200 "
        "people injured in Thailand.",
    )


def test_neighbouring_weeks_narrow_the_suspects_to_those_the_data_leave() -> None:
    # Five fewer boys (7) or girls (5) would be fewer than the 9 and 8 of the week before. Men (35)
    # and women (25) fit between their neighbours, and the unknown may fall.
    found = check(*BEFORE, *FAULTY, *AFTER, on="2025-12-15")
    assert len(found) == 2
    for one in found:
        assert len(one.corrections) == 6
        assert named(one.suspects) == {"men", "women", "children_unknown", "adults_unknown"}
        assert one.undecided
        assert any("days before and after" in reason for reason in one.reasons)


def test_a_later_table_below_a_suspect_convicts_it() -> None:
    # 38 men a week later: the 40 of this week were too many.
    after = table("2025-12-21", 112, (38, 36, 16, 12, 4, 6), 240, 352)
    found = check(*BEFORE, *FAULTY, *after, on="2025-12-15")
    assert [named(one.suspects) for one in found] == [{"men"}, {"men"}]
    assert not found[0].undecided
    assert "Setting aside the figure of 40 men would settle it" in found[0].text


def test_a_class_too_small_to_hold_the_error_is_no_suspect_at_all() -> None:
    rows = table("2025-12-14", 100, (42, 30, 12, 10, 3, 8), 200, 300)
    found = check(*BEFORE, *rows, *AFTER, on="2025-12-15")
    assert "children_unknown" not in set().union(*(named(c) for c in found[0].corrections))
    assert named(found[0].suspects) == {"men", "women", "adults_unknown"}


def test_a_later_week_that_was_not_known_yet_narrows_nothing() -> None:
    later = [
        row | {"published": "2025-12-21"}
        for row in table("2025-12-21", 112, (38, 36, 16, 12, 4, 6), 240, 352)
    ]
    found = check(*BEFORE, *FAULTY, *later, on="2025-12-15", known_on="2025-12-16")
    assert named(found[0].suspects) == {"men", "women", "children_unknown", "adults_unknown"}


# Laws

PLACES = ("KHM", "THA", "KHM+THA")
GROUPS = ("civilian", "military", "all")
LEAVES = np.array(list(itertools.product(range(8), repeat=4)))
# Which of (KHM civilian, KHM military, THA civilian, THA military) a cell counts.
MEMBERS = {
    (place, group): [
        place in ("KHM+THA", leaf_place) and group in ("all", leaf_group)
        for leaf_place in ("KHM", "THA")
        for leaf_group in ("civilian", "military")
    ]
    for place in PLACES
    for group in GROUPS
}

numbers = st.integers(0, 6)
said = (
    st.sampled_from(GROUPS),
    st.sampled_from(["exact", "at_least", "at_most", "range"]),
    numbers,
    numbers,
)
claims = st.tuples(st.sampled_from(PLACES), *said)
instances = st.lists(claims, min_size=2, max_size=6)


def rows_of(instance: list[tuple[str, str, str, int, int]]) -> Rows:
    rows = []
    for n, (place, group, quantifier, one, other) in enumerate(instance):
        row = figure(figure_id=f"F{n}", country=place, population=group, source=f"s{n}")
        row |= {"quantifier": quantifier, "value": min(one, other), "value_high": math.nan}
        rows.append(row | ({"value_high": max(one, other)} if quantifier == "range" else {}))
    return rows


def allowed_by(frame: pd.DataFrame) -> dict[str, Any]:
    """For each figure, which of all assignments satisfy it: the independent check."""
    result = {}
    for _, row in frame.iterrows():
        counted = LEAVES @ np.array(MEMBERS[row["country"], row["population"]])
        result[row["figure_id"]] = (counted >= row["low"]) & (counted <= row["high"])
    return result


def brute_force(frame: pd.DataFrame) -> tuple[set[frozenset[str]], Callable[[Iterable[str]], bool]]:
    """All smallest contradictions, by trying every subset of the figures."""
    allowed = allowed_by(frame)

    def possible(names: Iterable[str]) -> bool:
        return bool(np.logical_and.reduce([allowed[name] for name in names] or [[True]]).any())

    smallest: set[frozenset[str]] = set()
    for size in range(1, len(allowed) + 1):
        for names in itertools.combinations(sorted(allowed), size):
            known = any(found <= set(names) for found in smallest)
            if not known and not possible(names):
                smallest.add(frozenset(names))
    return smallest, possible


@pytest.mark.parametrize("place", ["THA", "THA/Surin"])
def test_an_unreported_total_carries_what_its_groups_and_its_places_say(place: str) -> None:
    """Nobody gives the total of both countries: its two groups bound it, and so does one place."""
    country, _, admin1 = place.partition("/")
    frame = figures(
        figure(figure_id="F1", country=country, admin1=admin1, value=1, source="s1"),
        figure(figure_id="F2", country="KHM+THA", population="civilian", value=0, source="s2"),
        figure(figure_id="F3", country="KHM+THA", population="military", value=0, source="s3"),
    )
    found = contradictions(frame, on="2025-12-24", identities=IDENTITIES)
    assert ids(found) == {frozenset({"F1", "F2", "F3"})}


@settings(max_examples=100, deadline=None)
@given(instances)
def test_exactly_the_smallest_contradictions_are_found_with_what_ends_them(instance: Any) -> None:
    rows = rows_of(instance)
    frame = figures(*rows)
    expected, possible = brute_force(frame)
    named = {"identities": IDENTITIES, "sources": offices(len(rows))}
    every = contradictions(frame, on="2025-12-24", **named)
    assert ids(every) == expected
    assert len(every) == len(expected)
    for found in every:
        assert_the_smallest_corrections_end_it(found, every, possible)
        assert_no_sentence_shows_an_id_or_nothing(found, rows)


def offices(number: int) -> pd.DataFrame:
    """The sources of an instance, each with a name that is not its id."""
    return sources(*({"source": f"s{n}", "name": f"Office {n}"} for n in range(number)))


def assert_the_smallest_corrections_end_it(
    found: Contradiction, every: list[Contradiction], possible: Callable[[Iterable[str]], bool]
) -> None:
    tangle = {name for other in every if other.tangle == found.tangle for name in other.figure_ids}
    size = len(found.corrections[0])
    ending = {
        frozenset(rejected)
        for rejected in itertools.combinations(sorted(tangle), size)
        if possible(tangle - set(rejected))
    }
    assert corrections(found) == ending
    assert not any(
        possible(tangle - set(rejected))
        for rejected in itertools.combinations(sorted(tangle), size - 1)
    )


def assert_no_sentence_shows_an_id_or_nothing(found: Contradiction, rows: Rows) -> None:
    for text in (found.text, *found.reasons):
        assert "None" not in text
        assert "nan" not in text
        assert not any(row["figure_id"] in text or row["source"] in text for row in rows)


@settings(max_examples=40, deadline=None)
@given(instances, st.randoms(use_true_random=False), st.integers(0, 5), numbers)
def test_neither_order_nor_an_echo_changes_anything_and_wider_words_add_no_contradiction(
    instance: Any, random: Any, which: int, more: int
) -> None:
    rows = rows_of(instance)
    at = which % len(rows)
    who = pd.concat([offices(len(rows)), sources(source(source="echo", relays=f"s{at}"))])
    before = check(*rows, sources=who)

    assert check(*random.sample(rows, len(rows)), sources=who) == before

    echo = rows[at] | {"figure_id": "E", "source": "echo"}
    assert check(*rows, echo, sources=who) == before

    wider = figures(*rows)
    wider.loc[at, "low"] = max(0, wider.loc[at, "low"] - more)
    wider.loc[at, "high"] += more
    for found in contradictions(wider, on="2025-12-24", identities=IDENTITIES, sources=who):
        assert any(old <= set(found.figure_ids) for old in ids(before))


# Civilians and soldiers killed by the 20th, and by the 24th: running totals cannot fall.
RISING = LEAVES[(LEAVES[:, 0] <= LEAVES[:, 2]) & (LEAVES[:, 1] <= LEAVES[:, 3])]
DAYS = ("2025-12-20", "2025-12-24")
BY_DAY = {
    (day, group): [d == day and group in ("all", g) for d in DAYS for g in GROUPS[:2]]
    for day in DAYS
    for group in GROUPS
}
dated = st.lists(st.tuples(st.sampled_from(DAYS), *said), min_size=2, max_size=6)


@settings(max_examples=100, deadline=None)
@given(dated)
def test_between_days_too_exactly_the_smallest_contradictions_are_found(instance: Any) -> None:
    rows = [
        row | {"country": "THA", "as_of": row["country"]}
        for row in rows_of([(day, *rest) for day, *rest in instance])
    ]
    frame = figures(*rows)
    allowed = {
        row["figure_id"]: (RISING @ np.array(BY_DAY[str(row["as_of"].date()), row["population"]]))
        for row in frame.to_dict("records")
    }
    allowed = {
        name: (counted >= low) & (counted <= high)
        for (name, counted), low, high in zip(
            allowed.items(), frame["low"], frame["high"], strict=True
        )
    }
    expected: set[frozenset[str]] = set()
    for size in range(1, len(allowed) + 1):
        for names in itertools.combinations(sorted(allowed), size):
            together = np.logical_and.reduce([allowed[name] for name in names])
            if not together.any() and not any(found <= set(names) for found in expected):
                expected.add(frozenset(names))
    assert ids(check(*rows)) == expected
