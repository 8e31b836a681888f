"""Which cells belong together: those with figures, and the unreported ones that connect them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reconciliation.contradictions.lattice import Cell, Lattice, Rule


@dataclass(frozen=True)
class Sum:
    """A rule at work: the total is the sum of the parts, or (not exact) at least that."""

    total: Cell
    parts: tuple[Cell, ...]
    exact: bool
    rule: Rule


@dataclass(frozen=True)
class Component:
    """Cells that rules connect, in order, with the sums among them."""

    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]


def components(occurring: Iterable[Cell], rules: Lattice, every: bool) -> list[Component]:
    """Return the cells with figures, and those that connect them, in connected components.

    A figure on a part bounds every total above it, whether that total is reported or not, so all
    cells above a reported one are there; so are unreported parts that two reported totals share.
    Unreported cells that can pass nothing on (with no reported cell above them) are left out unless
    ``every`` asks for them; ``every`` also adds each unreported part of a total with known parts.
    """
    reported = sorted(set(occurring))
    cells = {above: None for cell in reported for above in rules.up(cell)}
    if every:
        cells.update(dict.fromkeys(_left_parts(cells, rules)))
    else:
        cells = _useful(cells, set(reported), rules)
    cells.update(dict.fromkeys(_passing_parts(cells, rules)))
    sums = [found for cell in sorted(cells) for found in _sums(cell, cells, rules)]
    return _connected(sorted(cells), sums)


def _passing_parts(cells: dict[Cell, None], rules: Lattice) -> list[Cell]:
    """Return the parts that no figure reaches, but that pass something on between their totals.

    Such a part must be what is left of one total, all other parts of which are there, and be
    included in another total, which bounds it.
    """
    known = dict(cells)
    growing = True
    while growing:
        left: Counter[Cell] = Counter()
        totals: Counter[Cell] = Counter()
        for cell in known:
            for rule, parts in rules.sums(cell):
                missing = [part for part in parts if part not in known]
                totals.update(missing)
                if rule.exact and len(missing) == 1:
                    left.update(missing)
        new = sorted(cell for cell in left if totals[cell] > 1)
        known.update(dict.fromkeys(new))
        growing = bool(new)
    return [cell for cell in known if cell not in cells]


def _left_parts(cells: dict[Cell, None], rules: Lattice) -> list[Cell]:
    """Return the parts that no figure reaches, of totals with a part that a figure reaches."""
    return sorted(
        {
            part
            for cell in cells
            for rule, parts in rules.sums(cell)
            if rule.exact and any(part in cells for part in parts)
            for part in parts
            if part not in cells
        }
    )


def _useful(cells: dict[Cell, None], reported: set[Cell], rules: Lattice) -> dict[Cell, None]:
    """Return the cells below a reported one, and totals that useful parts settle.

    A total whose parts are all useful is bounded by them. It is wanted where something else bounds
    it too: a second such way, or a reported cell that is no part of these parts; then so are the
    cells between the two.
    """
    above = {cell: set(rules.up(cell)) for cell in cells}
    useful = {c: None for c in cells if not above[c].isdisjoint(reported)}
    grown = True
    while grown:
        more: dict[Cell, None] = {}
        for cell in cells:
            ways = [] if cell in useful else _whole_ways(cell, useful, rules)
            if ways:
                beside = _beside(cell, ways[0], above)
                wanted = len(ways) > 1 or not beside.isdisjoint(reported)
                more |= dict.fromkeys([cell, *sorted(beside)] if wanted else [])
        grown = bool(more)
        useful |= more
    return useful


def _whole_ways(cell: Cell, useful: dict[Cell, None], rules: Lattice) -> list[list[Cell]]:
    """Return the ways in which the cell is exactly the sum of useful parts."""
    return [
        parts
        for rule, parts in rules.sums(cell)
        if rule.exact and all(part in useful for part in parts)
    ]


def _beside(cell: Cell, parts: list[Cell], above: dict[Cell, set[Cell]]) -> set[Cell]:
    """Return the cells below this one that are not below any of the parts."""
    return {
        other
        for other, its in above.items()
        if other != cell and cell in its and its.isdisjoint(parts)
    }


def _sums(cell: Cell, cells: dict[Cell, None], rules: Lattice) -> Iterable[Sum]:
    for rule, parts in rules.sums(cell):
        there = tuple(part for part in parts if part in cells)
        if there:
            yield Sum(cell, there, rule.exact and len(there) == len(parts), rule)


def _connected(cells: list[Cell], sums: list[Sum]) -> list[Component]:
    leader = {cell: cell for cell in cells}

    def find(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for found in sums:
        for part in found.parts:
            one, other = sorted((find(found.total), find(part)))
            leader[other] = one
    groups: dict[Cell, tuple[list[Cell], list[Sum]]] = defaultdict(lambda: ([], []))
    for cell in cells:
        groups[find(cell)][0].append(cell)
    for found in sums:
        groups[find(found.total)][1].append(found)
    return [Component(tuple(c), tuple(s)) for _, (c, s) in sorted(groups.items())]
