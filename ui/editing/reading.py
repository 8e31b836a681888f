"""A table with mended cells, read again by the same rules; pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from figures import Figure
from loaders import Library
from loaders.containers import UnreadableTable
from loaders.figure_table import figures_of
from loaders.frames import as_frame
from loaders.mapping.ids import with_ids
from loaders.raw import RawTable
from publishing.change import Row, as_text
from ui.checking.table import Table, look, silent_lines

# The line and the column of a cell, as a spreadsheet shows it.
Cell = tuple[int, str]


@dataclass(frozen=True, eq=False)
class Reading:
    """A table as figures; ``grid`` holds its cells as mended, ``received`` as they came."""

    table: Table
    grid: RawTable | None
    received: RawTable | None


def read(
    data: bytes,
    name: str,
    library: Library,
    crisis: str,
    mapping: str = "",
    fixes: Mapping[Cell, str] | None = None,
) -> Reading:
    """Return what a table says, with other texts in some cells; nothing is written anywhere."""
    table = look(data, name, library, crisis, mapping)
    grid = _grid(data, table)
    if grid is None or not fixes:
        return Reading(table, grid, grid)
    mended = mend(grid, fixes)
    raw = table.mapping.apply(mended) if table.mapping is not None else with_ids(mended)
    starts = library.crises.loc[library.crises["crisis"] == crisis, "start"]
    made = figures_of(raw, crisis, starts.iloc[0] if len(starts) else None)
    again = replace(
        table,
        figures=made.figures,
        findings=as_frame(made.findings),
        silent=silent_lines(table.mapping, mended, made.figures),
    )
    return Reading(again, mended, grid)


def _grid(data: bytes, table: Table) -> RawTable | None:
    """Return the cells as the mapping in use reads the file."""
    if table.mapping is None or table.suggested:
        return table.received
    try:
        return table.mapping.read(data, name=table.name)
    except UnreadableTable:
        return None


def mend(grid: RawTable, fixes: Mapping[Cell, str]) -> RawTable:
    """Return the table with other texts in some cells; unknown cells are passed over."""
    cells = grid.cells
    for column in dict.fromkeys(column for _, column in fixes):
        if column not in cells.column_names:
            continue
        texts = np.array(cells.column(column).to_pylist(), dtype=object)
        for (line, name), text in fixes.items():
            if name == column:
                texts[grid.lines == line] = text
        place = cells.column_names.index(column)
        cells = cells.set_column(place, column, pa.array(texts.tolist(), pa.string()))
    return replace(grid, cells=cells)


def column_of(reading: Reading, name: str) -> str:
    """Return the table's own name of a column that a finding names, "" where it has none."""
    if reading.grid is None or not name:
        return ""
    own = reading.grid.cells.column_names
    if name in own:
        return name
    mapping = reading.table.mapping
    mapped = mapping.columns.get(name, "") if mapping is not None else ""
    if mapped in own:
        return mapped
    alike = [column for column in own if column.strip().casefold() == name.casefold()]
    return alike[0] if alike else ""


def cell(grid: RawTable, where: Cell) -> str:
    """Return the text of a cell."""
    rows = np.flatnonzero(grid.lines == where[0])
    return str(grid.cells.column(where[1])[int(rows[0])].as_py() or "") if len(rows) else ""


def bad_cells(reading: Reading) -> pd.DataFrame:
    """Return the findings that keep rows out, with ``own``: the table's name of the column."""
    found = reading.table.findings
    grave = found[(found["severity"] == "error") & (found["line"] > 0)]
    return grave.assign(own=[column_of(reading, str(name)) for name in grave["column"]])


def left_out(reading: Reading) -> set[int]:
    """Return the lines of rows of which something cannot be read."""
    return set(bad_cells(reading)["line"].tolist())


def without_number(reading: Reading) -> int:
    """Return how many rows are left out for no other reason than that they have no number."""
    return len(set(reading.table.silent) - left_out(reading))


def own_ids(reading: Reading) -> set[str]:
    """Return the ids that the table itself gives its rows."""
    column = column_of(reading, "figure_id")
    mapping = reading.table.mapping
    if reading.grid is None or not column or (mapping and "figure_id" not in mapping.columns):
        return set()
    return {str(cell).strip() for cell in reading.grid.cells.column(column).to_pylist() if cell}


def without_id(reading: Reading) -> int:
    """Return how many figures leave the table's column of ids blank; 0 where there is none."""
    own = own_ids(reading)
    mapping = reading.table.mapping
    asked = "figure_id" in mapping.columns if mapping else bool(column_of(reading, "figure_id"))
    return int((~reading.table.figures["figure_id"].isin(list(own))).sum()) if asked else 0


def rows_of(library: Library, reading: Reading) -> tuple[Row, ...]:
    """Return the figures as rows to be added.

    Ids that were made up are left out, so that the library's own next ones are given; so is the
    first day of a running total that counts from the start of the crisis, as everywhere.
    """
    table = reading.table
    frame = table.figures[list(Figure.model_fields)]
    own = own_ids(reading)
    starts = library.crises.loc[library.crises["crisis"] == table.crisis, "start"]
    start = starts.iloc[0] if len(starts) else None
    rows = []
    for record in frame.astype(object).to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        if row["figure_id"] not in own:
            del row["figure_id"]
        if row["counting"] == "cumulative" and row["since"] == start:
            row["since"] = ""
        rows.append(as_text(row, Figure))
    return tuple(rows)
