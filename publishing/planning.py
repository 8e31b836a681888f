"""What will change before it changes."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from loaders import Library
from publishing import ids
from publishing.change import Change
from publishing.effects import Effect, effects, new_contradictions, new_findings
from publishing.incoming import BAD, Choices, Incoming, frame_of, ready, sort_rows
from publishing.simulate import after
from publishing.store import Store
from reconciliation import wording
from reconciliation.wording import say, say_many


@dataclass(frozen=True)
class Plan:
    """What a change would do, row by row, and what that does to the numbers.

    ``ready`` is the change as it would be written: hand it to :func:`publishing.publish` with
    ``base`` (the fingerprint of the library it was planned on). ``findings`` are those the change
    brings to the library, ``contradictions`` sentences; what is wrong with a bad row is with it.
    """

    rows: tuple[Incoming, ...]
    ready: Change
    base: str
    effects: tuple[Effect, ...]
    findings: pd.DataFrame
    contradictions: tuple[str, ...]

    def count(self, kind: str) -> int:
        """Return how many rows are of this kind: added, correction, repeated, conflict, bad."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a table."""
        return frame_of(list(self.rows))

    @property
    def changed(self) -> tuple[Effect, ...]:
        """The headline numbers that become others."""
        return tuple(effect for effect in self.effects if effect.changed)

    @property
    def text(self) -> str:
        """The plan in one sentence."""
        counted = (
            say_many("{n} row is added", "{n} rows are added", len(self.ready)),
            say_many("{n} is there already", "{n} are there already", self.count("repeated")),
            say_many("{n} cannot be read", "{n} cannot be read", self.count(BAD)),
        )
        return say("{counts}.", counts=wording.listing(counted))


def plan(
    library: Library,
    crisis: str,
    change: Change,
    *,
    choices: Choices | None = None,
    day: dt.date | None = None,
    folder: object = None,
) -> Plan:
    """Return what the change would do to the library; nothing is written.

    ``choices`` says for a row, by (table, number), whether it shall ``correct`` the figure it is
    offered to correct (which is done unless told otherwise), stand ``beside`` it, or be left out
    (``skip``). ``day`` is the day of the headline numbers, the newest unless given. With
    ``folder``, ids that its history has seen are not given again.
    """
    if change.crisis != crisis:
        raise ValueError(f"the change is of {change.crisis!r}, not of {crisis!r}")
    earlier = ids.ever(Store(folder).versions()) if folder is not None else None
    rows = sort_rows(library, change, choices=choices, earlier=earlier)
    made = ready(change, rows)
    becomes = after(library, made)
    return Plan(
        tuple(rows),
        made,
        library.fingerprint,
        effects(library, becomes, crisis, day),
        new_findings(library, becomes),
        new_contradictions(library, becomes, crisis, day),
    )
