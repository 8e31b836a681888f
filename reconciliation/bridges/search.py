"""The best bridge between two totals: which figures match, which are left over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reconciliation.bridges.compose import Composer, Made
from reconciliation.bridges.parts import Cell, Part, Pool, cell_of, outside
from reconciliation.bridges.steps import ItemKind, Step, steps


@dataclass(frozen=True)
class Plan:
    """A bridge from a to b: its steps, and what either total is taken to be made of."""

    before: Part
    after: Part
    made_before: Made
    made_after: Made
    steps: tuple[Step, ...]

    def mirrored(self) -> "Plan":
        """Return the bridge from b to a."""
        return Plan(
            self.after,
            self.before,
            self.made_after,
            self.made_before,
            tuple(step.mirrored() for step in self.steps),
        )


Cost = tuple[object, ...]


def plan(before: Part, after: Part, pool: Pool) -> Plan:
    """Return the best bridge.

    Best: the smallest unexplained remainder; then totals opened into their parts rather than taken
    as a whole; then the fewest people put down to sources that disagree; then the fewest steps;
    then the likeliest parts. The same for a → b and b → a, and for any order of the figures.
    """
    if (after.day, after.order) < (before.day, before.order):
        return plan(after, before, pool).mirrored()
    key = ("plan", before.figure_id, after.figure_id)
    if key not in pool.known:
        matcher = Matcher(before, after, pool)
        pool.known[key] = min(matcher.plans(), key=lambda found: found[0])[1]
    best: Plan = pool.known[key]
    return best


class Matcher:
    """Tries every composition of one total against every one of the other."""

    def __init__(self, before: Part, after: Part, pool: Pool) -> None:
        self.before, self.after, self.pool = before, after, pool
        self._steps: dict[tuple[str, str], list[Step]] = {}
        self._cells: dict[str, Cell] = {}

    def plans(self) -> Iterable[tuple[Cost, Plan]]:
        """Yield the bridges with what speaks against each; at least one, as a whole."""
        left, right = self._compositions(self.before), self._compositions(self.after)
        for one in left:
            for other in right:
                found = self._match(one, other)
                if found is not None:
                    yield self._judged(one, other, found)

    def _compositions(self, total: Part) -> list[Made]:
        key = ("made", total.figure_id)
        if key not in self.pool.known:
            self.pool.known[key] = Composer(total, self.pool).compositions()
        ways: list[Made] = self.pool.known[key]
        return ways

    def _judged(self, one: Made, other: Made, found: list[Step]) -> tuple[Cost, Plan]:
        missed = outside(self.before, one.total) + outside(self.after, other.total)
        rest = (self.after.value - other.total) - (self.before.value - one.total)
        if rest:
            kind = ItemKind.UNEXPLAINED if missed else ItemKind.ROUNDING
            found = [*found, Step(kind, None, None, rest=rest)]
        found = [step for step in found if step.amount]
        open_steps = [step for step in found if step.kind is ItemKind.UNEXPLAINED and not step.rest]
        whole = (
            bool(found) and self._is_whole(one, self.before) and self._is_whole(other, self.after)
        )
        cost = (
            missed + sum(abs(step.amount) for step in open_steps),
            whole + sum(step.coarse for step in found),
            sum(abs(step.amount) for step in found if step.differs),
            sum(step.doubtful for step in found),
            len(found),
            one.strain + other.strain,
            one.ids,
            other.ids,
        )
        ordered = sorted(found, key=lambda step: (_ORDER[step.kind], -abs(step.amount), step.ids))
        return cost, Plan(self.before, self.after, one, other, tuple(ordered))

    def _is_whole(self, made: Made, total: Part) -> bool:
        # By its id: a total with an open interval is not equal to itself as another day gave it.
        return made.ids == (total.figure_id,)

    def _is_half_open(self, one: Made, other: Made) -> bool:
        return self._is_whole(one, self.before) != self._is_whole(other, self.after)

    def _match(self, one: Made, other: Made) -> list[Step] | None:
        """Return the steps from one set of figures to the other, or ``None`` where they clash."""
        left, right = self._by_cell(one.parts), self._by_cell(other.parts)
        if len(left) < len(one.parts) or len(right) < len(other.parts):
            return None
        if self._is_half_open(one, other) and not left.keys() & right.keys():
            # A total taken as a whole cannot be set against some of its own people.
            meets = any(self._meet(a, b) for a in one.parts for b in other.parts)
            if meets:
                return None
        found: list[Step] = []
        for cell in left.keys() & right.keys():
            found += self._compare(left.pop(cell), right.pop(cell))
        pairs = self._overlaps(left.values(), right.values())
        if pairs is None:
            return None
        for a, b in pairs:
            found += self._compare(left.pop(self._cell(a)), right.pop(self._cell(b)))
        found += [Step(self._only(a, other), a, None) for a in left.values()]
        found += [Step(self._only(b, one), None, b) for b in right.values()]
        return found

    def _by_cell(self, parts: Sequence[Part]) -> dict[Cell, Part]:
        return {self._cell(part): part for part in parts}

    def _cell(self, part: Part) -> Cell:
        if part.figure_id not in self._cells:
            self._cells[part.figure_id] = cell_of(part, self.pool.usage)
        return self._cells[part.figure_id]

    def _compare(self, a: Part, b: Part) -> list[Step]:
        key = (a.figure_id, b.figure_id)
        if key not in self._steps:
            self._steps[key] = steps(a, b, self.pool)
        return self._steps[key]

    def _overlaps(
        self, left: Iterable[Part], right: Iterable[Part]
    ) -> list[tuple[Part, Part]] | None:
        """Return who counts some of the same people; ``None`` where that is not one to one."""
        pairs = [(a, b) for a in left for b in right if self._meet(a, b)]
        once = len({a.figure_id for a, _ in pairs}) == len({b.figure_id for _, b in pairs})
        return pairs if once and len({a.figure_id for a, _ in pairs}) == len(pairs) else None

    def _meet(self, a: Part, b: Part) -> bool:
        """Say whether two figures count some of the same people."""
        key = ("meet", a.figure_id, b.figure_id)
        if key not in self.pool.known:
            self.pool.known[key] = self._share(a, b)
        meet: bool = self.pool.known[key]
        return meet

    def _share(self, a: Part, b: Part) -> bool:
        if not set(a.places) & set(b.places) or (a.admin1 and b.admin1 and a.admin1 != b.admin1):
            return False
        usage = self.pool.usage
        if any(usage.apart(n, getattr(a, n), getattr(b, n)) for n in ("population", "cause")):
            return False
        return not usage.apart("measure", a.measure, b.measure)

    def _only(self, part: Part, other: Made) -> ItemKind:
        """Return why one total counts what the other does not."""
        covered = {place for found in other.parts for place in found.places}
        if part.admin1 and all(found.admin1 for found in other.parts):
            return ItemKind.PLACE
        return ItemKind.DEFINITION if set(part.places) <= covered else ItemKind.PLACE


_ORDER = {kind: number for number, kind in enumerate(ItemKind)}
