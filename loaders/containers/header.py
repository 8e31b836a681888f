"""Finding the header of a table: its lines, what stands above it, and the columns' names."""

from dataclasses import dataclass

from loaders.containers.grid import Grid, Merge, Rows
from loaders.containers.shapes import is_datum, is_period, is_word

JOIN = " – "
_DEEPEST = 4
_LONGEST_GROUP = 80
_SEARCHED = 200


@dataclass(frozen=True)
class Header:
    """Rows ``start`` to ``stop`` (excluded) of the grid are the header; data begins at ``data``."""

    start: int
    stop: int
    data: int


def find_header(grid: Grid, tags: int | None = None) -> Header:
    """Return where the header stands; ``tags`` is the row of HXL tags, where there is one.

    A table whose first row already holds data has an empty header (``start == stop``).
    """
    rows = grid.rows
    if grid.header:
        return Header(0, 1, 1)
    if tags is not None:
        named = tags > 0 and _filled(rows[tags - 1]) > 0
        start = _groups_above(grid, tags - 1) if named else tags
        return Header(start, tags, tags + 1)
    first = _first_full(rows)
    if not _names_columns(rows, first):
        return Header(first, first, first)
    stop = first + 1
    while stop - first < _DEEPEST and _continues(grid, stop - 1, stop):
        stop += 1
    return Header(_groups_above(grid, first), stop, stop)


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _first_full(rows: Rows) -> int:
    """Return the first row that is as wide as the table: the last line of the header, or data."""
    counts = [_filled(row) for row in rows[:_SEARCHED]]
    widest = sorted(counts)[-2] if len([c for c in counts if c]) > 2 else max(counts, default=0)
    enough = max(min(2, widest), (widest + 1) // 2)
    candidates = [number for number, count in enumerate(counts) if count >= enough and count]
    for number in candidates:
        followed = number + 1 < len(counts) and counts[number + 1] > 0
        if followed or counts[number] >= widest:
            return number
    return candidates[0] if candidates else 0


def _names_columns(rows: Rows, first: int) -> bool:
    """Return whether the row holds names of columns rather than data."""
    row = [cell for cell in rows[first] if cell.strip()]
    if not any(is_datum(cell) for cell in row):
        return True
    below = [other for other in rows[first + 1 : first + 30] if _filled(other) > 1]
    if any(_word_above_data(cell, below, place) for place, cell in enumerate(rows[first])):
        return True
    periods = [cell for cell in row if is_period(cell)]
    words = [cell for cell in row if is_word(cell)]
    return len(set(periods)) == len(periods) >= 2 and len(words) > 0 and not _dated(below)


def _word_above_data(cell: str, below: Rows, place: int) -> bool:
    cells = [row[place] for row in below if place < len(row) and row[place].strip()]
    return is_word(cell) and bool(cells) and sum(map(is_datum, cells)) > len(cells) / 2


def _dated(rows: Rows) -> bool:
    """Return whether most rows hold two dates or more themselves."""
    return sum(sum(map(is_period, row)) >= 2 for row in rows) > len(rows) / 2


def _groups_above(grid: Grid, row: int) -> int:
    """Return the first row of the header whose last row is ``row``: groups may stand above it."""
    start = row
    while start > 0 and row - start < _DEEPEST and _is_group_row(grid, start - 1):
        start -= 1
    return start


def _is_group_row(grid: Grid, number: int) -> bool:
    row = grid.rows[number]
    places = [place for place, cell in enumerate(row) if cell.strip()]
    if not places or any(_is_value(row[place]) for place in places):
        return False
    if any(len(row[place]) > _LONGEST_GROUP for place in places):
        return False
    merged = [merge for merge in _across(grid, number) if merge[0][1] > 0]
    spread = len(places) > 1 and places[-1] - places[0] >= len(places)
    return bool(merged) or spread or places[0] > 0


def _is_value(cell: str) -> bool:
    return is_datum(cell) and not is_period(cell)


def _across(grid: Grid, row: int) -> list[Merge]:
    """Return the cells of a row that are merged over several columns."""
    return [m for m in grid.merges if m[0][0] <= row <= m[1][0] and m[1][1] > m[0][1]]


def _continues(grid: Grid, upper: int, lower: int) -> bool:
    """Return whether the row ``lower`` carries on the header of the row ``upper``."""
    rows = grid.rows
    if lower + 1 >= len(rows) or not _filled(rows[lower]):
        return False
    if any(_is_value(cell) for cell in rows[lower]):
        return False
    joined = [m for m in grid.merges if m[0][0] <= upper and m[1][0] >= lower]
    if joined:
        return True
    filled = {place for place, cell in enumerate(rows[lower]) if is_word(cell)}
    gaps = {p for p in filled if p >= len(rows[upper]) or not rows[upper][p].strip()}
    below = {place for place, cell in enumerate(rows[lower + 1]) if is_datum(cell)}
    return bool(gaps) and (len(filled) < _filled(rows[upper]) or bool(filled & below))


def column_names(grid: Grid, header: Header, width: int) -> list[str]:
    """Return the ``width`` columns' names, groups joined to them; '' where there is none."""
    levels = [
        _level(grid, number, width, spread=number < header.stop - 1)
        for number in range(header.start, header.stop)
    ]
    return [_joined([level[place] for level in levels]) for place in range(width)]


def _level(grid: Grid, number: int, width: int, *, spread: bool) -> list[str]:
    row = [" ".join(cell.split()) for cell in grid.rows[number]]
    row = (row + [""] * width)[:width]
    if not spread:
        return row
    if grid.merges:
        for (_, left), (_, right) in _across(grid, number):
            row[left : right + 1] = [row[left]] * (min(right, width - 1) + 1 - left)
        return row
    for place in range(1, width):
        # Groups are named once, over the first of their columns.
        row[place] = row[place] or row[place - 1]
    return row


def _joined(parts: list[str]) -> str:
    kept = [part for place, part in enumerate(parts) if part and part not in parts[:place]]
    return JOIN.join(kept)


def unique_names(names: list[str]) -> tuple[list[str], list[int]]:
    """Return the names made unique, and the places of those that had to be changed."""
    used: set[str] = set()
    result, changed = [], []
    for place, name in enumerate(names):
        wanted = name or f"column {place + 1}"
        final, number = wanted, 1
        while final in used:
            number += 1
            final = f"{wanted} ({number})"
        if final != wanted:
            changed.append(place)
        used.add(final)
        result.append(final)
    return result, changed
