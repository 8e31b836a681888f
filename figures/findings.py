"""The catalogue of findings: every code that may be reported, declared once in findings.csv.

A code never changes its meaning; ``docs/findings.md`` is made from the catalogue.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from figures.models import Finding

LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding: how grave it is (error, warning or info), what it means, what to do."""

    code: str
    severity: str
    section: str
    title: str
    meaning: str
    remedy: str


def _read() -> dict[str, Entry]:
    path = Path(__file__).with_name("findings.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Entry(**row) for row in csv.DictReader(file)}


CATALOGUE = _read()


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
