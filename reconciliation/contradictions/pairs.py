"""Contradictions between two figures, found by comparison alone.

Inclusion (a part in its total, a province in its country, an earlier running total in a later one)
only ever says that one number is at most another. Constraints of that form contradict each other
just when some figure's lower bound exceeds the upper bound of a figure that includes it, so every
such contradiction is a pair, and all pairs are found by comparing all figures at once.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reconciliation.contradictions.evidence import Evidence
from reconciliation.contradictions.lattice import Cell, Lattice
from reconciliation.contradictions.system import rises

Flags = npt.NDArray[np.bool_]


def conflicting_pairs(found: Evidence, rules: Lattice, strict: bool) -> list[int]:
    """Return the pairs of figures that inclusion forbids, as sets of two (bit n for figure n)."""
    cells = sorted(set(found.cells))
    place = {cell: number for number, cell in enumerate(cells)}
    cell = np.array([place[c] for c in found.cells])
    inside = _included(cells, rules)[cell[:, None], cell]
    since, as_of = (
        np.array(days) for days in zip(*(claim.period for claim in found.claims), strict=True)
    )
    within = (since[:, None] >= since) & (as_of[:, None] <= as_of)
    same_days = (since[:, None] == since) & (as_of[:, None] == as_of)
    rising = np.array([_rises(c, strict) for c in cells])[cell]
    inside &= same_days | (within & (rising[:, None] | rising))
    rows, others = np.nonzero(inside & (found.low[:, None] > found.high))
    return sorted({1 << int(a) | 1 << int(b) for a, b in zip(rows, others, strict=True)})


def _rises(cell: Cell, strict: bool) -> bool:
    always = rises(cell)
    return bool(always) if strict else always is not False


def _included(cells: Sequence[Cell], rules: Lattice) -> Flags:
    """Return for each pair of cells whether the first is included in the second."""
    result = np.ones((len(cells), len(cells)), dtype=bool)
    for number, dimension in enumerate(Cell._fields):
        words = sorted({cell[number] for cell in cells})
        place = {word: n for n, word in enumerate(words)}
        above = np.eye(len(words), dtype=bool)
        for word in words:
            for other in rules.above.get((dimension, word), ()):
                if other in place:
                    above[place[word], place[other]] = True
        code = np.array([place[cell[number]] for cell in cells])
        result &= above[code[:, None], code]
    return result
