"""Ids for figures whose table has none: the same for the same cell, whenever it is read."""

import re
import unicodedata
import zlib
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from figures import Finding
from loaders.mapping.coded import Codes
from loaders.mapping.codes import remark
from loaders.mapping.model import TEMPLATE
from loaders.mapping.plan import Plan
from loaders.mapping.sheet import Sheet
from loaders.raw import RawTable

_LONGEST_PART = 32


def slug(text: str) -> str:
    """Return a text as a part of an id, at most 32 characters; '' where nothing is left.

    A text that loses characters on the way gets a checksum, so that two do not become one.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    result = re.sub(r"[^A-Za-z0-9._]+", "-", plain).strip("-._").lower()
    lossy = len(result) > _LONGEST_PART or len(plain.strip()) < len(text.strip()) / 2
    if lossy:
        return f"{result[: _LONGEST_PART - 9].rstrip('-._')}-{zlib.crc32(text.encode()):08x}".strip(
            "-"
        )
    return result


def figure_ids(
    pattern: str,
    sheet: Sheet,
    listed: list[Plan],
    numbers: Codes,
    lines: Codes,
    columns: dict[str, npt.NDArray[np.object_]],
) -> npt.NDArray[np.object_]:
    """Return an id for each figure; ``numbers`` are the places of their columns in ``listed``."""
    slugs = _column_slugs(listed)
    fixed = {
        "file": slug(PurePath(sheet.table.file).stem) or "table",
        "sheet": slug(sheet.table.sheet),
    }
    used = [name for name in TEMPLATE.findall(pattern) if name in columns]
    ids = []
    for place, (number, line) in enumerate(zip(numbers.tolist(), lines.tolist(), strict=True)):
        parts = fixed | {"line": str(line), "column": slugs[number]}
        parts |= {name: slug(columns[name][place]) for name in used}
        text = pattern
        for name in TEMPLATE.findall(pattern):
            text = text.replace(f"{{{name}}}", parts.get(name, ""))
        ids.append(re.sub(r"-{2,}", "-", text).strip("-._:")[:80])
    return np.array(ids, dtype=object)


def _column_slugs(listed: list[Plan]) -> list[str]:
    """Return a part of an id for each column of numbers, no two alike."""
    result: list[str] = []
    for number, plan in enumerate(listed):
        part = slug(plan.column) or f"c{number + 1}"
        result.append(part if part not in result else f"{part[:28]}-{number + 1}")
    return result


def filled_ids(
    own: npt.NDArray[np.object_], made: npt.NDArray[np.object_], table: RawTable, column: str
) -> tuple[npt.NDArray[np.object_], list[Finding]]:
    """Return a table's own ids, the blank ones made, and a finding that says how many those are."""
    blank = np.array([not str(text).strip() for text in own], dtype=bool)
    if not blank.any():
        return own, []
    count = int(blank.sum())
    problem = (
        f"1 row has no id in {column!r}; one was given to it"
        if count == 1
        else f"{count:,} rows have no id in {column!r}; ids were given to them"
    )
    found = remark("ids-given", table.file, problem, column=column, sheet=table.sheet)
    return np.where(blank, made, own), [found]


def with_ids(table: RawTable) -> RawTable:
    """Return a table in our own columns with an id in every row that says anything at all."""
    names = [name for name in table.cells.column_names if name.strip().lower() == "figure_id"]
    if len(names) != 1:
        return table
    own = _texts(table, names[0])
    stem = slug(PurePath(table.file).stem) or "table"
    made = np.array([f"{stem}-{line}"[:80] for line in table.lines.tolist()], dtype=object)
    others = [_texts(table, name) for name in table.cells.column_names if name != names[0]]
    says = np.array([any(map(str.strip, row)) for row in zip(*others, strict=True)], dtype=bool)
    own[says], findings = filled_ids(own[says], made[says], table, names[0])
    cells = table.cells.set_column(
        table.cells.column_names.index(names[0]), names[0], pa.array(own.tolist(), pa.string())
    )
    return replace(table, cells=cells, findings=(*table.findings, *findings))


def _texts(table: RawTable, name: str) -> npt.NDArray[Any]:
    return np.array([str(cell or "") for cell in table.cells.column(name).to_pylist()], object)
