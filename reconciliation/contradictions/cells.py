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
    cells.update(dict.fromkeys(_missing_parts(cells, rules, every)))
    if not every:
        cells = _useful(cells, set(reported), rules)
    sums = [found for cell in sorted(cells) for found in _sums(cell, cells, rules)]
    return _connected(sorted(cells), sums)


def _missing_parts(cells: dict[Cell, None], rules: Lattice, every: bool) -> list[Cell]:
    """Return the parts that no figure reaches, of totals that have parts which figures reach."""
    found: Counter[Cell] = Counter()
    for cell in cells:
        for rule, parts in rules.sums(cell):
            missing = [part for part in parts if part not in cells]
            if rule.exact and len(missing) < len(parts):
                found.update(missing)
    return sorted(cell for cell, times in found.items() if every or times > 1)


def _useful(cells: dict[Cell, None], reported: set[Cell], rules: Lattice) -> dict[Cell, None]:
    """Return the cells below a reported one, and totals that useful parts make up in two ways."""
    useful = {c: None for c in cells if any(above in reported for above in rules.up(c))}
    grown = True
    while grown:
        ways = Counter(
            cell
            for cell in cells
            if cell not in useful
            for rule, parts in rules.sums(cell)
            if rule.exact and all(part in useful for part in parts)
        )
        more = {cell: None for cell in cells if ways[cell] > 1}
        useful |= more
        grown = bool(more)
    return useful


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
