"""What is shown for each question on each day, and how far the sources agree on it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from figures import SERIES, complete
from reconciliation.choice import Shown, Spread, check_rule, compare, decide
from reconciliation.days import DayLike, day_number, day_numbers, stamps
from reconciliation.known import Ints, Known, codes_of, known
from reconciliation.standing import (
    Events,
    Standing,
    changes,
    echo_pairs,
    given,
    keys,
    repeats,
    standing,
)

SHOWN = (
    "figure_id",
    "value",
    "value_high",
    "quantifier",
    "low",
    "high",
    "source",
    "as_of",
)
WORKED_WITH = ("status", "published", "supersedes", "lineage")
# Figures worked on at once: bounds memory, changes nothing else, since no two series meet.
BATCH = 200_000


def reconcile(
    figures: pd.DataFrame | Known,
    sources: pd.DataFrame | None = None,
    dates: Iterable[DayLike] | None = None,
    known_on: DayLike | None = None,
    rule: str = "latest",
    decisions: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what is shown for each series, on each day on which anything changed.

    ``figures`` and ``sources`` are frames as ``load_library`` gives them. With ``dates`` there is
    one row per series and given day instead. ``known_on`` leaves out what was published later.
    ``rule`` is one of latest, priority, median, highest, lowest; a row of ``decisions`` beats it.

    Columns: the series columns, date, figure_id, value, value_high, quantifier, low, high, source,
    as_of (empty where the verdict is ``none``), rule (or ``decision``), origins (independent and
    recent enough), figures (in force, all told), lowest, highest (numbers printed by origins),
    spread (their distance as a share of the highest), verdict, decision, overtaken. Sorted by
    series and date. Raises ``ValueError`` for an unknown rule or something that is not a day.
    """
    return reconcile_by(
        [rule], figures, sources, dates, known_on, decisions=decisions, crises=crises
    )[rule]


def reconcile_by(
    rules: Iterable[str],
    figures: pd.DataFrame | Known,
    sources: pd.DataFrame | None = None,
    dates: Iterable[DayLike] | None = None,
    known_on: DayLike | None = None,
    decisions: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Return :func:`reconcile` by each of several rules, in hardly more time than by one."""
    rules = [check_rule(rule) for rule in rules]
    days = None if dates is None else day_numbers(dates)
    if isinstance(figures, Known):
        states: Iterable[Known] = [figures]
    else:
        # Texts that only people read stay behind: copying them would take most of the time.
        frame = complete(figures)[list(dict.fromkeys((*SERIES, *SHOWN, *WORKED_WITH)))]
        states = (known(part, sources, known_on, crises) for part in _batches(frame))
    parts = [_reconcile(state, days, rules, decisions, known_on) for state in states]
    return {
        rule: pd.concat([part[number] for part in parts], ignore_index=True)
        for number, rule in enumerate(rules)
    }


def _batches(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Split by crisis, a few crises at a time, since series never cross a crisis."""
    if len(frame) <= BATCH:
        return [frame]
    codes, names = codes_of(frame["crisis"])
    order = sorted(range(len(names)), key=names.__getitem__)
    sizes = np.bincount(codes, minlength=len(names))
    batch = np.empty(len(names), dtype=np.int64)
    batch[order] = (np.cumsum(sizes[order]) - 1) // BATCH
    return [frame[batch[codes] == number] for number in sorted(set(batch.tolist()))]


def _reconcile(
    known: Known,
    days: Ints | None,
    rules: list[str],
    decisions: pd.DataFrame | None,
    known_on: DayLike | None,
) -> list[pd.DataFrame]:
    events = changes(known) if days is None else given(known, days)
    who = standing(known, events)
    together = compare(known, who, len(events.day))
    results = []
    for rule in rules:
        shown = decide(known, who, events, rule, decisions, known_on)
        result = _table(known, events, shown, together)
        kept = result if days is not None else result[_differs(events, shown, together)]
        results.append(kept)
    return results


def _table(known: Known, events: Events, shown: Shown, together: Spread) -> pd.DataFrame:
    result = known.series_table.iloc[events.series].reset_index(drop=True)
    result["date"] = stamps(events.day)
    # NOBODY is no label of the index, so that its events get empty cells.
    chosen = known.figures[list(SHOWN)].reset_index(drop=True).reindex(shown.row)
    chosen = chosen.reset_index(drop=True).astype({"value": float})
    result[list(SHOWN)] = chosen
    return result.assign(
        rule=pd.Categorical(shown.rule),
        origins=together.origins,
        figures=_in_force_count(known, events),
        lowest=together.lowest,
        highest=together.highest,
        spread=together.share,
        verdict=pd.Categorical(together.verdict),
        decision=pd.Categorical(shown.decision),
        overtaken=shown.overtaken,
    )


def _in_force_count(known: Known, events: Events) -> Ints:
    """Count the figures in force on each event, echoes and what is too old included."""
    begun = np.searchsorted(np.sort(keys(known.series, known.start)), events.key, side="right")
    ended = np.searchsorted(np.sort(keys(known.series, known.end)), events.key, side="right")
    # What ends on day FOREVER has its key clipped to the last day there is, which no event reaches.
    count: Ints = (begun - ended).astype(np.int64)
    return count


def _differs(events: Events, shown: Shown, together: Spread) -> "pd.Series[bool]":
    """Say on which events anything changed: a figure came, or the answer is another one."""
    answer = pd.DataFrame(
        {
            "series": events.series,
            "row": shown.row,
            "origins": together.origins,
            "lowest": together.lowest,
            "highest": together.highest,
            "verdict": together.verdict,
        }
    )
    before = answer.shift()
    same = ((answer == before) | (answer.isna() & before.isna())).all(axis=1)
    return ~same | pd.Series(events.changed)


def in_force(
    figures: pd.DataFrame | Known,
    on: DayLike,
    known_on: DayLike | None = None,
    sources: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the figures in force on the day ``on``, as known on ``known_on``.

    Of each source and series the newest figure, echoes and stale ones included. Adds the columns
    ``stale`` (too old to be chosen), ``origin`` (the source it leads back to), ``echo`` (it repeats
    that origin) and ``unattributed`` (its source passes on others' numbers, but none of those in
    force says this). Sorted by series, then source.
    """
    facts = figures if isinstance(figures, Known) else known(figures, sources, known_on, crises)
    events = given(facts, np.array([day_number(on)]))
    who = standing(facts, events, every=True)
    order = np.argsort(who.row)
    row, stale, echo = who.row[order], who.stale[order], who.echo[order]
    origin = _origins(facts, events, who)
    names = np.array(facts.source_names, dtype=object)
    result = facts.figures.iloc[row].reset_index(drop=True)
    return result.assign(
        stale=stale,
        origin=names[origin[row]] if len(row) else [],
        echo=echo,
        unattributed=facts.unattributed[row] & ~echo,
    )


def _origins(facts: Known, events: Events, who: Standing) -> Ints:
    """Return each row's origin: the nearest source in its lineage that says the same first."""
    pairs = echo_pairs(facts)
    pair, _ = repeats(facts, events, pairs)
    standing_pairs = pairs.iloc[pair]
    repeating = set(who.row[who.echo].tolist())
    first = standing_pairs[~standing_pairs["origin_row"].isin(repeating)]
    source = facts.source[first["origin_row"].to_numpy(dtype=np.int64)]
    nearest = first.assign(source=source).sort_values(["row", "distance", "source"])
    nearest = nearest.drop_duplicates("row")
    origin = facts.source.copy()
    origin[nearest["row"].to_numpy(dtype=np.int64)] = nearest["source"].to_numpy()
    return origin
