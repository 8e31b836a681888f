"""Ids for figures whose table has none: the same for the same cell, whenever it is read."""

import re
import unicodedata
import zlib
from pathlib import PurePath

import numpy as np
import numpy.typing as npt

from loaders.mapping.coded import Codes
from loaders.mapping.model import TEMPLATE
from loaders.mapping.plan import Plan
from loaders.mapping.sheet import Sheet

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
