"""Workbooks (xlsx, xls, ods) through calamine: their sheets as grids of text."""

import datetime as dt
import io
import re
from typing import Any

import python_calamine as calamine

from figures import Finding
from loaders.containers.archive import open_zip, unpack_member
from loaders.containers.codes import UnreadableTable, note, unreadable
from loaders.containers.grid import Grid
from loaders.containers.limits import SHEET_CELLS
from loaders.containers.sheet_xml import Survey, survey_ods, survey_xlsx


def read_workbook(data: bytes, file: str, sheet: str | None = None) -> list[Grid]:
    """Return a grid for each sheet that holds a cell, or only for the sheet called ``sheet``.

    Raises ``UnreadableTable``: damaged, locked, too large, or without the sheet.
    """
    surveys = _surveyed(data, file)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _grids(book, file, sheet, surveys)
    except UnreadableTable:
        raise
    except calamine.PasswordError as error:
        raise unreadable("locked-file", file) from error
    except BaseException as error:
        # A damaged workbook may make calamine panic, which is no ordinary Exception.
        if not _is_calamines(error):
            raise
        problem = f"the workbook is damaged: {str(error)[:150]}"
        raise unreadable("unreadable-file", file, problem) from error


def _is_calamines(error: BaseException) -> bool:
    return isinstance(error, calamine.CalamineError | OSError | ValueError) or (
        type(error).__name__ == "PanicException"
    )


def _surveyed(data: bytes, file: str) -> dict[str, Survey]:
    """Return what the XML of each sheet says that calamine does not, the limits being kept."""
    if not data.startswith(b"PK"):
        return {}
    with open_zip(data, file) as archive:
        names = {member.filename: member for member in archive.infolist()}
        spent, parts = 0, {}
        for name, member in names.items():
            content = b"".join(unpack_member(archive, member, file, spent))
            spent += len(content)
            if name.endswith((".xml", ".rels")):
                parts[name] = content
    surveys = survey_xlsx(parts) if "xl/workbook.xml" in parts else survey_ods(parts)
    for sheet, survey in surveys.items():
        if survey.rows * survey.columns > SHEET_CELLS:
            size = f"{survey.rows:,} rows by {survey.columns:,} columns"
            raise unreadable("too-large", file, f"the sheet {sheet!r} spans {size}")
    return surveys


def _grids(book: Any, file: str, wanted: str | None, surveys: dict[str, Survey]) -> list[Grid]:
    infos = [info for info in book.sheets_metadata if "WorkSheet" in str(info.typ)]
    names = [info.name for info in infos]
    if wanted is not None and wanted not in names:
        listed = ", ".join(repr(name) for name in names)
        problem = f"there is no sheet {wanted!r}"
        raise unreadable("unknown-sheet", file, problem, f"The sheets are: {listed}.")
    grids = []
    for info in infos:
        if wanted in (None, info.name):
            grid = _grid(book.get_sheet_by_name(info.name), info.name, file, surveys)
            if "Visible" not in str(info.visible):
                grid.findings.append(note("hidden-sheet", file, sheet=info.name))
            grids.append(grid)
    return grids


def _grid(sheet: Any, name: str, file: str, surveys: dict[str, Survey]) -> Grid:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merges = [(tuple(a), tuple(b)) for a, b in sheet.merged_cell_ranges or []]
    findings = _put_errors(rows, surveys.get(name), name, file)
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
