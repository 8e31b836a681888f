"""What the applying of a mapping may report; ``containers.codes`` explains the form."""

from figures import Finding
from figures.findings import CATALOGUE
from loaders.containers.codes import LONGEST_SHOWN

# (code, severity, title, meaning, remedy)
CODES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "missing-column",
        "error",
        "a column is missing",
        "The table lacks a column that the mapping, or the list of figures, needs.",
        "Correct the name in the mapping, or restore the column.",
    ),
    (
        "absent-column",
        "warning",
        "a column of the mapping is not in the table",
        "One of several columns that the mapping names is not in this file; the others were read.",
        "Correct its name in the mapping, if the table has it under another one.",
    ),
    (
        "mapping-incomplete",
        "error",
        "the mapping does not say enough",
        "No column and no constant gives something that every figure needs.",
        "Say in the mapping which column gives it, or what holds for all rows.",
    ),
    (
        "assumed",
        "warning",
        "something was assumed",
        "The table does not say it and the mapping is a suggestion; it may be wrong.",
        "Check it, and correct it in the mapping where it is wrong.",
    ),
    (
        "unknown-name",
        "error",
        "a name has no translation",
        "A cell holds a name that is none of our words, so its row gives no figure.",
        "Say in the mapping which of our words it means.",
    ),
    (
        "unknown-country",
        "error",
        "the cell is not a country",
        "The cell is no name and no code of a country, so its row gives no figure.",
        "Write the ISO 3166-1 code, or say in the mapping which country it is.",
    ),
    (
        "unknown-province",
        "info",
        "the province is not in the list",
        "The country has a list of provinces and this name is not in it; it is kept as printed.",
        "Check the spelling, or say in the mapping which province it is.",
    ),
    (
        "not-a-date",
        "error",
        "the cell is not a date",
        "The cell cannot be read as a day, so its row gives no figure.",
        "Write it as 2025-12-24, or say in the mapping how the table writes days.",
    ),
    (
        "ambiguous-date",
        "error",
        "the day and the month cannot be told apart",
        "No cell of the column shows which number is the day, so nothing is guessed.",
        "Say in the mapping whether the day or the month comes first.",
    ),
    (
        "not-a-number",
        "error",
        "the cell is not a number",
        "The cell states no number of people, so it gives no figure.",
        "Write digits, such as 1200, or words, such as 'at least 1,200'.",
    ),
    (
        "ambiguous-number",
        "error",
        "the decimal and the thousands mark cannot be told apart",
        "No cell of the column shows whether 1.234 is a thousand or a bit more than one.",
        "Say in the mapping which mark is for decimals and which for thousands.",
    ),
    (
        "negative-number",
        "error",
        "the number is negative",
        "No number of people is below 0; such a cell is an artefact, a correction or a balance.",
        "Ask the publisher what it means; leave it out until then.",
    ),
    (
        "not-whole",
        "error",
        "the number is not whole",
        "People are counted in whole numbers; such a cell is an estimate or a rate.",
        "Find the published whole number, or leave the column out.",
    ),
    (
        "best-outside-bounds",
        "warning",
        "the best estimate lies outside its bounds",
        "The low, best and high numbers of a row do not follow on one another.",
        "Check the columns named under `low` and `high`.",
    ),
    (
        "no-figure",
        "info",
        "cells say that nothing is known",
        "Blank cells and marks such as N/A give no figure, and no zero.",
        "Nothing, if nothing is known.",
    ),
    (
        "rows-left-out",
        "info",
        "rows were left out as the mapping asks",
        "A condition under [[only]] does not hold for them.",
        "Nothing, if that is meant.",
    ),
    (
        "unmapped-rows",
        "info",
        "rows hold a class that the mapping does not name",
        "None of the [[rows]] of the mapping is about them, so they give no figure.",
        "Say in the mapping what they count, if their numbers are wanted.",
    ),
    (
        "ids-given",
        "info",
        "ids were given to rows without one",
        "The table has a column of ids, and these rows leave it blank.",
        "Nothing; when they are published the rows get the next free ids.",
    ),
    (
        "file-date-differs",
        "info",
        "the file's name says another day than its rows",
        "The date in the name and the date inside differ; the one inside was used.",
        "Check which one the publisher means.",
    ),
    (
        "more-findings",
        "info",
        "there are more findings of the same kind",
        "Only the first ones are listed one by one.",
        "Deal with the first ones; the others are likely of the same kind.",
    ),
)
_BY_CODE = {entry[0]: entry for entry in CODES}


def remark(
    code: str,
    file: str,
    problem: str = "",
    *,
    line: int = 0,
    column: str = "",
    value: object = "",
    remedy: str = "",
    sheet: str = "",
) -> Finding:
    """Return the finding of this code, which may also be one that the readers of cells use."""
    if code in _BY_CODE:
        _, severity, title, _, usual = _BY_CODE[code]
    else:
        entry = CATALOGUE[code]
        severity, title, usual = entry.severity, entry.title, entry.remedy
    text = str(value)
    shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return Finding(
        file, line, column, shown, code, problem or title, remedy or usual, severity, sheet
    )
