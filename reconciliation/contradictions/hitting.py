"""Smallest sets of figures that hit every contradiction.

Sets of figures are whole numbers here, bit n for figure n.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import highspy
import numpy as np

# How many hitting sets of one tangle are looked at.
MOST_SETS = 60
# How far the search for all smallest hitting sets goes, in steps, and for how many contradictions.
MOST_STEPS = 3_000
MOST_CONFLICTS = 300


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


def tangles(conflicts: Iterable[int]) -> list[tuple[int, ...]]:
    """Group the contradictions that share figures, directly or by way of others."""
    groups: list[tuple[int, list[int]]] = []
    for conflict in conflicts:
        touching = [group for group in groups if group[0] & conflict]
        groups = [group for group in groups if not group[0] & conflict]
        mask, members = conflict, [conflict]
        for other, its in touching:
            mask, members = mask | other, members + its
        groups.append((mask, members))
    return sorted(tuple(sorted(members)) for _, members in groups)


@lru_cache(maxsize=1024)
def hitting_sets(conflicts: tuple[int, ...]) -> tuple[list[int], bool]:
    """Return all minimal hitting sets, fewest figures first, and whether these are all.

    Berge's multiplication: go through the sets and widen what does not hit the next one yet. Where
    that gives too many, only the smallest are returned (:func:`smallest_hitting_sets`).
    """
    found = [0]
    for conflict in sorted(conflicts, key=int.bit_count):
        hit = [mask for mask in found if mask & conflict]
        wider = {m | (1 << b) for m in found if not m & conflict for b in bits(conflict)}
        found = hit + [mask for mask in wider if not any(h & mask == h for h in hit)]
        if len(found) > MOST_SETS:
            return smallest_hitting_sets(conflicts)[0], False
    return sorted(found, key=lambda mask: (mask.bit_count(), mask)), True


@lru_cache(maxsize=1024)
def smallest_hitting_sets(conflicts: tuple[int, ...]) -> tuple[list[int], bool]:
    """Return the hitting sets with the fewest figures, and whether these are all.

    HiGHS says how few figures are enough; a depth-first search then finds every such set. Should
    that take too long, the one set is returned.
    """
    if len(conflicts) > MOST_CONFLICTS:
        return [_some_hitting_set(conflicts)], False
    one = _smallest_hitting_set(conflicts)
    found = _all_of_size(sorted(conflicts, key=int.bit_count), one.bit_count())
    return (sorted(found), True) if found else ([one], False)


def _some_hitting_set(conflicts: Sequence[int]) -> int:
    """Return a hitting set: always the figure next that hits the most."""
    left, chosen = list(conflicts), 0
    while left:
        counts = Counter(figure for conflict in left for figure in bits(conflict))
        mark = 1 << max(counts, key=lambda figure: (counts[figure], figure))
        chosen |= mark
        left = [conflict for conflict in left if not conflict & mark]
    return chosen


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


def _smallest_hitting_set(conflicts: Sequence[int]) -> int:
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
