"""Which figures of a day cannot all be true, and which of them the data suspect."""

from collections.abc import Iterator

import pandas as pd

from figures import complete
from reconciliation.contradictions.blocks import blocks
from reconciliation.contradictions.case import Case, telling_first
from reconciliation.contradictions.evidence import standing
from reconciliation.contradictions.model import Contradiction, ContradictionKind
from reconciliation.contradictions.neighbours import Neighbours
from reconciliation.contradictions.search import Tangle, tangles_of
from reconciliation.contradictions.telling import Telling
from reconciliation.days import DayLike
from reconciliation.known import known

LIMIT = 100


def contradictions(
    figures: pd.DataFrame,
    *,
    on: DayLike,
    identities: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    sources: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
    limit: int = LIMIT,
    rivals: bool = True,
) -> list[Contradiction]:
    """Return each smallest set of figures of the day ``on`` that cannot all be true.

    The figures are those in force, fresh ones only, as known on ``known_on``; each allows a range
    of whole people for what it counts. ``identities`` (a frame as ``load_library`` gives it), the
    places and the rule that running totals of killed and injured cannot fall tie them together.

    Strict contradictions between several cells come first, then running totals that would fall,
    then what only usage forbids, and last *rivals*: two numbers for one question (left out with
    ``rivals=False``). At most ``limit`` are returned, and at most as many sought per block.
    Raises ``ValueError`` for what is not a day.
    """
    frame = complete(figures)
    day = standing(frame, on=on, known_on=known_on, sources=sources, crises=crises)
    found = [
        Case(tangle, conflict, number)
        for number, tangle in enumerate(_tangles(day, identities, sources, limit))
        for conflict in tangle.conflicts
    ]
    if not rivals:
        found = [case for case in found if case.kind != ContradictionKind.RIVALS]
    found = telling_first(found)
    near = None
    if found:
        near = Neighbours(known(frame, sources, known_on, crises), identities, sources)
    telling = Telling(near, sources, len(found) > limit)
    return [telling.contradiction(case) for case in found[:limit]]


def _tangles(
    day: pd.DataFrame,
    identities: pd.DataFrame | None,
    sources: pd.DataFrame | None,
    limit: int,
) -> Iterator[Tangle]:
    for strict in (True, False):
        for block in blocks(day, identities, sources, strict=strict):
            yield from tangles_of(block, identities, strict=strict, limit=limit)
