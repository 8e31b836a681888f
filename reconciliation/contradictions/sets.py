"""All smallest sets of figures that cannot be true together, and all smallest corrections.

A *minimal unsatisfiable subset* (MUS) is what we call a contradiction; a *minimal correction set*
(MCS) is a smallest set of figures whose rejection leaves none. Each MCS hits every MUS, and the
MCSes are exactly the minimal hitting sets of all MUSes (Reiter 1987; Liffiton and Sakallah,
"Algorithms for computing minimal unsatisfiable subsets of constraints", J. Automated Reasoning 40,
2008). So: reject a minimal hitting set of the contradictions known so far; if what is left still
contradicts itself, shrink that to a new contradiction (deletion filter: Chinneck, "Feasibility and
Infeasibility in Optimization", 2008); when every minimal hitting set leaves nothing, none is missing.

Sets of figures are whole numbers here, bit n for figure n.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

import highspy
import numpy as np

from reconciliation.contradictions.oracle import Oracle

# How many hitting sets of one tangle, and how many choices of them, are looked at.
MOST_SETS = 400
MOST_CHOICES = 400


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


def hitting_sets(conflicts: Sequence[int]) -> tuple[list[int], bool]:
    """Return the minimal hitting sets, fewest figures first, and whether these are all.

    Berge's multiplication: go through the sets and widen what does not hit the next one yet.
    Where there are too many, only one of the smallest is returned (found with HiGHS).
    """
    found = [0]
    for conflict in sorted(conflicts, key=int.bit_count):
        hit = [mask for mask in found if mask & conflict]
        wider = {m | (1 << b) for m in found if not m & conflict for b in bits(conflict)}
        found = hit + [mask for mask in wider if not any(h & mask == h for h in hit)]
        if len(found) > MOST_SETS:
            return [smallest_hitting_set(conflicts)], False
    return sorted(found, key=lambda mask: (mask.bit_count(), mask)), True


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

    ``prefer`` ranks the figures: where one of two figures can be left out of a contradiction, the
    one with the higher rank is. ``limit`` bounds how many contradictions of more than two figures
    are sought; ``complete`` says that none is missing.
    """

    oracle: Oracle
    count: int
    prefer: Sequence[float]
    limit: int
    conflicts: list[int] = field(default_factory=list)
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
        if kept in self._sound:
            return False
        proof = self.oracle.conflict(bits(kept))
        if proof is None:
            self._sound.add(kept)
            return False
        self.add(self._shrink(mask_of(proof.figures)))
        return True

    def _shrink(self, conflict: int) -> int:
        """Return a smallest contradiction within one: leave out each figure that is not needed."""
        waiting = sorted(bits(conflict), key=lambda f: (-self.prefer[f], -f))
        for figure in waiting if len(waiting) > 2 else ():
            if conflict >> figure & 1:
                proof = self.oracle.conflict(bits(conflict & ~(1 << figure)))
                if proof is not None:
                    conflict = mask_of(proof.figures)
        return conflict

    def walk(self, order: Iterable[int]) -> None:
        """Believe one figure after the other as far as they agree, and learn from each clash."""
        kept = 0
        self.oracle.conflict([])
        for figure in order:
            wider = kept | 1 << figure
            if any(conflict & wider == conflict for conflict in self._of[figure]):
                continue
            if self.oracle.fits(figure) or not self.learn(wider):
                kept = wider
            elif self.full:
                return

    def run(self) -> None:
        """Go on until no contradiction is missing, or there are enough."""
        found = -1
        while not self.full and len(self.conflicts) > found:
            found = len(self.conflicts)
            self.complete = self._settle()
        self.complete &= not self.full

    def _settle(self) -> bool:
        """Try the choices of corrections there are; say whether these are all."""
        every = (1 << self.count) - 1
        families = [hitting_sets(tangle) for tangle in tangles(self.conflicts)]
        before, tried = len(self.conflicts), 0
        for rejected in islice(_choices([sets for sets, _ in families]), MOST_CHOICES):
            tried += 1
            if all(conflict & rejected for conflict in self.conflicts[before:]):
                self.learn(every & ~rejected)
                if self.full:
                    return False
        possible = math.prod(len(sets) for sets, _ in families)
        return tried == possible and all(whole for _, whole in families)


def _choices(families: list[list[int]]) -> Iterator[int]:
    """Yield one set of every family, joined: first each beside the best of the others, then all."""
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
