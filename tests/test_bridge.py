"""Bridges: why two totals differ, in items that add up exactly."""

import math
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import load_library
from reconciliation.bridges import bridge, explain
from reconciliation.bridges.asking import worth_telling
from tests.builders import figure, figures, source, sources

ROOT = Path(__file__).resolve().parent.parent
CRISIS = "tha-khm-2025-12"


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "datasets")


@pytest.fixture(scope="module")
def shipped(library):
    """Return the bridge between two figures of the shipped data."""

    def between(a, b, **options):
        return bridge(library.figures, a, b, library.sources, **options)

    return between


def summary(found):
    return [(item.kind, item.amount) for item in found.items]


def texts(found):
    return [item.text for item in found.items]


# --- the shipped figures explain themselves -------------------------------------------------


def test_47_and_86_dead_differ_by_the_indirect_deaths_and_by_the_day_of_the_soldiers(shipped):
    found = shipped("F0695", "F0647")
    assert summary(found) == [("definition", 41), ("definition", 1), ("timing", -3)]
    assert found.items[0].figure_ids == ("F0644",)
    assert texts(found) == [
        "The 86 includes 41 civilians in Thailand who died of indirect causes (Thai Ministry of "
        "Defence, 24 Dec 2025); the 47 does not.",
        "The 86 includes 1 civilian killed by the fighting in Thailand (Thai Ministry of Defence, "
        "24 Dec 2025); the 47 does not.",
        "The 47 rests on 26 soldiers killed in Thailand (Thai government, 27 Dec 2025), the 86 on "
        "23 (Thai Ministry of Defence, 23 Dec 2025).",
    ]
    assert found.unexplained == 0


@pytest.mark.parametrize("million", ["F0703", "F0668", "F0666"])
def test_half_a_million_and_a_million_displaced_differ_by_thailands_early_400000(shipped, million):
    found = shipped("F0706", million)
    place = found.items[0]
    assert (place.kind, place.amount) == ("place", 400_000)
    assert "first given: Royal Thai Army, 8 Dec 2025" in place.text
    assert "the 500,000 fits Cambodia alone" in place.text
    assert place.figure_ids[-1] in {"F0320", "F0319"}
    assert found.unexplained == 0


def test_400000_evacuated_and_199618_sheltered_are_two_definitions_and_no_conflict(shipped):
    found = shipped("F0320", "F0423")
    assert summary(found) == [("definition", -200_382)]
    assert texts(found) == [
        "The 400,000 counts people evacuated in Thailand (Royal Thai Army, 8 Dec 2025); the "
        "199,618 counts people in shelters in Thailand (Thai Ministry of Defence, 11 Dec 2025)."
    ]


def test_96_and_86_differ_by_what_cambodia_counted_a_day_later(shipped):
    found = shipped("F0667", "F0647")
    assert summary(found) == [("timing", -10)]
    assert texts(found) == [
        "The 96 rests on 31 civilians killed in Cambodia by 25 Dec 2025, the 86 on 21 by "
        "24 Dec 2025 (both Cambodian Ministry of Interior)."
    ]


def test_101_and_99_differ_by_three_indirect_deaths_less_one_in_cambodia(shipped):
    assert summary(shipped("F0707", "F0669")) == [("timing", -3), ("source", 1)]


def test_two_ministries_on_one_day_are_two_sources(shipped):
    found = shipped("F0709", "F0708")
    assert summary(found) == [("source", -103_114)]
    assert texts(found) == [
        "For 1 Jan 2026, Cambodian Ministry of Interior has 512,263 people displaced in Cambodia "
        "and Cambodian National Committee for Disaster Management has 409,149."
    ]


def test_a_running_total_that_falls_is_said_to_be_impossible(shipped):
    found = shipped("F0435", "F0465")
    assert summary(found) == [("timing", -17)]
    assert "a running total cannot fall" in found.items[0].text


def test_22_thai_dead_and_34_thai_civilians_differ_by_soldiers_and_indirect_deaths(shipped):
    found = shipped("F0613", "F0615")
    assert summary(found) == [("definition", 33), ("definition", -21)]
    assert found.items[1].text == (
        "The 22 includes 21 soldiers killed in Thailand (Royal Thai Army, 18 Dec 2025); the 34 "
        "counts civilians only."
    )


def test_reuters_41_and_101_differ_most_by_the_indirect_deaths(shipped):
    found = shipped("F0691", "F0707")
    assert summary(found)[0] == ("definition", 44)
    assert found.unexplained == 0


def test_one_province_leads_to_the_country_by_way_of_the_other_provinces(shipped):
    found = shipped("F0441", "F0440")
    assert {item.kind for item in found.items} == {"place"}
    assert len(found.items) == 6


