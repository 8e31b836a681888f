"""Several tables on one sheet, one below the other."""

from dataclasses import replace

from loaders import hxl
from loaders.containers.grid import Grid
from loaders.containers.header import find_header
from loaders.containers.shapes import is_datum, is_word

_TITLE_LINES = 2


def tables_in(grid: Grid) -> list[Grid]:
    """Return a grid for each table of the sheet; nearly always that is the grid itself.

    A further table begins below a blank row, with a header that shares a name with the first one
    and stands above numbers or dates: read as rows of the first, its numbers would change meaning.
    """
    blanks = [number for number, row in enumerate(grid.rows) if not any(row)]
    if grid.header or grid.merges or not blanks:
        return [grid]
    header = find_header(grid, hxl.tag_row(grid.rows))
    names = {_key(cell) for row in grid.rows[header.start : header.stop] for cell in row}
    starts = [b + 1 for b in blanks if b > header.data and _begins(grid, b + 1, names - {""})]
    if not starts:
        return [grid]
    ends = [*starts, len(grid.rows)]
    parts = zip([0, *starts], ends, strict=True)
    return [_part(grid, first, last, n) for n, (first, last) in enumerate(parts, 1)]


def _key(cell: str) -> str:
    return " ".join(cell.split()).casefold() if is_word(cell) else ""


def _begins(grid: Grid, start: int, names: set[str]) -> bool:
    """Return whether a header stands at ``start``, or below a title or two there."""
    for number in range(start, min(start + _TITLE_LINES + 1, len(grid.rows) - 1)):
        row = [cell for cell in grid.rows[number] if cell.strip()]
        if len(row) < 2:
            continue
        shared = any(_key(cell) in names for cell in row)
        return shared and all(map(is_word, row)) and any(map(is_datum, grid.rows[number + 1]))
    return False


def _part(grid: Grid, first: int, last: int, number: int) -> Grid:
    name = f"{grid.sheet} (table {number})" if grid.sheet else f"table {number}"
    rows, numbers = grid.rows[first:last], grid.numbers[first:last]
    findings = grid.findings if number == 1 else []
    return replace(grid, rows=rows, numbers=numbers, sheet=name, findings=findings)
