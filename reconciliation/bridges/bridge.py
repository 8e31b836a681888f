"""The bridge between two published figures."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from figures import complete
from reconciliation.bridges.parts import Part, Pool, find, pool_of
from reconciliation.bridges.phrases import counted, date_of, digits_of, number_of, short_of
from reconciliation.bridges.search import Plan, plan
from reconciliation.bridges.steps import ItemKind, Step
from reconciliation.bridges.usage import Usage, usage
from reconciliation.bridges.words import Speaker
from reconciliation.days import DayLike, day_number
from reconciliation.known import published_seconds


@dataclass(frozen=True, slots=True)
class Stated:
    """One end of a bridge: the figure as published.

    ``place`` is a country's code, several joined by ``+``, or ``THA/Surin`` for a province.
    ``text`` is the number as its report has it ("at least 86"), ``number`` the same in digits
    where the report has none, ``short`` its words alone where it has no digits, ``source`` the name
    of who counted. ``made_of`` are the figures that the bridge takes it to be made of, which is the
    figure itself where it was not opened.
    """

    figure_id: str
    crisis: str
    place: str
    value: int
    low: float
    high: float
    text: str
    number: str
    short: str
    counts: str
    source: str
    as_of: dt.date
    made_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One reason for part of the difference, in people.

    ``low`` and ``high`` bound the amount by what the words of its figures allow (infinite where
    nothing bounds them); ``text`` is a sentence, and ``figure_ids`` are the figures behind
    it (none if unexplained).
    """

    kind: str
    amount: int
    low: float
    high: float
    text: str
    figure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """The way from ``start`` to ``end``; the amounts of the items add up to the difference."""

    start: Stated
    end: Stated
    items: tuple[Item, ...]

    @property
    def amount(self) -> int:
        """End minus start, in people."""
        return self.end.value - self.start.value

    @property
    def low(self) -> float:
        """The smallest difference that the words of both figures allow."""
        return self.end.low - self.start.high

    @property
    def high(self) -> float:
        """The largest difference that the words of both figures allow."""
        return self.end.high - self.start.low

    @property
    def unexplained(self) -> int:
        """How many people of the difference nothing published accounts for, at least 0."""
        return sum(abs(item.amount) for item in self.items if item.kind == ItemKind.UNEXPLAINED)


def bridge(
    figures: pd.DataFrame,
    a: str,
    b: str,
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    identities: pd.DataFrame | None = None,
    crisis: str | None = None,
) -> Bridge:
    """Return why figure ``b`` differs from figure ``a``, by their ids.

    The two may differ in place, population, cause, days, source and scope, but must be of one
    measure, or of measures that are used for one another or contain one another (``identities``;
    without it the usual ones). Only figures known on ``known_on`` are used. Totals are opened into
    published figures that add up to them; what only one of them includes, and where the matching
    figures differ, are the items. Among possible bridges: the smallest unexplained remainder;
    definitions before disagreements; the fewest items. ``bridge(b, a)`` is the same with the signs
    turned.

    Raises ``ValueError`` for an id that is not there (or not known yet), that occurs in several
    crises (name one with ``crisis``), and for figures that cannot be compared.
    """
    frame = complete(figures)
    said = _said(frame, known_on)
    before, after = find(said, a, crisis), find(said, b, crisis)
    rules = usage(identities)
    check_comparable(before, after, rules)
    pool = related_pool(frame, before.crisis, before.measure, sources, known_on, rules, before.unit)
    return worded(plan(before, after, pool), pool)


def _said(frame: pd.DataFrame, known_on: DayLike | None) -> pd.DataFrame:
    if known_on is None:
        return frame
    return frame[published_seconds(frame) < (day_number(known_on) + 1) * 86_400]


def check_comparable(before: Part, after: Part, rules: Usage) -> None:
    """Raise ``ValueError`` with the remedy where no bridge makes sense."""
    if before.crisis != after.crisis:
        raise ValueError(
            f"figures {before.figure_id} and {after.figure_id} are of different crises; "
            "choose two of one crisis"
        )
    if before.unit != after.unit:
        raise ValueError(
            f"one figure counts in {before.unit}s, the other in {after.unit}s; choose two of one "
            "unit, since households are never turned into people"
        )
    if not rules.comparable(before.measure, after.measure):
        raise ValueError(
            f"{before.measure} and {after.measure} count different things; choose two figures of "
            "one measure"
        )


def related_pool(
    frame: pd.DataFrame,
    crisis: str,
    measure: str,
    sources: pd.DataFrame | None,
    known_on: DayLike | None,
    rules: Usage,
    unit: str = "person",
) -> Pool:
    """Return the figures that may explain one of this crisis, measure and unit."""
    mine = frame[(frame["crisis"] == crisis).to_numpy()]
    words = related_measures(mine, measure, rules)
    mine = mine[(mine["measure"].isin(words) & (mine["unit"] == unit)).to_numpy()]
    return pool_of(mine, sources, known_on, rules)


def related_measures(frame: pd.DataFrame, measure: str, rules: Usage) -> frozenset[str]:
    """Return the measures of which figures may explain one of this measure.

    Measures of which these are the same have one pool (:func:`related_pool`).
    """
    # What contains this measure is wanted as well: killed is part of casualties.
    return rules.measures(measure) | {
        word for word in map(str, frame["measure"].unique()) if rules.comparable(word, measure)
    }


def worded(found: Plan, pool: Pool) -> Bridge:
    """Return a plan as a bridge, with its sentences."""
    speaker = Speaker(found, pool)
    return Bridge(
        start=_stated(found.before, found.made_before.ids, pool),
        end=_stated(found.after, found.made_after.ids, pool),
        items=tuple(
            Item(str(s.kind), s.amount, *_bounds(s, found), speaker.sentence(s), speaker.cited(s))
            for s in found.steps
        ),
    )


def _stated(part: Part, made_of: tuple[str, ...], pool: Pool) -> Stated:
    return Stated(
        figure_id=part.figure_id,
        crisis=part.crisis,
        place=part.place,
        value=part.value,
        low=part.low,
        high=part.high,
        text=number_of(part),
        number=digits_of(part),
        short=short_of(part),
        counts=counted(part),
        source=pool.name(part.source),
        as_of=date_of(part.day),
        made_of=made_of,
    )


def _bounds(step: Step, found: Plan) -> tuple[float, float]:
    """Return the smallest and largest amount of a step that the words allow."""
    minus, plus = step.before, step.after
    if minus or plus:
        low = (plus.low if plus else 0.0) - (minus.high if minus else 0.0)
        return low, (plus.high if plus else 0.0) - (minus.low if minus else 0.0)
    start, end = found.made_before.parts, found.made_after.parts
    low = found.after.low - sum(p.high for p in end) - found.before.high + sum(p.low for p in start)
    high = found.after.high - sum(p.low for p in end) - found.before.low
    return low, high + sum(p.high for p in start)