def test_every_pair_of_totals_of_the_last_week_adds_up_and_reads_well(library, shipped):
    names = {name for name in library.sources["source"] if "-" in name}
    totals = ["F0647", "F0667", "F0669", "F0691", "F0695", "F0696", "F0707"]
    for a in totals:
        for b in totals:
            found = shipped(a, b)
            assert sum(item.amount for item in found.items) == found.amount
            for text in texts(found):
                assert text.endswith(".")
                assert "None" not in text
                assert names.isdisjoint(text.replace("(", " ").replace(",", " ").split())


def test_a_bridge_of_the_shipped_crisis_is_found_without_a_long_search(shipped):
    shipped("F0695", "F0647")
    times = []
    for _ in range(5):
        start = time.process_time()
        shipped("F0695", "F0647")
        times.append(time.process_time() - start)
    # About 0.05 on a quiet machine; this only catches a search that has run away.
    assert min(times) < 0.5


def test_what_is_known_on_a_day_uses_nothing_published_later(library, shipped):
    found = shipped("F0613", "F0615", known_on="2025-12-22")
    used = {one for item in found.items for one in item.figure_ids}
    rows = library.figures[library.figures["figure_id"].isin(used)]
    assert (rows["published"].fillna(rows["as_of"]) < "2025-12-23").all()


# --- the kinds of items -----------------------------------------------------------------------


def killed(figure_id, value, **overrides):
    return figure(figure_id=figure_id, value=value, **overrides)


def test_the_same_number_needs_no_items():
    found = bridge(figures(killed("A", 10), killed("B", 10, source="b")), "A", "B")
    assert found.items == ()


def test_two_countries_counted_apart_are_two_place_items():
    rows = figures(killed("A", 10), killed("B", 7, country="KHM"))
    assert summary(bridge(rows, "A", "B")) == [("place", -10), ("place", 7)]


def test_a_total_that_covers_more_includes_the_other_place():
    rows = figures(
        killed("A", 10),
        killed("B", 7, country="KHM", source="b"),
        killed("C", 17, country="KHM+THA", source="c"),
    )
    found = bridge(rows, "A", "C")
    assert summary(found) == [("place", 7)]
    assert found.end.made_of == ("B", "A")
    assert found.items[0].text == (
        "The 17 includes 7 people killed in Cambodia (b, 24 Dec 2025); the 10 covers Thailand only."
    )


def test_civilians_and_soldiers_are_two_definitions():
    rows = figures(killed("A", 10, population="civilian"), killed("B", 7, population="military"))
    assert summary(bridge(rows, "A", "B")) == [("definition", -10), ("definition", 7)]


def test_a_narrower_count_that_is_larger_is_no_matter_of_definition():
    rows = figures(killed("A", 10), killed("B", 14, population="civilian", source="b"))
    assert summary(bridge(rows, "A", "B")) == [("source", 4)]


def test_one_source_on_two_days_is_timing():
    rows = figures(killed("A", 10, as_of="2025-12-20"), killed("B", 14))
    found = bridge(rows, "A", "B")
    assert summary(found) == [("timing", 4)]
    assert texts(found) == [
        "a gave 10 people killed in Thailand by 20 Dec 2025 and 14 by 24 Dec 2025."
    ]


def test_another_source_on_another_day_is_split_where_a_third_figure_allows_it():
    rows = figures(
        killed("A", 10, as_of="2025-12-14"),
        killed("M", 13, as_of="2025-12-23"),
        killed("B", 14, source="b"),
    )
    assert summary(bridge(rows, "A", "B")) == [("timing", 3), ("source", 1)]


@pytest.mark.parametrize(
    ("quantifier", "round_number", "exact"),
    [("more_than", 500_000, 518_611), ("about", 200_000, 199_618), ("nearly", 130_000, 127_400)],
)
def test_a_round_number_and_the_exact_one_differ_by_rounding(quantifier, round_number, exact):
    rows = figures(
        killed("A", round_number, measure="displaced", quantifier=quantifier),
        killed("B", exact, measure="displaced", source="b"),
    )
    assert summary(bridge(rows, "A", "B")) == [("rounding", exact - round_number)]


def test_another_scope_is_another_definition():
    rows = figures(killed("A", 10), killed("B", 7, scope="five provinces", source="b"))
    found = bridge(rows, "A", "B")
    assert summary(found) == [("definition", -3)]
    assert "is limited to: five provinces" in found.items[0].text


def test_a_later_start_is_another_definition():
    rows = figures(
        killed("A", 10, since="2025-12-07"), killed("B", 7, since="2025-12-15", source="b")
    )
    found = bridge(rows, "A", "B")
    assert summary(found) == [("definition", -3)]
    assert "since 15 Dec 2025" in found.items[0].text


