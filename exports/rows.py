"""Rows as the text of CSV and JSON files, a column of many rows at a time.

A million figures are put together by Arrow, which lets other threads work meanwhile: readers do
not wait while somebody takes the whole library away.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from exports.columns import TEXT, by_word, moments

BATCH = 20_000
# What puts a cell of a CSV file in quotes, as csv.writer does; what JSON writes otherwise.
_QUOTED = '[",\r\n]'
_ESCAPED = r'[\x00-\x1f"\\]'


def csv_rows(table: pa.Table) -> Iterator[bytes]:
    """Yield the rows of a table of text as CSV, many at a time, each with its line end."""
    for batch in table.to_batches(max_chunksize=BATCH):
        cells = _joined(",", [_quoted(column) for column in batch.columns])
        yield _bytes(_around("", cells, "\r\n"))


def json_rows(table: pa.Table) -> Iterator[bytes]:
    """Yield typed rows as JSON objects, many at a time, each with a comma and a line end after it.

    Days are ISO text, numbers are numbers, what is missing is null.
    """
    for batch in table.to_batches(max_chunksize=BATCH):
        named = [
            _around(f"{json.dumps(name)}: ", _value(column), "")
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
        yield _bytes(_around("{", _joined(", ", named), "},\n"))


def _joined(between: str, columns: Iterable[Any]) -> Any:
    return pc.binary_join_element_wise(*columns, pa.scalar(between, TEXT))


def _around(before: str, column: Any, after: str) -> Any:
    return _joined("", [pa.scalar(before, TEXT), column, pa.scalar(after, TEXT)])


def _quoted(column: Any) -> Any:
    """Return cells, those in quotes that need it."""
    needing = pc.match_substring_regex(column, _QUOTED)
    if not pc.any(needing).as_py():
        return column
    doubled = pc.replace_substring(column.filter(needing), '"', '""')
    return pc.replace_with_mask(column, needing, _around('"', doubled, '"'))


def _value(column: Any) -> Any:
    """Return cells as JSON writes them."""
    kind = column.type
    if pa.types.is_integer(kind):
        return pc.fill_null(column.cast(TEXT), "null")
    if pa.types.is_date(kind):
        return pc.fill_null(_around('"', column.cast(TEXT), '"'), "null")
    if pa.types.is_timestamp(kind):
        words = column.dictionary_encode()
        return by_word(words, lambda found: _around('"', moments(found), '"'), "null")
    return by_word(column, _words, "null")


def _words(column: Any) -> Any:
    """Return texts in quotes, with what JSON does not write as it is escaped."""
    found = _around('"', column, '"')
    needing = pc.fill_null(pc.match_substring_regex(column, _ESCAPED), False)
    if not pc.any(needing).as_py():
        return found
    escaped = [json.dumps(text, ensure_ascii=False) for text in column.filter(needing).to_pylist()]
    return pc.replace_with_mask(found, needing, pa.array(escaped, TEXT))


def _bytes(column: Any) -> bytes:
    """Return the texts of a column, one after the other, as they lie in memory."""
    ends = pa.Array.from_buffers(pa.int64(), len(column) + 1, [None, column.buffers()[1]],
                                 offset=column.offset)  # fmt: skip
    start, end = ends[0].as_py(), ends[len(column)].as_py()
    return bytes(column.buffers()[2].slice(start, end - start)) if end > start else b""
