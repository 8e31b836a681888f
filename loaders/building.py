"""The parts of a library, made from files; what was read before is not read again."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

import pandas as pd

from figures import Crisis, Decision, Event, Finding, Identity, Source, Table
from figures.findings import report
from loaders.cache import Cache
from loaders.canonical import read_canonical, unread
from loaders.checks import Checked, check_figures, check_tables
from loaders.figure_table import Loaded, figures_of
from loaders.folder import Fetch, crisis_of, fingerprint
from loaders.frames import as_frame, joined
from loaders.lineage import with_lineage
from loaders.raw import RawTable
from loaders.rows import Rows, no_rows, rows_of

CRISES, SOURCES, IDENTITIES = "crises.csv", "sources.csv", "identities.csv"
FIGURES, EVENTS, DECISIONS = "figures.csv", "events.csv", "decisions.csv"
P = TypeVar("P", Rows, Loaded)
cache = Cache()


@dataclass(frozen=True)
class Parts:
    """The tables of a library by name, its findings and its fingerprint.

    ``broken`` names the files that could not be read as they are.
    """

    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    fingerprint: str
    broken: frozenset[str]


@dataclass(frozen=True)
class Spare:
    """An earlier state of a file, used when the file cannot be read as it is."""

    hash: str
    fetch: Fetch


@dataclass
class Builder:
    """Builds the parts of a library.

    ``hashes`` gives the hash of each file's content by path; ``fetch`` gives the content of a file
    that has not been read before, and may raise ``OSError``.
    """

    hashes: Mapping[str, str]
    fetch: Fetch
    spares: Mapping[str, Spare] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _used: dict[str, str] = field(default_factory=dict)
    _broken: set[str] = field(default_factory=set)

    def parts(self) -> Parts:
        """Read all files, check them and put them together."""
        tables = {
            "crises": self._table(CRISES, Crisis),
            "sources": self._table(SOURCES, Source),
            "identities": self._table(IDENTITIES, Identity),
            "events": self._by_crisis(EVENTS, Event),
            "decisions": self._by_crisis(DECISIONS, Decision),
        }
        checked = [self._crisis(name, tables) for name in self._crises(tables["crises"])]
        figures = joined([part.figures for part in checked])
        tables["figures"] = with_lineage(figures, tables["sources"])
        self.findings += [finding for part in checked for finding in part.findings]
        self.findings += check_tables(tables)
        broken = frozenset(self._broken)
        return Parts(tables, as_frame(self.findings), fingerprint(self.hashes), broken)

    def _crises(self, crises: pd.DataFrame) -> list[str]:
        """Return the crises that have figures; say which have none, or are not described."""
        named = list(dict.fromkeys(crises["crisis"]))
        folders = {crisis_of(path) for path in self.hashes if _name(path) == FIGURES} - {""}
        for name in named:
            if name not in folders:
                self.findings.append(report("missing-file", f"{name}/{FIGURES}"))
        for name in sorted(folders - set(named)):
            self.findings.append(report("unknown-crisis", f"{name}/{FIGURES}"))
        return [*(n for n in named if n in folders), *sorted(folders - set(named))]

    def _crisis(self, crisis: str, tables: Mapping[str, pd.DataFrame]) -> Checked:
        path = f"{crisis}/{FIGURES}"
        start = _start(tables["crises"], crisis)
        loaded = self._read(path, (crisis, start), lambda raw: figures_of(raw, crisis, start))
        state = tuple(self._used.get(p, "") for p in (path, CRISES, SOURCES, IDENTITIES))
        return cache.get(
            ("checked", path, state),
            lambda: check_figures(loaded.figures, **_known(tables)),
            lambda checked: len(checked.figures),
        )

    def _table(self, path: str, model: type[Table]) -> pd.DataFrame:
        if path not in self.hashes:
            self.findings.append(report("missing-file", path))
            return no_rows(model)
        return self._read(path, model, lambda raw: rows_of(raw, model)).frame

    def _by_crisis(self, name: str, model: type[Table]) -> pd.DataFrame:
        paths = [path for path in self.hashes if _name(path) == name and crisis_of(path)]
        frames = [self._table(path, model).assign(crisis=crisis_of(path)) for path in paths]
        empty = no_rows(model).assign(crisis=pd.Series(dtype="str"))
        return pd.concat([empty, *frames], ignore_index=True)

    def _read(self, path: str, settings: Hashable, make: Callable[[RawTable], P]) -> P:
        """Return what a file holds, or what it held when it could last be read."""
        part = self._cached(path, self.hashes[path], self.fetch, settings, make)
        self.findings += part.findings
        if part.whole:
            return part
        self._broken.add(path)
        spare = self.spares.get(path)
        earlier = spare and self._cached(path, spare.hash, spare.fetch, settings, make)
        if not earlier or not earlier.whole:
            return part
        why = part.findings[0].problem if part.findings else "the file cannot be read"
        problem = f"an earlier state of {path} is shown, because {why}"
        self.findings.append(report("last-good-shown", path, problem=problem))
        return earlier

    def _cached(self, path: str, hash_: str, fetch: Fetch, settings: Hashable, make: Any) -> Any:
        self._used[path] = hash_
        try:
            return cache.get(
                (path, hash_, settings), lambda: make(read_canonical(fetch(path), path)), _rows
            )
        except OSError as error:
            return make(unread(report("unreadable-file", path, problem=str(error))))


def _rows(part: Rows | Loaded) -> int:
    return len(part.frame if isinstance(part, Rows) else part.figures)


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _start(crises: pd.DataFrame, crisis: str) -> pd.Timestamp | None:
    starts = crises.loc[crises["crisis"] == crisis, "start"]
    return starts.iloc[0] if len(starts) else None


def _known(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: tables[name] for name in ("crises", "sources", "identities")}
