"""What every container yields before the table in it is found: rows of text and their numbers."""

from dataclasses import dataclass, field

from figures import Finding

Rows = list[list[str]]
# The first and the last cell, each as (row, column) counted from 0, both included.
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Grid:
    """The cells of one sheet. ``numbers`` are the rows' numbers as a spreadsheet shows them.

    ``merges`` are the merged cells, where the container says so. ``header`` is True when the first
    row is known to be the header (records of JSON).
    """

    rows: Rows
    numbers: list[int]
    sheet: str = ""
    merges: list[Merge] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    header: bool = False
