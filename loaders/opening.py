"""Opening a file: as plain CSV where it is that, and else as whatever it turns out to be."""

from collections.abc import Collection

from loaders.canonical import read_canonical, unread
from loaders.containers import UnreadableTable, read_table
from loaders.mapping import Mapping, MappingError
from loaders.raw import RawTable

# Plain CSV may be larger than what has to be guessed at: it is read without copies.
LARGEST_CANONICAL = 2 << 30


def open_table(data: bytes, file: str, columns: Collection[str]) -> RawTable:
    """Return the table in ``data``, whose columns should be among ``columns``.

    Plain CSV in UTF-8 is read at once. Anything else (a workbook, another separator or encoding) is
    opened as :func:`loaders.containers.read_table` does. What cannot be opened is a table without
    columns, with a finding that says why.
    """
    raw = read_canonical(data, file)
    if _known(raw, columns):
        return raw
    try:
        other = read_table(data, name=file)
    except UnreadableTable as error:
        # What the plain reader found is more to the point for a file that is text.
        return raw if raw.cells.num_columns else unread(error.finding)
    return other if _known(other, columns) else raw


def _known(raw: RawTable, columns: Collection[str]) -> bool:
    """Return whether the table has at least one of the columns."""
    return any(name.strip().lower() in columns for name in raw.cells.column_names)


def open_mapped(data: bytes, file: str, mapping: Mapping) -> RawTable:
    """Return the figures that a mapping finds in ``data``, in canonical columns."""
    try:
        return mapping.apply(mapping.read(data, name=file))
    except UnreadableTable as error:
        return unread(error.finding)


__all__ = ["LARGEST_CANONICAL", "Mapping", "MappingError", "open_mapped", "open_table"]
