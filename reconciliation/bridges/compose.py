"""What a total is made of: sets of published figures that add up to it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from figures import Cause
from reconciliation.bridges.parts import Cell, Part, Pool, cell_of, outside, printed
from reconciliation.days import FOREVER

# How far back a part may lie, in days; totals are made from what was newest when they were written.
STOCK_DAYS, CUMULATIVE_DAYS = 7, 14
# Bounds on the search: figures tried per cell, ways kept per place, compositions kept per total.
PER_CELL, PER_PLACE, KEPT = 6, 150, 14
# What makes a composition less likely, in days of age.
_FUTURE, _STRANGER, _RELAYED, _OTHER_WORD, _LEFT_OUT, _NO_PLACE = 2, 3, 1, 3, 5, 8
# Whoever counts deaths of indirect causes counts the direct ones, and soldiers, as well.
_ODD = 20
# How much less likely than the likeliest composition another one may be, in the same measure.
_MARGIN = 12


class Made:
    """A set of figures that may make up a total, and how unlikely that is (``strain``, in days).

    The strain is that of the least likely figure, plus what is left out, plus the days between the
    oldest and the newest: totals are made from figures of one moment.
    """

    __slots__ = ("first", "gaps", "ids", "last", "parts", "strain", "total", "worst")

    def __init__(self, parts: tuple[Part, ...], total: int, worst: int = 0, gaps: int = 0) -> None:
        days = [part.day for part in parts]
        self.first, self.last = min(days, default=FOREVER), max(days, default=-FOREVER)
        self.ids = tuple([part.figure_id for part in parts])
        self._set(parts, total, worst, gaps)

    def _set(self, parts: tuple[Part, ...], total: int, worst: int, gaps: int) -> None:
        self.parts, self.total, self.worst, self.gaps = parts, total, worst, gaps
        self.strain = worst + gaps + max(self.last - self.first, 0)

    def __add__(self, other: "Made") -> "Made":
        """Return both together."""
        if not other.parts and not other.gaps:
            return self
        both = Made.__new__(Made)
        both.first = self.first if self.first < other.first else other.first
        both.last = self.last if self.last > other.last else other.last
        both.ids = self.ids + other.ids
        worst = self.worst if self.worst > other.worst else other.worst
        both._set(self.parts + other.parts, self.total + other.total, worst, self.gaps + other.gaps)
        return both


class Composer:
    """Finds what one total may be made of."""

    def __init__(self, target: Part, pool: Pool) -> None:
        self.target, self.pool, self.usage = target, pool, pool.usage
        self._ways: dict[Cell, list[Made]] = {}

    def compositions(self) -> list[Made]:
        """Return the total itself, then the likeliest sets that add up to it, or come nearest."""
        target = self.target
        cells = self._places()
        groups = [self._place_ways(cell) for cell in cells]
        if len(cells) > 1:
            groups = [[*ways, _left_out(ways, _NO_PLACE)] for ways in groups]
        else:
            groups = [[made for made in groups[0] if not self._is_rival(made)]]
        found = [made for made in self._nearest(groups) if made.parts]
        ordered = sorted(
            _distinct(found), key=lambda m: (outside(target, m.total), m.strain, m.ids)
        )[:KEPT]
        limit = min((made.strain for made in ordered), default=0) + _MARGIN
        return [Made((target,), target.value), *(m for m in ordered if m.strain <= limit)]

    def _places(self) -> list[Cell]:
        own = cell_of(self.target, self.usage)
        return [((place,), *own[1:]) for place in self.target.places]

    def _place_ways(self, cell: Cell) -> list[Made]:
        ways = [_weighed(made) for made in self._of(cell)]
        return _likeliest([*ways, *self._provinces(cell)], PER_PLACE)

    def _is_rival(self, made: Made) -> bool:
        """Say whether this is another count of the very same thing, which is no part of it."""
        mine = cell_of(self.target, self.usage)
        return len(made.parts) == 1 and cell_of(made.parts[0], self.usage) == mine

    def _of(self, cell: Cell) -> list[Made]:
        """Return the ways to count a cell: by one figure, or by figures for its parts."""
        if cell not in self._ways:
            self._ways[cell] = []  # a cell that leads back to itself adds nothing
            ways = self._candidates(cell)
            for parts in self._splits(cell):
                ways += self._combined([self._of(part) for part in parts])
            self._ways[cell] = _likeliest(_distinct(ways), PER_PLACE)
        return self._ways[cell]

    def _splits(self, cell: Cell) -> Iterable[list[Cell]]:
        place, admin1, measure, population, cause = cell
        divided = self.usage.partitions
        # Groups before causes: else a group could be left out by way of a cause unnoticed.
        groups = divided.get(("population", population), ()) if cause == self.target.cause else ()
        for words in groups:
            yield [(place, admin1, measure, word, cause) for word in words]
        for words in divided.get(("cause", cause), ()):
            yield [(place, admin1, measure, population, word) for word in words]
        for words in divided.get(("measure", measure), ()):
            yield [(place, admin1, word, population, cause) for word in words]

    def _combined(self, groups: list[list[Made]]) -> list[Made]:
        """Return every choice of one way per part, parts left out included."""
        groups = [ways for ways in groups if ways]
        if not groups:
            return []
        found = [Made((), 0)]
        for ways in groups:
            own = [made for made in ways if not any(map(self.pool.foreign, made.parts))]
            options = _likeliest([*ways, _left_out(own, _LEFT_OUT)], PER_PLACE)
            found = _likeliest(_joined(found, options), PER_PLACE)
        return [made for made in found if made.parts]

    def _candidates(self, cell: Cell) -> list[Made]:
        """Return the likeliest figure for each number that was given for the cell."""
        best: dict[int, Made] = {}
        for part in self.pool.by_cell.get(cell, []):
            if self._fits(part):
                made = Made((part,), part.value, self._strain(part))
                if part.value not in best or made.strain < best[part.value].strain:
                    best[part.value] = made
        return _likeliest(best.values(), PER_CELL)

    def _fits(self, part: Part) -> bool:
        """Say whether a total may rest on a figure: other than itself, and known in time."""
        target = self.target
        limit = STOCK_DAYS if part.counting == "stock" else CUMULATIVE_DAYS
        in_time = target.day - limit <= part.day <= target.day + 1 and part.said <= target.said + 1
        if part.figure_id == target.figure_id or part.scope != target.scope:
            return False
        return in_time and self._counts_alike(part)

    def _counts_alike(self, part: Part) -> bool:
        target = self.target
        if "flow" in (part.counting, target.counting):
            return (part.counting, part.since, part.day) == (
                target.counting,
                target.since,
                target.day,
            )
        if part.counting != target.counting:
            return self.usage.is_loose(target.measure)
        return same_start(part, target)

    def _strain(self, part: Part) -> int:
        """Return how unlikely it is that the total rests on this figure, in days of age."""
        target, line = self.target, self.pool.lines.get(self.target.source, ())
        days = target.day - part.day
        strain = days if days >= 0 else _FUTURE
        if part.source != target.source:
            carried = part.publisher and part.publisher in (target.source, target.publisher)
            strain += _RELAYED if part.source in line or carried else _STRANGER
        strain += _OTHER_WORD * (part.measure != target.measure)
        strain += _STRANGER * self.pool.foreign(part)
        strain += _OTHER_WORD * (part.counting != target.counting)
        wider = not self.usage.within("population", part.population, target.population)
        return strain + _OTHER_WORD * wider

    def _provinces(self, cell: Cell) -> list[Made]:
        """Return the tables of provinces of one source and day."""
        if cell[1]:
            return []
        tables: dict[tuple[str, int], list[Part]] = {}
        for other, parts in self.pool.by_cell.items():
            if other[1] and (other[0], *other[2:]) == (cell[0], *cell[2:]):
                for part in parts:
                    if self._fits_province(part):
                        tables.setdefault((part.source, part.day), []).append(part)
        return [
            Made(tuple(table), printed(table), self._strain(table[0]))
            for table in map(_once_each, tables.values())
            if len(table) > 1
        ]

    def _fits_province(self, part: Part) -> bool:
        in_time = abs(part.day - self.target.day) <= 1
        return in_time and self._counts_alike(part)

    def _nearest(self, groups: list[list[Made]]) -> list[Made]:
        """Return the choices of one way per place whose sum fits the total, or comes nearest."""
        *first, last = groups
        found = [Made((), 0)]
        for ways in first:
            found = _likeliest(_joined(found, _likeliest(ways, PER_PLACE)), PER_PLACE)
        last = sorted(last, key=lambda made: (made.total, made.strain, made.ids))
        totals = [made.total for made in last]
        chosen = []
        for made in found:
            chosen += [made + last[n] for n in self._around(totals, made.total)]
        return chosen

    def _around(self, totals: list[int], already: int) -> Iterable[int]:
        """Return the places in the sorted totals that fit, and the next one on either side."""
        low = bisect_left(totals, self.target.value - already)
        first, last = low, low
        while last < len(totals) and not outside(self.target, already + totals[last]):
            last += 1
        while first > 0 and not outside(self.target, already + totals[first - 1]):
            first -= 1
        return range(max(first - 1, 0), min(last + 1, len(totals)))


def same_start(one: Part, other: Part) -> bool:
    """Say whether two running totals count from the same day, or from one day to the next."""
    if one.since is None or other.since is None:
        return one.since == other.since
    return abs(one.since - other.since) <= 1


def _weighed(made: Made) -> Made:
    """Count against a way of counting one place that it has indirect deaths, but not all others."""
    odd = made.gaps and any(part.cause == Cause.INDIRECT for part in made.parts)
    return Made(made.parts, made.total, made.worst, made.gaps + _ODD) if odd else made


def _left_out(ways: list[Made], strain: int) -> Made:
    """Return the way that leaves a part out; it costs nothing where nobody counts the part."""
    return Made((), 0, 0, strain if ways else 0)


def _once_each(table: list[Part]) -> list[Part]:
    """Keep one figure per province, without a scope if there is one."""
    best: dict[str, Part] = {}
    for part in sorted(table, key=lambda p: (p.scope != "", p.order)):
        best.setdefault(part.admin1, part)
    return [best[name] for name in sorted(best)]


def _likeliest(ways: Iterable[Made], most: int) -> list[Made]:
    return sorted(ways, key=lambda made: (made.strain, len(made.parts), made.ids))[:most]


def _joined(ones: list[Made], others: list[Made]) -> Iterator[Made]:
    """Yield pairs of either list, the likeliest with all, the unlikely with the likeliest only."""
    for rank, one in enumerate(ones, 1):
        for other in others[: PER_PLACE // rank]:
            yield one + other


def _distinct(ways: Iterable[Made]) -> list[Made]:
    """Keep the likeliest way for each set of figures."""
    best: dict[frozenset[str], Made] = {}
    for made in ways:
        key = frozenset(made.ids)
        if key not in best or made.strain < best[key].strain:
            best[key] = made
    return list(best.values())
