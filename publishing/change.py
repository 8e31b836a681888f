"""What an editor wants to add: new rows, and nothing else."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from figures import Decision, Event, Figure, Source, Table
from figures.folders import is_folder_name
from publishing.problems import PublishError
from reconciliation.wording import say

Row = Mapping[str, str]
TABLES: dict[str, type[Table]] = {
    "sources": Source,
    "events": Event,
    "figures": Figure,
    "decisions": Decision,
}
IDS = {
    "sources": "source",
    "events": "event_id",
    "figures": "figure_id",
    "decisions": "decision_id",
}
LONGEST_NAME, LONGEST_MESSAGE = 120, 2_000


@dataclass(frozen=True)
class Change:
    """New rows for one crisis; each is a mapping of the file's columns to text, or a model.

    A row is never rewritten or taken away: a correction is a new figure with ``supersedes``, a
    withdrawal one with ``supersedes`` and the status ``withdrawn``. Ids may be left empty.
    Raises ``PublishError`` for a crisis whose name cannot be that of a folder.
    """

    crisis: str
    figures: tuple[Row, ...] = ()
    sources: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    decisions: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        check_crisis(self.crisis)
        for table in TABLES:
            rows = tuple(as_text(row, TABLES[table]) for row in getattr(self, table))
            object.__setattr__(self, table, rows)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of one table: figures, sources, events or decisions."""
        found: tuple[Row, ...] = getattr(self, table)
        return found

    def of(self, **rows: Iterable[Row]) -> "Change":
        """Return the change with other rows."""
        return Change(self.crisis, **{t: tuple(rows.get(t, self.rows(t))) for t in TABLES})

    def __len__(self) -> int:
        return sum(len(self.rows(field.name)) for field in fields(self) if field.name in TABLES)


def check_crisis(crisis: str) -> None:
    """Raise ``PublishError`` unless the text can be the name of a crisis's folder, and no more."""
    if not is_folder_name(crisis):
        raise PublishError(
            "bad-crisis",
            say("This cannot be the name of a crisis."),
            say(
                "Rename its folder and its row in crises.csv: letters, digits, dots, dashes and "
                "underscores, and no name that Windows keeps for itself."
            ),
        )


def as_text(row: Row | Table, model: type[Table]) -> Row:
    """Return a row as its cells in text, by column, in the order of the model; empty ones left out.

    Raises ``PublishError`` for a column that the table does not have.
    """
    given: Mapping[str, Any] = row.model_dump() if isinstance(row, Table) else row
    strange = sorted(str(name) for name in set(given) - set(model.model_fields))
    if strange:
        raise PublishError(
            "unknown-column",
            say("The table has no column {column}.", column=repr(strange[0])),
            say("Leave it out, or write it into the note."),
        )
    cells = {name: _cell(given[name]) for name in model.model_fields if name in given}
    return MappingProxyType({name: cell for name, cell in cells.items() if cell})


def _cell(value: Any) -> str:
    if value is None or value != value or value == "":
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dt.datetime):
        # A moment at midnight is a day: no report says so exactly when it was put out.
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.0f}" if isinstance(value, float) else str(value).strip()


def neutral(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a name or message as plain text of one line: no control or direction marks.

    What would be a formula in a spreadsheet does not begin like one.
    """
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(kept.split()).lstrip("=+-@ ")[:longest].strip()
