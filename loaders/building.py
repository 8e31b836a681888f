"""The parts of a library, made from files; what was read before is not read again."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

import pandas as pd

from figures import Crisis, Decision, Event, Figure, Finding, Identity, Source, Table
from figures.findings import report
from loaders.cache import Cache
from loaders.canonical import unread
from loaders.checks import Checked, check_figures, check_tables
from loaders.figure_table import FigureTable, figures_of
from loaders.folder import MAPPING, Fetch, crisis_of, fingerprint, marks
from loaders.frames import as_frame, joined
from loaders.lineage import with_lineage
from loaders.opening import Mapping, MappingError, open_mapped, open_table
from loaders.raw import RawTable
from loaders.rows import Rows, no_rows, rows_of

CRISES, SOURCES, IDENTITIES = "crises.csv", "sources.csv", "identities.csv"
FIGURES, EVENTS, DECISIONS = "figures.csv", "events.csv", "decisions.csv"
P = TypeVar("P", Rows, FigureTable)
# In the place of a content's hash: nothing was made of it.
UNREAD = "unread"
cache = Cache()


@dataclass(frozen=True)
class Parts:
    """The tables of a library by name, its findings, its fingerprint and the mark of each crisis.

    ``broken`` names the files that could not be read as they are; ``instead`` those of them that
    are shown as they were before, each with the finding that says what keeps it from being read.
    """

    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    fingerprint: str
    marks: dict[str, str]
    broken: frozenset[str]
    instead: dict[str, Finding]


@dataclass(frozen=True)
class Spare:
    """An earlier state of a file, used when the file cannot be read as it is.

    ``day`` is when that state was first read.
    """

    hash: str
    fetch: Fetch
    day: dt.date


@dataclass
class Builder:
    """Builds the parts of a library.

    ``hashes`` gives the hash of each file's content by path; ``fetch`` gives the content of a file
    that has not been read before, and may raise ``OSError``.
    """

    hashes: Map[str, str]
    fetch: Fetch
    spares: Map[str, Spare] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    only: Collection[str] | None = None
    _used: dict[str, str] = field(default_factory=dict)
    _broken: set[str] = field(default_factory=set)
    _instead: dict[str, Finding] = field(default_factory=dict)

    def parts(self) -> Parts:
        """Read all files, check them and put them together."""
        if not self.hashes:
            self.findings.append(report("missing-folder", "."))
        tables = {
            "crises": self._table(CRISES, Crisis),
            "sources": self._table(SOURCES, Source),
            "identities": self._table(IDENTITIES, Identity),
            "events": self._by_crisis(EVENTS, Event),
            "decisions": self._by_crisis(DECISIONS, Decision),
        }
        crises = self._crises(tables["crises"])
        checked = [self._crisis(name, paths, tables) for name, paths in crises.items()]
        figures = joined([part.figures for part in checked])
        tables["figures"] = with_lineage(figures, tables["sources"])
        self.findings += [finding for part in checked for finding in part.findings]
        self.findings += check_tables(tables)
        broken = frozenset(self._broken)
        read = self._states()
        state = fingerprint(read), marks(read)
        return Parts(tables, as_frame(self.findings), *state, broken, self._instead)

    def _states(self) -> dict[str, str]:
        """Return what was made of each file: its content, or an earlier one, or none, in its place.

        The same content may be read now and not another time, when it changed meanwhile: the
        libraries are not the same.
        """
        used = {**self.hashes, **self._used}
        return {
            path: hash_ if used[path] == hash_ else f"{hash_} {used[path]}"
            for path, hash_ in self.hashes.items()
        }

    def _crises(self, crises: pd.DataFrame) -> dict[str, list[str]]:
        """Return the tables of figures of each crisis; say which crisis has none or is not known.

        Figures are in figures*.csv, or in any table with a mapping of the same name beside it.
        """
        listed = filter(self._wanted, crises["crisis"])
        tables: dict[str, list[str]] = {name: [] for name in listed}
        for path in filter(crisis_of, self.hashes):
            if path.endswith(MAPPING) or _name(path) in (EVENTS, DECISIONS):
                continue
            if _name(path).startswith("figures") or _mapping_of(path) in self.hashes:
                tables.setdefault(crisis_of(path), []).append(path)
            else:
                self.findings.append(report("unused-file", path))
        for name in [name for name, paths in tables.items() if not paths]:
            self.findings.append(report("missing-file", f"{name}/{FIGURES}"))
            del tables[name]
        for name in sorted(set(tables) - set(crises["crisis"])):
            self.findings.append(report("unknown-crisis", tables[name][0]))
        return tables

    def _wanted(self, crisis: str) -> bool:
        return self.only is None or crisis in self.only

    def _crisis(self, crisis: str, paths: list[str], tables: Map[str, pd.DataFrame]) -> Checked:
        start = _start(tables["crises"], crisis)
        loaded = [self._figures(path, crisis, start) for path in paths]
        mappings = [_mapping_of(path) for path in paths]
        state = [self._used.get(p, "") for p in (*paths, *mappings, CRISES, SOURCES, IDENTITIES)]
        return cache.get(
            ("checked", *paths),
            tuple(state),
            lambda: check_figures(joined([part.figures for part in loaded]), **_known(tables)),
            lambda checked: len(checked.figures),
        )

    def _figures(self, path: str, crisis: str, start: pd.Timestamp | None) -> FigureTable:
        mapping = self._mapping(path)
        return self._read(
            path,
            (crisis, start, mapping and mapping.dump()),
            lambda raw: figures_of(raw, crisis, start),
            mapping,
            Figure,
        )

    def _mapping(self, path: str) -> Mapping | None:
        """Return the mapping beside a table, if it has one that can be read."""
        beside = _mapping_of(path)
        if beside not in self.hashes:
            return None
        self._used[beside] = self.hashes[beside]
        try:
            return Mapping.load(self.fetch(beside).decode("utf-8"))
        except (OSError, MappingError, UnicodeDecodeError) as error:
            self.findings.append(report("bad-mapping", beside, problem=str(error)))
            return None

    def _table(self, path: str, model: type[Table]) -> pd.DataFrame:
        if path not in self.hashes:
            self.findings.append(report("missing-file", path))
            return no_rows(model)
        return self._read(path, model, lambda raw: rows_of(raw, model), None, model).frame

    def _by_crisis(self, name: str, model: type[Table]) -> pd.DataFrame:
        paths = [path for path in self.hashes if _name(path) == name and crisis_of(path)]
        frames = [self._table(path, model).assign(crisis=crisis_of(path)) for path in paths]
        empty = no_rows(model).assign(crisis=pd.Series(dtype="str"))
        return pd.concat([empty, *frames], ignore_index=True)

    def _read(
        self,
        path: str,
        settings: Hashable,
        make: Callable[[RawTable], P],
        mapping: Mapping | None,
        model: type[Table],
    ) -> P:
        """Return what a file holds, or what it held when it could last be read."""
        opened = partial(_open, path=path, mapping=mapping, columns=frozenset(model.model_fields))
        part = self._cached(path, self.hashes[path], self.fetch, settings, opened, make)
        if part.whole:
            self.findings += part.findings
            return part
        self._broken.add(path)
        if spare := self.spares.get(path):
            earlier = self._cached(path, spare.hash, spare.fetch, settings, opened, make)
            if earlier.whole:
                told = _instead(path, part.findings, spare.day)
                self._instead[path] = told[0]
                self.findings += told
                return earlier
            self._used[path] = UNREAD
        self.findings += part.findings
        return part

    def _cached(
        self,
        path: str,
        hash_: str,
        fetch: Fetch,
        settings: Hashable,
        opened: Callable[[bytes], RawTable],
        make: Callable[[RawTable], P],
    ) -> P:
        self._used[path] = hash_
        try:
            return cache.get(path, (hash_, settings), lambda: make(opened(fetch(path))), _rows)
        except OSError as error:
            self._used[path] = UNREAD
            return make(unread(report("unreadable-file", path, problem=str(error))))


def _open(data: bytes, path: str, mapping: Mapping | None, columns: frozenset[str]) -> RawTable:
    return open_mapped(data, path, mapping) if mapping else open_table(data, path, columns)


def _instead(path: str, causes: tuple[Finding, ...], day: dt.date) -> list[Finding]:
    """Return what to say of a file that is shown as it was on an earlier day, and why it is."""
    why = causes[0].problem if causes else "the file cannot be read"
    problem = f"an earlier state of {path}, of {day.isoformat()}, is shown, because {why}"
    remedy = causes[0].remedy if causes else ""
    # Its figures are there, so none of them is told as left out.
    told = [replace(f, severity="warning") if f.severity == "error" else f for f in causes]
    return [*told, report("last-good-shown", path, problem=problem, remedy=remedy)]


def _rows(part: Rows | FigureTable) -> int:
    return len(part.frame if isinstance(part, Rows) else part.figures)


def _mapping_of(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(MAPPING))


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _start(crises: pd.DataFrame, crisis: str) -> pd.Timestamp | None:
    starts = crises.loc[crises["crisis"] == crisis, "start"]
    return starts.iloc[0] if len(starts) else None


def _known(tables: Map[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: tables[name] for name in ("crises", "sources", "identities")}
