"""What the name of a file says about the day of its rows."""

import re

import pyarrow.compute as pc

from figures import Finding
from loaders.mapping.codes import remark
from loaders.raw import RawTable

_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def file_day(figures: RawTable, table: RawTable) -> list[Finding]:
    """Return the finding that the file's name has one day and all its figures another."""
    found = _DAY.findall(table.file)
    days = pc.unique(figures.cells.column("as_of")).to_pylist()
    if len(found) != 1 or len(days) != 1 or "-".join(found[0]) == days[0]:
        return []
    named = "-".join(found[0])
    problem = f"the file's name says {named}, its rows say {days[0]}"
    return [
        remark("file-date-differs", table.file, problem, column="as_of", value=named,
               sheet=table.sheet)
    ]  # fmt: skip
