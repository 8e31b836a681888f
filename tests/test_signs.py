"""Signs, commas and numbers keep their places in a language that runs from right to left."""

import pandas as pd
import pytest

from reconciliation import wording
from ui import tables
from ui.words import commas, semicolons, signed


@pytest.fixture
def arabic():
    with wording.speaking("ar"):
        yield


def test_in_english_items_stand_side_by_side():
    assert commas(["Killed", "Cambodia", "civilians"]) == "Killed, Cambodia, civilians"
    assert semicolons(["a, 1", "b, 2"]) == "a, 1; b, 2"
    assert commas([]) == ""
    assert (signed(41), signed(-3), signed(0)) == ("+41", "−3", "±0")


def test_from_right_to_left_a_sign_keeps_to_its_number(arabic):
    assert signed(-3) == "\u2068−3\u2069"
    assert signed(1) == "\u2068+1\u2069"


def test_from_right_to_left_each_item_keeps_its_own_direction(arabic):
    assert commas(["Surin", "قتلى"]) == "\u2067\u2068Surin\u2069, \u2068قتلى\u2069\u2069"
    assert semicolons([]) == ""


def test_what_a_row_counts_is_one_piece_from_right_to_left(arabic):
    row = {
        **{"country": "THA", "admin1": "Surin", "unit": "person", "scope": "Surin…"},
        **{"measure": "killed", "population": "all", "cause": "all", "counting": "stock"},
        **{"since": pd.NaT, "as_of": pd.Timestamp("2025-12-24")},
    }
    told = tables.counts(row)
    assert told.startswith("\u2067")
    assert told.endswith("\u2068Surin…\u2069\u2069")
