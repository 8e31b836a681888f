"""Stated totals against their parts: one source, one day."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import SERIES, Finding
from loaders.checks.grid import Grid, Ints, firsts

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sum:
    """What must add up in one column; ``whole`` when the parts together are all of the total."""

    column: str
    total: str
    parts: tuple[str, ...]
    whole: bool


def sums(grid: Grid, identities: pd.DataFrame | None) -> Iterator[Finding]:
    """Yield totals that differ from their parts, and parts that are larger than their total.

    Compared is what one source says of one day; where it has several values, all of them count,
    so that only what no choice among them can make true is reported.
    """
    wanted = [*_countries(grid), *_provinces(grid)]
    if identities is not None:
        wanted += _stated(identities)
    for column in dict.fromkeys(rule.column for rule in wanted):
        rules = [rule for rule in wanted if rule.column == column]
        cells = _cells(grid, column, {word for rule in rules for word in (rule.total, *rule.parts)})
        for rule in rules:
            yield from _check(grid, rule, cells)


def _stated(identities: pd.DataFrame) -> Iterator[Sum]:
    # What is only expected is not worth a finding: the words are used too loosely.
    strict = identities[identities["severity"] == "strict"]
    for row in strict.to_dict("records"):
        parts = tuple(part.strip() for part in row["parts"].split("+"))
        if row["dimension"] not in SERIES:
            continue
        if row["kind"] == "partition":
            yield Sum(row["dimension"], row["total"], parts, whole=True)
        else:
            yield from (Sum(row["dimension"], row["total"], (p,), whole=False) for p in parts)


def _countries(grid: Grid) -> Iterator[Sum]:
    for name in grid.figures["country"].cat.categories:
        if "+" in name:
            yield Sum("country", name, tuple(name.split("+")), whole=True)


def _provinces(grid: Grid) -> Iterator[Sum]:
    names = tuple(name for name in grid.figures["admin1"].cat.categories if name)
    if names:
        yield Sum("admin1", "", names, whole=False)


@dataclass(frozen=True)
class _Cells:
    """What is said of one word: by key (source, day, all else), in order of the key."""

    key: Ints
    row: Ints
    low: Floats
    high: Floats

    def find(self, keys: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Return where the keys stand, and which of them are there at all."""
        place = np.searchsorted(self.key, keys)
        place[place == len(self.key)] = 0
        return place, self.key[place] == keys if len(self.key) else np.zeros(len(keys), bool)


def _cells(grid: Grid, column: str, words: set[str]) -> dict[str, _Cells]:
    others = [name for name in SERIES if name != column]
    key = grid.groups(*others, "source", "as_of")
    values = grid.figures[column].cat
    codes = values.codes.to_numpy()
    places = {word: number for number, word in enumerate(values.categories) if word in words}
    return {
        word: _of_word(grid, key, np.flatnonzero(grid.alive & (codes == number)))
        for word, number in places.items()
    }


def _of_word(grid: Grid, key: Ints, rows: Ints) -> _Cells:
    rows = rows[np.argsort(key[rows], kind="stable")]
    starts = firsts(key[rows])
    if not len(starts):
        return _Cells(rows, rows, grid.low[rows], grid.high[rows])
    low = np.minimum.reduceat(grid.low[rows], starts)
    high = np.maximum.reduceat(grid.high[rows], starts)
    return _Cells(key[rows][starts], rows[starts], low, high)


def _check(grid: Grid, rule: Sum, cells: dict[str, _Cells]) -> Iterator[Finding]:
    total = cells.get(rule.total)
    parts = [cells[part] for part in rule.parts if part in cells and len(cells[part].key)]
    if total is None or not len(total.key) or not parts:
        return
    low, high = np.zeros(len(total.key)), np.zeros(len(total.key))
    given = np.zeros(len(total.key), np.int64)
    found = []
    for part in parts:
        place, there = part.find(total.key)
        low += np.where(there, part.low[place], 0)
        high += np.where(there, part.high[place], 0)
        given += there
        found.append((part, place, there))
    below = (high < total.low) & (given == len(rule.parts)) & rule.whole
    for number in np.flatnonzero((low > total.high) | below).tolist():
        rows = [int(part.row[place[number]]) for part, place, there in found if there[number]]
        complete = rule.whole and len(rows) == len(rule.parts)
        yield _finding(grid, rule, int(total.row[number]), rows, complete=complete)


def _finding(grid: Grid, rule: Sum, total: int, rows: list[int], *, complete: bool) -> Finding:
    words = [f"{grid.cell(row, rule.column)} {grid.said(row)} ({_line(grid, row)})" for row in rows]
    whole = f"{rule.total or 'the whole country'} is {grid.said(total)} in {_line(grid, total)}"
    if complete:
        problem = f"{' and '.join(words)} do not make {rule.total} {grid.said(total)}"
        return grid.at("sum-differs", total, "value", problem)
    problem = f"{' and '.join(words)} is more than the total: {whole}"
    return grid.at("part-above-total", rows[0], "value", problem)


def _line(grid: Grid, row: int) -> str:
    return f"line {grid.cell(row, 'line')}"