def test_totals_of_several_countries_that_nothing_opens_stay_unexplained():
    both = {"country": "KHM+THA"}
    rows = figures(killed("A", 47, as_of="2025-12-27", **both), killed("B", 86, source="b", **both))
    found = bridge(rows, "A", "B")
    assert summary(found) == [("unexplained", 39)]
    assert found.unexplained == 39


def test_two_differences_that_nothing_explains_are_both_worth_telling():
    both = {"country": "KHM+THA"}
    others = (killed("B", 86, source="b", **both), killed("C", 120, source="c", **both))
    rows = figures(killed("A", 47, as_of="2025-12-27", **both), *others)
    found = []
    for end in ("B", "C"):
        link = bridge(rows, "A", end)
        assert [item.kind for item in link.items] == ["unexplained"]
        found.append(replace(link, items=(replace(link.items[0], figure_ids=()),)))
    assert worth_telling(found, 47) == found
    assert worth_telling([found[0], *found], 47) == found


def test_a_total_with_nothing_to_open_it_is_told_to_cover_more():
    rows = figures(killed("A", 10), killed("C", 19, country="KHM+THA", source="c"))
    found = bridge(rows, "A", "C")
    assert summary(found) == [("place", 9)]
    assert texts(found) == [
        "The 10 counts people killed in Thailand (a, 24 Dec 2025); the 19 counts people killed in "
        "Cambodia and Thailand (c, 24 Dec 2025)."
    ]


def test_the_remainder_says_how_many_people_nobody_accounts_for():
    both = {"country": "KHM+THA"}
    rows = figures(
        killed("A", 86, source="x", **both),
        killed("T1", 60, source="t"),
        killed("K1", 26, country="KHM", source="k"),
        killed("B", 47, source="y", as_of="2025-12-28", **both),
        killed("T2", 20, source="u", as_of="2025-12-28"),
        killed("K2", 25, country="KHM", source="v", as_of="2025-12-28"),
    )
    found = bridge(rows, "A", "B")
    assert found.items[-1].kind == "unexplained"
    assert found.items[-1].text == "No published figure explains the remaining 1 person."


def test_casualties_open_into_killed_and_injured():
    rows = figures(
        killed("A", 10),
        killed("I", 30, measure="injured", source="b"),
        killed("C", 40, measure="casualties", source="c"),
    )
    assert summary(bridge(rows, "A", "C")) == [("definition", 30)]


def test_quantifiers_widen_the_items():
    rows = figures(
        killed("A", 10), killed("B", 12, quantifier="at_least", source="b", as_of="2025-12-24")
    )
    found = bridge(rows, "A", "B")
    assert [(item.amount, item.low, item.high) for item in found.items] == [(2, 2, math.inf)]
    assert (found.low, found.high) == (2, math.inf)


def test_a_figure_that_was_taken_back_is_no_part_of_any_total():
    rows = figures(
        killed("A", 10),
        killed("K", 7, country="KHM", status="withdrawn", source="b"),
        killed("C", 17, country="KHM+THA", source="c"),
    )
    assert bridge(rows, "A", "C").end.made_of == ("C",)


# --- what cannot be bridged -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "remedy"),
    [
        (killed("B", 5, measure="injured"), "one measure"),
        (killed("B", 5, unit="household"), "one unit"),
        (killed("B", 5, crisis="elsewhere"), "one crisis"),
        (killed("C", 5), "check the id"),
    ],
)
def test_figures_that_cannot_be_compared_are_refused_with_the_remedy(other, remedy):
    with pytest.raises(ValueError, match=remedy):
        bridge(figures(killed("A", 10), other), "A", "B")


def test_an_id_of_several_crises_needs_the_crisis():
    rows = figures(killed("A", 10), killed("A", 9, crisis="elsewhere"), killed("B", 12))
    with pytest.raises(ValueError, match="crisis="):
        bridge(rows, "A", "B")
    assert bridge(rows, "A", "B", crisis="test").amount == 2


def test_a_figure_that_is_not_known_yet_is_refused():
    rows = figures(killed("A", 10, as_of="2025-12-20"), killed("B", 12))
    with pytest.raises(ValueError, match="known_on"):
        bridge(rows, "A", "B", known_on="2025-12-21")


# --- explain ----------------------------------------------------------------------------------


def test_the_day_of_the_86_explains_the_40_of_two_days_before(library):
    found = explain(
        library.figures,
        on="2025-12-24",
        measure="killed",
        places=["THA", "KHM"],
        sources=library.sources,
        crisis=CRISIS,
    )
    assert {one.start.text for one in found} == {"at least 86"}
    assert "at least 40" in [one.end.text for one in found]
    assert [one.unexplained for one in found] == sorted(one.unexplained for one in found)


