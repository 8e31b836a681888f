"""The range that all figures of a day together imply for each total and part.

Bounds are found by optimisation over the constraints (bound tightening): the least and the greatest
number that any assignment satisfying all figures gives to the cell.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from reconciliation import wording
from reconciliation.contradictions.blocks import Block, blocks
from reconciliation.contradictions.evidence import standing
from reconciliation.contradictions.oracle import Bound, Oracle
from reconciliation.contradictions.sentences import cell_text
from reconciliation.contradictions.system import System
from reconciliation.days import FOREVER, DayLike, stamps
from reconciliation.wording import say

COLUMNS = (
    "cell",
    "crisis",
    "country",
    "admin1",
    "measure",
    "population",
    "cause",
    "counting",
    "since",
    "as_of",
    "unit",
    "scope",
    "low",
    "high",
    "low_figures",
    "high_figures",
    "reported",
    "contradictory",
)


def implied(
    figures: pd.DataFrame,
    *,
    on: DayLike,
    identities: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    sources: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the range that all figures in force on a day together imply, cell by cell.

    One row per cell and as-of day with a figure; besides, one for each cell and day that nobody
    reported but that several figures together bound. Whole people; ``high`` is infinite where
    nothing bounds it. ``low_figures`` and ``high_figures`` are the ids (tuples) of
    the figures that force the bounds; ``reported`` says whether somebody gave a figure for just
    this cell and day. Only rules that arithmetic forces are used. Where the figures of a block
    contradict each other they imply nothing: its rows are marked ``contradictory`` and have no
    bounds. Implied ranges are ours, never published. Raises ``ValueError`` for what is not a day.
    """
    day = standing(figures, on=on, known_on=known_on, sources=sources, crises=crises)
    rows = [
        row
        for block in blocks(day, identities, sources, strict=True, every=True)
        for row in _block(block)
    ]
    result = pd.DataFrame(rows, columns=list(COLUMNS))
    result["since"] = pd.to_datetime(result["since"]).astype("datetime64[s]")
    result["as_of"] = pd.to_datetime(result["as_of"]).astype("datetime64[s]")
    types = {"low": float, "high": float, "reported": bool, "contradictory": bool}
    result = result.astype(types)
    order = ["crisis", "measure", "country", "admin1", "population", "cause", "scope", "as_of"]
    return result.sort_values(order, kind="stable", ignore_index=True)


def _block(block: Block) -> Iterator[dict[str, Any]]:
    system = block.system()
    oracle = Oracle(system, strict=True)
    every = list(range(len(block.evidence)))
    reported = np.zeros(system.size, dtype=bool)
    reported[system.variable] = True
    if oracle.conflict(every) is not None:
        for number in np.flatnonzero(reported):
            yield _row(block, system, int(number)) | _nothing()
        return
    found = [oracle.bounds(variable, every) for variable in range(system.size)]
    ids = block.evidence.ids
    for variable, (low, high) in enumerate(found):
        if reported[variable] or _tells(system, found, variable):
            yield _row(block, system, variable) | {
                "low": low.value,
                "high": high.value,
                "low_figures": tuple(ids[figure] for figure in sorted(low.figures)),
                "high_figures": tuple(ids[figure] for figure in sorted(high.figures)),
                "reported": bool(reported[variable]),
                "contradictory": False,
            }


def _tells(system: System, found: list[tuple[Bound, Bound]], variable: int) -> bool:
    """Say whether a range that nobody reported is worth a row.

    It must rest on several figures, and the next day in line must not have the very same.
    """
    low, high = found[variable]
    cell, day = divmod(variable, len(system.periods))
    since = system.periods[day].since
    later = [d for d in range(day + 1, len(system.periods)) if system.periods[d].since == since]
    if later:
        next_low, next_high = found[cell * len(system.periods) + later[0]]
        if (next_low.value, next_high.value) == (low.value, high.value):
            return False
    return len(low.figures) > 1 or len(high.figures) > 1


def _nothing() -> dict[str, Any]:
    empty: dict[str, Any] = {"low": np.nan, "high": np.nan, "low_figures": (), "high_figures": ()}
    return empty | {"reported": True, "contradictory": True}


def _row(block: Block, system: System, variable: int) -> dict[str, Any]:
    """Return the columns that say what the variable is."""
    number, day = divmod(variable, len(system.periods))
    cell, period = system.cells[number], system.periods[day]
    example = block.evidence.claims[0]
    country, _, province = cell.place.partition("/")
    as_of = stamps(np.array([period.as_of]))[0]
    since = None if abs(period.since) > FOREVER else stamps(np.array([period.since]))[0]
    text = cell_text(cell, example.unit)
    message = "{what} on {day}" if block.evidence.stock else "{what} by {day}"
    return {
        "cell": say(message, what=text, day=wording.day(as_of)),
        "crisis": example.crisis,
        "country": country,
        "admin1": province,
        "measure": cell.measure,
        "population": cell.population,
        "cause": cell.cause,
        "counting": "stock" if block.evidence.stock else "cumulative",
        "since": since,
        "as_of": as_of,
        "unit": example.unit,
        "scope": cell.scope,
    }
