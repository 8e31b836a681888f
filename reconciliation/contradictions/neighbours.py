"""What the days before and after say about the suspects.

A figure stands between the figures that its source gave for the same series before and after. If
it alone were wrong, the others would say what it should have been; where a neighbour does not allow
that, it is not the one that is wrong. The test is the one used throughout: can the other figures,
together with all neighbours, be true?
"""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from reconciliation.contradictions.blocks import blocks
from reconciliation.contradictions.oracle import Oracle
from reconciliation.known import Known

# Above this many corrections to test the neighbours are not asked: the tangle is no single slip.
MOST_TESTS = 60


class Neighbours:
    """The figures each source gave before and after, as known on one day."""

    def __init__(
        self, facts: Known, identities: pd.DataFrame | None, sources: pd.DataFrame | None
    ) -> None:
        self.facts = facts
        self.identities = identities
        self.sources = sources

    @cached_property
    def _rows(self) -> dict[tuple[str, str], int]:
        frame = self.facts.figures
        keys = zip(frame["crisis"].astype(str), frame["figure_id"].astype(str), strict=True)
        return {key: row for row, key in enumerate(keys)}

    def beside(self, crisis: str, figure: str) -> list[int]:
        """Return the rows of the figures just before and just after in the same series."""
        facts, row = self.facts, self._rows[crisis, figure]
        return [
            other
            for other in (row - 1, row + 1)
            if 0 <= other < len(facts.series)
            and facts.series[other] == facts.series[row]
            and facts.source[other] == facts.source[row]
        ]

    def frame(self, rows: Sequence[int]) -> pd.DataFrame:
        """Return the figures of these rows."""
        return self.facts.figures.iloc[list(rows)]

    def possible(
        self, crisis: str, figures: Sequence[str], corrections: Sequence[frozenset[str]]
    ) -> list[frozenset[str]]:
        """Return the corrections after which the figures agree with all their neighbours.

        All corrections are returned when the neighbours rule out none, or every one of them.
        """
        own = [self._rows[crisis, figure] for figure in figures]
        near = {n for figure in figures for n in self.beside(crisis, figure)} - set(own)
        if not near or not 1 < len(corrections) <= MOST_TESTS:
            return list(corrections)
        together = self.frame([*own, *sorted(near)]).reset_index(drop=True)
        found = [
            (block.evidence.frame["figure_id"].astype(str).tolist(), Oracle(block.system(), True))
            for block in blocks(together, self.identities, self.sources, strict=True)
        ]
        left = [
            rejected
            for rejected in corrections
            if all(
                oracle.conflict([n for n, f in enumerate(ids) if f not in rejected]) is None
                for ids, oracle in found
            )
        ]
        return left or list(corrections)
