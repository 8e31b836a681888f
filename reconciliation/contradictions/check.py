"""Which figures of a day cannot all be true, and which of them the data suspect."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from figures import Quantifier, Severity, complete
from reconciliation.contradictions.blocks import blocks
from reconciliation.contradictions.evidence import Claim, standing
from reconciliation.contradictions.model import Contradiction, ContradictionKind
from reconciliation.contradictions.neighbours import Neighbours
from reconciliation.contradictions.oracle import Proof
from reconciliation.contradictions.search import Tangle, involved, tangles_of
from reconciliation.contradictions.sentences import Words, finding, usage, verdict
from reconciliation.contradictions.sets import bits
from reconciliation.days import DayLike
from reconciliation.known import known, natural
from reconciliation.wording import say

LIMIT = 100
_BY_ONE = {Quantifier.MORE_THAN, Quantifier.LESS_THAN, Quantifier.NEARLY}


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
        _Case(tangle, conflict, number)
        for number, tangle in enumerate(_tangles(day, identities, sources, limit))
        for conflict in tangle.conflicts
    ]
    if not rivals:
        found = [case for case in found if case.kind != ContradictionKind.RIVALS]
    found = _telling_first(found)
    near = None
    if found:
        near = Neighbours(known(frame, sources, known_on, crises), identities, sources)
    telling = _Telling(near, sources, len(found) > limit)
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


def _telling_first(found: list["_Case"]) -> list["_Case"]:
    """Sort by tier; within a tier those come first that bring a figure not heard of before."""
    heard: set[tuple[str, str]] = set()
    placed: list[tuple[int, bool, int]] = []
    found = sorted(found, key=lambda case: case.order)
    for place, case in enumerate(found):
        figures = {(case.crisis, figure) for figure in case.figure_ids}
        placed.append((case.tier, figures <= heard, place))
        heard |= figures
    return [found[place] for _, _, place in sorted(placed)]


@dataclass(frozen=True)
class _Case:
    """One contradiction of a tangle, before it is worded."""

    tangle: Tangle
    conflict: int
    number: int

    @cached_property
    def rows(self) -> list[int]:
        """Return the rows of its figures, in the order of their ids."""
        claims = self.tangle.block.evidence.claims
        return sorted(bits(self.conflict), key=lambda row: natural(claims[row].figure_id))

    @cached_property
    def claims(self) -> list[Claim]:
        """Return its figures, in the order of their ids."""
        return [self.tangle.block.evidence.claims[row] for row in self.rows]

    @cached_property
    def kind(self) -> ContradictionKind:
        """Return what kind of rule is broken."""
        return self.tangle.kind(self.conflict)

    @cached_property
    def proof(self) -> Proof:
        """Return why the figures cannot all be true."""
        return self.tangle.proof(self.conflict) or Proof({}, {}, (), 0)

    @cached_property
    def strict(self) -> bool:
        """Say whether arithmetic forces the contradiction.

        It does not where it hangs on "more than 50" being 51 at least: 50 is often so called.
        """
        loose = [claim for claim in self.claims if claim.quantifier in _BY_ONE]
        return self.tangle.strict and (not loose or self.proof.gap > len(loose))

    @cached_property
    def tier(self) -> int:
        """Return 0 for sums and parts, 1 for falls, 2 more where only usage forbids, 4: rivals."""
        if self.kind == ContradictionKind.RIVALS:
            return 4
        return (self.kind == ContradictionKind.FALL) + (0 if self.strict else 2)

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Return a key: by tier, then what one report says, few figures, new ones, trusted ones."""
        reports = len({(claim.source, claim.period.as_of) for claim in self.claims})
        trust = sum(claim.trust for claim in self.claims)
        newest = -max(claim.period.as_of for claim in self.claims)
        ids = [natural(text) for text in self.figure_ids]
        return self.tier, reports, len(self.rows), newest, trust, self.crisis, ids

    @property
    def crisis(self) -> str:
        """Return the crisis of the figures."""
        return self.tangle.block.evidence.claims[0].crisis

    @cached_property
    def figure_ids(self) -> tuple[str, ...]:
        """Return the ids of the figures."""
        return self.ids(self.rows)

    def ids(self, rows: list[int]) -> tuple[str, ...]:
        """Return the ids of these rows."""
        claims = self.tangle.block.evidence.claims
        return tuple(claims[row].figure_id for row in rows)


class _Telling:
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

    def contradiction(self, case: _Case) -> Contradiction:
        """Return the contradiction with its suspects and its words."""
        tangle = case.tangle
        proof = case.proof
        corrections = self._corrections(case)
        left = self._suspected_by(case)
        accused = frozenset(case.figure_ids) & frozenset().union(*corrections)
        suspects = frozenset(case.figure_ids) & frozenset().union(*left)
        if not tangle.settled:
            accused = suspects = frozenset(case.figure_ids)
        words = Words(case.claims, self._name)
        local = {row: n for n, row in enumerate(case.rows)}
        said = Proof(
            {local[row]: weight for row, weight in proof.too_high.items()},
            {local[row]: weight for row, weight in proof.too_low.items()},
            proof.rules,
            proof.gap,
        )
        pointed = [n for n, figure in enumerate(case.figure_ids) if figure in suspects]
        parts = [finding(case.kind, words, said), verdict(words, pointed, not tangle.settled)]
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

    def _corrections(self, case: _Case) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(case.ids(bits(mask))) for mask in case.tangle.corrections)

    def _suspected_by(self, case: _Case) -> list[frozenset[str]]:
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
        self, case: _Case, words: Words, accused: frozenset[str], suspects: frozenset[str]
    ) -> Iterator[str]:
        """Yield why each figure that is not suspected is not."""
        for n, (row, figure) in enumerate(zip(case.rows, case.figure_ids, strict=True)):
            if figure in suspects:
                continue
            if figure in accused:
                yield say(
                    "{claim}: the figures of the days before and after show that rejecting it "
                    "alone would not be enough.",
                    claim=words.claim(n),
                )
                continue
            others = self._confirming(case, row)
            if others is not None:
                yield say(
                    "{claim}: rejecting it alone would not be enough, because {others} lead to the "
                    "same contradiction without it.",
                    claim=words.claim(n),
                    others=others,
                )

    def _confirming(self, case: _Case, row: int) -> str | None:
        """Return in words the figures that contradict the rest even without this one."""
        tangle = case.tangle
        without = [
            conflict & ~case.conflict
            for conflict in (*tangle.conflicts, *tangle.others)
            if not conflict >> row & 1 and conflict & case.conflict
        ]
        if not without:
            return None
        rows = bits(min(without, key=lambda mask: (mask.bit_count(), mask)))
        words = Words([tangle.block.evidence.claims[row] for row in rows], self._name)
        return words.claims(range(len(rows)))
