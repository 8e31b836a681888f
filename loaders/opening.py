"""Opening a file: as plain CSV where it is that, and else as whatever it turns out to be."""

from collections.abc import Collection

from figures import Figure
from loaders import hxl
from loaders.canonical import read_canonical, unread
from loaders.containers import UnreadableTable, read_table
from loaders.mapping import Mapping, MappingError
from loaders.raw import RawTable

# Plain CSV may be larger than what has to be guessed at: it is read without copies.
LARGEST_CANONICAL = 2 << 30
REQUIRED = {name for name, field in Figure.model_fields.items() if field.is_required()}


def open_table(data: bytes, file: str, columns: Collection[str]) -> RawTable:
    """Return the table in ``data``, whose columns should be among ``columns``.

    Plain CSV in UTF-8 is read at once. Anything else (a workbook, another separator or encoding) is
    opened as :func:`loaders.containers.read_table` does; a table with a row of HXL tags needs no
    columns of ours. What cannot be opened is a table without
    columns, with a finding that says why.
    """
    raw = read_canonical(data, file)
    if _known(raw, columns) and not _tagged(raw):
        return raw
    try:
        other = read_table(data, name=file, wanted=REQUIRED)
    except UnreadableTable as error:
        # What the plain reader found is more to the point for a file that is text.
        return raw if raw.cells.num_columns else unread(error.finding)
    if hxl.tags(other) and not {_plain(name) for name in other.cells.column_names} >= REQUIRED:
        # A tagged table says itself what its columns are.
        return Mapping.suggest(other).apply(other)
    return other if _known(other, columns) else raw


def _tagged(raw: RawTable) -> bool:
    """Return whether the first row of the table holds HXL tags."""
    first = [str(column[0]) for column in raw.cells.columns if len(column)]
    return any(cell.startswith("#") for cell in first) and hxl.tag_row([first]) is not None


def _known(raw: RawTable, columns: Collection[str]) -> bool:
    """Return whether the table has at least one of the columns."""
    return any(_plain(name) in columns for name in raw.cells.column_names)


def _plain(name: str) -> str:
    return name.strip().lower()


def open_mapped(data: bytes, file: str, mapping: Mapping) -> RawTable:
    """Return the figures that a mapping finds in ``data``, in canonical columns."""
    try:
        return mapping.apply(mapping.read(data, name=file))
    except UnreadableTable as error:
        return unread(error.finding)


__all__ = ["LARGEST_CANONICAL", "Mapping", "MappingError", "open_mapped", "open_table"]
