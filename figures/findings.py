"""The catalogue of findings: every code that may be reported, declared once.

A code never changes its meaning; ``docs/findings.md`` is made from this list.
"""

from dataclasses import dataclass

from figures.models import Finding

LONGEST_VALUE = 200
ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding: how grave it is, what it means and what to do about it."""

    code: str
    severity: str
    title: str
    meaning: str
    remedy: str


_ENTRIES = (
    # Files
    Entry(
        "missing-file",
        ERROR,
        "a file is missing",
        "The folder should hold this file, and it does not.",
        "Add the file; the code book says what it holds.",
    ),
)

CATALOGUE = {entry.code: entry for entry in _ENTRIES}


def report(
    code: str,
    file: str,
    *,
    line: int = 0,
    column: str = "",
    value: object = "",
    problem: str = "",
    remedy: str = "",
    sheet: str = "",
) -> Finding:
    """Return the finding of this code at this place, with the catalogue's words unless told.

    ``line`` is the line a spreadsheet shows, 0 for the file as a whole. Raises ``KeyError`` for a
    code that the catalogue does not hold.
    """
    entry = CATALOGUE[code]
    text = str(value)
    return Finding(
        file=file,
        line=line,
        column=column,
        value=text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…",
        code=code,
        problem=problem or entry.title,
        remedy=remedy or entry.remedy,
        severity=entry.severity,
        sheet=sheet,
    )
