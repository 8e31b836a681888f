"""What is to be watched in the figures: how old they are, and which cannot all be true."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from loaders import Library
from reconciliation import Contradiction, contradictions

# More contradictions than these are not told apart.
MOST = 300


@dataclass(frozen=True)
class State:
    """One crisis on a day: whether it goes on, and the newest days of its figures, if any.

    ``newest`` is the newest day that a figure describes, ``published`` the newest on which one was
    put out. Days after ``today`` are not counted.
    """

    crisis: str
    name: str
    active: bool
    figures: int
    newest: dt.date | None
    published: dt.date | None


def states(library: Library, today: dt.date) -> list[State]:
    """Return the state of each crisis on a day."""
    return [_state(library, row, today) for row in library.crises.itertuples()]


def _state(library: Library, row: object, today: dt.date) -> State:
    crisis = str(row.crisis)  # type: ignore[attr-defined]
    mine = library.figures[library.figures["crisis"] == crisis]
    said = mine[mine["status"] != "withdrawn"]
    begun, ended = _day(row.start), _day(row.end)  # type: ignore[attr-defined]
    active = (begun is None or begun <= today) and (ended is None or ended >= today)
    return State(crisis, str(row.name), active, len(mine),  # type: ignore[attr-defined]
                 _newest(said["as_of"], today), _newest(said["published"], today))  # fmt: skip


def _day(moment: object) -> dt.date | None:
    found = pd.Timestamp(moment)  # type: ignore[arg-type]
    return None if pd.isna(found) else found.date()


def _newest(days: "pd.Series[pd.Timestamp]", today: dt.date) -> dt.date | None:
    past = days[days < pd.Timestamp(today) + pd.Timedelta(days=1)]
    return _day(past.max()) if len(past) else None


def contradicted(library: Library, state: State) -> list[Contradiction]:
    """Return the sets of figures of a crisis that cannot all be true on its newest day."""
    if state.newest is None:
        return []
    return contradictions(
        library.figures[library.figures["crisis"] == state.crisis],
        on=state.newest,
        identities=library.identities,
        sources=library.sources,
        crises=library.crises,
        limit=MOST,
    )


def findings_by_code(library: Library) -> Iterator[tuple[str, str, int]]:
    """Yield each code of the findings with its severity and how often it was found."""
    found = library.findings[["code", "severity"]].astype(str)
    for (code, severity), count in Counter(
        zip(found["code"], found["severity"], strict=True)
    ).items():
        yield code, severity, count
