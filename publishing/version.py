"""A version of the folder: who did what, when, and which content every file had after it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from reconciliation import wording
from reconciliation.wording import say, say_many

CORRECTED, WITHDRAWN = "corrected", "withdrawn"
KINDS = ("start", "publish", "outside", "undo")


@dataclass(frozen=True)
class Version:
    """One step of the history.

    ``kind`` is ``start`` (the folder as it was found), ``publish``, ``undo`` (of ``undoes``) or
    ``outside`` (somebody changed the files without the dashboard). ``when`` is in UTC, ISO 8601.
    ``counts`` says how many rows of each table were added, and how many of the figures correct or
    withdraw an earlier one; ``files`` which files changed (path,
    and the hashes before and after; "" where there was no file), ``state`` the hash of every data
    file afterwards, ``rewrites`` in words which files were written anew, ``highest`` the largest
    number used so far in ids of each beginning, by table. ``git`` says how a commit went; it is
    known to the publisher alone.
    """

    number: int
    kind: str
    when: str
    who: str
    message: str
    crisis: str
    before: str
    after: str
    files: tuple[Mapping[str, str], ...]
    state: Mapping[str, str]
    counts: Mapping[str, int] = field(default_factory=dict)
    undoes: int = 0
    rewrites: tuple[str, ...] = ()
    highest: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    git: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Version":
        """Return the version of a record. Raises ``TypeError`` for what is none."""
        known = {f.name for f in fields(cls)}
        given = {name: value for name, value in record.items() if name in known}
        given["files"] = tuple(dict(file) for file in given.get("files", ()))
        given["rewrites"] = tuple(given.get("rewrites", ()))
        return cls(**given)

    def record(self) -> dict[str, Any]:
        """Return the version as plain data."""
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "git"}
        return found | {"files": list(self.files), "rewrites": list(self.rewrites)}

    @property
    def at(self) -> dt.datetime:
        """The moment of the version, in UTC."""
        return dt.datetime.fromisoformat(self.when)

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that changed."""
        return tuple(file["path"] for file in self.files)

    @property
    def what(self) -> str:
        """What was done, in words."""
        if self.kind == "start":
            return say("The folder as it was found.")
        if self.kind == "outside":
            files = wording.listing(self.paths)
            return say("Edited outside the dashboard: {files}.", files=files)
        if self.kind == "undo":
            return say("Version {number} undone.", number=wording.number(self.undoes))
        return " ".join(self._published())

    def _published(self) -> Iterator[str]:
        """Yield what a publish did, a sentence for each kind of row."""
        corrected, withdrawn = self.counts.get(CORRECTED, 0), self.counts.get(WITHDRAWN, 0)
        added = {name: n for name, n in self.counts.items() if name not in (CORRECTED, WITHDRAWN)}
        # Each is a row of the figures that was added as well.
        added["figures"] = added.get("figures", 0) - corrected - withdrawn
        parts = [_counted(table, n) for table, n in added.items() if n]
        if parts:
            yield say("Added {rows}.", rows=wording.listing(parts))
        if corrected:
            yield say_many("Corrected {n} figure.", "Corrected {n} figures.", corrected)
        if withdrawn:
            yield say_many("Withdrew {n} figure.", "Withdrew {n} figures.", withdrawn)


def _counted(table: str, n: int) -> str:
    if table == "figures":
        return say_many("{n} figure", "{n} figures", n)
    if table == "sources":
        return say_many("{n} source", "{n} sources", n)
    if table == "events":
        return say_many("{n} event", "{n} events", n)
    return say_many("{n} decision", "{n} decisions", n)


def now() -> str:
    """Return the present moment in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
