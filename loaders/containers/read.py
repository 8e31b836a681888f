"""Reading any file that holds tables: what kind it is, and its tables."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from figures import Finding
from loaders.containers.archive import members, open_zip, unpack_gzip, unpack_member
from loaders.containers.codes import UnreadableTable, note, unreadable
from loaders.containers.delimited import read_delimited
from loaders.containers.encoding import decode
from loaders.containers.grid import Grid
from loaders.containers.quick import read_quickly
from loaders.containers.records import read_json
from loaders.containers.shapes import is_datum
from loaders.containers.source import Source, fetch
from loaders.containers.split import tables_in
from loaders.containers.table import to_table
from loaders.containers.workbook import read_workbook
from loaders.guarding import bare
from loaders.raw import RawTable

# What is no table, by its first bytes, and what to do with it.
_OTHER_KINDS = (
    (b"%PDF", "a PDF", "Copy its table into a spreadsheet, or ask the publisher for one."),
    (b"{\\rtf", "a text document", "Copy its table into a spreadsheet."),
    (b"PAR1", "a Parquet file", "Save it as CSV."),
    (b"SQLite format 3", "a database", "Export the table as CSV."),
    (b"\x89PNG", "a picture", "Type its figures into a table."),
    (b"\xff\xd8\xff", "a picture", "Type its figures into a table."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a rar archive", "Unpack it first."),
    (b"BZh", "a bz2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml")
_DEEPEST_ARCHIVE = 3


@dataclass(frozen=True)
class _Options:
    sheet: str | None
    header_rows: Sequence[int] | None
    skip_rows: Iterable[int]
    encoding: str | None
    delimiter: str | None


def read_table(
    source: Source,
    *,
    name: str | None = None,
    sheet: str | None = None,
    header_rows: Sequence[int] | None = None,
    skip_rows: Iterable[int] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    wanted: Collection[str] = (),
) -> RawTable:
    """Return the table in ``source``: the sheet asked for, or else the one that is most a table.

    ``source`` is a path, a web or fsspec address, bytes, or an open file; ``name`` is what findings
    call it. CSV with any separator and encoding, xlsx, xls, ods, JSON, and gz or zip of these.
    ``sheet`` is a sheet, a file in an archive, or a path in JSON. ``header_rows`` and ``skip_rows``
    are numbers of lines as a spreadsheet shows them. Of several tables, one that has all the
    ``wanted`` columns comes first. What else the file holds is named in a finding. Raises
    ``UnreadableTable`` (a ``ValueError``) when nothing can be read.
    """
    tables = read_tables(
        source,
        name=name,
        sheet=sheet,
        header_rows=header_rows,
        skip_rows=skip_rows,
        encoding=encoding,
        delimiter=delimiter,
    )
    # Of equally good tables the first is taken: max keeps it.
    best = max(tables, key=lambda table: (_has(table, wanted), *_merit(table)))
    others = [f"{t.sheet!r} ({t.cells.num_rows:,} rows)" for t in tables if t is not best]
    if not others:
        return best
    problem = f"read was {best.sheet!r}; the file also holds {', '.join(others[:20])}"
    finding = note("other-tables", best.file, problem, sheet=best.sheet)
    return replace(best, findings=(*best.findings, finding))


def read_tables(
    source: Source,
    *,
    name: str | None = None,
    sheet: str | None = None,
    header_rows: Sequence[int] | None = None,
    skip_rows: Iterable[int] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> list[RawTable]:
    """Return every table in ``source``, in the file's order; arguments as in ``read_table``."""
    data, file = fetch(source, name)
    options = _Options(sheet, header_rows, tuple(skip_rows or ()), encoding, delimiter)
    return _tables(data, file, options)


def _has(table: RawTable, wanted: Collection[str]) -> bool:
    return bool(wanted) and set(wanted) <= {n.strip().lower() for n in table.cells.column_names}


def _merit(table: RawTable) -> tuple[bool, int]:
    """Return how much of a table it is: columns of numbers or dates first, then the size."""
    sample = table.cells.slice(0, 50).to_pydict().values()
    data = sum(1 for column in sample if sum(map(is_datum, column)) * 2 > len(column))
    return data > 0 and len(sample) > 1, table.cells.num_rows * table.cells.num_columns


def _tables(data: bytes, file: str, options: _Options, depth: int = 0) -> list[RawTable]:
    if not data.strip(b"\x00 \r\n\t"):
        raise unreadable("empty-file", file)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data, file, options, depth)
    if data.startswith(b"\x1f\x8b"):
        _check_depth(depth, file)
        return _tables(unpack_gzip(data, file), file, options, depth + 1)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _workbook(data, file, options)
    for start, kind, remedy in _OTHER_KINDS:
        if data.startswith(start):
            raise unreadable("unreadable-file", file, f"the file is {kind}, not a table", remedy)
    return _text_tables(data, file, options)


def _check_depth(depth: int, file: str) -> None:
    if depth >= _DEEPEST_ARCHIVE:
        raise unreadable("too-large", file, "archives are packed inside archives too deeply")


