"""Rows that are totals of other rows."""

import re
from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.containers.shapes import is_missing, is_total
from loaders.raw import RawTable

_LABEL_COLUMNS = 3
_CLASSES = re.compile(r"qualif|quantif|sex|gender|\btype|categor|\bunit|genre|sexe|sexo", re.I)


def totals_rows(table: RawTable, ignored: Collection[str | None] = ()) -> list[tuple[int, str]]:
    """Return the rows that are totals of others: (place of the row, column that says so).

    A column in which every fifth row says so names a class ('Total', 'Male' …), not totals; nor do
    the columns in ``ignored`` and those whose heading says that they name classes.
    """
    found: dict[int, str] = {}
    labels = [name for name in table.cells.column_names[:_LABEL_COLUMNS] if name not in ignored]
    for name in labels:
        if _CLASSES.search(name):
            continue
        column = table.cells.column(name)
        # Ids and numbers, of which there may be a million, cannot be words for a total.
        words = pc.filter(column, pc.match_substring_regex(column, r"^[^0-9]{1,40}$"))
        said = pc.unique(words).to_pylist()
        totals = [text for text in said if not is_missing(text) and is_total(text)]
        if not totals:
            continue
        rows = np.flatnonzero(np.asarray(pc.is_in(column, pa.array(totals, pa.string()))))
        if len(rows) <= max(len(totals), table.cells.num_rows // 5):
            found |= {int(row): name for row in rows if int(row) not in found}
    return sorted(found.items())
