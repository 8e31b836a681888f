"""Large and regular text: its head is read with care, the rest of it at the speed of Arrow."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from loaders.containers.delimited import Marks, marks
from loaders.containers.grid import Grid
from loaders.containers.limits import ROWS
from loaders.containers.table import examined, placed
from loaders.raw import RawTable

SMALL = 1 << 20
_HEAD = 300
_TAIL = 50
_BLOCK = 8 << 20


def read_quickly(
    text: str,
    file: str,
    delimiter: str | None = None,
    header_rows: Sequence[int] | None = None,
    skip_rows: Iterable[int] = (),
) -> RawTable | None:
    """Return the table in a large text, or None where something in it asks for more care."""
    told = (*(header_rows or ()), *skip_rows)
    if len(text) < SMALL or any(number > _HEAD // 2 for number in told):
        return None
    how, text = marks(text, delimiter)
    if text.count(how.quote) % 2:
        return None
    rows, rest = _parted(text, how)
    numbers = list(range(1 + how.skipped, len(rows) + 1 + how.skipped))
    head = placed(Grid(rows, numbers), file, header_rows, skip_rows)
    width = head.cells.num_columns
    plain = not any(f.code in ("footnote", "ragged-row", "no-header") for f in head.findings)
    if not plain or {len(row) for row in rows[-_TAIL:]} != {width}:
        return None
    body = _body(rest, head.cells.column_names, how)
    if body is None or body.num_rows > ROWS or _ends_in_notes(body):
        return None
    return examined(_joined(head, body, numbers[-1]))


def _parted(text: str, how: Marks) -> tuple[list[list[str]], str]:
    """Return the first rows, and the text after them."""
    lines = io.StringIO(text, newline="")
    counted: list[int] = []

    def each() -> Iterable[str]:
        for line in lines:
            counted.append(len(line))
            yield line

    reader = csv.reader(each(), delimiter=how.delimiter, quotechar=how.quote)
    rows = list(islice(reader, _HEAD))
    return rows, text[sum(counted) :]


def _body(rest: str, names: list[str], how: Marks) -> pa.Table | None:
    data = rest.rstrip("\r\n").encode() + b"\n"
    unique = [str(place) for place in range(len(names))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(block_size=_BLOCK, column_names=unique),
            arrow_csv.ParseOptions(
                delimiter=how.delimiter,
                quote_char=how.quote,
                newlines_in_values=how.quote in rest,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(unique, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return table.rename_columns(names)


def _ends_in_notes(body: pa.Table) -> bool:
    """Return whether one of the last rows has a single cell, as notes below a table do."""
    last = body.slice(max(0, body.num_rows - _TAIL)).to_pylist()
    return any(sum(1 for cell in row.values() if cell.strip()) == 1 for row in last)


def _joined(head: RawTable, body: pa.Table, number: int) -> RawTable:
    """Return the table of both; ``number`` is the line of the head's last row."""
    lines = np.arange(number + 1, number + 1 + body.num_rows, dtype=np.int64)
    filled = np.zeros(body.num_rows, dtype=bool)
    for column in body.columns:
        filled |= np.asarray(pc.not_equal(pc.utf8_trim_whitespace(column), ""))
        if filled.all():
            break
    if not filled.all():
        body, lines = body.filter(pa.array(filled)), lines[filled]
    cells = pa.concat_tables([head.cells, body.cast(head.cells.schema)])
    return replace(head, cells=cells, lines=np.concatenate([head.lines, lines]))
