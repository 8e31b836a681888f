"""What becomes of each incoming row: added, a correction, repeated, a clash of ids, or bad."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from figures import SERIES, Finding
from loaders import Library
from publishing import ids
from publishing.change import IDS, TABLES, Change, Row
from publishing.simulate import parsed, parsed_figures
from reconciliation.wording import say

ADDED, CORRECTION, REPEATED = "added", "correction", "repeated"
CONFLICT, BAD, SKIPPED = "conflict", "bad", "skipped"
# What an editor may choose for a row: correct the earlier one, stand beside it, or be left out.
CORRECT, BESIDE, SKIP = "correct", "beside", "skip"
Choices = Mapping[tuple[str, int], str]
_SERIES = tuple(name for name in SERIES if name != "crisis")
# What makes two rows the same one, and within them what one source says of one question and day.
_SAID = {
    "figures": (*_SERIES, "source", "as_of"),
    "sources": ("source",),
    "events": ("date", "country", "label"),
    "decisions": (*_SERIES, "from_day"),
}
_VALUE = {
    "figures": ("value", "value_high", "quantifier", "status"),
    "sources": ("name", "kind", "country", "relays", "url"),
    "events": (),
    "decisions": ("figure_id", "rule", "reason"),
}


@dataclass(frozen=True)
class Incoming:
    """One incoming row and what becomes of it.

    ``kind`` is added, correction, repeated, conflict, bad or skipped; ``row`` is what would be
    written, ``None`` where nothing is; ``existing`` the id of the row it repeats, corrects or
    clashes with; ``text`` says it to the reader; ``findings`` are of the row itself.
    """

    table: str
    number: int
    kind: str
    given: Row
    row: Row | None
    existing: str
    text: str
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The id of the row as it would be written, else as it was given."""
        return (self.row or self.given).get(IDS[self.table], "")


@dataclass
class _Known:
    """The rows of a table that are there or come first: by what they speak of, and by id."""

    said: dict[Hashable, list[tuple[str, Hashable, bool]]] = field(default_factory=dict)
    ids: dict[str, tuple[Hashable, Hashable]] = field(default_factory=dict)

    def add(self, id_: str, said: Hashable, value: Hashable, alive: bool = True) -> None:
        self.said.setdefault(said, []).append((id_, value, alive))
        self.ids.setdefault(id_, (said, value))


@dataclass
class Sorter:
    """Sorts the rows of one change; ``offer`` says whether corrections are offered."""

    library: Library
    change: Change
    choices: Choices
    earlier: ids.Highest
    offer: bool
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)

    def sort(self) -> list[Incoming]:
        """Return what becomes of each row, in the order in which the tables are written."""
        return [found for table in TABLES for found in self._table(table)]

    def _table(self, table: str) -> Iterator[Incoming]:
        rows = [self._renamed(table, row) for row in self.change.rows(table)]
        if not rows:
            return
        given = {row.get(IDS[table], "") for row in rows}
        fresh = (
            ids.fresh(self.library, self.change.crisis, table, given, self.earlier)
            if table != "sources"
            else iter(())
        )
        rows = self._with_ids(table, rows, fresh)
        read = self._read(table, rows)
        known = _known(self.library, self.change.crisis, table, rows, read)
        for number, row in enumerate(rows):
            found = self._one(table, number, row, read.get(number), known, fresh)
            if found.row is not None and number in read and isinstance(read[number], dict):
                known.add(found.id, *_keys(read[number], table))
            yield found

    def _with_ids(self, table: str, rows: list[Row], fresh: Iterator[str]) -> list[Row]:
        column = IDS[table]
        if table == "sources":
            return rows
        return [row if row.get(column) else {column: next(fresh), **row} for row in rows]

    def _renamed(self, table: str, row: Row) -> Row:
        """Return a row that refers to rows of the change by the ids they have been given."""
        changed = dict(row)
        for column, other in _REFERS[table]:
            new = self.renamed.get((other, row.get(column, "")))
            if new and row.get(column):
                changed[column] = new
        return changed

    def _read(self, table: str, rows: list[Row]) -> dict[int, Any]:
        """Return by number each row as the loader reads it (a dict), or its findings (a list)."""
        if not rows:
            return {}
        if table == "figures":
            part = parsed_figures(rows, self.change.crisis, self.library)
            frame, findings = part.figures, part.findings
        else:
            small = parsed(rows, TABLES[table], f"{table}.csv")
            frame, findings = small.frame, small.findings
        read: dict[int, Any] = {}
        for finding in findings:
            read.setdefault(finding.line - 2, []).append(replace(finding, line=finding.line - 1))
        records = frame.astype(object).to_dict("records")
        return read | {int(row["line"]) - 2: row for row in records}

    def _one(
        self, table: str, number: int, row: Row, read: Any, known: _Known, fresh: Iterator[str]
    ) -> Incoming:
        choice = self.choices.get((table, number), "")
        given = self.change.rows(table)[number]

        def result(kind: str, text: str, row: Row | None = None, existing: str = "") -> Incoming:
            return Incoming(table, number, kind, given, row, existing, text)

        if not isinstance(read, dict):
            text = say("This row cannot be read, so it is left out.")
            return replace(result(BAD, text), findings=tuple(read or ()))
        said, value = _keys(read, table)
        same = [i for i, v, _ in known.said.get(said, ()) if v == value]
        if same:
            self.renamed[table, given.get(IDS[table], "")] = same[0]
            return result(REPEATED, say("Already there as {id}.", id=same[0]), existing=same[0])
        if choice == SKIP:
            return result(SKIPPED, say("Left out, as you chose."))
        if table == "sources":
            return self._source(row, choice, known, result)
        final, clash = self._free(table, row, known, fresh)
        named = row.get("supersedes", "")
        # A row of the same change may have been given another id.
        named = self.renamed.get(("figures", named), named) if named else ""
        corrects = named or self._corrected(table, said, known, choice)
        if corrects:
            final = {**final, "supersedes": corrects}
            text = say("Corrects {id}; the earlier row stays in the file.", id=corrects)
            return result(CORRECTION, text, final, corrects)
        if clash:
            text = say("The id {id} is taken; it becomes {new}.", id=clash, new=final[IDS[table]])
            return result(CONFLICT, text, final, clash)
        return result(ADDED, say("New."), final)

    def _free(self, table: str, row: Row, known: _Known, fresh: Iterator[str]) -> tuple[Row, str]:
        """Return the row with an id that is free, and the id that was not."""
        column = IDS[table]
        id_ = row[column]
        if id_ not in known.ids and not self._used_once(table, id_):
            return row, ""
        new = next(fresh)
        self.renamed[table, id_] = new
        return {**row, column: new}, id_

    def _used_once(self, table: str, id_: str) -> bool:
        """Return whether an id may have been that of a row that is no longer there."""
        match = ids._NUMBERED.fullmatch(id_)
        if match is None:
            return False
        once = self.earlier.get(table, {}).get(match.group(1))
        return once is not None and int(match.group(2)) <= once

    def _corrected(self, table: str, said: Hashable, known: _Known, choice: str) -> str:
        """Return the id of the figure that this one is offered to correct, if there is one."""
        if table != "figures" or not (self.offer or choice == CORRECT) or choice == BESIDE:
            return ""
        standing = [id_ for id_, _, alive in known.said.get(said, ()) if alive]
        return standing[-1] if standing else ""

    def _source(self, row: Row, choice: str, known: _Known, result: Any) -> Incoming:
        id_ = row["source"]
        if id_ not in known.ids:
            return result(ADDED, say("New."), row)  # type: ignore[no-any-return]
        if choice != BESIDE:
            text = say("There is another source {id} already; it stays as it is.", id=id_)
            return result(CONFLICT, text, None, id_)  # type: ignore[no-any-return]
        new = next(name for n in range(2, 10_000) if (name := f"{id_}-{n}") not in known.ids)
        self.renamed["sources", id_] = new
        text = say("The id {id} is taken; it becomes {new}.", id=id_, new=new)
        return result(CONFLICT, text, {**row, "source": new}, id_)  # type: ignore[no-any-return]


