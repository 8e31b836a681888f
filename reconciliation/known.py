"""What was known on a day: the figures that count as said, numbered for fast work.

A figure counts when it was published by that day and was neither withdrawn nor corrected by then.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import KIND_RANK, SERIES, complete
from figures.lineage import OWN, lineage_of
from reconciliation.days import FOREVER, DayLike, Days, day_number, numbers_of

Ints = npt.NDArray[np.int64]
UNKNOWN_KIND = max(KIND_RANK.values()) + 1
STOCK_DAYS, CUMULATIVE_DAYS = 7, 14


@dataclass(frozen=True)
class Known:
    """The figures known on a day, sorted by series, source and time, with their numbers.

    All arrays have one entry per row of ``figures``. A figure stands for its source on the days
    from ``start`` up to, but not on, ``end``; it is fresh up to, but not on, ``fresh_end`` (a
    cumulative figure stays fresh while no other origin has a newer one).
    """

    figures: pd.DataFrame
    series_table: pd.DataFrame
    series: Ints
    source: Ints
    source_names: list[str]
    as_of: Days
    start: Days
    end: Days
    fresh_end: Days
    stock: npt.NDArray[np.bool_]
    rank: Ints
    ancestors: pd.DataFrame
    unattributed: npt.NDArray[np.bool_]
    # Who may repeat whom: worked out when first wanted, by ``standing.echo_pairs``.
    pairs: list[pd.DataFrame] = field(default_factory=list, compare=False)


def known(
    figures: pd.DataFrame,
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    crises: pd.DataFrame | None = None,
) -> Known:
    """Return the figures that count as said on ``known_on`` (default: all that is known today).

    ``reconcile``, ``in_force`` and ``shown_cells`` take the result in place of the figures, which
    saves most of their work where many questions are asked of one state of knowledge.

    ``sources`` gives kinds, order and relays; without it the frame's ``lineage`` column is used.
    ``crises`` gives the limits after which a figure is too old; without it 7 and 14 days.
    """
    frame = _said(complete(figures), known_on)
    stands = _is_said(frame)
    # Copying a million texts only to find that all stay is most of the work.
    frame = frame if stands.all() else frame[stands]
    series, table = _series(frame)
    names, source = _source_codes(frame, sources)
    as_of = numbers_of(frame["as_of"])
    published = published_seconds(frame)
    # One number for series, source and day, in their order: sorting by one is what takes time.
    day = as_of - as_of.min(initial=0)
    own = (series * max(len(names), 1) + source) * (day.max(initial=0) + 1) + day
    order = _in_order(frame, own, published)
    order = order[np.append(own[order][1:] != own[order][:-1], np.ones(min(len(own), 1), bool))]
    frame, series, source = frame.iloc[order], series[order], source[order]
    as_of, published = as_of[order], published[order]
    start, end = _windows(frame, series, source, as_of)
    lines = _lineages(frame, sources)
    return Known(
        figures=frame,
        series_table=table,
        series=series,
        source=source,
        source_names=names,
        as_of=as_of,
        start=start,
        end=end,
        fresh_end=_fresh_ends(frame, as_of, crises),
        stock=(frame["counting"] == "stock").to_numpy(),
        rank=_ranks(frame, source, as_of, published, sources),
        ancestors=_ancestors(lines, names),
        unattributed=_unattributed(lines, names)[source],
    )


def published_seconds(frame: pd.DataFrame) -> Ints:
    """Return when each figure was put out, in seconds; the as-of day where that is not known."""
    return frame["published"].fillna(frame["as_of"]).to_numpy("datetime64[s]").astype(np.int64)


def _said(frame: pd.DataFrame, known_on: DayLike | None) -> pd.DataFrame:
    """Return what had been published by the day, corrections and withdrawals included."""
    if known_on is None:
        return frame
    return frame[published_seconds(frame) < (day_number(known_on) + 1) * 86_400]


def _is_said(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Say which figures still stand: not withdrawn, and not corrected by their own source."""
    gone = (frame["status"] == "withdrawn").to_numpy(dtype=bool, copy=True)
    corrections = frame.loc[(frame["supersedes"] != "").to_numpy(), _CORRECTION]
    if not corrections.empty:
        wanted = pd.MultiIndex.from_frame(corrections.astype(str))
        keys = frame[["crisis", "figure_id", "source"]]
        candidates = frame["figure_id"].isin(corrections["supersedes"]).to_numpy()
        mine = pd.MultiIndex.from_frame(keys[candidates].astype(str))
        gone[np.flatnonzero(candidates)[mine.isin(wanted)]] = True
    return ~gone


_CORRECTION = ["crisis", "supersedes", "source"]


def _series(frame: pd.DataFrame) -> tuple[Ints, pd.DataFrame]:
    """Number the series in the order of their columns, whatever the order of the rows."""
    codes = np.zeros(len(frame), dtype=np.int64)
    for column in SERIES:
        part, found = pd.factorize(frame[column])
        if len(found) + (part < 0).any() < 2:
            continue
        # A missing day, which factorize numbers -1, comes before every other.
        place = np.zeros(len(found) + 1, dtype=np.int64)
        place[_in_order_of_text(found)] = np.arange(1, len(found) + 1)
        codes = pd.factorize(codes * len(place) + place[part], sort=True)[0].astype(np.int64)
    first = np.full(codes.max(initial=-1) + 1, len(codes))
    np.minimum.at(first, codes, np.arange(len(codes)))
    return codes, frame.iloc[first][list(SERIES)].reset_index(drop=True)


def _in_order_of_text(found: "pd.Index[Any]") -> list[int]:
    """Return the numbers of some words, or days, in the order of what they say."""
    texts = [str(text) for text in found]
    return sorted(range(len(texts)), key=texts.__getitem__)


