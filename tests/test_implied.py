"""Implied ranges: what all figures together say about each total and part."""

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconciliation.contradictions import implied
from tests.builders import figure, figures
from tests.test_contradictions import IDENTITIES, LEAVES, MEMBERS, Rows, instances, rows_of


def ranges(*rows: dict[str, Any], on: str = "2025-12-24") -> pd.DataFrame:
    return implied(figures(*rows), on=on, identities=IDENTITIES)


def row_of(found: pd.DataFrame, **cell: Any) -> pd.Series:
    wanted = {"country": "THA", "admin1": "", "measure": "killed", "population": "all"}
    wanted |= {"cause": "all"} | cell
    mask = np.logical_and.reduce([found[column] == value for column, value in wanted.items()])
    (only,) = found[mask].to_dict("records")
    return pd.Series(only)


def test_a_total_without_a_figure_is_the_sum_of_its_parts() -> None:
    found = ranges(
        figure(figure_id="C", value=7, population="civilian"),
        figure(figure_id="M", value=5, population="military", quantifier="at_least"),
    )
    total = row_of(found)
    assert (total["low"], total["high"]) == (12, math.inf)
    assert set(total["low_figures"]) == {"C", "M"}
    assert total["high_figures"] == ()
    assert not total["reported"]
    assert total["cell"] == "people killed in Thailand by 24 Dec 2025"


def test_a_part_without_a_figure_is_what_the_others_leave() -> None:
    found = ranges(
        figure(figure_id="T", value=60, value_high=65, quantifier="range"),
        figure(figure_id="C", value=42, population="civilian"),
    )
    part = row_of(found, population="military")
    assert (part["low"], part["high"]) == (18, 23)
    assert set(part["low_figures"]) == {"T", "C"}
    assert set(part["high_figures"]) == {"T", "C"}


def test_a_reported_figure_is_narrowed_by_the_others() -> None:
    found = ranges(
        figure(value=60, quantifier="at_least"),
        figure(value=42, population="civilian"),
        figure(value=23, population="military"),
    )
    total = row_of(found)
    assert (total["low"], total["high"]) == (65, 65)
    assert total["reported"]


def test_an_unreported_class_of_the_example_is_at_most_one() -> None:
    # 65 dead in Thailand, 23 of them soldiers and 41 civilians dead of indirect causes: one
    # civilian was killed by the fighting.
    found = ranges(
        figure(figure_id="T", value=65),
        figure(figure_id="M", value=23, population="military", as_of="2025-12-23"),
        figure(figure_id="I", value=41, population="civilian", cause="indirect"),
    )
    newest = found[found["as_of"] == "2025-12-24"]
    direct = row_of(newest, population="civilian", cause="direct")
    assert (direct["low"], direct["high"]) == (0, 1)
    assert set(direct["high_figures"]) == {"T", "M", "I"}


def test_what_was_counted_earlier_is_a_lower_bound_for_later() -> None:
    found = ranges(
        figure(figure_id="E", value=10, as_of="2025-12-20", source="b"),
        figure(figure_id="L", value=12, quantifier="at_most"),
    )
    early, late = found.sort_values("as_of").to_dict("records")
    assert (early["low"], early["high"]) == (10, 10)
    assert (late["low"], late["high"]) == (10, 12)
    assert late["low_figures"] == ("E",)


def test_a_block_that_contradicts_itself_implies_nothing_and_others_still_answer() -> None:
    found = ranges(
        figure(value=10),
        figure(value=11, population="civilian"),
        figure(value=7, measure="displaced", country="KHM", source="b"),
    )
    dead, displaced = found[found["measure"] == "killed"], found[found["measure"] == "displaced"]
    assert dead["contradictory"].all()
    assert dead[["low", "high"]].isna().all(axis=None)
    assert (displaced[["low", "high"]] == 7).all(axis=None)
    assert not displaced["contradictory"].any()


def test_usage_implies_nothing() -> None:
    stock = {"counting": "stock"}
    found = ranges(
        figure(value=50, measure="sheltered", **stock),
        figure(value=40, measure="displaced", quantifier="at_least", **stock),
    )
    assert row_of(found, measure="displaced")["low"] == 40


def test_no_figures_imply_nothing() -> None:
    found = implied(figures().iloc[:0], on="2025-12-24", identities=IDENTITIES)
    assert found.empty
    assert {"cell", "low", "high", "low_figures", "high_figures"} <= set(found.columns)


def test_what_is_not_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="not a day"):
        ranges(figure(), on="Christmas")


@settings(max_examples=100, deadline=None)
@given(instances, st.integers(0, 6))
def test_the_ranges_are_what_trying_every_assignment_gives_and_their_figures_imply_them(
    instance: Any, most: int
) -> None:
    # A total of both countries bounds everything, so that trying all assignments is possible.
    total = figure(figure_id="ALL", country="KHM+THA", value=most, quantifier="at_most", source="x")
    rows: Rows = [*rows_of(instance), total]
    frame = figures(*rows)
    allowed = np.ones(len(LEAVES), dtype=bool)
    for _, row in frame.iterrows():
        counted = LEAVES @ np.array(MEMBERS[row["country"], row["population"]])
        allowed &= (counted >= row["low"]) & (counted <= row["high"])
    found = implied(frame, on="2025-12-24", identities=IDENTITIES)
    assert found["contradictory"].all() == (not allowed.any())
    assume(allowed.any())
    named = set(zip(frame["country"], frame["population"], strict=True))
    answered = set(zip(found["country"], found["population"], strict=True))
    assert named <= answered
    for row in found.to_dict("records"):
        cell = row["country"], row["population"]
        if (row["measure"], row["cause"]) == ("killed", "all") and cell in MEMBERS:
            counted = LEAVES[allowed] @ np.array(MEMBERS[cell])
            assert (row["low"], row["high"]) == (counted.min(), counted.max())
    for row in itertools.islice(found.to_dict("records"), 6):
        if (row["measure"], row["cause"]) == ("killed", "all"):
            assert_the_figures_that_bind_imply_the_bound_by_themselves(row, frame)


def assert_the_figures_that_bind_imply_the_bound_by_themselves(
    row: dict[str, Any], frame: pd.DataFrame
) -> None:
    cell = np.array(MEMBERS.get((row["country"], row["population"]), [False] * 4))
    for side, names in (("low", row["low_figures"]), ("high", row["high_figures"])):
        allowed = np.ones(len(LEAVES), dtype=bool)
        for _, one in frame[frame["figure_id"].isin(names)].iterrows():
            counted = LEAVES @ np.array(MEMBERS[one["country"], one["population"]])
            allowed &= (counted >= one["low"]) & (counted <= one["high"])
        if cell.any() and (side == "low" or names):
            values = (LEAVES @ cell)[allowed]
            assert row[side] == (values.min() if side == "low" else values.max())
