"""The apostrophe that keeps a spreadsheet from running a cell: put on in our files, taken off here.

A text that a spreadsheet could take for a formula stands in our CSV and Excel files with an
apostrophe in front, as spreadsheets themselves mark text. A text that already looks so gets one
more, so that taking one off gives back every text as it was.
"""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from loaders.raw import RawTable

# What Excel, LibreOffice or Sheets may take for the beginning of a formula; the wide forms count
# where the computer is set to Japanese or Chinese.
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"
_CLASS = r"[=+\-@\t\r\n＝＋－＠]"
# For Arrow: texts that need an apostrophe, and texts that have one.
RUNNABLE, GUARDED = f"^'*{_CLASS}", f"^'+{_CLASS}"


def guarded(text: str) -> str:
    """Return the text with an apostrophe in front where a spreadsheet could run it."""
    return GUARD + text if text.lstrip(GUARD).startswith(SIGNS) else text


def unguarded(text: str) -> str:
    """Return the text without the apostrophe that :func:`guarded` put in front of it."""
    guard = text.startswith(GUARD) and text.lstrip(GUARD).startswith(SIGNS)
    return text[1:] if guard else text


def bare(table: RawTable) -> RawTable:
    """Return a table whose cells have lost the apostrophe that :func:`guarded` puts on."""
    old = table.cells.columns
    new = [_bare(column) for column in old]
    if all(one is other for one, other in zip(new, old, strict=True)):
        return table
    # The schema holds what is known of each column, its tag for one.
    return replace(table, cells=pa.table(new, schema=table.cells.schema))


def _bare(column: pa.ChunkedArray) -> pa.ChunkedArray:
    old = column.chunks
    new = [_chunk(chunk) for chunk in old]
    if all(one is other for one, other in zip(new, old, strict=True)):
        return column
    return pa.chunked_array(new, column.type)


def _chunk(chunk: Any) -> Any:
    if pa.types.is_dictionary(chunk.type):
        words = _chunk(chunk.dictionary)
        if words is chunk.dictionary:
            return chunk
        return pa.DictionaryArray.from_arrays(chunk.indices, words)
    if not pc.any(pc.starts_with(chunk, GUARD)).as_py():
        return chunk
    return pc.if_else(
        pc.match_substring_regex(chunk, GUARDED), pc.utf8_slice_codeunits(chunk, 1), chunk
    )