def codes_of(column: "pd.Series[Any]") -> tuple[Ints, list[str]]:
    """Return a column of text as numbers and the texts they stand for, without copying texts."""
    codes, found = pd.factorize(column)
    return codes.astype(np.int64), [str(text) for text in found]


def _source_codes(frame: pd.DataFrame, sources: pd.DataFrame | None) -> tuple[list[str], Ints]:
    """Number the sources in the order of sources.csv, then by name."""
    codes, found = codes_of(frame["source"])
    listed = [] if sources is None else sources["source"].astype(str).tolist()
    place = {name: number for number, name in enumerate(listed)}
    rest = sorted(name for name in found if name not in place)
    place.update({name: len(listed) + number for number, name in enumerate(rest)})
    numbers = np.array([place[name] for name in found], dtype=np.int64)
    return [*listed, *rest], numbers[codes] if len(frame) else codes


def _in_order(frame: pd.DataFrame, own: Ints, published: Ints) -> Ints:
    """Return the rows sorted by series, source and day, then by when they were put out.

    Where that leaves two rows equal the ids decide, in natural order (F9 before F10). Ids are given
    in the order in which figures are entered, so the later id is the later row; an id, unlike a
    line, stays the same when a file is sorted anew.
    """
    order = np.lexsort((published, own))
    same = (np.diff(own[order]) == 0) & (np.diff(published[order]) == 0)
    if not same.any():
        return order
    tied = order[np.append(same, False) | np.insert(same, 0, False)]
    ids = frame["figure_id"].iloc[tied].astype(str).tolist()
    ranks = np.zeros(len(own), dtype=np.int64)
    ranks[tied[sorted(range(len(tied)), key=lambda n: natural(ids[n]))]] = range(len(tied))
    return np.lexsort((ranks, published, own))


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """Return a key that sorts numbers inside text by their size."""
    parts = re.split(r"([0-9]+)", text)
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts)


def _windows(frame: pd.DataFrame, series: Ints, source: Ints, as_of: Days) -> tuple[Days, Days]:
    """Return the days on which each figure stands for its source: from start, before end."""
    chained = (series[1:] == series[:-1]) & (source[1:] == source[:-1])
    end = np.full(len(frame), FOREVER, dtype=np.int64)
    end[:-1][chained] = as_of[1:][chained]
    start = as_of.copy()
    flow = (frame["counting"] == "flow").to_numpy()
    # A flow stands on the days of its own period that no earlier figure of its source covers.
    begin = numbers_of(frame["since"])
    begin[1:][chained] = np.maximum(begin[1:][chained], as_of[:-1][chained] + 1)
    start[flow], end[flow] = begin[flow], as_of[flow] + 1
    return start, end


def _fresh_ends(frame: pd.DataFrame, as_of: Days, crises: pd.DataFrame | None) -> Days:
    stock = np.full(len(frame), STOCK_DAYS)
    cumulative = np.full(len(frame), CUMULATIVE_DAYS)
    if crises is not None and {"stock_days", "cumulative_days"} <= set(crises.columns):
        settings = crises.set_index(crises["crisis"].astype(str))
        codes, names = codes_of(frame["crisis"])
        mine = settings.reindex(names)
        stock = mine["stock_days"].fillna(STOCK_DAYS).to_numpy()[codes]
        cumulative = mine["cumulative_days"].fillna(CUMULATIVE_DAYS).to_numpy()[codes]
    kinds = [(frame["counting"] == kind).to_numpy(bool) for kind in ("stock", "cumulative")]
    limit = np.select(kinds, [stock, cumulative], 2**30)
    return as_of + limit.astype(np.int64) + 1


def _ranks(
    frame: pd.DataFrame, source: Ints, as_of: Days, published: Ints, sources: pd.DataFrame | None
) -> Ints:
    """Rank the figures as the rule *latest* prefers them, 0 first."""
    kinds = {} if sources is None else dict(zip(sources["source"], sources["kind"], strict=True))
    codes, names = codes_of(frame["source"])
    weight = [KIND_RANK.get(kinds.get(name, ""), UNKNOWN_KIND) for name in names]
    kind = np.array(weight, dtype=np.int64)[codes] if names else codes
    value = frame["value"].to_numpy()
    order = np.lexsort((value, source, -published, kind, -as_of))
    rank = np.empty(len(frame), dtype=np.int64)
    rank[order] = np.arange(len(frame))
    return rank


def _lineages(frame: pd.DataFrame, sources: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    """Return each source's lineage, from sources.csv or from the frame; ``own`` marks a counter."""
    if sources is not None:
        return lineage_of(sources)
    pairs = frame[["source", "lineage"]].drop_duplicates("source").astype(str)
    return {s: tuple(filter(None, line.split("+"))) for s, line in pairs.itertuples(index=False)}


def _ancestors(lines: dict[str, tuple[str, ...]], names: list[str]) -> pd.DataFrame:
    """Return the pairs (source, ancestor, distance) as numbers."""
    place = {name: number for number, name in enumerate(names)}
    rows = [
        (place[source], place[other], distance)
        for source, line in lines.items()
        if source in place
        for distance, other in enumerate(line)
        if other in place
    ]
    return pd.DataFrame(rows, columns=["source", "ancestor", "distance"], dtype=np.int64)


def _unattributed(lines: dict[str, tuple[str, ...]], names: list[str]) -> npt.NDArray[np.bool_]:
    """Say which sources pass on others' numbers and do not count themselves."""
    found = [bool(lines.get(name)) and OWN not in lines.get(name, ()) for name in names]
    return np.array(found, dtype=bool)
