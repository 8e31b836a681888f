"""Which of the rivals is shown, by rule or by decision, and what the rivals say together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures import SERIES, Rule, Verdict
from reconciliation.days import DayLike, day_number, numbers_of
from reconciliation.known import Ints, Known
from reconciliation.standing import Events, Flags, Standing

Floats = npt.NDArray[np.float64]
NOBODY = -1
CLOSE = 0.05


def check_rule(rule: str) -> str:
    """Return the rule's name, or raise ``ValueError`` listing the rules there are."""
    try:
        return Rule(rule).value
    except ValueError:
        names = ", ".join(word.value for word in Rule)
        raise ValueError(f"{rule!r} is not a rule; choose one of: {names}") from None


def rule_ranks(known: Known, rule: str) -> Ints:
    """Rank all figures as the rule prefers them, 0 first; equals go to the newer figure."""
    low = known.figures["value"].to_numpy(dtype=float)
    high = printed_high(known.figures)
    keys = {
        Rule.LATEST: np.zeros(len(low)),
        Rule.PRIORITY: known.source,
        Rule.MEDIAN: low + high,
        Rule.HIGHEST: -high,
        Rule.LOWEST: low,
    }
    rank = np.empty(len(low), dtype=np.int64)
    rank[np.lexsort((known.rank, keys[Rule(rule)]))] = np.arange(len(low))
    return rank


def printed_high(figures: pd.DataFrame) -> Floats:
    """Return the largest number each figure prints."""
    high: Floats = figures["value_high"].fillna(figures["value"]).to_numpy(dtype=float)
    return high


def choose(known: Known, standing: Standing, days: int, rule: str) -> Ints:
    """Return the row shown on each event by the rule, or NOBODY.

    Only fresh origins are candidates: neither echoes nor what is too old.
    """
    mine = ~standing.echo & ~standing.stale
    row, event = standing.row[mine], standing.event[mine]
    rank = rule_ranks(known, rule)
    by_rank = np.argsort(rank)
    if rule == Rule.MEDIAN:
        return _middle(row, event, rank, days)
    best = np.full(days, len(rank), dtype=np.int64)
    np.minimum.at(best, event, rank[row])
    chosen = np.full(days, NOBODY, dtype=np.int64)
    found = best < len(rank)
    chosen[found] = by_rank[best[found]]
    return chosen


