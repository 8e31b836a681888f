"""Adding up places: what the parts give together, what they leave out, what others publish."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from reconciliation import wording
from reconciliation.cells import Definition, groups_within, shown_cells
from reconciliation.choice import check_rule
from reconciliation.days import DayLike
from reconciliation.judging import age
from reconciliation.naming import place_name
from reconciliation.quantity import Quantity, exact_of, narrower_notes, part_of, quantities, seconds
from reconciliation.wording import say


@dataclass(frozen=True)
class Total:
    """A sum of published figures, one per place, with everything needed to judge it.

    ``low`` and ``high`` are in people (``high`` may be infinite), ``value`` is the plain sum of the
    numbers printed. ``coverage`` and ``narrower`` are sentences. ``published`` is the figure given
    for all places together by the same rule, or ``None``; ``verdict`` compares it with the sum:
    ``sums``, ``compatible``, ``gap`` (of ``gap`` people) or ``none`` where nobody publishes one.
    """

    low: float
    high: float
    value: int
    text: str
    parts: tuple[Quantity, ...]
    coverage: str
    narrower: tuple[str, ...]
    published: Quantity | None
    verdict: str
    gap: int = 0
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    crisis: str = ""
    places: tuple[str, ...] = field(default=())


def add_up(
    figures: pd.DataFrame,
    sources: pd.DataFrame | None = None,
    *,
    measure: str,
    places: Sequence[str],
    on: DayLike,
    known_on: DayLike | None = None,
    rule: str = "latest",
    population: str = "all",
    cause: str = "all",
    crisis: str | None = None,
    identities: pd.DataFrame | None = None,
    decisions: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
    cells: pd.DataFrame | Sequence[Quantity] | None = None,
) -> Total:
    """Add up what is shown for each of the places on one day.

    ``places`` are country codes, or ``THA/Surin`` for a province; they must not overlap. For each
    the shown figure of the asked population and cause is taken, or a narrower one (civilians only)
    as :func:`part_of` says. Then, and where a place has no figure at all, the sum is only a lower
    bound and says so. Where ``figures`` hold several crises, the one with the newest figures for
    these places is taken unless ``crisis`` names it. ``cells`` saves work where several totals of
    one day are wanted: the result of :func:`reconciliation.shown_cells` for the same day,
    knowledge and rule, or :func:`reconciliation.quantities` of it.

    Raises ``ValueError`` for an unknown rule, overlapping places or something that is not a day.
    """
    check_rule(rule)
    places = tuple(dict.fromkeys(_normal(place) for place in places))
    _check_apart(places)
    if cells is None:
        cells = shown_cells(
            figures,
            on=on,
            measure=measure,
            sources=sources,
            known_on=known_on,
            rule=rule,
            decisions=decisions,
            crises=crises,
        )
    together = _together(places)
    every = quantities(cells) if isinstance(cells, pd.DataFrame) else cells
    here = [q for q in every if q.measure == measure and q.place in (*places, together)]
    name = _latest_crisis(here) if crisis is None else crisis
    shown = [q for q in here if q.crisis == name]
    asked = Definition(population, cause)
    parts = _parts(shown, places, asked, groups_within(identities))
    published = exact_of(shown, together, asked) if together and len(places) > 1 else None
    return _total(parts, places, asked, published, name)


def _latest_crisis(shown: Sequence[Quantity]) -> str:
    """Return the crisis whose figures are newest; ``""`` without any."""
    newest = max(shown, key=lambda q: (q.as_of, seconds(q.since), q.crisis), default=None)
    return newest.crisis if newest else ""


def _normal(place: str) -> str:
    codes, slash, province = place.strip().partition("/")
    return "+".join(sorted(codes.split("+"))) + slash + province


def _overlap(one: str, other: str) -> bool:
    """Return whether some people are in both places; only countries are joined by a plus."""
    (codes, _, province), (others, _, another) = one.partition("/"), other.partition("/")
    within = not province or not another or province == another
    return within and bool(set(codes.split("+")) & set(others.split("+")))


def _check_apart(places: Sequence[str]) -> None:
    """Raise ``ValueError`` where one place is within another: rivals are never added."""
    for place in places:
        for other in places:
            if other != place and _overlap(place, other):
                raise ValueError(
                    f"{place!r} and {other!r} overlap; adding them would count people twice"
                )


def _together(places: Sequence[str]) -> str:
    """Return the place that all places make up: a joint code, or the country of provinces."""
    countries = sorted({code for place in places for code in place.partition("/")[0].split("+")})
    if any("/" in place for place in places):
        return countries[0] if len(countries) == 1 else ""
    return "+".join(countries)


def _parts(
    shown: list[Quantity], places: Sequence[str], asked: Definition, within: dict[str, set[str]]
) -> tuple[Quantity, ...]:
    """Return the part of each place that has one, counted alike where that is possible."""
    best: dict[str, tuple[Quantity, ...]] = {}
    for counting in ("cumulative", "stock"):
        mine = [quantity for quantity in shown if quantity.counting == counting]
        found = [part_of(mine, place, asked, within) for place in places]
        best[counting] = tuple(part for part in found if part is not None)
    first, second = sorted(best.values(), key=_strength, reverse=True)
    covered = {part.place for part in first}
    rest = {part.place: part for part in second if part.place not in covered}
    every = {part.place: part for part in first} | rest
    return tuple(every[place] for place in places if place in every)


def _strength(parts: tuple[Quantity, ...]) -> tuple[int, float]:
    return len(parts), sum(part.as_of.timestamp() for part in parts)


def _total(
    parts: tuple[Quantity, ...],
    places: Sequence[str],
    asked: Definition,
    published: Quantity | None,
    crisis: str,
) -> Total:
    narrower = tuple(sentence for part in parts for sentence in narrower_notes(part, asked))
    missing = tuple(place for place in places if place not in {part.place for part in parts})
    open_above = bool(narrower or missing)
    low = float(sum(part.low for part in parts))
    high = math.inf if open_above or not parts else float(sum(part.high for part in parts))
    value = sum(part.value for part in parts)
    verdict, gap = compare_totals(value, low, high, published) if parts else ("none", 0)
    return Total(
        low=low,
        high=high,
        value=value,
        text=_text(parts, open_above),
        parts=parts,
        coverage=_coverage(len(parts), places),
        narrower=narrower,
        published=published,
        verdict=verdict,
        gap=gap,
        missing=missing,
        notes=(*_mixed(parts), *_apart(parts)),
        crisis=crisis,
        places=tuple(places),
    )


def _text(parts: tuple[Quantity, ...], open_above: bool) -> str:
    if not parts:
        return say("no figure")
    return wording.sum_in_words(
        [part.value for part in parts],
        [part.value_high for part in parts],
        [part.quantifier for part in parts],
        more=open_above,
    )


def compare_totals(
    value: float, low: float, high: float, published: Quantity | None
) -> tuple[str, int]:
    """Compare a sum with a published total: the verdict, and how many people apart they are.

    The gap is published minus sum, counted between the nearest numbers that both allow.
    """
    if published is None:
        return "none", 0
    same_number = published.value == value and not published.value_high > published.value
    meet = published.low <= high and low <= published.high
    if meet and (same_number or (published.low, published.high) == (low, high)):
        return "sums", 0
    if meet:
        return "compatible", 0
    gap = published.low - high if published.low > high else published.high - low
    return "gap", int(gap)


def _coverage(found: int, places: Sequence[str]) -> str:
    unit = any("/" in place for place in places)
    if unit:
        one, many = "{found} of {n} province", "{found} of {n} provinces"
    else:
        one, many = "{found} of {n} country", "{found} of {n} countries"
    text = wording.say_many(one, many, len(places), found=wording.number(found))
    return text if found == len(places) else say("{coverage}, so at least", coverage=text)


def _apart(parts: tuple[Quantity, ...]) -> tuple[str, ...]:
    """Say where the oldest part would be told with its age on the day of the newest."""
    days = [part.as_of for part in parts]
    if not days or not age(min(days), max(days)):
        return ()
    period = wording.period(min(days), max(days))
    return (say("The figures added are of days far apart: {period}.", period=period),)


def _mixed(parts: tuple[Quantity, ...]) -> tuple[str, ...]:
    """Say where some parts are running totals and others the number on the day."""
    if len({part.counting for part in parts}) < 2:
        return ()
    stock = wording.listing(place_name(p.place) for p in parts if p.counting == "stock")
    running = wording.listing(place_name(p.place) for p in parts if p.counting != "stock")
    message = "{stock}: the number on that day; {running}: a running total."
    return (say(message, stock=stock, running=running),)
