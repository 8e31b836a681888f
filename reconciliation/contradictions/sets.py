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

import highspy
import numpy as np

from reconciliation.contradictions.oracle import Oracle

# How many hitting sets of one tangle, and how many choices of them, are looked at.
MOST_SETS = 60
MOST_CHOICES = 120
# How many contradictions of one block are sought in order to know its smallest corrections.
MOST_CONFLICTS = 50_000
# How far the search for all smallest hitting sets goes, in steps.
MOST_STEPS = 4_000


def bits(mask: int) -> list[int]:
    """Return the figures of a set, in order."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def mask_of(figures: Iterable[int]) -> int:
    """Return the figures as a set."""
    mask = 0
    for figure in figures:
        mask |= 1 << figure
    return mask


def tangles(conflicts: Iterable[int]) -> list[list[int]]:
    """Group the contradictions that share figures, directly or by way of others."""
    groups: list[tuple[int, list[int]]] = []
    for conflict in conflicts:
        touching = [group for group in groups if group[0] & conflict]
        groups = [group for group in groups if not group[0] & conflict]
        mask, members = conflict, [conflict]
        for other, its in touching:
            mask, members = mask | other, members + its
        groups.append((mask, members))
    return sorted(sorted(members) for _, members in groups)


def hitting_sets(conflicts: Sequence[int]) -> list[int] | None:
    """Return all minimal hitting sets, fewest figures first; None where there are too many.

    Berge's multiplication: go through the sets and widen what does not hit the next one yet.
    """
    found = [0]
    for conflict in sorted(conflicts, key=int.bit_count):
        hit = [mask for mask in found if mask & conflict]
        wider = {m | (1 << b) for m in found if not m & conflict for b in bits(conflict)}
        if len(hit) + len(wider) > 8 * MOST_SETS:
            return None
        found = hit + [mask for mask in wider if not any(h & mask == h for h in hit)]
        if len(found) > MOST_SETS:
            return None
    return sorted(found, key=lambda mask: (mask.bit_count(), mask))


def smallest_hitting_sets(conflicts: Sequence[int]) -> tuple[list[int], bool]:
    """Return the hitting sets with the fewest figures, and whether these are all.

    HiGHS says how few figures are enough; a depth-first search then finds every such set. Should
    that take too long, the one set is returned.
    """
    every = hitting_sets(conflicts)
    if every is not None:
        return [mask for mask in every if mask.bit_count() == every[0].bit_count()], True
    one = smallest_hitting_set(conflicts)
    found = _all_of_size(sorted(conflicts, key=int.bit_count), one.bit_count())
    return (sorted(found), True) if found else ([one], False)


def _all_of_size(conflicts: Sequence[int], size: int) -> list[int]:
    """Return every hitting set of this size; nothing where the search takes too long."""
    found: list[int] = []
    # What is chosen, what is left out for good, and what is still to be hit.
    waiting = [(0, 0, list(conflicts))]
    for _ in range(MOST_STEPS):
        if not waiting:
            return found if len(found) <= MOST_SETS else []
        chosen, without, left = waiting.pop()
        if not left:
            found.append(chosen)
            continue
        if chosen.bit_count() + _apart(left, without) > size:
            continue
        open_sets = min((c & ~without for c in left), key=int.bit_count)
        for figure in bits(open_sets):
            mark = 1 << figure
            waiting.append((chosen | mark, without, [c for c in left if not c & mark]))
            without |= mark
    return []


def _apart(conflicts: Sequence[int], without: int) -> int:
    """Return how many of the sets share no figure with one another: each needs one of its own."""
    taken, count = 0, 0
    for conflict in conflicts:
        if not conflict & ~without & taken:
            taken |= conflict & ~without
            count += 1
    return count


def smallest_hitting_set(conflicts: Sequence[int]) -> int:
    """Return a hitting set with the fewest figures, by an integer programme."""
    every = 0
    for conflict in conflicts:
        every |= conflict
    figures = bits(every)
    place = {figure: n for n, figure in enumerate(figures)}
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", 1)
    count = len(figures)
    model.addVars(count, np.zeros(count), np.ones(count))
    columns = np.arange(count, dtype=np.int32)
    model.changeColsCost(count, columns, np.ones(count))
    kinds = np.full(count, highspy.HighsVarType.kInteger)
    model.changeColsIntegrality(count, columns, kinds)
    for conflict in conflicts:
        members = np.array([place[f] for f in bits(conflict)], dtype=np.int32)
        model.addRow(1.0, highspy.kHighsInf, len(members), members, np.ones(len(members)))
    model.run()
    chosen = np.flatnonzero(np.asarray(model.getSolution().col_value) > 0.5)
    return mask_of(figures[n] for n in chosen)


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
        while found < len(self.conflicts) < MOST_CONFLICTS:
            found = len(self.conflicts)
            self.settled, self.complete = self._settle()
        if len(self.conflicts) >= MOST_CONFLICTS:
            self.settled = self.complete = False

    def _settle(self) -> tuple[bool, bool]:
        """Try choices of corrections; say whether all the smallest, and all, were tried."""
        families, whole = [], True
        for tangle in tangles(self.conflicts):
            sets = hitting_sets(tangle)
            whole &= sets is not None
            families.append(sets or smallest_hitting_sets(tangle)[0])
        before, tried = len(self.conflicts), 0
        for rejected in islice(_choices(families), MOST_CHOICES):
            tried += 1
            if all(conflict & rejected for conflict in self.conflicts[before:]):
                self._empty(rejected)
        singly = sum(len(sets) for sets in families) - len(families) + 1
        return tried >= singly, whole and tried == math.prod(len(sets) for sets in families)

    def _empty(self, rejected: int) -> None:
        """Learn from what is left after a rejection until it agrees."""
        kept = (1 << self.count) - 1 & ~rejected
        while kept not in self._sound and self.learn(kept):
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
