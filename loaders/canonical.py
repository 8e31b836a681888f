"""Plain CSV in UTF-8, read fast and strictly: every cell as text, nothing guessed.

A row's line is the one a spreadsheet shows: the header is line 1, each record after it takes one
line, empty records included, however many line breaks its quoted cells hold.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from figures import Finding
from figures.findings import report
from loaders.columns import OWN_TEXT
from loaders.guarding import bare
from loaders.raw import RawTable

BLOCK = 4 << 20
LONGEST_HEADER = 64 << 10
BOM = b"\xef\xbb\xbf"


def read_canonical(data: bytes, file: str) -> RawTable:
    """Return the table in ``data``, UTF-8 text with commas; ``file`` names it in findings.

    What stops the whole file from being read (no text, another encoding, a quote that never ends)
    is an error finding in ``findings``, and the table has no columns. A row with too many or too
    few cells is left out with a finding.
    """
    data = data.removeprefix(BOM)
    if not data[:LONGEST_HEADER].strip(b"\x00 \t\r\n"):
        return unread(report("empty-file", file))
    if not _is_text(data):
        return unread(report("wrong-encoding", file))
    try:
        names = _header(data)
        return _read(data, names, file) if names else unread(report("no-columns", file, line=1))
    except (pa.ArrowInvalid, csv.Error) as error:
        return unread(report("unreadable-file", file, problem=str(error).splitlines()[0][:200]))


def unread(finding: Finding) -> RawTable:
    """Return a table without columns: all there is to say is the finding."""
    return RawTable(finding.file, pa.table({}), np.empty(0, np.int64), findings=(finding,))


def _is_text(data: bytes) -> bool:
    """Return whether the data is UTF-8; nothing is copied."""
    if data.isascii():
        return True
    ends = pa.array([0, len(data)], pa.int64()).buffers()[1]
    text = pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(data))
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _header(data: bytes) -> list[str]:
    """Return the cells of the first record. Raises ``csv.Error``."""
    # The cut may fall within a letter.
    text = data[:LONGEST_HEADER].decode("utf-8", errors="ignore")
    return next(csv.reader(io.StringIO(text, newline="")), [])


def _read(data: bytes, names: list[str], file: str) -> RawTable:
    # Arrow cannot find the end of a first line that has no line break.
    broken_off = not data.endswith((b"\n", b"\r"))
    data = data + b"\n" if broken_off else data
    unique = [f"{number}:{name}" for number, name in enumerate(names)]
    ragged = _Ragged()
    table = _parse(data, unique, ragged, threads=True)
    if ragged.rows:
        # Only a reader on one thread knows the lines of the rows it refuses.
        ragged = _Ragged()
        table = _parse(data, unique, ragged, threads=False)
    lines = _lines(table.num_rows, ragged)
    end = _End(table.num_rows + len(ragged.rows) + 1, broken_off, data.count(b'"') % 2 == 1)
    findings = [_wrong_count(row, file, end) for row in ragged.rows]
    if broken_off and end.line == 1:
        findings.append(report("truncated-file", file, line=1, problem="line 1 has no end"))
    findings += _never_closed(table, lines, end, file)
    table, lines = _without_empty(table, lines)
    table = table.rename_columns([name.split(":", 1)[1] for name in table.column_names])
    return bare(RawTable(file, table, lines, findings=tuple(findings)))


@dataclass
class _Ragged:
    """The rows that have another number of cells than the header."""

    rows: list[arrow_csv.InvalidRow] = field(default_factory=list)

    def __call__(self, row: arrow_csv.InvalidRow) -> str:
        self.rows.append(row)
        return "skip"


class _End(NamedTuple):
    """How a file ends: its last line, and whether that has no line break or an open quote."""

    line: int
    broken_off: bool
    quote_open: bool


def _wrong_count(row: arrow_csv.InvalidRow, file: str, end: _End) -> Finding:
    """Return what to say of a row with another number of cells than the header."""
    code = "wrong-cell-count"
    if row.number == end.line and row.actual_columns < row.expected_columns:
        code = "unclosed-quote" if end.quote_open else code
        code = "truncated-file" if end.broken_off else code
    problem = f"the row has {row.actual_columns} cells, the header {row.expected_columns}"
    return report(code, file, line=row.number, value=row.text, problem=problem)


def _parse(data: bytes, names: list[str], ragged: _Ragged, *, threads: bool) -> pa.Table:
    whole = max(BLOCK, len(data) + 1)
    for block in (BLOCK, whole):
        try:
            ragged.rows.clear()
            return arrow_csv.read_csv(
                pa.BufferReader(data),
                arrow_csv.ReadOptions(
                    use_threads=threads,
                    block_size=block,
                    column_names=names,
                    skip_rows_after_names=1,
                ),
                arrow_csv.ParseOptions(
                    newlines_in_values=b'"' in data,
                    ignore_empty_lines=False,
                    invalid_row_handler=ragged,
                ),
                arrow_csv.ConvertOptions(
                    column_types={name: _type(name) for name in names},
                    null_values=[],
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as error:
            # A row longer than a block: once more, with the file as one block.
            if "straddl" not in str(error) or block == whole:
                raise
    raise AssertionError("unreachable")


def _type(name: str) -> pa.DataType:
    """Return how a column is kept: words that come again and again once each, or text as it is."""
    own = name.split(":", 1)[1].strip().lower() in (*OWN_TEXT, "value")
    return pa.string() if own else pa.dictionary(pa.int32(), pa.string())


def _lines(rows: int, ragged: _Ragged) -> npt.NDArray[np.int64]:
    """Return the line of each of the ``rows`` that were read."""
    refused = np.array([row.number for row in ragged.rows], dtype=np.int64)
    return np.setdiff1d(np.arange(2, rows + len(refused) + 2), refused, assume_unique=True)


def _never_closed(
    table: pa.Table, lines: npt.NDArray[np.int64], end: _End, file: str
) -> list[Finding]:
    """Return the finding for a quoted cell that runs to the end of the file."""
    if not end.quote_open or not table.num_rows:
        return []
    last = table.slice(table.num_rows - 1).to_pylist()[0]
    runaway = [cell for cell in last.values() if "\n" in cell or "\r" in cell]
    if not runaway:
        return []
    return [report("unclosed-quote", file, line=int(lines[-1]), value=runaway[-1])]


def _without_empty(
    table: pa.Table, lines: npt.NDArray[np.int64]
) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    """Return the table and its lines without the rows in which every cell is empty."""
    if not table.num_columns:
        return table, lines
    empty = pc.equal(table.column(0), "")
    for number in range(1, table.num_columns):
        if not pc.any(empty).as_py():
            return table, lines
        empty = pc.and_(empty, pc.equal(table.column(number), ""))
    kept = pc.invert(empty)
    return table.filter(kept), lines[np.asarray(kept)]