# Which columns of a table hold ids of another.
_REFERS: dict[str, tuple[tuple[str, str], ...]] = {
    "sources": (),
    "events": (),
    "figures": (("source", "sources"), ("publisher", "sources")),
    "decisions": (("figure_id", "figures"),),
}


def _keys(row: Mapping[Any, Any], table: str) -> tuple[Hashable, Hashable]:
    """Return what a row speaks of, and what it says."""
    return (
        tuple(_plain(row[name]) for name in _SAID[table]),
        tuple(_plain(row[name]) for name in _VALUE[table]),
    )


def _plain(cell: Any) -> Hashable:
    return "" if cell is None or cell != cell else str(cell)


def _known(
    library: Library, crisis: str, table: str, rows: list[Row], read: Mapping[int, Any]
) -> _Known:
    """Return the rows that are there and that the incoming ones may meet."""
    known = _Known()
    frame = getattr(library, table)
    frame = frame[frame["crisis"] == crisis] if "crisis" in frame else frame
    here = {row.get(IDS[table], "") for row in rows}
    known.ids = dict.fromkeys(frame[IDS[table]].astype(str), ((), ()))
    days = _SAID[table][-1]
    wanted = {row[days] for row in read.values() if isinstance(row, dict)}
    near = frame[frame[days].isin(list(wanted)) | frame[IDS[table]].isin(list(here))]
    gone: set[str] = set()
    if table == "figures":
        gone = set(frame.loc[frame["supersedes"] != "", "supersedes"].astype(str))
        gone |= set(near.loc[near["status"] == "withdrawn", "figure_id"].astype(str))
    for row in near.astype(object).to_dict("records"):
        id_ = str(row[IDS[table]])
        known.add(id_, *_keys(row, table), id_ not in gone)
        known.ids[id_] = _keys(row, table)
    return known


def sort_rows(
    library: Library,
    change: Change,
    *,
    choices: Choices | None = None,
    earlier: ids.Highest | None = None,
    offer: bool = True,
) -> list[Incoming]:
    """Return what becomes of each row of the change, beside what the library holds."""
    return Sorter(library, change, choices or {}, earlier or {}, offer).sort()


def ready(change: Change, rows: list[Incoming]) -> Change:
    """Return the change as it would be written: ids given, repeated and bad rows left out."""
    kept = {
        table: [found.row for found in rows if found.table == table and found.row is not None]
        for table in TABLES
    }
    return change.of(**kept)


def frame_of(rows: list[Incoming]) -> pd.DataFrame:
    """Return the rows as a table: table, number, becomes, id, existing, text, then their cells."""
    columns = ["table", "number", "becomes", "id", "existing", "text"]
    about = [(f.table, f.number, f.kind, f.id, f.existing, f.text) for f in rows]
    cells = pd.DataFrame([dict(f.row or f.given) for f in rows]).fillna("")
    return pd.concat([pd.DataFrame(about, columns=columns), cells], axis=1)
