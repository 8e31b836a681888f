"""A mapping applied to a table: rows and columns of the user's become figures, as text."""

from collections import Counter

import numpy as np
import pyarrow as pa

from figures import Finding
from loaders.mapping.coded import Codes
from loaders.mapping.codes import remark
from loaders.mapping.ids import figure_ids, filled_ids
from loaders.mapping.model import CANONICAL, MappingModel
from loaders.mapping.names import file_day
from loaders.mapping.piece import Piece, Reader
from loaders.mapping.plan import Plan, plans
from loaders.mapping.reports import about
from loaders.mapping.sheet import Sheet, folded
from loaders.raw import RawTable

_MOST_ALIKE = 1_000


def apply_mapping(mapping: MappingModel, table: RawTable) -> RawTable:
    """Return the figures that ``mapping`` finds in ``table``: one row each, canonical columns.

    Cells are text as figures.csv holds it (ISO days, digits, our words); ``lines`` are the lines of
    the user's table. What cannot be read is in ``findings``, which begin with the table's own; no
    cell is lost without one.
    """
    sheet = Sheet(table, mapping)
    listed = plans(mapping, sheet)
    reader = Reader(mapping, sheet)
    classes = _classes(mapping, sheet)
    pieces = [
        piece
        for number, plan in enumerate(listed)
        for given, rows in classes
        if (piece := reader.piece(plan, number, given, rows)) is not None
    ]
    reader.reports.silent(listed, _all_rows(classes))
    for key in mapping.assumed:
        said = mapping.constants.given().get(key, "")
        assumed = f"; {said!r} was assumed" if said else ""
        problem = f"the table does not say {about(key)}{assumed}"
        sheet.note("assumed", problem, column=key, value=said)
    result = _assembled(pieces, listed, sheet, mapping)
    findings = [*table.findings, *sheet.findings, *file_day(result, table)]
    return RawTable(table.file, result.cells, result.lines, table.sheet, _few(findings))


def _classes(mapping: MappingModel, sheet: Sheet) -> list[tuple[dict[str, str], Codes]]:
    """Return what the rows are about: for each class what is said, and its rows."""
    everything = np.arange(len(sheet.kept))
    if not mapping.rows:
        return [({}, everything)]
    classes, taken = [], np.zeros(len(everything), dtype=bool)
    for entry in mapping.rows:
        column = sheet.column(entry.column)
        if column is None:
            continue
        wanted = set(map(folded, entry.equals))
        codes = [place for place, text in enumerate(column.texts) if folded(text) in wanted]
        hits = np.isin(column.codes, codes)
        taken |= hits
        classes.append((entry.given(), everything[hits]))
    _say_unmapped(mapping, sheet, everything[~taken])
    return classes


def _all_rows(classes: list[tuple[dict[str, str], Codes]]) -> Codes:
    rows = [rows for _, rows in classes]
    return np.unique(np.concatenate(rows)) if rows else np.array([], dtype=np.int64)


def _say_unmapped(mapping: MappingModel, sheet: Sheet, rows: Codes) -> None:
    name = mapping.rows[0].column
    column = sheet.column(name)
    if column is None or not len(rows):
        return
    labels = Counter(column.texts[code] for code in column.codes[rows])
    shown = ", ".join(f"{label!r} ({count})" for label, count in labels.most_common(40))
    problem = f"{len(rows):,} rows hold classes that the mapping does not name: {shown}"
    sheet.note("unmapped-rows", problem, column=name)


def _assembled(
    pieces: list[Piece], listed: list[Plan], sheet: Sheet, mapping: MappingModel
) -> RawTable:
    """Return the pieces as one table, in the order of the user's rows."""
    if not pieces:
        empty = pa.table({name: pa.array([], pa.string()) for name in CANONICAL})
        return RawTable(sheet.table.file, empty, np.array([], dtype=np.int64))
    rows = np.concatenate([piece.rows for piece in pieces])
    numbers = np.concatenate([np.full(len(piece.rows), piece.plan) for piece in pieces])
    order = np.lexsort((numbers, rows))
    columns = {
        name: np.concatenate([piece.columns[name] for piece in pieces])[order]
        for name in CANONICAL
        if name != "figure_id"
    }
    rows, numbers = rows[order], numbers[order]
    lines = sheet.lines[rows]
    ids = figure_ids(mapping.figure_id, sheet, listed, numbers, lines, columns)
    name = mapping.columns.get("figure_id", "")
    if name and (own := sheet.column(name)):
        ids, given = filled_ids(own.rows()[rows], ids, sheet.table, name)
        sheet.findings += given
    columns["figure_id"] = ids
    cells = pa.table({name: pa.array(columns[name], pa.string()) for name in CANONICAL})
    return RawTable(sheet.table.file, cells, lines)


def _few(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings, of each kind about a column the first thousand and a count."""
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for finding in findings:
        counts[finding.code, finding.column] += 1
        if counts[finding.code, finding.column] <= _MOST_ALIKE:
            kept.append(finding)
    for (code, column), count in counts.items():
        if count > _MOST_ALIKE:
            problem = f"{count - _MOST_ALIKE:,} further cells have the finding {code}"
            first = kept[0]
            kept.append(
                remark("more-findings", first.file, problem, column=column, sheet=first.sheet)
            )
    return tuple(kept)
