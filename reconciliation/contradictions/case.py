"""One contradiction before it is worded: its figures, its kind and how telling it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from figures import Quantifier
from reconciliation.contradictions.evidence import Claim
from reconciliation.contradictions.hitting import bits
from reconciliation.contradictions.model import ContradictionKind
from reconciliation.contradictions.oracle import Proof
from reconciliation.contradictions.search import Tangle
from reconciliation.known import natural

_BY_ONE = {Quantifier.MORE_THAN, Quantifier.LESS_THAN, Quantifier.NEARLY}


@dataclass(frozen=True)
class Case:
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

    @cached_property
    def accused(self) -> int:
        """Return the figures that some smallest correction rejects, as bits."""
        if not self.tangle.settled:
            return self.conflict
        return self.conflict & reduce(or_, self.tangle.corrections)

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


def telling_first(cases: Iterable[Case]) -> list[Case]:
    """Sort by tier; within a tier each group of accused comes up once before any comes up again."""
    heard: set[tuple[int, int]] = set()
    placed: list[tuple[int, bool, int]] = []
    found = sorted(cases, key=lambda case: case.order)
    for place, case in enumerate(found):
        accused = case.number, case.accused
        placed.append((case.tier, accused in heard, place))
        heard.add(accused)
    return [found[place] for _, _, place in sorted(placed)]
