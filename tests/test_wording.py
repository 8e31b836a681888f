"""Numbers, days and lists as a reader sees them."""

import gettext
import math

import pytest

from reconciliation import wording
from reconciliation.naming import definition, place_name

NAN = math.nan


@pytest.mark.parametrize(
    ("value", "high", "quantifier", "text"),
    [
        (150529, None, "exact", "150,529"),
        (86, None, "at_least", "at least 86"),
        (100, NAN, "more_than", "more than 100"),
        (6, None, "at_most", "at most 6"),
        (20, None, "less_than", "fewer than 20"),
        (400000, None, "about", "about 400,000"),
        (600, None, "nearly", "nearly 600"),
        (9, 10, "range", "9 to 10"),
    ],
)
def test_a_number_keeps_its_quantifier(value, high, quantifier, text):
    assert wording.quantity(value, high, quantifier) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (65, 65, "65"),
        (86, math.inf, "at least 86"),
        (0, 12, "at most 12"),
        (0, math.inf, "any number"),
        (9, 10, "9 to 10"),
        (0, 0, "0"),
    ],
)
def test_an_interval_in_words(low, high, text):
    assert wording.bounds(low, high) == text


@pytest.mark.parametrize(
    ("values", "highs", "words", "text"),
    [
        ([23, 41], [NAN, NAN], ["at_least", "exact"], "at least 64"),
        ([100, 41], [NAN, NAN], ["more_than", "exact"], "more than 141"),
        ([400000, 21], [NAN, NAN], ["about", "exact"], "about 400,021"),
        ([400000, 21], [NAN, NAN], ["about", "at_least"], "at least about 400,021"),
        ([9, 4], [10, NAN], ["range", "exact"], "13 to 14"),
        ([9, 4], [10, NAN], ["range", "about"], "about 13 to 14"),
        ([9, 4], [NAN, NAN], ["at_most", "exact"], "at most 13"),
        ([9, 4], [NAN, NAN], ["at_most", "at_least"], "at least 4"),
        ([9, 4], [NAN, NAN], ["nearly", "exact"], "nearly 13"),
        ([9, 4], [NAN, NAN], ["nearly", "about"], "about 13"),
        ([9, 4], [NAN, NAN], ["less_than", "exact"], "fewer than 13"),
    ],
)
def test_quantifiers_survive_a_sum(values, highs, words, text):
    assert wording.sum_in_words(values, highs, words) == text


def test_days_and_lists_read_as_people_write_them():
    assert wording.day("2025-12-24") == "24 Dec 2025"
    assert wording.period("2025-12-24", "2025-12-24") == "24 Dec 2025"
    assert wording.period("2025-12-24", "2025-12-27") == "24 Dec 2025 to 27 Dec 2025"
    assert wording.listing(["Thailand", "Cambodia"]) == "Thailand and Cambodia"
    assert wording.percent(0.054) == "5 %"


def test_plurals_follow_the_count():
    found = [wording.say_many("{n} figure", "{n} figures", n) for n in (0, 1, 1200)]
    assert found == ["0 figures", "1 figure", "1,200 figures"]


def test_another_language_changes_numbers_days_and_messages():
    class Upside(gettext.NullTranslations):
        def gettext(self, message):
            return {"at least {number}": "au moins {number}"}.get(message, message)

    with wording.speaking("fr", Upside()):
        assert wording.quantity(1500, None, "at_least") == "au moins 1\u202f500"
        assert wording.day("2025-12-24") == "24 déc. 2025"
        assert place_name("KHM+THA") == "Cambodge et Thaïlande"
    assert wording.quantity(1500, None, "at_least") == "at least 1,500"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("KHM", "Cambodia"),
        ("KHM+THA", "Cambodia and Thailand"),
        ("THA/Surin", "Surin (Thailand)"),
        ("XKX", "Kosovo"),
    ],
)
def test_places_have_names(place, name):
    assert place_name(place) == name


def test_a_definition_says_who_and_of_what():
    assert definition("killed", "civilian", "indirect") == "civilians who died of indirect causes"
    assert definition("killed", "all", "all") == "people"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("migrant workers from Gaza", "Migrant workers from Gaza"),
        ("\u2067\u2068at least 86\u2069\u2069", "\u2067\u2068At least 86\u2069\u2069"),
        ("ទាហាន", "ទាហាន"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_where_there_are_any_and_keeps_its_other_letters(
    text, first
):
    assert wording.sentence_case(text) == first


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("The 86 counts soldiers.", "The 86 counts soldiers"),
        ("៨៦ រាប់ទាហាន។", "៨៦ រាប់ទាហាន"),
        ("\u2067يشمل عسكريين.\u2069", "\u2067يشمل عسكريين\u2069"),
        ("no stop", "no stop"),
    ],
)
def test_a_full_stop_of_any_script_is_taken_off(text, clause):
    assert wording.without_stop(text) == clause
