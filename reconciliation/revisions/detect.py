"""Finding revisions: neighbours in time of one source and series that do not fit together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import SERIES
from reconciliation.bridges.usage import Usage
from reconciliation.days import DayLike, day_number, numbers_of
from reconciliation.known import Ints, natural, published_seconds

# People whose sex or age is not known may become fewer: they are identified later.
MAY_FALL = ("children_unknown", "adults_unknown")
_DIMENSIONS = ("measure", "population", "cause")
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """One entry of the ledger before it is worded; rows are places in the sorted frame."""

    kind: str
    rows: tuple[int, ...]
    amount: int
    base: int
    days: int


def in_order(frame: pd.DataFrame, known_on: DayLike | None) -> pd.DataFrame:
    """Return what was said by the day, by source, series, as-of day and time of publication."""
    seconds = published_seconds(frame)
    if known_on is not None:
        known = seconds < (day_number(known_on) + 1) * 86_400
        frame, seconds = frame[known], seconds[known]
    texts = {c: frame[c].astype(str) for c in ("crisis", "source", *SERIES) if c != "since"}
    ids = frame["figure_id"].astype(str).tolist()
    rank = np.empty(len(ids), dtype=np.int64)
    rank[sorted(range(len(ids)), key=lambda i: natural(ids[i]))] = np.arange(len(ids))
    keys = pd.DataFrame(texts).assign(since=frame["since"], as_of=frame["as_of"])
    keys = keys.assign(seconds=seconds, rank=rank).reset_index(drop=True)
    order = keys.sort_values([*texts, "since", "as_of", "seconds", "rank"]).index
    return frame.iloc[order].reset_index(drop=True)


def lag_days(frame: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the days from as-of to publication; NaN where the publication day is not known."""
    published = frame["published"].notna().to_numpy()
    days = published_seconds(frame) // 86_400 - numbers_of(frame["as_of"])
    return np.where(published, days, np.nan)


def told_of(frame: pd.DataFrame, late_days: int, rules: Usage) -> Iterator[Told]:
    """Yield every revision in a frame as :func:`in_order` gives it."""
    yield from _late(frame, late_days)
    yield from _corrections(frame)
    standing = np.flatnonzero(~_gone(frame))
    current = frame.iloc[standing]
    series = _groups(current, [*SERIES, "source"])
    yield from _silent(current, series, standing)
    moved = list(_moved(current, series, standing, rules))
    yield from moved
    explained = {row for told in moved for row in told.rows}
    yield from (told for told in _falls(current, series, standing) if told.rows[1] not in explained)
    yield from _restarts(current, standing)


def _groups(frame: pd.DataFrame, columns: Sequence[str]) -> Ints:
    grouped = frame.groupby(list(columns), observed=True, dropna=False, sort=False)
    return np.asarray(grouped.ngroup(), dtype=np.int64)


def _gone(frame: pd.DataFrame) -> Flags:
    """Say which figures were withdrawn, or corrected by a later one of their source."""
    gone = (frame["status"] == "withdrawn").to_numpy(dtype=bool, copy=True)
    gone[[old for old, _ in _corrected(frame)]] = True
    return gone


def _corrected(frame: pd.DataFrame) -> list[tuple[int, int]]:
    """Return the pairs of a figure and the one that corrects it."""
    keys = list(
        zip(
            frame["crisis"].astype(str),
            frame["source"].astype(str),
            frame["figure_id"].astype(str),
            strict=True,
        )
    )
    place = {key: row for row, key in enumerate(keys)}
    new = np.flatnonzero((frame["supersedes"] != "").to_numpy())
    wanted = frame["supersedes"].astype(str).to_numpy()
    pairs = [(place.get((*keys[row][:2], wanted[row])), int(row)) for row in new]
    return [(old, row) for old, row in pairs if old is not None]


def _late(frame: pd.DataFrame, late_days: int) -> Iterator[Told]:
    days = lag_days(frame)
    for row in np.flatnonzero(np.nan_to_num(days, nan=-1.0) >= late_days):
        yield Told("late_report", (int(row),), 0, 0, int(days[row]))


def _corrections(frame: pd.DataFrame) -> Iterator[Told]:
    for old, new in _corrected(frame):
        yield _pair("correction", frame, old, new, np.arange(len(frame)))


