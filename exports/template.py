"""The blank table for figures: as CSV, and as a workbook with drop-downs and notes."""

import io
from typing import Any

import pandas as pd
from pydantic.fields import FieldInfo

from exports.cells import safe
from exports.codebook import code_book, examples, note_of
from exports.workbook import DAY, Book, long_texts, opened, rows_of
from figures import Figure, Source
from figures.cells import FIRST_DAY, LARGEST, LAST_DAY
from figures.codebook import type_of, vocabulary_of
from reconciliation.wording import say

# How many rows have drop-downs and checks.
ROWS = 5_000
LISTS = "Lists"
# Excel takes no list of more than 255 characters, so every list stands on a sheet.
WIDE = {"expression": 30, "note": 40, "url": 40, "scope": 24}


def template(sources: pd.DataFrame | None = None) -> bytes:
    """Return a blank workbook for figures, made from the models.

    Each heading has a note on what the column means. Words, sources and publishers are picked from
    lists (``sources`` has the columns source and name), days and numbers are checked. The loader
    reads the filled-in workbook without a mapping.
    """
    target = io.BytesIO()
    book = opened(target)
    sheet = book.sheet(say("Figures"))
    lists = _lists(sources)
    for place, (name, field) in enumerate(Figure.model_fields.items()):
        _column(book, sheet, place, name, field)
    sheet.freeze_panes(1, 1)
    _write_lists(book, lists)
    for place, (name, field) in enumerate(Figure.model_fields.items()):
        check = _check(name, field, lists)
        if check:
            sheet.data_validation(1, place, ROWS, place, check)
    if sources is not None:
        rows_of(book, book.sheet(say("Sources")), sources[list(Source.model_fields)])
    rows_of(book, book.sheet(say("Code book")), code_book())
    long_texts(book)
    book.file.close()
    return target.getvalue()


def _column(book: Book, sheet: Any, place: int, name: str, field: FieldInfo) -> None:
    needed = field.is_required()
    style = book.format(bold=True, bottom=1, bg_color="#D9E8F2" if needed else "#F2F5F7")
    cells = {"date": book.format(num_format=DAY), "datetime": book.format(num_format=DAY)}
    sheet.set_column(
        place, place, WIDE.get(name, max(12, len(name) + 3)), cells.get(type_of(field))
    )
    sheet.write_string(0, place, name, style)
    sheet.write_comment(0, place, note_of(field), {"x_scale": 2.6, "y_scale": 2.4, "author": ""})


def _lists(sources: pd.DataFrame | None) -> dict[str, list[str]]:
    """Return the words of each column that has some, by the column's name."""
    lists: dict[str, list[str]] = {}
    for name, field in Figure.model_fields.items():
        words = vocabulary_of(field)
        found = [str(getattr(word, "value", word)) for word in words or examples(field)]
        if found:
            lists[name] = found
    if sources is not None and len(sources):
        lists["source"] = sources["source"].astype(str).tolist()
    return lists


def _write_lists(book: Book, lists: dict[str, list[str]]) -> None:
    sheet = book.sheet(LISTS)
    # The drop-downs need it; who fills the table in does not.
    sheet.hide()
    for place, (name, words) in enumerate(lists.items()):
        sheet.set_column(place, place, 22)
        sheet.write_string(0, place, name, book.format(bold=True))
        for row, word in enumerate(words, start=1):
            sheet.write_string(row, place, str(safe(word)))


def _check(name: str, field: FieldInfo, lists: dict[str, list[str]]) -> dict[str, Any]:
    """Return what Excel shall check in a column; nothing where any text is right."""
    about = {"ignore_blank": True, "input_title": name[:32]}
    known = "source" if name == "publisher" else name
    if known in lists:
        return about | _choice(list(lists).index(known), len(lists[known]), _free(name))
    kind = type_of(field)
    if kind in ("date", "datetime"):
        return about | {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DAY,
            "maximum": LAST_DAY,
            "error_title": say("Not a day"),
            "error_message": say("Write the day as 2025-12-24, between 1900 and 2100."),
        }
    if kind == "integer":
        return about | {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": LARGEST,
            "error_title": say("Not a number"),
            "error_message": say("Write digits only, such as 1200. Unknown is not 0."),
        }
    return {}


def _free(name: str) -> bool:
    """Return whether a word that is not in the list may be right, too."""
    return name in ("population", "source", "publisher")


def _choice(place: int, count: int, free: bool) -> dict[str, Any]:
    column = chr(ord("A") + place)
    return {
        "validate": "list",
        "source": f"={LISTS}!${column}$2:${column}${count + 1}",
        "error_type": "warning" if free else "stop",
        "error_title": say("Not in the list"),
        "error_message": (
            say("This word is not in the list yet. Is it right?")
            if free
            else say("Pick one of the words in the list.")
        ),
    }
