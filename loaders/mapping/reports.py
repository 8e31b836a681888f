"""Findings of the reading of one table, each bad cell reported once."""

import numpy as np

from loaders.mapping.coded import Coded, Codes
from loaders.mapping.plan import Plan
from loaders.mapping.sheet import Sheet

# What each column that a figure needs says of it.
SAID = {
    "country": "which country it is",
    "measure": "what is counted",
    "counting": "how the numbers count",
    "as_of": "which day they describe",
    "source": "who counted",
}


def about(assumed: str) -> str:
    """Return in words what a mapping says that it assumed: "counting of Killed"."""
    name, _, column = assumed.partition(" of ")
    if column:
        return f"how the numbers in {column!r} count"
    return SAID.get(name, name)


class Reports:
    """Adds findings to a sheet; ``provinces`` collects names that their country's list lacks."""

    def __init__(self, sheet: Sheet):
        """Begin with nothing reported."""
        self.sheet = sheet
        self.provinces: dict[str, str] = {}
        self._reported: set[tuple[int, str, str]] = set()

    def incomplete(self, plan: Plan, lacking: list[str]) -> None:
        """Report what nothing says about the numbers of a column."""
        for name in lacking:
            if (0, name, "mapping-incomplete") not in self._reported:
                self._reported.add((0, name, "mapping-incomplete"))
                problem = f"of the numbers in {plan.column!r} nothing says {SAID[name]}"
                self.sheet.note("mapping-incomplete", problem, column=name)

    def bad(self, column: Coded, rows: Codes, label: str) -> None:
        """Report the bad cells of a column, whose rows are ``rows``, once each."""
        if not column.bad:
            return
        wrong = column.wrong()
        for row, code in zip(rows[wrong].tolist(), column.codes[wrong].tolist(), strict=True):
            problem = column.bad[code]
            line = 0 if label.startswith("mapping: ") else int(self.sheet.lines[row])
            key = (line, label, problem.code)
            if key in self._reported:
                continue
            self._reported.add(key)
            where = {"line": line, "column": label, "value": column.texts[code]}
            self.sheet.note(problem.code, problem.problem, remedy=problem.remedy, **where)

    def blank(self, rows: Codes, label: str, name: str) -> None:
        """Report the empty cells that a figure needs for its column ``name``."""
        for row in rows.tolist():
            line = int(self.sheet.lines[row])
            if (line, label, "missing-value") not in self._reported:
                self._reported.add((line, label, "missing-value"))
                problem = f"the cell is empty and should say {SAID[name]}"
                self.sheet.note("missing-value", problem, line=line, column=label,
                                remedy="Fill it in; unknown is not 0.")  # fmt: skip

    def silent(self, listed: list[Plan], rows: Codes) -> None:
        """Report how many cells of each column say that nothing is known, and odd provinces."""
        for plan in listed:
            cells = self.sheet.column(plan.column)
            if cells is None or not len(rows):
                continue
            said = cells.take(rows.astype(np.int64)).rows()
            marks = {text for text in cells.texts if self.sheet.says_nothing(text)}
            silent = sum(1 for text in said if text in marks)
            if silent:
                shown = ", ".join(sorted({repr(t) if t else "empty" for t in said if t in marks}))
                cells_say = "1 cell says" if silent == 1 else f"{silent:,} cells say"
                problem = f"{cells_say} nothing ({shown}); that gives no figure"
                self.sheet.note("no-figure", problem, column=plan.column)
        for name, problem in self.provinces.items():
            text, _, remedy = problem.rpartition("; ")
            self.sheet.note("unknown-province", text, value=name, column="admin1", remedy=remedy)
