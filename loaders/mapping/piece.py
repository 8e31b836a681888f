"""One column of numbers and one class of rows become figures."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from figures import Counting, Quantifier
from loaders.mapping import days
from loaders.mapping.amounts import Amounts, read_amounts
from loaders.mapping.coded import Coded, Codes, constant, filled
from loaders.mapping.kinds import provinces, understood
from loaders.mapping.model import CANONICAL, REQUIRED, TEMPLATE, MappingModel
from loaders.mapping.plan import Plan
from loaders.mapping.sheet import Sheet

Objects = npt.NDArray[np.object_]
_FROM_THE_NUMBER = ("figure_id", "value", "value_high", "quantifier", "expression")
_NEEDED = tuple(name for name in REQUIRED if name not in ("figure_id", "value"))


@dataclass(frozen=True)
class Piece:
    """Figures of the column ``plan`` (its place): ``rows`` are places among the rows that count."""

    plan: int
    rows: Codes
    columns: dict[str, Objects]


class Reader:
    """Reads the columns of one table, each once, and reports each bad cell once."""

    def __init__(self, mapping: MappingModel, sheet: Sheet):
        """Prepare the reading of ``sheet``."""
        self.mapping = mapping
        self.sheet = sheet
        self._texts: dict[tuple[str, str], Coded] = {}
        self._firsts: dict[tuple[str, str], Coded] = {}
        self._amounts: dict[str, Amounts] = {}
        self._reported: set[tuple[int, str, str]] = set()
        self._provinces: dict[str, str] = {}

    def piece(self, plan: Plan, number: int, given: dict[str, str], rows: Codes) -> Piece | None:
        """Return the figures of one column for some rows, or None when it has none.

        ``given`` is what is said about the rows; what the plan says comes before it.
        """
        said = given | plan.given
        lacking = [name for name in _NEEDED if not self._says(name, said)]
        if lacking:
            self._say_incomplete(plan, lacking)
            return None
        amounts = self._numbers(plan.column, rows)
        filled_in = np.array([text is not None for text in amounts.said], dtype=bool)
        codes = amounts.column.codes[rows]
        self._report(amounts.column.take(rows), rows, plan.column)
        rows = rows[filled_in[codes]]
        columns = {name: self._column(name, said).take(rows) for name in self._described(said)}
        good = self._good(columns, rows, said)
        rows = rows[good]
        texts = {name: column.rows()[good] for name, column in columns.items()}
        numbers = self._said(plan, amounts, rows, texts)
        self._set_since(texts, plan, said, rows)
        blank = np.full(len(rows), "", dtype=object)
        return Piece(number, rows, dict.fromkeys(CANONICAL, blank) | texts | numbers)

    def _says(self, name: str, said: dict[str, str]) -> bool:
        return bool(said.get(name)) or name in self._described(said)

    def _described(self, said: dict[str, str]) -> list[str]:
        """Return the columns of a figure that something is said about, country before province."""
        mapping = self.mapping
        constants = mapping.constants.given()
        present = {name for name, own in mapping.columns.items() if self.sheet.find(own)}
        names = present | constants.keys() | said.keys()
        skipped = ("figure_id", "value", "value_high")
        return [name for name in CANONICAL if name in names and name not in skipped]

    def _say_incomplete(self, plan: Plan, lacking: list[str]) -> None:
        for name in lacking:
            if (0, name, "mapping-incomplete") in self._reported:
                continue
            self._reported.add((0, name, "mapping-incomplete"))
            problem = f"nothing says the `{name}` of the numbers in {plan.column!r}"
            self.sheet.note("mapping-incomplete", problem, column=name)

    def _numbers(self, column: str, rows: Codes) -> Amounts:
        # Cells of other rows (shares, ages) must not decide how the numbers here are written.
        key = f"{column}\n{len(rows)}\n{rows[:1]}"
        if key not in self._amounts:
            cells = self.sheet.column(column)
            assert cells is not None, "plans name columns of the table"
            wanted = cells.take(rows)
            read = read_amounts(wanted, self.sheet, self.mapping.numbers)
            whole = Coded(cells.codes, cells.texts, read.column.bad)
            self._amounts[key] = Amounts(whole, read.said)
        return self._amounts[key]

    def _source(self, name: str, said: dict[str, str]) -> tuple[str, Coded]:
        """Return the label and the texts of what says the column ``name`` of a figure."""
        rows = len(self.sheet.kept)
        fallback = self.mapping.constants.given().get(name, "")
        if name in said:
            return _label(said[name], name), self.sheet.text(said[name])
        own = self.mapping.columns.get(name, "")
        cells = self.sheet.column(own) if own else None
        if cells is None:
            return _label(fallback, name), self.sheet.text(fallback)
        silent = {text for text in cells.texts if self.sheet.says_nothing(text)} - {"NA", "na"}
        blanked = cells.map(lambda texts: ["" if text in silent else text for text in texts])
        if not fallback:
            return own, blanked
        return own, filled(blanked, constant(fallback, rows))

    def _key(self, name: str, said: dict[str, str]) -> tuple[str, str]:
        return name, said.get(name, "\n")

    def _column(self, name: str, said: dict[str, str]) -> Coded:
        """Return the column ``name`` of a figure for all rows, read once for each way to say it."""
        key = self._key(name, said)
        if name == "admin1":
            key = (name, f"{said.get(name, chr(10))}|{said.get('country', chr(10))}")
        if key not in self._texts:
            self._texts[key] = self._read(name, said)
        return self._texts[key]

    def _read(self, name: str, said: dict[str, str]) -> Coded:
        _, texts = self._source(name, said)
        if name in ("as_of", "since", "published"):
            return self._dates(name, texts, said)
        column = understood(texts, name, self.mapping, self.sheet)
        if name == "admin1":
            return provinces(column, self._column("country", said), self._provinces)
        return column

    def _dates(self, name: str, texts: Coded, said: dict[str, str]) -> Coded:
        keys = self.mapping.dates
        if name in said and not TEMPLATE.search(said[name]):
            # What a mapping says itself is written the ISO way, however the table writes it.
            keys = type(keys)()
        if name == "since":
            return days.first_days(texts, keys)
        if name == "published":
            return days.moments(texts, keys)
        last, self._firsts[self._key(name, said)] = days.as_of(texts, keys)
        return last

    def _good(
        self, columns: dict[str, Coded], rows: Codes, said: dict[str, str]
    ) -> npt.NDArray[np.bool_]:
        """Return which rows can be read in every column, and report the others."""
        good = np.ones(len(rows), dtype=bool)
        for name, column in columns.items():
            label, source = self._source(name, said)
            own = Coded(column.codes, column.texts, column.bad)
            self._report(own, rows, label)
            good &= ~column.wrong()
            if name in _NEEDED:
                blank = column.rows() == ""
                blank &= ~column.wrong()
                self._report_blank(rows[blank], label, name)
                good &= ~blank
            del source
        return good

    def _report(self, column: Coded, rows: Codes, label: str) -> None:
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

    def _report_blank(self, rows: Codes, label: str, name: str) -> None:
        for row in rows.tolist():
            line = int(self.sheet.lines[row])
            if (line, label, "missing-value") not in self._reported:
                self._reported.add((line, label, "missing-value"))
                problem = f"the cell that gives the `{name}` is empty"
                self.sheet.note("missing-value", problem, line=line, column=label,
                                remedy="Fill it in; unknown is not 0.")  # fmt: skip

    def _said(
        self, plan: Plan, amounts: Amounts, rows: Codes, texts: dict[str, Objects]
    ) -> dict[str, Objects]:
        """Return value, value_high, quantifier and expression (and note) of the figures."""
        said = [amounts.said[code] for code in amounts.column.codes[rows]]
        columns = {
            "value": np.array([s.value for s in said if s], dtype=object),
            "value_high": np.array([s.high for s in said if s], dtype=object),
            "quantifier": np.array([s.quantifier for s in said if s], dtype=object),
        }
        printed = np.array([s.expression for s in said if s], dtype=object)
        columns["expression"] = texts.get("expression", printed)
        self._qualify(plan, columns, rows, texts)
        if plan.low and plan.high:
            columns |= self._bounds(plan, columns, rows, texts)
        return columns

    def _qualify(
        self, plan: Plan, columns: dict[str, Objects], rows: Codes, texts: dict[str, Objects]
    ) -> None:
        """Take the quantifier from the column beside the number where the number has none."""
        beside = texts.get("quantifier")
        words = self.sheet.column(plan.qualifier) if plan.qualifier else None
        if words is not None:
            read = understood(words, "quantifier", self.mapping, self.sheet).take(rows)
            self._report(read, rows, plan.qualifier)
            # A word that is not understood is kept in words, and nothing is claimed to be exact.
            beside = np.where(read.wrong(), Quantifier.ABOUT.value, read.rows())
            printed = words.take(rows).rows()
            join = zip(printed, columns["value"], columns["expression"], strict=True)
            phrases = [f"{w} {e or v}".strip() if w else e for w, v, e in join]
            columns["expression"] = np.array(phrases, dtype=object)
        if beside is not None:
            exact = (columns["quantifier"] == Quantifier.EXACT.value) & (beside != "")
            columns["quantifier"] = np.where(exact, beside, columns["quantifier"])

    def _bounds(
        self, plan: Plan, columns: dict[str, Objects], rows: Codes, texts: dict[str, Objects]
    ) -> dict[str, Objects]:
        """Return the columns with what low and high columns say: a range, or a note."""
        lows, highs = (self._bound(name, rows) for name in (plan.low, plan.high))
        best = columns["value"]
        result = {name: column.copy() for name, column in columns.items()}
        result["note"] = texts.get("note", np.full(len(rows), "", dtype=object)).copy()
        for place, (low, value, high) in enumerate(zip(lows, best, highs, strict=True)):
            if not low or not high or low == value == high:
                continue
            if not int(low) <= int(value) <= int(high):
                line = int(self.sheet.lines[rows[place]])
                problem = f"low {low}, best {value}, high {high}"
                self.sheet.note("best-outside-bounds", problem, line=line, column=plan.column)
            words = f"best {value}, low {low}, high {high}"
            if self.mapping.numbers.bounds == "range" and int(low) < int(high):
                result["value"][place], result["value_high"][place] = low, high
                result["quantifier"][place] = Quantifier.RANGE.value
                result["expression"][place] = words
            else:
                result["note"][place] = f"{result['note'][place]} ({words})".strip()
        return result

    def _bound(self, name: str, rows: Codes) -> list[str]:
        if self.sheet.find(name) is None:
            return [""] * len(rows)
        amounts = self._numbers(name, rows)
        said = [amounts.said[code] for code in amounts.column.codes[rows]]
        return [each.value if each else "" for each in said]

    def _set_since(
        self, texts: dict[str, Objects], plan: Plan, said: dict[str, str], rows: Codes
    ) -> None:
        """Give flows the first day of their period, and stocks none, where only that can be meant."""
        counting = texts["counting"]
        since = texts.get("since", np.full(len(rows), "", dtype=object))
        first = self._firsts.get(self._key("as_of", said))
        firsts = first.take(rows).rows() if first else np.full(len(rows), "", dtype=object)
        if plan.first_day:
            firsts = np.full(len(rows), plan.first_day, dtype=object)
        own = "since" in said or "since" in self.mapping.columns
        period = (firsts != "") & ((since == "") | (not own))
        since = np.where((counting == Counting.FLOW.value) & period, firsts, since)
        if not own:
            since = np.where(counting == Counting.STOCK.value, "", since)
        texts["since"] = since

    def say_what_is_missing(self, listed: list[Plan], rows: Codes) -> None:
        """Report how many cells of each column say that nothing is known, and odd provinces."""
        for plan in listed:
            cells = self.sheet.column(plan.column)
            if cells is None or not len(rows):
                continue
            said = cells.take(rows.astype(np.int64)).rows()
            marks = {text for text in cells.texts if self.sheet.says_nothing(text)}
            silent = sum(1 for text in said if text in marks)
            if silent:
                shown = ", ".join(sorted({repr(text) for text in said if text in marks}))
                problem = f"{silent:,} cells say nothing ({shown}); no figure was made of them"
                self.sheet.note("no-figure", problem, column=plan.column)
        for name, problem in self._provinces.items():
            text, _, remedy = problem.rpartition("; ")
            self.sheet.note("unknown-province", text, value=name, column="admin1", remedy=remedy)


def _label(text: str, name: str) -> str:
    """Return what a finding calls a text of the mapping: the column it is filled from, or itself."""
    inside = TEMPLATE.search(text)
    return inside[1] if inside else f"mapping: {name}"
