"""Which figures stand on which days, which of them are too old, and which repeat an origin."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from reconciliation.days import FOREVER, Days
from reconciliation.known import Ints, Known

Flags = npt.NDArray[np.bool_]
_SPAN = 2**20  # more days than there are between 1900 and 2100, so that series and day make one key


@dataclass(frozen=True)
class Events:
    """The days to answer for, by series: sorted by series, then day."""

    series: Ints
    day: Days
    changed: Flags

    @property
    def key(self) -> Ints:
        """Return one sorted number per event."""
        return keys(self.series, self.day)


def keys(series: Ints, day: Days) -> Ints:
    """Return numbers that sort by series, then day."""
    return series * _SPAN + np.clip(day, -(_SPAN // 2), _SPAN // 2 - 1) + _SPAN // 2


def changes(known: Known) -> Events:
    """Return the days on which anything changes: a figure begins, ends or becomes too old."""
    ends = known.end < FOREVER
    # A cumulative figure becomes too old only beside a newer one, whose first day is there anyway,
    # or when its limit passes after that.
    ages = known.fresh_end < known.end
    key = keys(known.series, known.start)
    wanted = np.concatenate(
        [
            key,
            keys(known.series[ends], known.end[ends]),
            keys(known.series[ages], known.fresh_end[ages]),
        ]
    )
    found = distinct(wanted)
    series, day = np.divmod(found, _SPAN)
    return Events(series, day - _SPAN // 2, _within(np.sort(key), found))


def given(known: Known, days: Days) -> Events:
    """Return the given days for every series."""
    series = np.repeat(np.arange(len(known.series_table)), len(days))
    day = np.tile(days, len(known.series_table))
    return Events(series, day, np.ones(len(series), dtype=bool))


@dataclass(frozen=True)
class Standing:
    """Pairs of a figure (``row`` of ``Known``) and an event on which it stands."""

    row: Ints
    event: Ints
    echo: Flags
    stale: Flags


def spread(events: Events, series: Ints, start: Days, end: Days) -> tuple[Ints, Ints]:
    """Return every pair (n, event) with ``start[n] <= day < end[n]`` in series ``series[n]``."""
    key = events.key
    first = np.searchsorted(key, keys(series, start))
    last = np.searchsorted(key, keys(series, np.maximum(end, start)))
    count = last - first
    number = np.repeat(np.arange(len(series)), count)
    offset = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    return number, np.repeat(first, count) + offset


def echo_pairs(known: Known) -> pd.DataFrame:
    """Return who may repeat whom: figures of one series that print one number.

    Columns: row, origin_row, distance, start, end (the days on which both stand). The words must
    touch as well: "less than 65" does not repeat "more than 65".
    """
    if known.pairs:
        return known.pairs[0]
    low = known.figures["low"].to_numpy()
    high = known.figures["high"].to_numpy()
    frame = pd.DataFrame(
        {
            "series": known.series,
            "value": known.figures["value"].to_numpy(),
            "value_high": known.figures["value_high"].fillna(-1).to_numpy(),
            "source": known.source,
            "row": np.arange(len(low)),
        }
    )
    number = ["series", "value", "value_high"]
    frame = frame[frame.duplicated(number, keep=False)]
    relays = frame.merge(known.ancestors, on="source")
    pairs = relays.merge(
        frame.rename(columns={"source": "ancestor", "row": "origin_row"}),
        on=[*number, "ancestor"],
    )
    a, b = pairs["row"].to_numpy(), pairs["origin_row"].to_numpy()
    start = np.maximum(known.start[a], known.start[b])
    end = np.minimum(known.end[a], known.end[b])
    touch = (low[a] <= high[b] + 1) & (low[b] <= high[a] + 1)
    pairs = pairs.assign(start=start, end=end)[["row", "origin_row", "distance", "start", "end"]]
    known.pairs.append(pairs[touch & (start < end)])
    return known.pairs[0]


def repeats(known: Known, events: Events, pairs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return every (pair, event) on which the first of the pair may repeat the second."""
    bounds = pairs["start"].to_numpy(dtype=np.int64), pairs["end"].to_numpy(dtype=np.int64)
    return spread(events, known.series[pairs["row"].to_numpy(dtype=np.int64)], *bounds)


def standing(known: Known, events: Events, every: bool = False) -> Standing:
    """Return who stands on each event, with the too old flagged.

    With ``every`` all figures in force are returned; otherwise only those that can be chosen or
    count in the verdict, which is far fewer in a long crisis.
    """
    days = len(events.day)
    pairs = echo_pairs(known)
    pair, event = repeats(known, events, pairs)
    said_before = distinct(pairs["row"].to_numpy(dtype=np.int64)[pair] * days + event)
    fresh_end = np.minimum(known.end, known.fresh_end)
    row, event = spread(events, known.series, known.start, fresh_end)
    echo = _within(said_before, row * days + event)
    quiet = np.ones(days, dtype=bool)
    quiet[event[~echo]] = False
    old = np.flatnonzero((known.fresh_end < known.end) & (every | ~known.stock))
    since = np.maximum(known.fresh_end[old], known.start[old])
    number, old_event = spread(events, known.series[old], since, known.end[old])
    old_row = old[number]
    if not every:
        wanted = quiet[old_event]
        old_row, old_event = old_row[wanted], old_event[wanted]
    old_echo = _within(said_before, old_row * days + old_event)
    old_stale = _too_old(known, events, quiet, old_row, old_event, old_echo)
    if not every:
        keep = ~old_stale
        old_row, old_event, old_echo = old_row[keep], old_event[keep], old_echo[keep]
        old_stale = old_stale[keep]
    return Standing(
        np.concatenate([row, old_row]),
        np.concatenate([event, old_event]),
        np.concatenate([echo, old_echo]),
        np.concatenate([np.zeros(len(row), dtype=bool), old_stale]),
    )


def _too_old(
    known: Known, events: Events, quiet: Flags, row: Ints, event: Ints, echo: Flags
) -> Flags:
    """Say which figures past their limit are stale: stocks, and whoever is not the newest.

    Where a fresh origin stands it is newer than all of these; where none does (a quiet event), the
    newest of the old ones stay.
    """
    newest = np.full(len(events.day), -FOREVER, dtype=np.int64)
    independent = ~echo & ~known.stock[row]
    np.maximum.at(newest, event[independent], known.as_of[row[independent]])
    return known.stock[row] | ~quiet[event] | (known.as_of[row] < newest[event])


def distinct(numbers: Ints) -> Ints:
    """Return the numbers sorted, each once; by sorting, which here is faster than ``np.unique``."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _within(sorted_keys: Ints, wanted: Ints) -> Flags:
    if not len(sorted_keys):
        return np.zeros(len(wanted), dtype=bool)
    place = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
    found: Flags = sorted_keys[place] == wanted
    return found
