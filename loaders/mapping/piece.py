"""One column of numbers and one class of rows become figures."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from figures import Counting
from loaders.mapping import days
from loaders.mapping.amounts import Amounts, read_amounts
from loaders.mapping.coded import Coded, Codes, constant, filled
from loaders.mapping.kinds import provinces, understood
from loaders.mapping.model import CANONICAL, REQUIRED, TEMPLATE, MappingModel
from loaders.mapping.plan import Plan
from loaders.mapping.printed import Printed
from loaders.mapping.reports import Reports
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
        self._amounts: dict[tuple[str, bytes], Amounts] = {}
        self.reports = Reports(sheet)

    def piece(self, plan: Plan, number: int, given: dict[str, str], rows: Codes) -> Piece | None:
        """Return the figures of one column for some rows, or None when it has none.

        ``given`` is what is said about the rows; what the plan says comes before it.
        """
        said = given | plan.given
        if plan.qualifier and self.sheet.find(plan.qualifier):
            said["quantifier"] = f"{{{plan.qualifier}}}"
        lacking = [name for name in _NEEDED if not self._says(name, said)]
        if lacking:
            self.reports.incomplete(plan, lacking)
            return None
        amounts = self.numbers(plan.column, rows)
        filled_in = np.array([text is not None for text in amounts.said], dtype=bool)
        printed = amounts.column.take(rows)
        self.reports.bad(printed, rows, plan.column)
        wanted = rows[filled_in[printed.codes]]
        columns = self._taken(wanted, said)
        good = self._good(columns, wanted, said)
        self._report_rest(plan, said, rows, rows[printed.wrong()], wanted[~good])
        rows = wanted[good]
        texts = {name: column.rows()[good] for name, column in columns.items()}
        numbers = Printed(self, plan, rows, texts).columns(amounts)
        self._set_since(texts, plan, said, rows)
        blank = np.full(len(rows), "", dtype=object)
        return Piece(number, rows, dict.fromkeys(CANONICAL, blank) | texts | numbers)

    def _report_rest(
        self, plan: Plan, said: dict[str, str], rows: Codes, unread: Codes, lost: Codes
    ) -> None:
        """Report what else is wrong in rows that give no figure.

        ``unread`` are those of ``rows`` whose number cannot be read, ``lost`` those of which
        another cell cannot.
        """
        if len(unread):
            self._good(self._taken(unread, said), unread, said)
        lost = np.concatenate([unread, lost])
        for name in self._bounds(plan) if len(lost) else ():
            self.reports.bad(self.numbers(name, rows).column.take(lost), lost, name)

    def _bounds(self, plan: Plan) -> list[str]:
        """Return the table's columns that hold a lower or higher number beside that of a plan."""
        columns = self.mapping.columns
        own = columns.get("value_high", "") if plan.column == columns.get("value") else ""
        return [name for name in (plan.low, plan.high, own) if name and self.sheet.find(name)]

    def _taken(self, rows: Codes, said: dict[str, str]) -> dict[str, Coded]:
        """Return the columns of a figure about which something is said, for some rows."""
        return {name: self._column(name, said).take(rows) for name in self._described(said)}

    def _says(self, name: str, said: dict[str, str]) -> bool:
        return bool(said.get(name)) or name in self._described(said)

    def _described(self, said: dict[str, str]) -> list[str]:
        """Return the columns of a figure about which something is said."""
        mapping = self.mapping
        constants = mapping.constants.given()
        present = {name for name, own in mapping.columns.items() if self.sheet.find(own)}
        names = present | constants.keys() | said.keys()
        skipped = ("figure_id", "value", "value_high")
        return [name for name in CANONICAL if name in names and name not in skipped]

    def numbers(self, column: str, rows: Codes) -> Amounts:
        """Return what the cells of a column of the table say, read from ``rows`` alone."""
        # Cells of other rows (shares, ages) must not decide how the numbers here are written.
        key = column, rows.tobytes()
        if key not in self._amounts:
            cells = self.sheet.column(column)
            assert cells is not None, "plans name columns of the table"
            wanted = cells.take(rows)
            read = read_amounts(wanted, self.sheet, self.mapping.numbers)
            whole = Coded(cells.codes, cells.texts, read.column.bad)
            self._amounts[key] = Amounts(whole, read.said)
        return self._amounts[key]

    def _source(self, name: str, said: dict[str, str]) -> Coded:
        """Return the texts of what says the column ``name`` of a figure, for all rows."""
        rows = len(self.sheet.kept)
        fallback = self.mapping.constants.given().get(name, "")
        if name in said:
            return self.sheet.text(said[name])
        own = self.mapping.columns.get(name, "")
        cells = self.sheet.column(own) if own else None
        if cells is None:
            return self.sheet.text(fallback)
        silent = {text for text in cells.texts if self.sheet.says_nothing(text)} - {"NA", "na"}
        blanked = cells.map(lambda texts: ["" if text in silent else text for text in texts])
        if not fallback:
            return blanked
        return filled(blanked, constant(fallback, rows))

    def _label(self, name: str, said: dict[str, str]) -> str:
        """Return the column of the table that says the column ``name`` of a figure."""
        own = self.mapping.columns.get(name, "")
        if name in said or not self.sheet.find(own):
            text = said.get(name) or self.mapping.constants.given().get(name, "")
            return _label(text, name)
        return own

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
        texts = self._source(name, said)
        if name in ("as_of", "since", "published"):
            return self._dates(name, texts, said)
        column = understood(texts, name, self.mapping, self.sheet)
        if name == "admin1":
            return provinces(column, self._column("country", said), self.reports.provinces)
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
            label = self._label(name, said)
            self.reports.bad(column, rows, label)
            good &= ~column.wrong()
            if name in _NEEDED:
                blank = column.rows() == ""
                blank &= ~column.wrong()
                self.reports.blank(rows[blank], label, name)
                good &= ~blank
        return good

    def _set_since(
        self, texts: dict[str, Objects], plan: Plan, said: dict[str, str], rows: Codes
    ) -> None:
        """Give flows the first day of their period, and stocks none."""
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


def _label(text: str, name: str) -> str:
    """Return what a finding calls a text of the mapping: the column it is filled from."""
    inside = TEMPLATE.search(text)
    return inside[1] if inside else f"mapping: {name}"
