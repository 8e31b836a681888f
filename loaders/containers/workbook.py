"""Workbooks (xlsx, xls, ods) through calamine: their sheets as grids of text."""

import datetime as dt
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import python_calamine as calamine

from figures import Finding
from loaders.containers.archive import open_zip, unpack_member
from loaders.containers.codes import UnreadableTable, note, unreadable
from loaders.containers.grid import Grid, Merge
from loaders.containers.limits import SHEET_CELLS
from loaders.containers.sheet_xml import Survey, survey_ods, survey_xlsx

Sheets = list[tuple[str, bool, list[Merge], Any]]
_CHILD = Path(__file__).with_name("xls_child.py")
_PATIENCE = 90


def read_workbook(data: bytes, file: str, sheet: str | None = None) -> list[Grid]:
    """Return a grid for each sheet that holds a cell, or only for the sheet called ``sheet``.

    Raises ``UnreadableTable``: damaged, locked, too large, or without the sheet.
    """
    surveys = _surveyed(data, file)
    sheets = _here(data, file) if surveys else _apart(data, file)
    names = [name for name, *_ in sheets]
    if sheet is not None and sheet not in names:
        listed = ", ".join(repr(name) for name in names)
        remedy = f"The sheets are: {listed}."
        raise unreadable("unknown-sheet", file, f"there is no sheet {sheet!r}", remedy)
    return [_grid(*found, file, surveys) for found in sheets if sheet in (None, found[0])]


def _here(data: bytes, file: str) -> Sheets:
    """Return the sheets of a workbook whose extent is known to be within the limits."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                (info.name, "Visible" in str(info.visible), *_cells(book, info.name))
                for info in book.sheets_metadata
                if "WorkSheet" in str(info.typ)
            ]
    except calamine.PasswordError as error:
        raise unreadable("locked-file", file) from error
    except BaseException as error:
        # A damaged workbook may make calamine panic, which is no ordinary Exception.
        if not _is_calamines(error):
            raise
        raise _damaged(file, str(error)) from error


def _cells(book: Any, name: str) -> tuple[list[Merge], Any]:
    sheet = book.get_sheet_by_name(name)
    return sheet.merged_cell_ranges or [], sheet.to_python(skip_empty_area=False)


def _is_calamines(error: BaseException) -> bool:
    return isinstance(error, calamine.CalamineError | OSError | ValueError) or (
        type(error).__name__ == "PanicException"
    )


def _damaged(file: str, why: str) -> UnreadableTable:
    problem = f"the workbook is damaged: {why[:150] or 'it cannot be read'}"
    return unreadable("unreadable-file", file, problem)


def _apart(data: bytes, file: str) -> Sheets:
    """Return the sheets of a workbook of the old form, read in a process of limited memory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise unreadable("locked-file", file)
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE)
        answer = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise _damaged(file, "its size or its structure is impossible") from error
    if "locked" in answer:
        raise unreadable("locked-file", file)
    if "damaged" in answer:
        raise _damaged(file, answer["damaged"])
    return [tuple(found) for found in answer["sheets"]]


def _surveyed(data: bytes, file: str) -> dict[str, Survey]:
    """Return what the XML of each sheet says that calamine does not, the limits being kept."""
    if not data.startswith(b"PK"):
        return {}
    with open_zip(data, file) as archive:
        spent, parts = 0, {}
        for member in archive.infolist():
            content = b"".join(unpack_member(archive, member, file, spent))
            spent += len(content)
            if member.filename.endswith((".xml", ".rels")):
                parts[member.filename] = content
    surveys = survey_xlsx(parts) if "xl/workbook.xml" in parts else survey_ods(parts)
    for sheet, survey in surveys.items():
        if survey.rows * survey.columns > SHEET_CELLS:
            size = f"{survey.rows:,} rows by {survey.columns:,} columns"
            raise unreadable("too-large", file, f"the sheet {sheet!r} spans {size}")
    return surveys


def _grid(
    name: str,
    visible: bool,
    merged: list[Merge],
    cells: Any,
    file: str,
    surveys: dict[str, Survey],
) -> Grid:
    rows = [[_text(cell) for cell in row] for row in cells]
    merges: list[Merge] = [((a, b), (c, d)) for (a, b), (c, d) in merged]
    findings = _put_errors(rows, surveys.get(name), name, file)
    if not visible:
        findings.append(note("hidden-sheet", file, sheet=name))
    return Grid(rows, list(range(1, len(rows) + 1)), name, merges, findings)


def _put_errors(
    rows: list[list[str]], survey: Survey | None, sheet: str, file: str
) -> list[Finding]:
    """Put the errors that calamine leaves out back into their cells, with a finding for each."""
    findings = []
    for row, column, text in survey.errors if survey else []:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
        where = f"{column_letters(column)}{row + 1}"
        findings.append(
            note("cell-error", file, f"cell {where} holds {text}", line=row + 1, value=text,
                 sheet=sheet)
        )  # fmt: skip
    for row, column in survey.uncomputed if survey else []:
        where = f"cell {column_letters(column)}{row + 1} holds a formula without a result"
        findings.append(note("formula-not-computed", file, where, line=row + 1, sheet=sheet))
    return findings


def column_letters(place: int) -> str:
    """Return the letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text(cell: Any) -> str:
    """Return a cell as text: dates in ISO form, whole numbers without a dot, TRUE and FALSE."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def number_text(number: float) -> str:
    """Return a number as text that no reader can take for one with thousands marks.

    1.234 becomes 1.2340: in text, three digits after a dot may be thousands.
    """
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return unmistakable(repr(number))


def unmistakable(text: str) -> str:
    """Return the decimal number with a fourth decimal where it has exactly three."""
    return text + "0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text