def _middle(row: Ints, event: Ints, rank: Ints, days: int) -> Ints:
    """Return the lower middle candidate of each event."""
    order = np.lexsort((rank[row], event))
    count = np.bincount(event, minlength=days)
    first = np.cumsum(count) - count
    chosen = np.full(days, NOBODY, dtype=np.int64)
    some = count > 0
    chosen[some] = row[order][first[some] + (count[some] - 1) // 2]
    return chosen


@dataclass(frozen=True)
class Spread:
    """What the fresh origins of each event say together, one entry per event."""

    origins: Ints
    lowest: Floats
    highest: Floats
    share: Floats
    verdict: npt.NDArray[np.object_]


def compare(known: Known, standing: Standing, days: int) -> Spread:
    """Return the number of origins, their printed range and the verdict for each event."""
    mine = ~standing.echo & ~standing.stale
    row, event = standing.row[mine], standing.event[mine]
    origins = np.bincount(event, minlength=days)
    figures = known.figures
    lowest = _extreme(np.minimum, np.inf, figures["value"].to_numpy(dtype=float)[row], event, days)
    highest = _extreme(np.maximum, -np.inf, printed_high(figures)[row], event, days)
    floor = _extreme(np.maximum, -np.inf, figures["low"].to_numpy()[row], event, days)
    ceiling = _extreme(np.minimum, np.inf, figures["high"].to_numpy()[row], event, days)
    lowest[origins == 0] = highest[origins == 0] = np.nan
    share = np.where(highest > 0, (highest - lowest) / np.where(highest > 0, highest, 1), 0.0)
    share[origins == 0] = np.nan
    cases = [origins == 0, origins == 1, floor <= ceiling, share <= CLOSE]
    words = [Verdict.NONE, Verdict.SINGLE, Verdict.AGREE, Verdict.CLOSE]
    verdict = np.select(cases, [word.value for word in words], Verdict.CONFLICT.value)
    return Spread(origins, lowest, highest, share, verdict.astype(object))


def _extreme(pick: np.ufunc, worst: float, values: Floats, event: Ints, days: int) -> Floats:
    result = np.full(days, worst)
    pick.at(result, event, values)
    return result


@dataclass(frozen=True)
class Shown:
    """The row shown on each event, by what, and whether a decision has been overtaken."""

    row: Ints
    rule: npt.NDArray[np.object_]
    decision: npt.NDArray[np.object_]
    overtaken: Flags


def decide(
    known: Known,
    standing: Standing,
    events: Events,
    rule: str,
    decisions: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
) -> Shown:
    """Return what is shown on each event: by the rule, unless a decision says otherwise.

    A decision holds for its series from its day on, until a later one; a decided figure is shown
    as long as it stands (not withdrawn, not corrected). ``overtaken`` says that an origin has a
    newer figure than the decided one.
    """
    days = len(events.day)
    row = choose(known, standing, days, rule)
    by = np.full(days, rule, dtype=object)
    decision = np.full(days, "", dtype=object)
    overtaken = np.zeros(days, dtype=bool)
    ordered = _in_order(decisions, known_on)
    named = _named(known) if ordered else {}
    for choice in ordered:
        where = _events_of(known, events, choice, named)
        picked = _picked(known, standing, events, choice, named)
        where &= picked != NOBODY
        row[where], by[where], decision[where] = picked[where], "decision", choice["decision_id"]
    newest = np.full(days, -(2**40), dtype=np.int64)
    mine = ~standing.echo & ~standing.stale
    np.maximum.at(newest, standing.event[mine], known.as_of[standing.row[mine]])
    by_hand = (by == "decision") & (row != NOBODY)
    overtaken[by_hand] = newest[by_hand] > known.as_of[row[by_hand]]
    return Shown(row, by, decision, overtaken)


def _in_order(decisions: pd.DataFrame | None, known_on: DayLike | None) -> list[dict[str, object]]:
    if decisions is None or decisions.empty:
        return []
    if known_on is not None:
        decided = numbers_of(pd.to_datetime(decisions["decided_on"]))
        decisions = decisions[decided <= day_number(known_on)]
    ordered = decisions.assign(from_day=pd.to_datetime(decisions["from_day"]))
    rows = ordered.sort_values(["from_day", "decided_on", "decision_id"]).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _named(known: Known) -> dict[str, npt.NDArray[np.object_]]:
    """Return the words by which decisions name figures and series, once for all decisions."""
    named = {name: known.series_table[name] for name in SERIES if name != "since"}
    named["figure_id"] = known.figures["figure_id"]
    return {name: column.astype(str).to_numpy(dtype=object) for name, column in named.items()}


def _events_of(
    known: Known,
    events: Events,
    choice: dict[str, object],
    named: dict[str, npt.NDArray[np.object_]],
) -> Flags:
    """Return the events of the decision's series from its day on."""
    table = known.series_table
    same = np.ones(len(table), dtype=bool)
    for column in SERIES:
        wanted = choice.get(column)
        if column == "since":
            if not pd.isna(wanted):  # type: ignore[call-overload]
                same &= (table["since"] == pd.Timestamp(wanted)).to_numpy()  # type: ignore[arg-type]
        elif column in choice:
            same &= named[column] == str(wanted)
    start = day_number(pd.Timestamp(choice["from_day"]))  # type: ignore[arg-type]
    found: Flags = same[events.series] & (events.day >= start)
    return found


def _picked(
    known: Known,
    standing: Standing,
    events: Events,
    choice: dict[str, object],
    named: dict[str, npt.NDArray[np.object_]],
) -> Ints:
    """Return the row that the decision shows on each event, or NOBODY."""
    rule = choice.get("rule")
    if isinstance(rule, str) and rule:
        return choose(known, standing, len(events.day), rule)
    found = np.flatnonzero(named["figure_id"] == str(choice["figure_id"]))
    picked = np.full(len(events.day), NOBODY, dtype=np.int64)
    for row in found:
        mine = (events.series == known.series[row]) & (events.day >= known.as_of[row])
        picked[mine] = row
    return picked
