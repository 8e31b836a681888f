"""The number of a figure as printed: digits, quantifier, bounds, words."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

from figures import Quantifier
from loaders.mapping.amounts import Amounts
from loaders.mapping.coded import Codes
from loaders.mapping.model import MappingModel
from loaders.mapping.plan import Plan
from loaders.mapping.reports import Reports
from loaders.mapping.sheet import Sheet

Objects = npt.NDArray[np.object_]


class _Reads(Protocol):
    mapping: MappingModel
    sheet: Sheet
    reports: Reports

    def numbers(self, column: str, rows: Codes) -> Amounts: ...


class Printed:
    """What the column of ``plan`` prints in ``rows``; ``texts`` are their other columns."""

    def __init__(self, reader: _Reads, plan: Plan, rows: Codes, texts: dict[str, Objects]):
        """Keep what is needed to read the numbers."""
        self.reader, self.plan, self.rows, self.texts = reader, plan, rows, texts

    def columns(self, amounts: Amounts) -> dict[str, Objects]:
        """Return value, value_high, quantifier, expression and, with bounds, note."""
        said = [amounts.said[code] for code in amounts.column.codes[self.rows]]
        columns = {
            "value": np.array([s.value for s in said if s], dtype=object),
            "value_high": np.array([s.high for s in said if s], dtype=object),
            "quantifier": np.array([s.quantifier for s in said if s], dtype=object),
        }
        printed = np.array([s.expression for s in said if s], dtype=object)
        columns["expression"] = self.texts.get("expression", printed)
        self._qualify(columns)
        own_high = self.reader.mapping.columns.get("value_high", "")
        if own_high and self.plan.column == self.reader.mapping.columns.get("value"):
            highs = np.array(self._values(own_high), dtype=object)
            columns["value_high"] = np.where(highs == "", columns["value_high"], highs)
        if self.plan.low and self.plan.high:
            self._bound(columns)
        return columns

    def _qualify(self, columns: dict[str, Objects]) -> None:
        """Take the quantifier from beside the number where the number itself has none."""
        beside = self.texts.get("quantifier")
        words = self.reader.sheet.column(self.plan.qualifier) if self.plan.qualifier else None
        if words is not None:
            self._express(columns, words.take(self.rows).rows())
        if beside is not None:
            exact = (columns["quantifier"] == Quantifier.EXACT.value) & (beside != "")
            columns["quantifier"] = np.where(exact, beside, columns["quantifier"])

    def _express(self, columns: dict[str, Objects], words: Objects) -> None:
        if "expression" in self.texts:
            return
        both = zip(words, columns["value"], columns["expression"], strict=True)
        phrases = [f"{word} {text or value}" if word else text for word, value, text in both]
        columns["expression"] = np.array(phrases, dtype=object)

    def _bound(self, columns: dict[str, Objects]) -> None:
        """Add what the low and high columns say: as a range, or in the note."""
        lows, highs = self._values(self.plan.low), self._values(self.plan.high)
        blank = np.full(len(self.rows), "", dtype=object)
        columns["note"] = self.texts.get("note", blank).copy()
        columns["expression"] = columns["expression"].copy()
        as_range = self.reader.mapping.numbers.bounds == "range"
        for place, (low, high) in enumerate(zip(lows, highs, strict=True)):
            best = columns["value"][place]
            if not low or not high or low == best == high:
                continue
            words = f"best {best}, low {low}, high {high}"
            if not int(low) <= int(best) <= int(high):
                self._outside(place, words)
            if as_range and int(low) < int(high):
                columns["value"][place], columns["value_high"][place] = low, high
                columns["quantifier"][place] = Quantifier.RANGE.value
                columns["expression"][place] = words
            else:
                columns["note"][place] = f"{columns['note'][place]} ({words})".strip()

    def _outside(self, place: int, words: str) -> None:
        line = int(self.reader.sheet.lines[self.rows[place]])
        self.reader.sheet.note("best-outside-bounds", words, line=line, column=self.plan.column)

    def _values(self, name: str) -> list[str]:
        if self.reader.sheet.find(name) is None:
            return [""] * len(self.rows)
        amounts = self.reader.numbers(name, self.rows)
        self.reader.reports.bad(amounts.column.take(self.rows), self.rows, name)
        said = [amounts.said[code] for code in amounts.column.codes[self.rows]]
        return [each.value if each else "" for each in said]