def test_a_larger_number_of_fewer_people_is_explained_without_being_asked(library):
    found = explain(
        library.figures,
        on="2025-12-21",
        measure="killed",
        places=["THA"],
        sources=library.sources,
    )
    assert ("22", "34") in {(one.start.text.split()[-1], one.end.text) for one in found}


def test_a_day_without_figures_needs_no_explanation():
    assert explain(figures(), on="2025-12-24", measure="killed", places=["THA"]) == []
    rows = figures(killed("A", 10), killed("B", 10, source="b"))
    assert explain(rows, on="2025-12-24", measure="killed", places=["THA"]) == []
    assert explain(rows, on="2025-12-24", measure="injured", places=["THA"]) == []


def test_no_more_bridges_are_told_than_asked_for():
    rows = figures(*(killed(f"A{n}", 10 + n, source=f"s{n}") for n in range(8)))
    found = explain(rows, on="2025-12-24", measure="killed", places=["THA"], limit=2)
    assert len(found) == 2


# --- laws -------------------------------------------------------------------------------------

DAYS = [f"2025-12-{day}" for day in range(20, 28)]
ROWS = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["THA", "KHM", "KHM+THA"]),
        "measure": st.sampled_from(["displaced", "sheltered", "evacuated"]),
        "population": st.sampled_from(["all", "all", "civilian", "military", "children"]),
        "counting": st.sampled_from(["cumulative", "stock"]),
        "as_of": st.sampled_from(DAYS),
        "value": st.integers(0, 40) | st.sampled_from([100, 2000, 500_000]),
        "quantifier": st.sampled_from(["exact", "at_least", "more_than", "about", "at_most"]),
        "source": st.sampled_from(["a", "b", "c", "d"]),
        "scope": st.sampled_from(["", "", "", "centres"]),
        "status": st.sampled_from(["confirmed", "confirmed", "withdrawn"]),
    }
)
KILLED = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["THA", "KHM", "KHM+THA"]),
        "admin1": st.just(""),
        "population": st.sampled_from(["all", "civilian", "military"]),
        "cause": st.sampled_from(["all", "direct", "indirect"]),
        "as_of": st.sampled_from(DAYS),
        "value": st.integers(0, 25),
        "quantifier": st.sampled_from(["exact", "exact", "at_least"]),
        "source": st.sampled_from(["a", "b", "c", "d"]),
    }
)
TABLES = st.lists(ROWS, min_size=2, max_size=9) | st.lists(KILLED, min_size=2, max_size=14)
WHO = sources(
    source(source="a", kind="government"),
    source(source="b"),
    source(source="c", relays="a"),
    source(source="d", relays="a+b"),
    source(source="e", relays="a+b+c+d"),
)


def table(rows):
    return figures(*(figure(**row, figure_id=f"F{n}") for n, row in enumerate(rows)))


@settings(deadline=None, max_examples=60)
@given(TABLES, st.randoms(use_true_random=False), st.integers(0, 20))
def test_the_items_add_up_and_no_other_way_of_asking_changes_them(rows, random, number):
    whole = table(rows)
    found = bridge(whole, "F0", "F1", WHO)
    assert_the_items_add_up_exactly_and_lie_within_their_bounds(found, rows)
    assert_the_way_back_has_the_signs_turned(found, bridge(whole, "F1", "F0", WHO))

    places = random.sample(range(len(whole)), len(whole))
    assert bridge(whole.iloc[places], "F0", "F1", WHO) == found

    echo = {**rows[number % len(rows)], "source": "e"}
    assert summary(bridge(table([*rows, echo]), "F0", "F1", WHO)) == summary(found)

    assert bridge(whole, "F0", "F1", WHO, known_on=whole["as_of"].max()) == found


def assert_the_items_add_up_exactly_and_lie_within_their_bounds(found, rows):
    assert sum(item.amount for item in found.items) == rows[1]["value"] - rows[0]["value"]
    assert all(item.amount for item in found.items)
    assert all(not math.isnan(bound) for item in found.items for bound in (item.low, item.high))
    assert all(item.text.endswith(".") and "None" not in item.text for item in found.items)


def assert_the_way_back_has_the_signs_turned(there, back):
    turned = [(item.kind, -item.amount, -item.high, -item.low) for item in back.items]
    assert [(item.kind, item.amount, item.low, item.high) for item in there.items] == turned
    assert [set(i.figure_ids) for i in there.items] == [set(i.figure_ids) for i in back.items]


def test_the_input_is_not_changed():
    rows = figures(killed("A", 10), killed("B", 12))
    before = rows.copy(deep=True)
    bridge(rows, "A", "B")
    pd.testing.assert_frame_equal(rows, before)
