"""Opening a total: which published parts make it up, and whether they add up to it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from figures import IdentityKind
from reconciliation import wording
from reconciliation.cells import Definition
from reconciliation.quantity import Quantity, quantities, seconds
from reconciliation.totals import compare_totals
from reconciliation.wording import say

# What divides everybody, and every cause, unless identities.csv says more.
_PARTITIONS = (
    ("population", "all", ("civilian", "military")),
    ("cause", "all", ("direct", "indirect")),
)
Partition = tuple[str, str, tuple[str, ...]]
# How many ways of opening one total are tried; far more than any published table needs.
_MOST = 500


@dataclass(frozen=True)
class Breakdown:
    """One way in which a total opens into published parts.

    ``verdict`` is as of :class:`reconciliation.Total`; ``gap`` is total minus parts, in people,
    between the nearest numbers that both allow.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    text: str
    verdict: str
    gap: int


def partitions(identities: pd.DataFrame | None) -> tuple[Partition, ...]:
    """Return what divides a population or a cause into parts, as (dimension, total, parts)."""
    if identities is None or identities.empty:
        return _PARTITIONS
    rows = identities[identities["kind"].astype(str) == IdentityKind.PARTITION.value]
    rows = rows[rows["dimension"].astype(str).isin(["population", "cause"])]
    found = [
        (str(dimension), str(total), tuple(str(parts).split("+")))
        for dimension, total, parts in rows[["dimension", "total", "parts"]].itertuples(index=False)
    ]
    return tuple(dict.fromkeys([*_PARTITIONS, *found]))


def break_down(
    total: Quantity,
    cells: pd.DataFrame | Sequence[Quantity],
    identities: pd.DataFrame | None = None,
) -> list[Breakdown]:
    """Return the ways in which a shown figure opens into shown parts, best first.

    ``cells`` are the shown figures of the day: :func:`reconciliation.shown_cells`, or
    :func:`reconciliation.quantities` of it, where many totals of one day are opened. A part that is
    not published, or does not fit, is opened in its turn (civilians into direct and indirect).
    Best: the parts add up; then the smallest gap; then the fewest parts.
    """
    question = (total.crisis, total.place, total.measure)
    every = quantities(cells) if isinstance(cells, pd.DataFrame) else cells
    mine = [q for q in every if (q.crisis, q.place, q.measure) == question and not q.scope]
    shown = _by_definition(mine)
    rules = partitions(identities)
    ways = _openings(total.definition, shown, rules, frozenset([total.definition]))
    found = {way: _judged(total, way) for way in itertools.islice(ways, _MOST)}
    order = {"sums": 0, "compatible": 1, "gap": 2}
    return sorted(
        found.values(),
        key=lambda b: (order[b.verdict], abs(b.gap), len(b.parts), [p.figure_id for p in b.parts]),
    )


def _by_definition(found: Iterable[Quantity]) -> dict[Definition, Quantity]:
    """Return for each definition the figure counted longest, newest first."""
    ordered = sorted(found, key=lambda q: (q.counting != "cumulative", seconds(q.since), q.outside))
    shown: dict[Definition, Quantity] = {}
    for quantity in ordered:
        shown.setdefault(quantity.definition, quantity)
    return shown


def _openings(
    definition: Definition,
    shown: dict[Definition, Quantity],
    rules: tuple[Partition, ...],
    opened: frozenset[Definition],
) -> Iterator[tuple[Quantity, ...]]:
    """Yield every set of shown parts that together make up the definition."""
    for dimension, whole, names in rules:
        if getattr(definition, dimension) != whole:
            continue
        parts = [replace(definition, **{dimension: name}) for name in names]
        if opened.isdisjoint(parts):
            ways = [list(_ways(part, shown, rules, opened | set(parts))) for part in parts]
            for combination in itertools.product(*ways):
                yield tuple(itertools.chain.from_iterable(combination))


def _ways(
    part: Definition,
    shown: dict[Definition, Quantity],
    rules: tuple[Partition, ...],
    opened: frozenset[Definition],
) -> Iterator[tuple[Quantity, ...]]:
    """Yield the part itself where it is published, then the ways of opening it."""
    if part in shown:
        yield (shown[part],)
    yield from _openings(part, shown, rules, opened)


def _judged(total: Quantity, parts: tuple[Quantity, ...]) -> Breakdown:
    value = sum(part.value for part in parts)
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    verdict, gap = compare_totals(value, low, high, total)
    text = say(
        "{parts} = {total}",
        parts=" + ".join(part.text for part in parts),
        total=wording.sum_in_words(
            [p.value for p in parts], [p.value_high for p in parts], [p.quantifier for p in parts]
        ),
    )
    return Breakdown(total, parts, text, verdict, gap)
