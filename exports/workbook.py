"""Workbooks for Excel and LibreOffice: typed cells, and everything kept that Excel has no room for.

Text never becomes a formula or a link. A text longer than a cell may be goes on in the sheet
*Long texts*; a table longer than a sheet goes on in another sheet; the sheet *About* says so.
"""

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import xlsxwriter
from pandas.api.types import is_datetime64_any_dtype

from exports.cells import safe, typed
from reconciliation.wording import number, say

CELL = 32_767
ROWS = 1_048_576
# Room for the words that say where a text goes on.
PIECE = 32_000
# Beyond this a workbook is written row by row to a temporary file instead of in memory.
IN_MEMORY = 50_000
WIDEST, NARROWEST = 60, 8
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
# Excel counts days from here on; and a number of more than 15 digits would be rounded.
FIRST_DAY = dt.datetime(1900, 3, 1)
LARGEST = 10**15
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass
class Book:
    """A workbook being written: its formats, its notes and the texts too long for a cell."""

    file: Any
    rows: int = ROWS
    notes: list[str] = field(default_factory=list)
    long: list[tuple[str, str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    formats: dict[str, Any] = field(default_factory=dict)

    def format(self, **properties: Any) -> Any:
        """Return the format with these properties, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(properties)
        return self.formats[key]

    def sheet(self, wanted: str) -> Any:
        """Return a new sheet, named as asked for as far as Excel allows."""
        clean = _BAD_IN_NAME.sub(" ", wanted).strip(" '")[:31] or say("Sheet")
        name, count = clean, 1
        while name.casefold() in self.names:
            count += 1
            name = f"{clean[:25]} ({count})"
        self.names.append(name.casefold())
        return self.file.add_worksheet(name)


def xlsx(
    sheets: Mapping[str, pd.DataFrame],
    about: Mapping[str, str] | None = None,
    *,
    rows: int = ROWS,
) -> bytes:
    """Return a workbook with one sheet per table, and a sheet *About* of names and texts.

    Dates and numbers are typed; the header is frozen, with filters. ``rows`` is how many rows,
    the header included, a sheet may have.
    """
    largest = max((len(table) for table in sheets.values()), default=0)
    target = io.BytesIO()
    book = opened(target, constant_memory=largest > IN_MEMORY)
    book.rows = rows
    for name, table in sheets.items():
        _table(book, name, table)
    long_texts(book)
    _about(book, about or {})
    book.file.close()
    return target.getvalue()


def opened(target: io.BytesIO, *, constant_memory: bool = False) -> Book:
    """Return an empty workbook that turns no text into a formula, a link or a number."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": constant_memory,
    }
    return Book(xlsxwriter.Workbook(target, options))


def _table(book: Book, name: str, table: pd.DataFrame) -> None:
    """Write a table to as many sheets as it needs."""
    room = book.rows - 1
    parts = range(0, max(len(table), 1), room)
    for start in parts:
        part = table.iloc[start : start + room]
        sheet = book.sheet(name)
        rows_of(book, sheet, part)
        if len(parts) > 1:
            message = "The sheet “{sheet}” holds rows {first} to {last} of {all}."
            book.notes.append(
                say(message, sheet=sheet.name, first=number(start + 1),
                    last=number(start + len(part)), all=number(len(table)))
            )  # fmt: skip


def rows_of(book: Book, sheet: Any, table: pd.DataFrame) -> None:
    """Write a table to a sheet: its header frozen, with filters, each cell as what it is."""
    names = [str(safe(str(name))) for name in table.columns]
    for place, name in enumerate(names):
        column = table.iloc[:, place]
        sheet.set_column(place, place, _width(name, column), _format(book, column))
    header = book.format(bold=True, bottom=1, text_wrap=True, valign="top")
    for place, name in enumerate(names):
        sheet.write_string(0, place, _cut(book, sheet.name, 0, place, name), header)
    formats = [_format(book, table.iloc[:, place]) for place in range(len(names))]
    columns = [table.iloc[:, place].astype(object).tolist() for place in range(len(names))]
    for row, cells in enumerate(zip(*columns, strict=True), start=1):
        for place, cell in enumerate(cells):
            write(book, sheet, row, place, cell, formats[place])
    sheet.freeze_panes(1, 0)
    if names:
        sheet.autofilter(0, 0, len(table), len(names) - 1)


def write(book: Book, sheet: Any, row: int, place: int, cell: Any, style: Any = None) -> None:
    """Write one cell as what it is: a number, a day, a moment, a text or nothing."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int | float) and abs(cell) < LARGEST:
        sheet.write_number(row, place, cell, style)
    elif isinstance(cell, dt.date) and pd.Timestamp(cell) >= FIRST_DAY:
        sheet.write_datetime(row, place, _moment(cell), _day_format(book, cell))
    else:
        text = "∞" if cell == math.inf else str(typed(str(cell)))
        sheet.write_string(row, place, _cut(book, sheet.name, row, place, text), style)


def _moment(cell: dt.date) -> dt.datetime:
    return pd.Timestamp(cell).to_pydatetime().replace(tzinfo=None)


def _day_format(book: Book, cell: dt.date) -> Any:
    whole = not isinstance(cell, dt.datetime) or cell.time() == dt.time()
    return book.format(num_format=DAY if whole else MOMENT)


def _format(book: Book, column: "pd.Series[Any]") -> Any:
    """Return how the cells of a column are shown; nothing where each is shown as it is."""
    if is_datetime64_any_dtype(column.dtype):
        clock = bool((column.dropna() != column.dropna().dt.normalize()).any())
        return book.format(num_format=MOMENT if clock else DAY)
    if column.dtype.kind in "iu":
        return book.format(num_format="#,##0")
    if column.dtype.kind == "f":
        found = column[column.notna() & (column.abs() != math.inf)]
        return book.format(num_format="#,##0") if bool((found % 1 == 0).all()) else None
    return None


def _width(name: str, column: "pd.Series[Any]") -> int:
    if is_datetime64_any_dtype(column.dtype):
        return max(12, len(name) + 3)
    longest = max((len(str(cell)) for cell in column.head(200)), default=0)
    return min(max(longest + 1, len(name) + 3, NARROWEST), WIDEST)


def _cut(book: Book, sheet: str, row: int, place: int, text: str) -> str:
    """Return what fits into a cell; the whole text goes to the sheet of long texts."""
    # Excel counts a sign outside the basic plane as two.
    if len(text) <= CELL // 2 or len(text.encode("utf-16-le", "replace")) // 2 <= CELL:
        return text
    where = f"{xlsxwriter.utility.xl_rowcol_to_cell(row, place)}"
    pieces = [text[at : at + PIECE // 2] for at in range(0, len(text), PIECE // 2)]
    book.long += [(sheet, where, str(safe(piece))) for piece in pieces]
    note = say("… (the whole text is in the sheet “{sheet}”)", sheet=say("Long texts"))
    return pieces[0] + note


def long_texts(book: Book) -> None:
    """Write the texts that were too long for their cells, if there were any, and say so."""
    if not book.long:
        return
    table = pd.DataFrame(book.long, columns=[say("Sheet"), say("Cell"), say("Text")])
    message = (
        "Excel holds {most} characters in a cell. Longer texts are whole in the sheet “{sheet}”, "
        "in pieces one below the other."
    )
    book.notes.append(say(message, most=number(CELL), sheet=say("Long texts")))
    rows_of(book, book.sheet(say("Long texts")), table)


def _about(book: Book, about: Mapping[str, str]) -> None:
    lines: Sequence[tuple[str, str]] = [
        *((str(name), str(text)) for name, text in about.items()),
        *((say("Note"), note) for note in book.notes),
    ]
    if not lines:
        return
    sheet = book.sheet(say("About"))
    sheet.set_column(0, 0, 24, book.format(bold=True, valign="top"))
    sheet.set_column(1, 1, 90, book.format(text_wrap=True, valign="top"))
    for row, (name, text) in enumerate(lines):
        write(book, sheet, row, 0, name, book.format(bold=True, valign="top"))
        write(book, sheet, row, 1, text[:CELL], book.format(text_wrap=True, valign="top"))
