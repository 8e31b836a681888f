"""Findings in the reader's language: what was found, and what to do, by the catalogue's words."""

import pandas as pd

from figures.findings import CATALOGUE
from reconciliation import wording
from reconciliation.wording import say

# Findings whose sentence begins with the id of a source.
ABOUT_A_SOURCE = {"two-values", "cumulative-falls", "jump"}


def problem(code: object, found: object) -> str:
    """Return what was found: in English as it was reported, else by what its code is called."""
    entry = CATALOGUE.get(str(code))
    return str(found) if entry is None or wording.language() == "en" else say(entry.title)


def remedy(code: object, found: object) -> str:
    """Return what to do about it: in English as it was reported, else what its code asks for."""
    entry = CATALOGUE.get(str(code))
    shown = str(found) if entry is None or wording.language() == "en" else say(entry.remedy)
    return wording.sentence_case(shown)


def sentence(code: object, found: object) -> str:
    """Return what was found as a sentence of its own: a capital first, an id as it is."""
    told = problem(code, found)
    return told if code in ABOUT_A_SOURCE else wording.sentence_case(told)


def in_english(found: object) -> str:
    """Return the sentence as reported, which names values; nothing where it is shown anyway."""
    return "" if wording.language() == "en" else str(found)


def told(code: object, found: object, todo: object) -> str:
    """Return both as two sentences."""
    return say(
        "{problem}. {remedy}",
        problem=wording.without_stop(sentence(code, found)),
        remedy=remedy(code, todo),
    )


def in_words(findings: pd.DataFrame) -> pd.DataFrame:
    """Return findings as a reader's table: where, what was found, what to do.

    Elsewhere than in English the sentence as reported, which names values, has a column of its own.
    """
    codes, problems = findings["code"], findings["problem"]
    table = pd.DataFrame(
        {
            say("File"): findings["file"],
            # What is about the file as a whole stands on no line.
            say("Line"): findings["line"].where(findings["line"] > 0).astype("Int64"),
            say("Column"): findings["column"],
            say("Cell"): findings["value"],
            say("What was found"): list(map(sentence, codes, problems)),
            say("What to do"): list(map(remedy, codes, findings["remedy"])),
        }
    )
    if wording.language() != "en":
        table[say("As reported, in English")] = problems
    return table
