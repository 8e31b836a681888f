"""The user's table as a mapping sees it: columns found by name, rows kept, templates filled."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from figures import Finding
from loaders.containers.header import JOIN
from loaders.containers.shapes import MISSING, is_missing
from loaders.containers.totals import totals_rows
from loaders.mapping.coded import Coded, Codes, Mask, constant, joined, of_arrow
from loaders.mapping.codes import remark
from loaders.mapping.model import TEMPLATE, Condition, MappingModel
from loaders.raw import RawTable


def folded(text: str) -> str:
    """Return a name without what does not tell names apart: case, blanks, forms of letters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u00ad\u200b-\u200f]+", " ", text).strip()


class Sheet:
    """The rows of a table that count, by column. ``findings`` grows while it is read."""

    def __init__(self, table: RawTable, mapping: MappingModel):
        """Apply the mapping's fill_down, totals and conditions to the rows of ``table``."""
        self.table = table
        self.missing = {folded(mark) for mark in mapping.table.missing}
        self.findings: list[Finding] = []
        self._by_name = self._names()
        self._columns: dict[str, Coded] = {}
        for name in mapping.table.fill_down:
            self._fill_down(name)
        self.kept = self._kept(mapping)
        self._columns = {name: self._limited(column) for name, column in self._columns.items()}
        self.lines = table.lines[self.kept]

    def _names(self) -> dict[str, str]:
        """Return column by folded name; the last part of a joined name does where it is unique."""
        names = self.table.cells.column_names
        by_name: dict[str, str] = {}
        short: dict[str, list[str]] = {}
        for name in names:
            by_name.setdefault(folded(name), name)
            short.setdefault(folded(name.rsplit(JOIN, 1)[-1]), []).append(name)
        return {key: found[0] for key, found in short.items() if len(found) == 1} | by_name

    def find(self, name: str) -> str | None:
        """Return the table's own name for a column, or None when it has no such column."""
        return self._by_name.get(folded(name))

    def report_absent(self, names: Iterable[str], code: str = "absent-column") -> None:
        """Add a finding for each of the columns that the table does not have."""
        for name in dict.fromkeys(names):
            if self.find(name) is None:
                columns = self.table.cells.column_names
                near = difflib.get_close_matches(name, columns, 1, 0.6) or columns[:8]
                problem = f"the table has no column {name!r}"
                remedy = f"The mapping may mean: {', '.join(map(repr, near))}."
                self.note(code, problem, column=name, remedy=remedy)

    def note(self, code: str, problem: str = "", **where: object) -> None:
        """Add a finding about this table."""
        table = self.table
        self.findings.append(remark(code, table.file, problem, sheet=table.sheet, **where))  # type: ignore[arg-type]

    def column(self, name: str) -> Coded | None:
        """Return the kept rows of a column, or None when the table has no such column."""
        found = self.find(name)
        if found is None:
            return None
        if found not in self._columns:
            self._columns[found] = self._limited(of_arrow(self.table.cells.column(found)))
        return self._columns[found]

    def _limited(self, column: Coded) -> Coded:
        return column.take(self.kept) if len(column.codes) != len(self.kept) else column

    def says_nothing(self, text: str) -> bool:
        """Return whether a cell says that nothing is known."""
        return is_missing(text) or folded(text) in self.missing

    def text(self, template: str) -> Coded:
        """Return a text for each kept row, its ``{Column}`` filled from the row's cells."""
        names = [name for name in TEMPLATE.findall(template) if self.find(name) is not None]
        if not names:
            return constant(template, len(self.kept))
        columns = [self._spoken(name) for name in names]
        marks = [f"{{{name}}}" for name in names]

        def fill(cells: tuple[str, ...]) -> str:
            text = template
            for mark, cell in zip(marks, cells, strict=True):
                text = text.replace(mark, cell)
            return " ".join(text.split())

        return joined(columns, fill)

    def _spoken(self, name: str) -> Coded:
        """Return a column that the table has, with '' for marks that nothing is known."""
        column = self.column(name)
        assert column is not None, "asked only for columns that were found"
        marks = self.missing | MISSING
        return column.map(lambda texts: ["" if folded(t) in marks else t for t in texts])

    def _fill_down(self, name: str) -> None:
        found = self.find(name)
        if found is None:
            return
        column = of_arrow(self.table.cells.column(found))
        blank = np.isin(column.codes, [p for p, text in enumerate(column.texts) if not text])
        last = np.maximum.accumulate(np.where(blank, -1, np.arange(len(blank))))
        codes = np.where(last < 0, column.codes, column.codes[np.maximum(last, 0)])
        self._columns[found] = Coded(codes, column.texts, {})

    def _kept(self, mapping: MappingModel) -> Codes:
        everything = np.arange(self.table.cells.num_rows)
        keep = np.ones(len(everything), dtype=bool)
        self.kept = everything
        if mapping.table.totals == "drop":
            keep[[row for row, _ in totals_rows(self.table, self._classes(mapping))]] = False
        for condition in mapping.only:
            keep &= self._holds(condition, keep)
        return everything[keep]

    def _classes(self, mapping: MappingModel) -> set[str | None]:
        """Return the columns that the mapping reads as something else than a place or a day."""
        names = [value.qualifier for value in mapping.values if value.qualifier]
        named = ("country", "admin1", "as_of")
        names += [own for ours, own in mapping.columns.items() if ours not in named]
        return {self.find(name) for name in (*names, *(part.column for part in mapping.rows))}

    def _holds(self, condition: Condition, keep: Mask) -> Mask:
        column = self.column(condition.column)
        if column is None:
            return np.ones(len(keep), dtype=bool)
        wanted, unwanted = (
            set(map(folded, part)) for part in (condition.equals, condition.differs)
        )
        texts = [folded(text) for text in column.texts]
        good = [p for p, t in enumerate(texts) if (not wanted or t in wanted) and t not in unwanted]
        holds = np.isin(column.codes, good)
        out = int((keep & ~holds).sum())
        if out:
            shown = sorted({column.texts[code] for code in column.codes[keep & ~holds]})
            problem = f"{out:,} rows were left out: {', '.join(map(repr, shown[:8]))}"
            self.note("rows-left-out", problem, column=condition.column)
        return holds
