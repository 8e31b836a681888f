"""All smallest sets of figures that cannot be true together, and all smallest corrections.

A *minimal unsatisfiable subset* (MUS) is what we call a contradiction; a *minimal correction set*
(MCS) is a smallest set of figures whose rejection leaves none. Each MCS hits every MUS, and the
MCSes are exactly the minimal hitting sets of all MUSes (Reiter 1987; Liffiton and Sakallah,
"Algorithms for computing minimal unsatisfiable subsets of constraints", J. Automated Reasoning 40,
2008). So: reject a minimal hitting set of the contradictions known so far; if what is left still
contradicts itself, shrink that to a new contradiction (deletion filter: Chinneck, "Feasibility and
Infeasibility in Optimization", 2008). When every minimal hitting set leaves nothing, none is
missing.

Sets of figures are whole numbers here, bit n for figure n.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from reconciliation.contradictions.hitting import bits, hitting_sets, mask_of, tangles
from reconciliation.contradictions.oracle import Oracle

# How many choices of corrections of a block are looked at.
MOST_CHOICES = 120
# How many contradictions of more than two figures of a block are sought at most.
MOST_LEARNT = 200


@dataclass
class Search:
    """The contradictions among figures ``0 … count - 1``, as far as they are known.

    ``oracle`` answers for all figures, and ``alone`` makes one for a few, numbered from 0.
    ``prefer`` ranks the figures: where one of two figures can be left out of a contradiction, the
    one with the higher rank is. ``limit`` bounds how many contradictions of more than two figures
    are sought beyond those that the corrections need. ``settled`` says that the smallest
    corrections are known for certain, ``complete`` that no contradiction is missing.
    """

    oracle: Oracle
    alone: Callable[[list[int]], Oracle | None]
    count: int
    prefer: Sequence[float]
    limit: int
    conflicts: list[int] = field(default_factory=list)
    settled: bool = False
    complete: bool = False
    _of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _sound: set[int] = field(default_factory=set)
    _larger: int = 0

    def add(self, conflict: int) -> None:
        """Take down a contradiction that is not known yet."""
        self.conflicts.append(conflict)
        self._larger += conflict.bit_count() > 2
        for figure in bits(conflict):
            self._of[figure].append(conflict)

    @property
    def full(self) -> bool:
        """Say whether enough contradictions of more than two figures are known."""
        return self._larger >= self.limit

    @property
    def spent(self) -> bool:
        """Say whether too many contradictions are known to seek the smallest corrections."""
        return self._larger >= max(2 * self.limit, MOST_LEARNT)

    def learn(self, kept: int) -> bool:
        """Look for a contradiction among the figures of the set; say whether there is one."""
        proof = self.oracle.conflict(bits(kept))
        if proof is None:
            return False
        self.add(self._shrink(mask_of(proof.figures)))
        return True

    def _shrink(self, conflict: int) -> int:
        """Return a smallest contradiction within one: leave out each figure that is not needed."""
        rows = bits(conflict)
        if len(rows) <= 2:
            return conflict
        # The few figures alone make a small system, unless it misses what connects them.
        oracle = self.alone(rows)
        names = list(range(len(rows)))
        if oracle is None or oracle.conflict(names) is None:
            oracle, names = self.oracle, rows
        left = set(names)
        for name in sorted(names, key=lambda n: -self.prefer[rows[names.index(n)]]):
            proof = oracle.conflict(sorted(left - {name})) if name in left else None
            left = left if proof is None else proof.figures
        return mask_of(rows[names.index(name)] for name in left)

    def walk(self, order: Iterable[int]) -> None:
        """Believe one figure after the other as far as they agree, and learn from each clash."""
        kept = 0
        self.oracle.conflict([])
        solution = self.oracle.solution
        for figure in order:
            wider = kept | 1 << figure
            if any(conflict & wider == conflict for conflict in self._of[figure]):
                continue
            if not self.oracle.fits(figure, solution):
                if self.learn(wider):
                    if self.full:
                        return
                    continue
                solution = self.oracle.solution
            kept = wider

    def run(self) -> None:
        """Go on until no contradiction is missing, or until all smallest corrections are known."""
        found = -1
        while found < len(self.conflicts) and not self.spent:
            found = len(self.conflicts)
            self.settled, self.complete = self._settle()
        if self.spent:
            self.settled = self.complete = False

    def _settle(self) -> tuple[bool, bool]:
        """Try choices of corrections; say whether all the smallest, and all, were tried."""
        found = [hitting_sets(tangle) for tangle in tangles(self.conflicts)]
        families = [sets for sets, _ in found]
        before, tried = len(self.conflicts), 0
        for rejected in islice(_choices(families), MOST_CHOICES):
            tried += 1
            if all(conflict & rejected for conflict in self.conflicts[before:]):
                self._empty(rejected)
        singly = sum(len(sets) for sets in families) - len(families) + 1
        every = all(whole for _, whole in found) and tried == math.prod(map(len, families))
        return tried >= singly, every

    def _empty(self, rejected: int) -> None:
        """Learn from what is left after a rejection until it agrees."""
        kept = (1 << self.count) - 1 & ~rejected
        while not self.spent and kept not in self._sound and self.learn(kept):
            members = bits(self.conflicts[-1])
            kept &= ~(1 << max(members, key=lambda figure: (self.prefer[figure], figure)))
        self._sound.add(kept)


def _choices(families: list[list[int]]) -> Iterator[int]:
    """Yield one set of every family, joined: first each beside the best of the others, then all."""
    if not families:
        yield 0
    best = [sets[0] for sets in families]
    for number, sets in enumerate(families):
        others = mask_of(f for n, mask in enumerate(best) if n != number for f in bits(mask))
        for mask in sets if number == 0 else sets[1:]:
            yield others | mask
    if len(families) > 1:
        for chosen in product(*families):
            # Those that differ from the best in one place only have been there already.
            if sum(a != b for a, b in zip(chosen, best, strict=True)) > 1:
                yield mask_of(f for mask in chosen for f in bits(mask))
