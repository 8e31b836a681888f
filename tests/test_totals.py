"""Adding up places, and opening totals into their parts."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation import add_up, break_down, judging, shown_cells
from tests.builders import figure, figures, sources

DAY = "2025-12-24"


def total(*rows, places=("THA", "KHM"), on=DAY, **arguments):
    return add_up(figures(*rows), measure="killed", places=places, on=on, **arguments)


def test_qualifiers_survive_the_sum():
    found = total(
        figure(value=23, quantifier="at_least"), figure(country="KHM", value=41, source="b")
    )
    assert (found.text, found.low, found.high) == ("at least 64", 64, math.inf)
    assert found.coverage == "2 of 2 countries"


def test_exact_parts_make_an_exact_sum():
    found = total(figure(value=23), figure(country="KHM", value=41))
    assert (found.text, found.low, found.high) == ("64", 64, 64)


def test_a_place_without_a_figure_makes_the_sum_a_lower_bound():
    found = total(figure(value=23))
    assert (found.text, found.high) == ("at least 23", math.inf)
    assert found.coverage == "1 of 2 countries, so at least"
    assert found.missing == ("KHM",)


def test_no_figure_at_all_is_not_zero():
    found = total(figure(measure="injured"))
    assert (found.text, found.parts, found.verdict) == ("no figure", (), "none")


def test_a_narrower_part_is_named_and_makes_the_sum_a_lower_bound():
    found = total(figure(value=65), figure(country="KHM", value=21, population="civilian"))
    assert found.narrower == ("Cambodia counts civilians only.",)
    assert (found.text, found.high) == ("at least 86", math.inf)


def test_a_newer_and_larger_count_of_civilians_overtakes_an_old_count_of_everybody():
    old = figure(country="KHM", value=19, as_of="2025-12-21")
    new = figure(country="KHM", value=21, population="civilian")
    assert total(figure(value=65), old, new).text == "at least 86"
    assert total(figure(value=65), old, new | {"value": 18}).text == "84"


def test_one_states_count_of_anothers_dead_overtakes_nothing():
    army = {"source": "tha-army", "kind": "military", "country": "THA"}
    old = figure(country="KHM", value=19, as_of="2025-12-21")
    claim = figure(country="KHM", value=160, population="military", source="tha-army")
    found = total(figure(value=65), old, claim, sources=sources({"source": "a"}, army))
    assert found.text == "84"


@pytest.mark.parametrize(
    ("published", "quantifier", "verdict", "gap"),
    [
        (64, "exact", "sums", 0),
        (64, "at_least", "sums", 0),
        (60, "at_least", "compatible", 0),
        (70, "exact", "gap", 6),
        (60, "exact", "gap", -4),
        (100, "more_than", "gap", 37),
    ],
)
def test_the_published_total_stands_beside_the_sum(published, quantifier, verdict, gap):
    found = total(
        figure(value=23),
        figure(country="KHM", value=41),
        figure(country="KHM+THA", value=published, quantifier=quantifier, source="c"),
    )
    assert (found.verdict, found.gap) == (verdict, gap)
    assert found.published.value == published
    assert found.value == 64


def test_provinces_add_up_to_what_is_known_of_the_country():
    rows = [figure(admin1=name, value=5) for name in ("Surin", "Trat")]
    places = ["THA/Surin", "THA/Trat", "THA/Buri Ram"]
    found = total(*rows, places=places)
    assert found.coverage == "2 of 3 provinces, so at least"
    assert found.text == "at least 10"


def test_a_plus_in_the_name_of_a_province_joins_nothing():
    rows = [figure(admin1=name, value=5) for name in ("+Surin", "Surin+Trat", "Trat")]
    found = total(*rows, places=["THA/+Surin", "THA/Surin+Trat", "THA/Trat"])
    assert (found.text, found.missing) == ("15", ())


@pytest.mark.parametrize(
    "places",
    [
        ("THA", "KHM+THA"),
        ("THA", "THA/Surin"),
        ("THA/Surin+Trat", "THA"),
        ("KHM+THA", "THA/Surin"),
    ],
)
def test_overlapping_places_are_never_added(places):
    with pytest.raises(ValueError, match="twice"):
        total(figure(), places=places)


def test_the_order_of_joined_countries_does_not_matter():
    row = figure(country="KHM+THA", value=86)
    assert total(row, places=["THA+KHM"]).text == "86"


def test_a_stock_beside_a_running_total_is_said():
    found = add_up(
        figures(
            figure(measure="displaced", counting="stock", value=150_529),
            figure(measure="displaced", country="KHM", value=607_980),
        ),
        measure="displaced",
        places=["THA", "KHM"],
        on=DAY,
    )
    note = "Thailand: the number on that day; Cambodia: a running total."
    assert found.notes == (note,)


def test_places_are_counted_alike_where_that_is_possible():
    found = add_up(
        figures(
            figure(measure="displaced", counting="stock", value=150),
            figure(measure="displaced", counting="cumulative", value=400),
            figure(measure="displaced", country="KHM", value=600),
        ),
        measure="displaced",
        places=["THA", "KHM"],
        on=DAY,
    )
    assert found.text == "1,000"


def test_the_newest_crisis_is_added_up_unless_another_is_named():
    rows = [
        figure(crisis="july", as_of="2025-07-28", value=20),
        figure(crisis="december", as_of="2025-12-24", value=65),
    ]
    assert total(*rows, places=["THA"]).text == "65"
    assert total(*rows, places=["THA"], crisis="july").text == "20"


def test_a_total_opens_into_the_parts_that_add_up_to_it():
    rows = figures(
        figure(value=65),
        figure(value=23, population="military"),
        figure(value=34, population="civilian", as_of="2025-12-21"),
        figure(value=1, population="civilian", cause="direct"),
        figure(value=41, population="civilian", cause="indirect"),
    )
    cells = shown_cells(rows, on=DAY, measure="killed")
    thailand = add_up(rows, measure="killed", places=["THA"], on=DAY, cells=cells).parts[0]
    best, second = break_down(thailand, cells)
    assert (sorted(p.value for p in best.parts), best.verdict) == ([1, 23, 41], "sums")
    assert (sorted(p.value for p in second.parts), second.gap) == ([23, 34], 8)


def test_a_total_without_published_parts_opens_into_nothing():
    rows = figures(figure(value=65), figure(value=23, population="military"))
    cells = shown_cells(rows, on=DAY, measure="killed")
    whole = add_up(rows, measure="killed", places=["THA"], on=DAY, cells=cells).parts[0]
    assert break_down(whole, cells) == []


WORDS = st.sampled_from(["exact", "at_least", "more_than", "about", "nearly", "at_most"])
PARTS = st.tuples(st.integers(1, 10**6), WORDS)


@settings(max_examples=60, deadline=None)
@given(PARTS, PARTS)
def test_the_interval_of_a_sum_is_the_sum_of_the_intervals(first, second):
    rows = [
        figure(value=first[0], quantifier=first[1]),
        figure(country="KHM", value=second[0], quantifier=second[1]),
    ]
    found = total(*rows)
    assert found.low == sum(part.low for part in found.parts)
    assert found.high == sum(part.high for part in found.parts)
    assert found.value == first[0] + second[0]
    assert "None" not in found.text


@pytest.mark.parametrize(
    ("published", "quantifier", "said"),
    [
        (70, "exact", "6 more than the sum"),
        (60, "exact", "4 fewer than the sum"),
        (100, "about", "at least 26 more than the sum"),
        (100, "more_than", "at least 37 more than the sum"),
    ],
)
def test_a_difference_is_exact_only_where_both_numbers_are(published, quantifier, said):
    found = total(
        figure(value=23),
        figure(country="KHM", value=41),
        figure(country="KHM+THA", value=published, quantifier=quantifier, source="c"),
    )
    assert judging.comparison(found) == said
