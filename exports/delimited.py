"""Tables as CSV: for any spreadsheet, and for our own loader."""

import csv as writing
import io
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from exports.cells import safe

# Excel takes a CSV file for UTF-8 only if it begins with this mark.
MARK = b"\xef\xbb\xbf"


def csv(table: pd.DataFrame, about: Mapping[str, str] | None = None) -> bytes:
    """Return the table as CSV that Excel opens as UTF-8 and never runs as a formula.

    ``about`` (title, source, link, day …) goes below the table, after an empty line, as pairs of
    name and text: meant for the table of one chart. Leave it out of files of figures, which other
    programs read row by row.
    """
    clean = table.astype(object).map(safe).rename(columns=safe)
    rows: list[list[object]] = [list(clean.columns), *clean.to_numpy(object).tolist()]
    if about:
        rows += [[], *([safe(name), safe(text)] for name, text in about.items())]
    return MARK + lines(rows).encode("utf-8", "replace")


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as the text of a CSV file; a missing cell is empty, a day is written ISO."""
    target = io.StringIO(newline="")
    writer = writing.writer(target, lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return target.getvalue()


def _text(cell: Any) -> object:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat() if cell == cell.normalize() else cell.isoformat()
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else cell
