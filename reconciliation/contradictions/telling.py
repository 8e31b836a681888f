"""Contradictions in words, with the figures that the data suspect and why not the others."""

from collections.abc import Iterator

import pandas as pd

from figures import Severity
from reconciliation.contradictions.case import Case
from reconciliation.contradictions.hitting import bits, mask_of
from reconciliation.contradictions.model import Contradiction, ContradictionKind
from reconciliation.contradictions.neighbours import Neighbours
from reconciliation.contradictions.oracle import Proof
from reconciliation.contradictions.search import involved
from reconciliation.contradictions.sentences import (
    Words,
    also_against,
    cleared,
    finding,
    not_enough,
    usage,
    verdict,
)


class Telling:
    """Turns cases into contradictions: asks the neighbouring days and finds the words."""

    def __init__(
        self, near: Neighbours | None, sources: pd.DataFrame | None, cut_short: bool
    ) -> None:
        self.near = near
        self.names: dict[str, str] = {}
        if sources is not None:
            self.names = dict(zip(sources["source"], sources["name"].astype(str), strict=True))
        self.cut_short = cut_short
        self._left: dict[int, list[frozenset[str]]] = {}

    def contradiction(self, case: Case) -> Contradiction:
        """Return the contradiction with its suspects and its words."""
        tangle = case.tangle
        proof = case.proof
        corrections = self._corrections(case)
        left = self._suspected_by(case)
        accused = suspects = frozenset(case.ids(bits(case.accused)))
        if tangle.settled:
            suspects &= frozenset().union(*left)
        words = Words(case.claims, self._name)
        local = {row: n for n, row in enumerate(case.rows)}
        said = Proof(
            {local[row]: weight for row, weight in proof.too_high.items()},
            {local[row]: weight for row, weight in proof.too_low.items()},
            proof.rules,
            proof.gap,
        )
        pointed = [n for n, figure in enumerate(case.figure_ids) if figure in suspects]
        parts = [finding(case.kind, words, said), verdict(words, pointed, tangle.settled)]
        if not case.strict and case.kind != ContradictionKind.RIVALS:
            parts.append(usage())
        return Contradiction(
            crisis=case.crisis,
            figure_ids=case.figure_ids,
            text=" ".join(parts),
            corrections=corrections,
            severity=(Severity.STRICT if case.strict else Severity.EXPECTED).value,
            kind=case.kind.value,
            suspects=suspects,
            reasons=tuple(self._reasons(case, words, accused, suspects)),
            rules=proof.rules,
            gap=proof.gap,
            undecided=len(suspects) > 1,
            truncated=not tangle.complete or self.cut_short,
            tangle=case.number,
        )

    def _corrections(self, case: Case) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(case.ids(bits(mask))) for mask in case.tangle.corrections)

    def _suspected_by(self, case: Case) -> list[frozenset[str]]:
        """Return the smallest corrections that the neighbouring days leave possible."""
        if case.number not in self._left:
            corrections = list(self._corrections(case))
            if self.near is not None and case.tangle.settled:
                disputed = case.ids(involved(case.tangle))
                others = case.ids(bits(case.tangle.undisputed))
                corrections = self.near.possible(case.crisis, disputed, others, corrections)
            self._left[case.number] = corrections
        return self._left[case.number]

    def _name(self, source: str) -> str:
        return self.names.get(source, source)

    def _reasons(
        self, case: Case, words: Words, accused: frozenset[str], suspects: frozenset[str]
    ) -> Iterator[str]:
        """Yield why each figure that is not suspected is not."""
        pairs = list(zip(case.rows, case.figure_ids, strict=True))
        suspected = mask_of(row for row, figure in pairs if figure in suspects)
        against: dict[int, list[int]] = {}
        for n, (row, figure) in enumerate(pairs):
            if figure in accused - suspects:
                yield cleared(words.claim(n))
            elif figure not in suspects:
                against.setdefault(self._against(case, row, suspected), []).append(n)
        for conflict, cleared_by_it in against.items():
            if conflict:
                yield self._without(case, conflict, cleared_by_it)

    def _against(self, case: Case, row: int, suspected: int) -> int:
        """Return the contradiction that accuses the suspects without this figure; 0 for none."""
        rest = case.conflict & ~(1 << row)
        found = [
            conflict
            for conflict in (*case.tangle.conflicts, *case.tangle.others)
            if not conflict >> row & 1 and conflict & suspected
        ]
        return min(found, key=lambda c: (c & rest != rest, (c & ~rest).bit_count(), c), default=0)

    def _without(self, case: Case, conflict: int, numbers: list[int]) -> str:
        """Return why rejecting the figures of these numbers would leave a contradiction."""
        claims = case.tangle.block.evidence.claims
        others = [claims[row] for row in bits(conflict & ~case.conflict)]
        here = [claims[row] for row in bits(conflict & case.conflict)]
        cleared_ones = [case.claims[n] for n in numbers]
        named = Words(others, self._name, case.claims).claims(range(len(others)))
        said = Words(cleared_ones, self._name, [*others, *case.claims])
        every = said.claims(range(len(cleared_ones)))
        if len(here) == len(case.rows) - 1:
            return not_enough(every, len(numbers), named)
        many = Words(here, self._name, [*others, *case.claims])
        suspects = many.briefly(range(len(here)))
        return also_against(every, len(numbers), suspects, named)
