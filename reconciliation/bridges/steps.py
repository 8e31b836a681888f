"""Why two figures differ: the kind of difference between two single figures."""

from dataclasses import dataclass, replace
from enum import StrEnum

from reconciliation.bridges.compose import same_start
from reconciliation.bridges.parts import Part, Pool, cell_of, meant, population_of


class ItemKind(StrEnum):
    """The kinds of reconciling items, in the order in which they are told."""

    PLACE = "place"
    DEFINITION = "definition"
    TIMING = "timing"
    SOURCE = "source"
    ROUNDING = "rounding"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the way from a to b.

    ``before`` is the figure on the side of a, ``after`` that on the side of b; one of them is
    ``None`` where only the other total includes the people, and both are where no single figure is
    behind the difference (then ``rest`` is its amount in people). ``doubtful`` people of the amount
    are not a matter of definition, place or of one source's own later count.
    """

    kind: ItemKind
    before: Part | None
    after: Part | None
    doubtful: int = 0
    rest: int = 0
    coarse: bool = False

    @property
    def amount(self) -> int:
        """How many people this adds on the way from a to b."""
        plus = self.after.value if self.after else 0
        minus = self.before.value if self.before else 0
        return plus - minus + self.rest

    @property
    def differs(self) -> bool:
        """Whether the same people are counted twice, with two results."""
        return (self.before is None) == (self.after is None)

    @property
    def ids(self) -> tuple[str, ...]:
        """The figures it rests on."""
        return tuple(part.figure_id for part in (self.before, self.after) if part)

    def mirrored(self) -> "Step":
        """Return the same step on the way from b to a."""
        return replace(self, before=self.after, after=self.before, rest=-self.rest)


def steps(before: Part, after: Part, pool: Pool) -> list[Step]:
    """Return why two figures of related things differ; nothing where they print one number."""
    if before.value == after.value:
        return []
    if _apart(before, after, pool):
        only = ItemKind.DEFINITION if before.spot == after.spot else ItemKind.PLACE
        return [Step(only, before, None), Step(only, None, after)]
    kind = _by_definition(before, after, pool)
    if kind is not None:
        same = cell_of(before, pool.usage) == cell_of(after, pool.usage)
        return [Step(kind, before, after, coarse=not same)]
    return _by_day_and_source(before, after, pool)


def _apart(one: Part, other: Part, pool: Pool) -> bool:
    """Say whether nobody is counted by both."""
    if one.spot != other.spot:
        provinces = bool(one.admin1 and other.admin1)
        return provinces or not set(one.places) & set(other.places)
    usage = pool.usage
    return any(
        usage.apart(name, getattr(one, name), getattr(other, name))
        for name in ("population", "cause")
    )


def _by_definition(before: Part, after: Part, pool: Pool) -> ItemKind | None:
    """Return place or definition where what is counted explains the difference, else ``None``.

    Who counts more people must not have the smaller number; only measures that are loosely used
    for one another (and other scopes) explain a difference either way.
    """
    usage = pool.usage
    same = cell_of(before, usage) == cell_of(after, usage)
    if same:
        return None if _counted_alike(before, after) else ItemKind.DEFINITION
    small, large = sorted((before, after), key=lambda part: part.value)
    if not _covers(large, small, pool):
        return None
    return ItemKind.PLACE if before.spot != after.spot else ItemKind.DEFINITION


def _counted_alike(one: Part, other: Part) -> bool:
    words = (one.measure, one.counting, one.scope) == (other.measure, other.counting, other.scope)
    return words and (one.counting != "cumulative" or same_start(one, other))


def _covers(whole: Part, part: Part, pool: Pool) -> bool:
    """Say whether one figure counts everybody that the other counts, by its definition."""
    usage = pool.usage
    places = set(part.places) <= set(whole.places) and whole.admin1 in ("", part.admin1)
    groups = usage.within("population", population_of(part, usage), population_of(whole, usage))
    groups = groups and usage.within("cause", part.cause, whole.cause)
    kin = usage.family(part.measure) == usage.family(whole.measure)
    return places and groups and (kin or usage.within("measure", part.measure, whole.measure))


def _by_day_and_source(before: Part, after: Part, pool: Pool) -> list[Step]:
    amount = abs(after.value - before.value)
    same_day, near = after.day == before.day, abs(after.day - before.day) <= 1
    rounds = _rounds(before, after) or _rounds(after, before)
    if rounds and (same_day or not pool.related(before, after)):
        return [Step(ItemKind.ROUNDING, before, after)]
    falls = _falls(before, after)
    grown = pool.related(before, after) and not (near or falls)
    if before.source == after.source or grown:
        return [Step(ItemKind.TIMING, before, after, amount if falls else 0)]
    way = [] if same_day else _by_way_of_another(before, after, pool)
    if not way and near:
        return [Step(ItemKind.SOURCE, before, after, amount)]
    return way or [_mixed(before, after, amount)]


def _rounds(round_one: Part, other: Part) -> bool:
    """Say whether one number is the other, rounded."""
    low, high = meant(round_one)
    return low < high and round_one.quantifier != "range" and low <= other.value <= high


def _falls(one: Part, other: Part) -> bool:
    """Say whether a running total is lower on the later day."""
    first, last = sorted((one, other), key=lambda part: (part.day, part.said))
    return first.counting == last.counting == "cumulative" and last.value < first.value


def _by_way_of_another(before: Part, after: Part, pool: Pool) -> list[Step]:
    """Split a difference of day and of source by a figure that shares the one and the other."""
    between = [
        (abs(part.day - far.day), part.order, part, far)
        for near, far in ((before, after), (after, before))
        for part in pool.by_cell.get(cell_of(near, pool.usage), [])
        if part.source == near.source and _counted_alike(part, near) and _nearer(part, far, near)
    ]
    if not between:
        return []
    _, _, part, far = min(between, key=lambda found: found[:2])
    legs = ((before, part), (part, after))
    found = []
    for one, other in legs:
        if one.value != other.value:
            kind = ItemKind.SOURCE if far in (one, other) else ItemKind.TIMING
            wrong = kind is ItemKind.SOURCE or _falls(one, other)
            amount = abs(other.value - one.value)
            found.append(Step(kind, one, other, amount if wrong else 0))
    return found


def _nearer(part: Part, far: Part, near: Part) -> bool:
    """Say whether a figure lies between two: nearer in time to the far one, not beyond either."""
    if part.figure_id in (far.figure_id, near.figure_id):
        return False
    low, high = sorted((near.value, far.value))
    most = min(3, abs(near.day - far.day) - 1)
    return low <= part.value <= high and abs(part.day - far.day) <= most


def _mixed(before: Part, after: Part, amount: int) -> Step:
    """Return the step for another source on another day, which nothing tells apart.

    Time explains a running total that grows. Where it does not, sources that count one place
    disagree; for several places at once nobody can say who is missing.
    """
    first, last = sorted((before, after), key=lambda part: part.day)
    grows = last.counting != "cumulative" or last.value >= first.value
    if grows:
        return Step(ItemKind.TIMING, before, after, amount)
    alone = len(before.places) == 1
    return Step(ItemKind.SOURCE if alone else ItemKind.UNEXPLAINED, before, after, amount)
