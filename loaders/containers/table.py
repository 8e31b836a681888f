"""From a grid of cells to a table: header, body, notes around it, and what is odd about it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from figures import Finding
from loaders import hxl
from loaders.containers.codes import note, unreadable
from loaders.containers.grid import Grid, Rows
from loaders.containers.header import Header, column_names, find_header, unique_names
from loaders.containers.limits import CELL_CHARACTERS, COLUMNS, ROWS
from loaders.containers.shapes import is_datum
from loaders.containers.totals import totals_rows
from loaders.raw import RawTable

_NOTE_START = re.compile(
    r"\s*(?:[*†‡¹²³⁴#]|\(?\d\)|notes?\b|nota|source|fuente|quelle|remarque|ที่มา|หมายเหตุ|مصدر"
    r"|ប្រភព|sources?\b|disclaimer|last updated|updated|©)",
    re.IGNORECASE,
)
_LONG_NOTE = 60
_MOJIBAKE = r"Ã[\x{80}-\x{BF}ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ€]|Â[\x{A0}-\x{BF}]|â€|à¸[\x{80}-\x{BF}]|ï¿½"
_MANY = 100


def to_table(
    grid: Grid,
    file: str,
    header_rows: Sequence[int] | None = None,
    skip_rows: Iterable[int] = (),
) -> RawTable:
    """Return the table in a grid. ``header_rows`` and ``skip_rows`` are numbers of rows.

    Raises ``UnreadableTable`` when there is no cell, or there are more columns than the limit.
    """
    return examined(placed(grid, file, header_rows, skip_rows))


def placed(
    grid: Grid,
    file: str,
    header_rows: Sequence[int] | None = None,
    skip_rows: Iterable[int] = (),
) -> RawTable:
    """Return the table in a grid, its cells not yet examined."""
    grid = _prepared(grid, set(skip_rows), file)
    tags = None if grid.header else hxl.tag_row(grid.rows)
    header = _told(grid, header_rows, tags) if header_rows else find_header(grid, tags)
    notes = _footnotes(grid, header.data)
    body = range(header.data, notes.start)
    findings = [*grid.findings, *_around(grid, header, tags, notes, file)]
    findings += _fill_merged(grid, body, file)
    kept = [number for number in body if any(cell.strip() for cell in grid.rows[number])]
    names, renamed = _names(grid, header, kept, file)
    findings += renamed + list(_ragged(grid, header, kept, file))
    cells = _columns([grid.rows[number] for number in kept], names)
    lines = np.array([grid.numbers[number] for number in kept], dtype=np.int64)
    table = RawTable(file, cells, lines, grid.sheet)
    if tags is not None:
        table, problems = hxl.tagged(table, grid.rows[tags], grid.numbers[tags])
        findings += problems
    return replace(table, findings=tuple(findings))


def examined(table: RawTable) -> RawTable:
    """Return the table with findings on its cells, those that are too large being cut."""
    table, problems = _shortened(table)
    return replace(table, findings=(*table.findings, *problems, *_oddities(table)))


def _prepared(grid: Grid, skipped: set[int], file: str) -> Grid:
    if len(grid.rows) > ROWS:
        raise unreadable("too-large", file, f"the table has more than {ROWS:,} rows")
    # Below the first row of a merge nothing shifts unless a row is taken out; then merges go.
    if skipped & set(grid.numbers):
        kept = [p for p, number in enumerate(grid.numbers) if number not in skipped]
        rows, numbers = [grid.rows[p] for p in kept], [grid.numbers[p] for p in kept]
        grid = replace(grid, rows=rows, numbers=numbers, merges=[])
    if not any(cell.strip() for row in grid.rows for cell in row):
        where = f"the sheet {grid.sheet!r}" if grid.sheet else "the file"
        raise unreadable("empty-file", file, f"{where} holds no cell")
    return grid


def _told(grid: Grid, header_rows: Sequence[int], tags: int | None) -> Header:
    places = [p for p, number in enumerate(grid.numbers) if number in set(header_rows)]
    if not places:
        return find_header(grid, tags)
    data = max(places[-1], -1 if tags is None else tags) + 1
    return Header(places[0], places[-1] + 1, data)


def _text(row: list[str]) -> str:
    return " ".join(" ".join(cell.split()) for cell in row if cell.strip())


def _around(
    grid: Grid, header: Header, tags: int | None, notes: range, file: str
) -> Iterator[Finding]:
    for number in (*range(header.start), *range(header.stop, header.data)):
        if number != tags and (text := _text(grid.rows[number])):
            line = grid.numbers[number]
            yield note("preamble-skipped", file, line=line, value=text, sheet=grid.sheet)
    if header.start == header.stop and tags is None:
        yield note("no-header", file, line=grid.numbers[header.start], sheet=grid.sheet)
    for number in notes:
        if text := _text(grid.rows[number]):
            line = grid.numbers[number]
            yield note("footnote", file, line=line, value=text, sheet=grid.sheet)


def _footnotes(grid: Grid, first: int) -> range:
    """Return the rows after the last row of data: notes and blanks."""
    rows = grid.rows
    end = len(rows)
    width = max((sum(1 for c in row if c.strip()) for row in rows[first : first + 200]), default=0)
    start = end
    for number in range(end - 1, first - 1, -1):
        filled = [cell for cell in rows[number] if cell.strip()]
        if filled and (width < 2 or len(filled) > 1 or is_datum(filled[0])):
            break
        if filled and not (_is_note(filled[0]) or _apart(rows, number, first)):
            break
        start = number
    return range(start, end)


def _is_note(text: str) -> bool:
    return len(text) > _LONG_NOTE or bool(_NOTE_START.match(text))


def _apart(rows: Rows, number: int, first: int) -> bool:
    """Return whether a blank row stands between the data and this single cell."""
    for above in range(number - 1, first - 1, -1):
        filled = sum(1 for cell in rows[above] if cell.strip())
        if filled != 1:
            return filled == 0
    return False


def _fill_merged(grid: Grid, body: range, file: str) -> list[Finding]:
    """Write text that is merged over several rows into each of them; numbers stay single."""
    findings = []
    for (top, left), (bottom, _) in grid.merges:
        if top not in body or bottom <= top or left >= len(grid.rows[top]):
            continue
        text = grid.rows[top][left]
        if not text.strip() or is_datum(text):
            continue
        for number in range(top + 1, min(bottom + 1, body.stop)):
            row = grid.rows[number]
            row.extend([""] * (left + 1 - len(row)))
            row[left] = text
        problem = f"the cell is merged down to line {grid.numbers[min(bottom, body.stop - 1)]}"
        line = grid.numbers[top]
        findings.append(
            note("merged-filled", file, problem, line=line, value=text, sheet=grid.sheet)
        )
    return findings


def _names(
    grid: Grid, header: Header, kept: list[int], file: str
) -> tuple[list[str], list[Finding]]:
    width = max((len(grid.rows[n]) for n in (*kept, *range(header.start, header.stop))), default=0)
    used = {
        place
        for number in (*kept, *range(header.start, header.stop))
        for place, cell in enumerate(grid.rows[number])
        if cell.strip()
    }
    width = min(width, max(used, default=-1) + 1)
    if width > COLUMNS:
        raise unreadable("too-large", file, f"the table has {width:,} columns")
    raw = column_names(grid, header, width)
    names, changed = unique_names(raw)
    line = grid.numbers[max(header.start, header.stop - 1)]
    return names, [
        note("duplicate-column", file, line=line, column=names[p], value=raw[p], sheet=grid.sheet)
        for p in changed
        if raw[p]
    ]


def _ragged(grid: Grid, header: Header, kept: list[int], file: str) -> Iterator[Finding]:
    expected = max((len(grid.rows[n]) for n in range(header.start, header.stop)), default=0)
    if not expected:
        return
    long = [n for n in kept if any(cell.strip() for cell in grid.rows[n][expected:])]
    for number in long[:_MANY]:
        value = ", ".join(cell for cell in grid.rows[number][expected:] if cell.strip())
        problem = f"the row has more cells than the {expected} of the header"
        line = grid.numbers[number]
        yield note("ragged-row", file, problem, line=line, value=value, sheet=grid.sheet)
    if len(long) > _MANY:
        problem = f"{len(long) - _MANY:,} further rows have more cells than the header"
        yield note("ragged-row", file, problem, sheet=grid.sheet)


def _columns(rows: Rows, names: list[str]) -> pa.Table:
    width = len(names)
    even = [row[:width] if len(row) >= width else row + [""] * (width - len(row)) for row in rows]
    columns = zip(*even, strict=True) if even else ((),) * width
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return pa.table([_plain(array) for array in arrays], names=names)


def _plain(array: pa.Array) -> pa.Array:
    # `string` holds 2 GB at most; no column under the limit on file size exceeds that.
    return array.cast(pa.string())


def _shortened(table: RawTable) -> tuple[RawTable, list[Finding]]:
    """Return the table with its over-long cells cut, and a finding for each."""
    cells, findings = table.cells, []
    for place, name in enumerate(cells.column_names):
        long = pc.greater(pc.utf8_length(cells.column(place)), CELL_CHARACTERS)
        if not pc.any(long).as_py():
            continue
        column = cells.column(place).to_pylist()
        for row in np.flatnonzero(np.asarray(long)):
            problem = f"the cell has {len(column[row]):,} characters"
            column[row] = column[row][:1_000] + "…"
            findings.append(_at(table, "large-cell", problem, int(table.lines[row]), name, ""))
        cells = cells.set_column(place, cells.field(place), [column])
    return replace(table, cells=cells), findings


def _at(table: RawTable, code: str, problem: str, line: int, column: str, value: str) -> Finding:
    return note(code, table.file, problem, line=line, column=column, value=value, sheet=table.sheet)


def _oddities(table: RawTable) -> Iterator[Finding]:
    for row, name in totals_rows(table)[:_MANY]:
        line, value = int(table.lines[row]), table.cells.column(name)[row].as_py()
        yield _at(table, "totals-row", "", line, name, value)
    for name in table.cells.column_names:
        column = table.cells.column(name)
        garbled = np.flatnonzero(np.asarray(pc.match_substring_regex(column, _MOJIBAKE)))
        if len(garbled):
            problem = f"{len(garbled):,} cells hold garbled text, which is kept as it is"
            value = column[int(garbled[0])].as_py()
            yield _at(table, "mojibake", problem, int(table.lines[garbled[0]]), name, value)