def _zipped(data: bytes, file: str, options: _Options, depth: int) -> list[RawTable]:
    with open_zip(data, file) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names or "content.xml" in names or "xl/workbook.bin" in names:
            return _workbook(data, file, options)
        if "[Content_Types].xml" in names:
            problem = "the file is a document, not a workbook"
            raise unreadable("unreadable-file", file, problem)
        _check_depth(depth, file)
        return _unpacked(archive, file, options, depth)


def _workbook(data: bytes, file: str, options: _Options) -> list[RawTable]:
    grids = read_workbook(data, file, options.sheet)
    return [bare(table) for table in _sheets(grids, file, options)]


def _unpacked(archive, file: str, options: _Options, depth: int) -> list[RawTable]:  # type: ignore[no-untyped-def]
    """Return the tables of all files in a zip; a file that cannot be read is a finding."""
    tables: list[RawTable] = []
    problems: list[Finding] = []
    spent = 0
    listed = members(archive)
    chosen = [m for m in listed if options.sheet in (None, m.filename)] or listed
    inner = options if len(chosen) == len(listed) else replace(options, sheet=None)
    for member in chosen:
        content = b"".join(unpack_member(archive, member, file, spent))
        spent += len(content)
        try:
            found = _tables(content, file, inner, depth + 1)
        except UnreadableTable as error:
            if len(listed) == 1 or error.finding.code == "too-large":
                raise
            problem = f"{member.filename}: {error.finding.problem}"
            problems.append(note("unreadable-part", file, problem, sheet=member.filename))
            continue
        if len(listed) > 1:
            found = [_within(table, member.filename) for table in found]
        tables += found
    return _with_problems(tables, problems, file)


def _within(table: RawTable, member: str) -> RawTable:
    sheet = f"{member}/{table.sheet}" if table.sheet else member
    findings = tuple(replace(finding, sheet=sheet) for finding in table.findings)
    return replace(table, sheet=sheet, findings=findings)


def _with_problems(tables: list[RawTable], problems: list[Finding], file: str) -> list[RawTable]:
    if not tables:
        problem = "; ".join(p.problem for p in problems[:3]) or "the archive holds no file"
        raise unreadable("unreadable-file", file, problem)
    tables[0] = replace(tables[0], findings=(*tables[0].findings, *problems))
    return tables


def _sheets(grids: list[Grid], file: str, options: _Options) -> list[RawTable]:
    tables: list[RawTable] = []
    problems: list[Finding] = []
    if not options.header_rows:
        grids = [part for grid in grids for part in tables_in(grid)]
    for grid in grids:
        try:
            tables.append(to_table(grid, file, options.header_rows, options.skip_rows))
        except UnreadableTable as error:
            if len(grids) == 1:
                raise
            if error.finding.code != "empty-file":
                problem = error.finding.problem
                problems.append(note("unreadable-part", file, problem, sheet=grid.sheet))
    if not tables and not problems:
        raise unreadable("empty-file", file, "no sheet of the workbook holds a cell")
    return _with_problems(tables, problems, file)


def _text_tables(data: bytes, file: str, options: _Options) -> list[RawTable]:
    text, findings = decode(data, file, options.encoding)
    start = text[:200].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(tuple(page.decode() for page in _PAGES)):
        remedy = "Open it in a spreadsheet program and save it as xlsx or CSV."
        raise unreadable("unreadable-file", file, "the file is a web page or XML", remedy)
    how = options.delimiter, options.header_rows, options.skip_rows
    # JSON holds each text as it is: no spreadsheet runs it.
    exact = start[:1] in ("[", "{")
    if not exact and (table := read_quickly(text, file, *how)):
        return [bare(replace(table, findings=(*findings, *table.findings)))]
    grids = _grids_of_text(text, start, file, options)
    grids[0].findings[:0] = findings
    tables = _sheets(grids, file, options)
    return tables if exact else [bare(table) for table in tables]


def _grids_of_text(text: str, start: str, file: str, options: _Options) -> list[Grid]:
    if not text.strip():
        raise unreadable("empty-file", file)
    if start[:1] in ("[", "{") and options.delimiter is None:
        try:
            return _asked(read_json(text, file), file, options.sheet)
        except UnreadableTable as error:
            if os.path.splitext(file)[1].lower() in (".json", ".geojson", ".ndjson", ".jsonl"):
                raise
            if error.finding.code == "too-large" or start[1:].lstrip()[:1] in ('"', "{", "["):
                raise
    return [read_delimited(text, file, options.delimiter)]


def _asked(grids: list[Grid], file: str, sheet: str | None) -> list[Grid]:
    if sheet is None:
        return grids
    chosen = [grid for grid in grids if grid.sheet == sheet]
    if not chosen:
        listed = ", ".join(repr(grid.sheet) for grid in grids)
        problem = f"there is no list {sheet!r}"
        raise unreadable("unknown-sheet", file, problem, f"The lists are: {listed}.")
    return chosen
