"""Findings in the reader's language: what was found, what to do, and the sentence as reported."""

import pandas as pd
import pytest

import languages
from figures.findings import CATALOGUE, report
from reconciliation import wording
from ui import noting

FELL = report(
    "cumulative-falls", "crisis/figures.csv", line=9, problem="The Army fell from 30 to 21."
)


def table(*findings):
    """Return findings as the library has them."""
    return pd.DataFrame([{name: getattr(f, name) for name in f.__slots__} for f in findings])


def test_english_readers_read_what_was_reported():
    with wording.speaking("en"):
        row = noting.in_words(table(FELL)).iloc[0]
    assert row["What was found"] == "The Army fell from 30 to 21."
    assert row["What to do"] == CATALOGUE["cumulative-falls"].remedy


@pytest.mark.parametrize("code", ["fr", "es", "ar", "th", "km"])
def test_other_readers_read_it_in_their_language_beside_the_sentence_as_reported(code):
    with languages.speak(code):
        told = list(noting.in_words(table(FELL)).iloc[0])
    entry = CATALOGUE["cumulative-falls"]
    assert entry.title not in told
    assert entry.remedy not in told
    assert "The Army fell from 30 to 21." in told


def test_a_problem_and_its_remedy_are_two_sentences():
    with wording.speaking("en"):
        said = noting.told("cumulative-falls", "The Army fell from 30 to 21.", "Look again.")
    assert said == "The Army fell from 30 to 21. Look again."


def test_a_code_that_the_catalogue_does_not_hold_is_told_as_it_came():
    with wording.speaking("fr"):
        assert noting.problem("no-such-code", "Something.") == "Something."
