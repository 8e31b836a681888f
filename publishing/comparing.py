"""What differs between two versions, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from loaders import Library
from publishing.change import IDS, TABLES

_FIRST = ["table", "crisis", "id"]


@dataclass(frozen=True)
class Comparison:
    """The rows that were added and removed, and each changed cell.

    ``added`` and ``removed`` have the columns table, crisis, id and those of the tables;
    ``changed`` has table, crisis, id, column, before, after. ``files`` names the files whose
    content differs, also where no row does.
    """

    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame
    files: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.files)


Rows = dict[tuple[str, str, str], dict[str, str]]


def rows_of_library(library: Library) -> Rows:
    """Return every row as text, by table, crisis and id."""
    rows: Rows = {}
    for table, model in TABLES.items():
        frame = getattr(library, table)
        crises = frame["crisis"].astype(str) if "crisis" in frame else [""] * len(frame)
        columns = {name: _texts(frame[name]) for name in model.model_fields}
        ids = columns[IDS[table]]
        for number, key in enumerate(zip(crises, ids, strict=True)):
            cells = {name: cells[number] for name, cells in columns.items() if cells[number]}
            rows.setdefault((table, *key), cells)
    return rows


def _texts(cells: "pd.Series[Any]") -> list[str]:
    """Return a column as the text of its file."""
    if cells.dtype.kind == "M":
        return [_moment(cell) for cell in cells]
    if cells.dtype.kind == "f":
        return ["" if cell != cell else f"{cell:.0f}" for cell in cells]
    return ["" if cell is None or cell != cell else str(cell) for cell in cells]


def _moment(cell: object) -> str:
    if not isinstance(cell, pd.Timestamp):
        return ""
    return cell.date().isoformat() if cell == cell.normalize() else cell.isoformat()


def difference(before: Library, after: Library, files: Mapping[str, object]) -> Comparison:
    """Return what differs between two libraries; ``files`` names the files that do."""
    old, new = rows_of_library(before), rows_of_library(after)
    changed = [
        (*key, column, old[key].get(column, ""), new[key].get(column, ""))
        for key in new
        if key in old and old[key] != new[key]
        for column in {**old[key], **new[key]}
        if old[key].get(column, "") != new[key].get(column, "")
    ]
    return Comparison(
        _frame({key: cells for key, cells in new.items() if key not in old}),
        _frame({key: cells for key, cells in old.items() if key not in new}),
        pd.DataFrame(changed, columns=[*_FIRST, "column", "before", "after"]),
        tuple(sorted(files)),
    )


def _frame(rows: Rows) -> pd.DataFrame:
    records = [dict(zip(_FIRST, key, strict=True)) | cells for key, cells in rows.items()]
    return pd.DataFrame(records, columns=None if records else _FIRST).fillna("")
