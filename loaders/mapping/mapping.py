"""The public face of mappings."""

from pathlib import Path
from typing import Self

import numpy as np

from loaders.containers.read import read_table
from loaders.containers.source import Source
from loaders.mapping.apply import apply_mapping
from loaders.mapping.model import MappingModel
from loaders.mapping.plan import plans
from loaders.mapping.sheet import Sheet
from loaders.mapping.suggest import suggested
from loaders.mapping.toml import read_keys, read_text, validated, write
from loaders.raw import RawTable


class Mapping(MappingModel):
    """How to read a table: a TOML file beside it, typed, and usable from Python."""

    @classmethod
    def load(cls, source: str | Path) -> Self:
        """Return the mapping in a TOML file, or in a text that is TOML.

        Raises ``MappingError`` (a ``ValueError``) naming the key, what was found there and what it
        may be; for broken TOML the line.
        """
        text, name = read_text(source)
        mapping = validated(cls, read_keys(text, name), name)
        assert isinstance(mapping, cls)
        return mapping

    def dump(self) -> str:
        """Return the mapping as TOML; ``load`` reads it back as the same mapping."""
        return write(self)

    @classmethod
    def suggest(cls, table: RawTable) -> Self:
        """Return a mapping for ``table`` from its HXL tags, its headings and its cells.

        What the table does not say is assumed only where figures need it, and listed in `assumed`.
        """
        return cls.model_validate(suggested(table))

    def says_nothing_new(self) -> bool:
        """Return whether every column keeps its name, and nothing else is said of the table."""
        same = all(ours == own.strip().casefold() for ours, own in self.columns.items())
        return same and set(self.model_dump(exclude_defaults=True)) <= {"columns"}

    def read(self, source: Source, *, name: str | None = None) -> RawTable:
        """Return the table in ``source`` as the mapping says to open it, not yet applied.

        Raises ``UnreadableTable``.
        """
        keys = self.table
        return read_table(
            source,
            name=name,
            sheet=keys.sheet,
            header_rows=keys.header_rows,
            skip_rows=keys.skip_rows,
            encoding=keys.encoding,
            delimiter=keys.delimiter,
        )

    def apply(self, table: RawTable) -> RawTable:
        """Return the figures in ``table``, as text in canonical columns; see ``apply_mapping``."""
        return apply_mapping(self, table)

    def without_number(self, table: RawTable) -> list[int]:
        """Return the lines of rows none of whose cells for numbers says anything.

        They give no figure, and no zero. Rows that are left out as totals are not among them.
        """
        sheet = Sheet(table, self)
        columns = [sheet.column(plan.column) for plan in plans(self, sheet)]
        silent = np.full(len(sheet.kept), bool(columns))
        for column in filter(None, columns):
            marks = [place for place, text in enumerate(column.texts) if sheet.says_nothing(text)]
            silent &= np.isin(column.codes, marks)
        return [int(line) for line in sheet.lines[silent]]
