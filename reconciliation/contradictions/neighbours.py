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

    def possible(
        self,
        crisis: str,
        disputed: Sequence[str],
        undisputed: Sequence[str],
        corrections: Sequence[frozenset[str]],
    ) -> list[frozenset[str]]:
        """Return the corrections after which the figures agree with the neighbours of the disputed.

        A neighbour that contradicts what no correction touches says nothing about the suspects and
        is left out. All corrections are returned when the neighbours rule out none, or every one.
        """
        own = [self._rows[crisis, figure] for figure in (*disputed, *undisputed)]
        near = {n for figure in disputed for n in self.beside(crisis, figure)} - set(own)
        if not near or not 1 < len(corrections) <= MOST_TESTS:
            return list(corrections)
        rows = [*own, *sorted(near)]
        ids = self.facts.figures["figure_id"].astype(str).iloc[rows].tolist()
        trial = _Trial(self.facts.figures.iloc[rows], self.identities, self.sources)
        beyond = frozenset().union(*corrections)
        firm = [figure for figure in ids[: len(own)] if figure not in beyond]
        sound = [figure for figure in ids[len(own) :] if trial.agree([*firm, figure])]
        left = [
            rejected
            for rejected in corrections
            if trial.agree([*(f for f in ids[: len(own)] if f not in rejected), *sound])
        ]
        return left or list(corrections)


class _Trial:
    """Answers whether some of a few figures of one crisis can all be true."""

    def __init__(
        self, frame: pd.DataFrame, identities: pd.DataFrame | None, sources: pd.DataFrame | None
    ) -> None:
        self._oracles = [
            (block.evidence.ids, Oracle(block.system(), True))
            for block in blocks(frame.reset_index(drop=True), identities, sources, strict=True)
        ]

    def agree(self, figures: Sequence[str]) -> bool:
        """Say whether the figures can all be true."""
        chosen = set(figures)
        return all(
            oracle.conflict([n for n, figure in enumerate(ids) if figure in chosen]) is None
            for ids, oracle in self._oracles
        )
