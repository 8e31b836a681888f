"""The contradictions of one block, with the tangles they form and their smallest corrections."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import islice
from operator import or_

import pandas as pd

from reconciliation.contradictions.blocks import Block
from reconciliation.contradictions.cells import components
from reconciliation.contradictions.evidence import evidence
from reconciliation.contradictions.hitting import bits, hitting_sets, smallest_hitting_sets, tangles
from reconciliation.contradictions.lattice import lattice
from reconciliation.contradictions.model import ContradictionKind
from reconciliation.contradictions.oracle import Oracle, Proof
from reconciliation.contradictions.pairs import conflicting_pairs
from reconciliation.contradictions.sets import Search
from reconciliation.contradictions.system import build

# How many sources of one block are heard out, those with the most disputed figures first.
MOST_STORIES = 4


@dataclass(frozen=True)
class Tangle:
    """Contradictions that share figures, and all smallest corrections of them together.

    ``conflicts`` and ``corrections`` are sets of row numbers of the block's evidence, as bits.
    ``others`` are the contradictions that belong to the tangle but are reported elsewhere;
    ``undisputed`` are the rows of the block that take part in no contradiction at all;
    ``settled`` says that the corrections are all there are, ``complete`` the contradictions.
    """

    block: Block
    oracle: Oracle
    strict: bool
    conflicts: tuple[int, ...]
    others: tuple[int, ...]
    undisputed: int
    corrections: tuple[int, ...]
    settled: bool
    complete: bool

    def proof(self, conflict: int) -> Proof | None:
        """Return why the figures of the conflict cannot all be true."""
        return self.oracle.conflict(bits(conflict))

    def kind(self, conflict: int) -> ContradictionKind:
        """Return what kind of rule the conflict breaks."""
        rows = bits(conflict)
        if len(rows) > 2:
            return ContradictionKind.SUM
        one, other = (self.block.evidence.claims[row] for row in rows)
        if one.cell != other.cell:
            return ContradictionKind.PART
        same = one.period == other.period
        return ContradictionKind.RIVALS if same else ContradictionKind.FALL


def tangles_of(
    block: Block, identities: pd.DataFrame | None, *, strict: bool, limit: int
) -> Iterator[Tangle]:
    """Yield the tangles of contradictions in a block.

    With ``strict`` only rules that arithmetic forces count; otherwise all rules do, and only the
    contradictions that need a rule of mere usage are reported.
    """
    figures = block.evidence
    if len(figures) < 2:
        return
    system = block.system()
    if not strict and system.strict.all():
        return
    pairs = conflicting_pairs(figures, block.rules, strict)
    oracle = Oracle(system, strict)
    if not pairs and oracle.conflict(list(range(len(figures)))) is None:
        return
    found = _searched(block, oracle, pairs, limit)
    forced = set() if strict else _forced(block, identities, found.conflicts)
    undisputed = (1 << len(figures)) - 1 & ~_union(found.conflicts)
    for members in tangles(found.conflicts):
        mine = tuple(conflict for conflict in members if conflict not in forced)
        if mine:
            sets, whole = hitting_sets(members)
            if not whole:
                sets, whole = smallest_hitting_sets(members)
            settled = found.settled and whole
            smallest = [mask for mask in sets if mask.bit_count() == sets[0].bit_count()]
            yield Tangle(
                block,
                oracle,
                strict,
                mine,
                tuple(conflict for conflict in members if conflict in forced),
                undisputed,
                # Some of what may not be the smallest corrections would mislead: all or none.
                tuple(sorted(smallest, key=lambda mask: _distrust(block, mask))) if settled else (),
                settled,
                found.complete and whole,
            )


def _searched(block: Block, oracle: Oracle, pairs: list[int], limit: int) -> Search:
    claims = list(enumerate(block.evidence.claims))
    best = sorted(claims, key=lambda pair: (pair[1].trust, -pair[1].period.as_of))
    rank = {figure: place for place, (figure, _) in enumerate(best)}
    prefer = [rank[figure] for figure in range(len(claims))]
    found = Search(oracle, partial(_alone, block, oracle.strict), len(claims), prefer, limit)
    for pair in pairs:
        found.add(pair)
    found.run()
    if not found.complete:
        # Too many choices to try them all: hear each source out first, then those nearest to it.
        for order in islice(_stories(block, found.conflicts), MOST_STORIES):
            if not found.full:
                found.walk(order)
        found.run()
    return found


def _alone(block: Block, strict: bool, rows: list[int]) -> Oracle | None:
    """Return the constraints on a few figures of the block; None where they fall apart."""
    few = evidence([block.evidence.claims[row] for row in rows])
    found = components(few.cells, block.rules, every=False)
    whole = [part for part in found if set(few.cells) <= set(part.cells)]
    return Oracle(build(whole[0], few), strict) if whole else None


def _stories(block: Block, conflicts: list[int]) -> Iterator[list[int]]:
    """Yield for each source the disputed figures: its own first, then by time, then by trust."""
    disputed, claims = bits(_union(conflicts)), block.evidence.claims
    sources = [claim.source for claim in claims]
    days = [claim.period.as_of for claim in claims]
    told = Counter(sources[f] for f in disputed)
    for source in sorted(told, key=lambda name: (-told[name], name)):
        last = max(days[f] for f in disputed if sources[f] == source)

        def nearness(f: int, source: str = source, last: int = last) -> tuple[bool, int, int, int]:
            return sources[f] != source, abs(days[f] - last), claims[f].trust, f

        yield sorted(disputed, key=nearness)


def _forced(block: Block, identities: pd.DataFrame | None, conflicts: list[int]) -> set[int]:
    """Return the conflicts that arithmetic alone forces."""
    rules = lattice(block.evidence.cells, identities, strict=True)
    pairs = set(conflicting_pairs(block.evidence, rules, strict=True))
    oracle = Oracle(block.system(), strict=True)
    larger = {c for c in conflicts if c.bit_count() > 2 and oracle.conflict(bits(c)) is not None}
    return pairs | larger


def _distrust(block: Block, mask: int) -> tuple[int, list[int], list[int]]:
    """Return a key that puts first the correction that rejects the least trusted sources."""
    rows = bits(mask)
    return len(rows), sorted(-block.evidence.claims[row].trust for row in rows), rows


def _union(conflicts: Iterable[int]) -> int:
    return reduce(or_, conflicts, 0)


def involved(tangle: Tangle) -> list[int]:
    """Return the rows that take part in the tangle."""
    return bits(_union((*tangle.conflicts, *tangle.others)))