def _pair(kind: str, frame: pd.DataFrame, old: int, new: int, rows: Ints) -> Told:
    """Return the entry for two figures, given by their places in ``frame``."""
    value, day = frame["value"].to_numpy(), numbers_of(frame["as_of"])
    return Told(
        kind,
        (int(rows[old]), int(rows[new])),
        int(value[new] - value[old]),
        int(value[old]),
        int(day[new] - day[old]),
    )


def _silent(frame: pd.DataFrame, series: Ints, rows: Ints) -> Iterator[Told]:
    """Yield neighbours of one series, source and day whose words cannot both be true."""
    day = numbers_of(frame["as_of"])
    low, high = frame["low"].to_numpy(), frame["high"].to_numpy()
    same = (series[1:] == series[:-1]) & (day[1:] == day[:-1])
    apart = (low[1:] > high[:-1]) | (high[1:] < low[:-1])
    for old in np.flatnonzero(same & apart).tolist():
        yield _pair("silent_change", frame, old, old + 1, rows)


def _steps(frame: pd.DataFrame, series: Ints) -> list[tuple[int, int]]:
    """Return the pairs of neighbouring days of each series: the last figure of either day."""
    day = numbers_of(frame["as_of"])
    last = np.ones(len(frame), dtype=bool)
    last[:-1] = (series[1:] != series[:-1]) | (day[1:] != day[:-1])
    kept = np.flatnonzero(last)
    chained = np.flatnonzero(series[kept[1:]] == series[kept[:-1]])
    return [(int(kept[n]), int(kept[n + 1])) for n in chained]


def _falls(frame: pd.DataFrame, series: Ints, rows: Ints) -> Iterator[Told]:
    low, high = frame["low"].to_numpy(), frame["high"].to_numpy()
    running = (frame["counting"] == "cumulative") & ~frame["population"].isin(MAY_FALL)
    total = running.to_numpy()
    for old, new in _steps(frame, series):
        if total[old] and high[new] < low[old]:
            yield _pair("fall", frame, old, new, rows)


def _restarts(frame: pd.DataFrame, rows: Ints) -> Iterator[Told]:
    """Yield the first figure of a source that counts from a later day than it did."""
    running = np.flatnonzero((frame["counting"] == "cumulative").to_numpy())
    mine = frame.iloc[running]
    cells = _groups(mine, [*(c for c in SERIES if c != "since"), "source"])
    since, day = numbers_of(mine["since"]), numbers_of(mine["as_of"])
    order = np.lexsort((np.arange(len(mine)), day, cells))
    seen: set[tuple[int, int]] = set()
    for n, here in enumerate(order):
        before = order[n - 1] if n else here
        fresh = (int(cells[here]), int(since[here])) not in seen
        if cells[before] == cells[here] and since[here] > since[before] and fresh:
            yield _pair("restart", frame, int(running[before]), int(running[here]), rows)
        seen.add((int(cells[here]), int(since[here])))


def _moved(
    frame: pd.DataFrame,
    series: Ints,
    rows: Ints,
    rules: Usage,
) -> Iterator[Told]:
    """Yield where one series fell as its sibling rose by the same number on the same days."""
    pairs = _steps(frame[["as_of"]], series)
    value, day = frame["value"].to_numpy(), numbers_of(frame["as_of"])
    cells = frame[["crisis", "country", "admin1", "unit", "scope", "source", *_DIMENSIONS]]
    texts = cells.astype(str).to_numpy()
    flow = (frame["counting"] == "flow").to_numpy()
    rises: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    falls: list[tuple[tuple[object, ...], int, int]] = []
    for old, new in pairs:
        amount = int(value[new] - value[old])
        if amount and not flow[new]:
            key = (*texts[new][:6], day[old], day[new], abs(amount))
            if amount > 0:
                rises.setdefault(key, []).append((old, new))
            else:
                falls.append((key, old, new))
    for key, old, new in falls:
        for one, other in rises.get(key, ()):
            if _siblings(texts[new][6:], texts[other][6:], rules):
                told = _pair("reclassification", frame, old, new, rows)
                more = (int(rows[one]), int(rows[other]))
                yield Told(told.kind, (*told.rows, *more), -told.amount, told.base, told.days)


def _siblings(one: Sequence[str], other: Sequence[str], rules: Usage) -> bool:
    """Say whether two series differ in one word, and neither includes the other."""
    differing = [(name, a, b) for name, a, b in zip(_DIMENSIONS, one, other, strict=True) if a != b]
    if len(differing) != 1:
        return False
    name, a, b = differing[0]
    return not rules.within(name, a, b) and not rules.within(name, b, a)
