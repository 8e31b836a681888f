"""What is part of what: groups, causes and measures, as the identities say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from figures import IdentityKind, Severity

# dimension, total, parts, partition or part, severity: what holds unless identities.csv says more.
Row = tuple[str, str, tuple[str, ...], str, str]
_DEFAULT: tuple[Row, ...] = (
    ("population", "all", ("civilian", "military"), "partition", "strict"),
    ("population", "all", ("children", "adults"), "partition", "strict"),
    ("population", "children", ("boys", "girls", "children_unknown"), "partition", "strict"),
    ("population", "adults", ("men", "women", "adults_unknown"), "partition", "strict"),
    ("cause", "all", ("direct", "indirect"), "partition", "strict"),
    ("measure", "casualties", ("killed", "injured"), "partition", "strict"),
    ("measure", "displaced", ("sheltered",), "part", "expected"),
    ("measure", "displaced", ("evacuated",), "part", "expected"),
    ("measure", "affected", ("displaced",), "part", "expected"),
    ("measure", "affected", ("casualties",), "part", "expected"),
)
EVERYBODY = "all"


@dataclass(frozen=True)
class Usage:
    """The identities, ready to be asked."""

    rows: tuple[Row, ...] = field(default=_DEFAULT)

    @cached_property
    def partitions(self) -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
        """The ways in which (dimension, total) divides into parts."""
        found: dict[tuple[str, str], dict[tuple[str, ...], None]] = {}
        for dimension, total, parts, kind, _ in self.rows:
            if kind == IdentityKind.PARTITION:
                found.setdefault((dimension, total), {})[parts] = None
        return {key: tuple(ways) for key, ways in found.items()}

    @cached_property
    def _inside(self) -> dict[tuple[str, str], frozenset[str]]:
        links = {(row[0], row[1]): set[str]() for row in self.rows}
        for dimension, total, parts, _, _ in self.rows:
            links[dimension, total] |= set(parts)
        for _ in links:
            for (dimension, _), parts_of in links.items():
                deeper = (links.get((dimension, part), set()) for part in parts_of)
                parts_of |= set().union(*deeper)
        return {key: frozenset(parts) for key, parts in links.items()}

    def within(self, dimension: str, part: str, whole: str) -> bool:
        """Say whether everybody counted as ``part`` is counted as ``whole``."""
        if part == whole or (whole == EVERYBODY and dimension != "measure"):
            return True
        return part in self._inside.get((dimension, whole), frozenset())

    @cached_property
    def _apart(self) -> dict[tuple[str, str, str], bool]:
        return {}

    def apart(self, dimension: str, one: str, other: str) -> bool:
        """Say whether nobody is counted as both."""
        key = (dimension, one, other)
        if key not in self._apart:
            self._apart[key] = self._is_apart(*key)
        return self._apart[key]

    def _is_apart(self, dimension: str, one: str, other: str) -> bool:
        for (found, _), ways in self.partitions.items():
            for parts in ways if found == dimension else ():
                homes = [
                    {p for p in parts if self.within(dimension, word, p)} for word in (one, other)
                ]
                if all(homes) and homes[0].isdisjoint(homes[1]):
                    return True
        return False

    @cached_property
    def _loose(self) -> dict[str, str]:
        """Return measure → the one it is loosely used for: sheltered → displaced."""
        totals = {row[1] for row in self.rows if row[0] == "measure"}
        return {
            part: total
            for dimension, total, parts, kind, severity in self.rows
            for part in parts
            if (dimension, kind, severity)
            == ("measure", IdentityKind.PART.value, Severity.EXPECTED.value)
            and part not in totals
        }

    def family(self, measure: str) -> str:
        """Return the measure for which this one is loosely used: displaced for sheltered."""
        return self._loose.get(measure, measure)

    def is_loose(self, measure: str) -> bool:
        """Say whether other measures are loosely used for this one."""
        return measure in self._loose or measure in self._loose.values()

    def comparable(self, one: str, other: str) -> bool:
        """Say whether figures of the two measures can be bridged."""
        same = self.family(one) == self.family(other)
        return same or self.within("measure", one, other) or self.within("measure", other, one)

    def measures(self, measure: str) -> frozenset[str]:
        """Return the measures whose figures may be parts of a figure of this one."""
        inside = self._inside.get(("measure", measure), frozenset())
        kin = {word for word, total in self._loose.items() if total == self.family(measure)}
        return frozenset({measure, self.family(measure)} | inside | kin)


def usage(identities: pd.DataFrame | None) -> Usage:
    """Return the identities of a frame (columns as in identities.csv), or the usual ones."""
    if identities is None or identities.empty:
        return Usage()
    columns = ["dimension", "total", "parts", "kind", "severity"]
    return Usage(tuple(dict.fromkeys(_rows(identities[columns].itertuples(index=False)))))


def _rows(table: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    for dimension, total, parts, kind, severity in table:
        yield (str(dimension), str(total), tuple(str(parts).split("+")), str(kind), str(severity))
