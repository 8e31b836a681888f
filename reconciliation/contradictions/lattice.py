"""What is included in what: the rules of addition, by dimension, for one group of figures.

A rule says that a total is the sum of its parts (*exact*), or that its parts together are at most
the total. The rules for populations, causes and measures are rows of identities.csv; those for
places follow from the names of the places, and those for scopes from what a scope is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import pandas as pd

from figures import IdentityKind, Severity


class Cell(NamedTuple):
    """What a number counts, its time left aside.

    ``place`` is ``THA``, ``KHM+THA`` or ``THA/Surin``.
    """

    place: str
    measure: str
    population: str
    cause: str
    scope: str


@dataclass(frozen=True)
class Rule:
    """A rule of addition in one dimension (a field of :class:`Cell`)."""

    dimension: str
    total: str
    parts: tuple[str, ...]
    exact: bool
    strict: bool
    label: str


PLACES = "A country is the sum of its provinces, and several countries are the sum of each"
SCOPES = "A count with a limited scope is part of the whole count"
EVERYBODY = "Every group is part of everybody"


@dataclass(frozen=True)
class Lattice:
    """The rules that hold among the words of one group of figures.

    ``rules`` maps (dimension, total) to the rules with that total; ``above`` maps
    (dimension, word) to the words that include it, itself among them.
    """

    rules: dict[tuple[str, str], list[Rule]]
    above: dict[tuple[str, str], tuple[str, ...]]

    def up(self, cell: Cell) -> Iterator[Cell]:
        """Yield every cell that includes this one, itself first."""
        words = (self.above.get(item, (item[1],)) for item in cell._asdict().items())
        return (Cell(*chosen) for chosen in product(*words))

    def sums(self, cell: Cell) -> Iterator[tuple[Rule, list[Cell]]]:
        """Yield each rule with this cell as the total, and the cells of its parts."""
        for dimension in Cell._fields:
            for rule in self.rules.get((dimension, getattr(cell, dimension)), ()):
                yield rule, [cell._replace(**{dimension: part}) for part in rule.parts]


def lattice(cells: Iterable[Cell], identities: pd.DataFrame | None, strict: bool) -> Lattice:
    """Return the rules that hold among the cells; with ``strict`` only what arithmetic forces."""
    occurring = list(cells)
    found = list(_from_identities(identities))
    found += _places(sorted({cell.place for cell in occurring}))
    found += _populations(sorted({cell.population for cell in occurring}), found)
    found += [
        Rule("scope", "", (scope,), False, False, SCOPES)
        for scope in sorted({cell.scope for cell in occurring} - {""})
    ]
    rules: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in found:
        if rule.strict or not strict:
            rules[rule.dimension, rule.total].append(rule)
    return Lattice(dict(rules), _above(rules))


def _from_identities(identities: pd.DataFrame | None) -> Iterator[Rule]:
    if identities is None:
        return
    columns = ["dimension", "total", "parts", "kind", "label", "severity"]
    for dimension, total, parts, kind, label, severity in zip(
        *(identities[column].astype(str) for column in columns), strict=True
    ):
        words = tuple(part.strip() for part in parts.split("+"))
        strict = severity == Severity.STRICT
        if kind == IdentityKind.PARTITION:
            yield Rule(dimension, total, words, True, strict, label)
        else:
            # Parts that are only included may overlap, so each is compared by itself.
            for word in words:
                yield Rule(dimension, total, (word,), False, strict, label)


def _places(places: list[str]) -> list[Rule]:
    """Return the rules among places: countries joined by ``+``, and provinces."""
    provinces: dict[str, list[str]] = defaultdict(list)
    for place in places:
        country, _, province = place.partition("/")
        if province:
            provinces[country].append(place)
    found = [
        Rule("place", country, tuple(parts), False, True, PLACES)
        for country, parts in sorted(provinces.items())
    ]
    joint = sorted(code for code in {place.partition("/")[0] for place in places} if "+" in code)
    for total in joint:
        members = set(total.split("+"))
        found.append(Rule("place", total, tuple(sorted(members)), True, True, PLACES))
        found += [
            Rule("place", total, (other,), False, True, PLACES)
            for other in joint
            if set(other.split("+")) < members
        ]
    return found


def _populations(populations: list[str], rules: list[Rule]) -> list[Rule]:
    """Return that a group which identities.csv does not name is part of everybody."""
    named = {part for rule in rules if rule.dimension == "population" for part in rule.parts}
    return [
        Rule("population", "all", (group,), False, True, EVERYBODY)
        for group in populations
        if group != "all" and group not in named
    ]


def _above(rules: dict[tuple[str, str], list[Rule]]) -> dict[tuple[str, str], tuple[str, ...]]:
    direct: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (dimension, total), found in rules.items():
        for rule in found:
            for part in rule.parts:
                if total not in direct[dimension, part]:
                    direct[dimension, part].append(total)
    return {key: _climb(key, direct) for key in list(direct)}


def _climb(key: tuple[str, str], direct: dict[tuple[str, str], list[str]]) -> tuple[str, ...]:
    found, ring = {key[1]: None}, [key[1]]
    while ring:
        ring = [w for word in ring for w in direct.get((key[0], word), ()) if w not in found]
        found.update(dict.fromkeys(ring))
    return tuple(found)
