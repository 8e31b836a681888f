"""Adding up places: what the parts give together, what they leave out, what others publish."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from reconciliation import wording
from reconciliation.cells import Definition, groups_within, latest_crisis, shown_cells
from reconciliation.choice import check_rule
from reconciliation.days import DayLike
from reconciliation.naming import cause_name, group_name, place_name
from reconciliation.wording import say


@dataclass(frozen=True)
class Quantity:
    """One published figure as shown: its number, words, source and day."""

    crisis: str
    place: str
    measure: str
    population: str
    cause: str
    counting: str
    scope: str
    figure_id: str
    value: int
    value_high: float
    quantifier: str
    low: float
    high: float
    source: str
    as_of: pd.Timestamp
    origins: int
    lowest: float
    highest: float
    verdict: str
    since: pd.Timestamp
    rule: str
    outside: bool

    @property
    def text(self) -> str:
        """The number as its source means it: at least 65."""
        return wording.quantity(self.value, self.value_high, self.quantifier)

    @property
    def definition(self) -> Definition:
        """Who and what it counts."""
        return Definition(self.population, self.cause)


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
    cells: pd.DataFrame | None = None,
) -> Total:
    """Add up what is shown for each of the places on one day.

    ``places`` are country codes, or ``THA/Surin`` for a province; they must not overlap. For each
    the shown figure of the asked population and cause is taken, or a narrower one (civilians only)
    as :func:`part_of` says. Then, and where a place has no figure at all, the sum is only a lower
    bound and says so. Where ``figures`` hold several crises, the one with the newest figures for
    these places is taken unless ``crisis`` names it. ``cells`` saves work where several totals of
    one day are wanted: the result of :func:`reconciliation.shown_cells` for the same day,
    knowledge and rule.

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
    cells = cells[cells["measure"] == measure]
    together = _together(places)
    name = latest_crisis(cells, (*places, together)) if crisis is None else crisis
    cells = cells[cells["crisis"].astype(str) == name]
    asked = Definition(population, cause)
    within = groups_within(identities)
    parts = _parts(cells, places, asked, within)
    published = _exact(cells, together, asked) if together and len(places) > 1 else None
    return _total(parts, places, asked, published, name)


def _normal(place: str) -> str:
    codes, slash, province = place.strip().partition("/")
    return "+".join(sorted(codes.split("+"))) + slash + province


def _check_apart(places: Sequence[str]) -> None:
    """Raise ``ValueError`` where one place is within another: rivals are never added."""
    for place in places:
        for other in places:
            inside = other.partition("/")[0] == place and other != place
            if inside or (other != place and set(place.split("+")) & set(other.split("+"))):
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
    cells: pd.DataFrame, places: Sequence[str], asked: Definition, within: dict[str, set[str]]
) -> tuple[Quantity, ...]:
    """Return the part of each place that has one, counted alike where that is possible."""
    best: dict[str, tuple[Quantity, ...]] = {}
    for counting in ("cumulative", "stock"):
        mine = cells[cells["counting"] == counting]
        found = [part_of(mine, place, asked, within) for place in places]
        best[counting] = tuple(part for part in found if part is not None)
    first, second = sorted(best.values(), key=_strength, reverse=True)
    covered = {part.place for part in first}
    rest = {part.place: part for part in second if part.place not in covered}
    every = {part.place: part for part in first} | rest
    return tuple(every[place] for place in places if place in every)


def _strength(parts: tuple[Quantity, ...]) -> tuple[int, float]:
    return len(parts), sum(part.as_of.timestamp() for part in parts)


def part_of(
    cells: pd.DataFrame, place: str, asked: Definition, within: dict[str, set[str]]
) -> Quantity | None:
    """Return the figure that stands for the asked definition at a place, or ``None``.

    A narrower figure is taken where none has the asked definition (the largest that is not one
    state's count of another's people), or where a newer count of fewer people is larger: that
    shows that the wider count has not caught up.
    """
    mine = cells[cells["place"] == place]
    exact = _exact(mine, place, asked)
    others = [
        quantity
        for quantity in quantities(mine)
        if quantity.definition != asked
        and not quantity.scope
        and asked.includes(quantity.definition, within)
    ]
    if exact is not None:
        others = [q for q in others if _overtakes(q, exact)]
    if not others:
        return exact
    return max(others, key=lambda q: (not q.outside, q.value, q.as_of, q.population, q.cause))


def _overtakes(narrow: Quantity, wide: Quantity) -> bool:
    """Say whether a newer count of fewer people is above a wider one, and so proves it old."""
    newer = narrow.as_of > wide.as_of and narrow.value > wide.value
    return newer and not narrow.outside


def _exact(cells: pd.DataFrame, place: str, asked: Definition) -> Quantity | None:
    """Return the figure of just this definition: without a limiting scope, counted longest."""
    found = [q for q in quantities(cells[cells["place"] == place]) if q.definition == asked]
    if not found:
        return None
    unlimited = [q for q in found if not q.scope] or found
    return min(
        unlimited,
        key=lambda q: (q.counting != "cumulative", _seconds(q.since), -_seconds(q.as_of), q.scope),
    )


def _seconds(moment: pd.Timestamp) -> float:
    return -math.inf if pd.isna(moment) else moment.timestamp()


def quantities(cells: pd.DataFrame) -> list[Quantity]:
    """Return rows of :func:`reconciliation.shown_cells` as quantities."""
    names = list(Quantity.__dataclass_fields__)
    rows = cells[names].to_dict("records")
    return [Quantity(**{**row, "value": int(row["value"])}) for row in rows]  # type: ignore[arg-type]


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
        notes=_mixed(parts),
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


def narrower_notes(part: Quantity, asked: Definition) -> list[str]:
    """Return what a part leaves out of the asked definition, in sentences."""
    place = place_name(part.place)
    notes = []
    if part.population != asked.population:
        who = group_name(part.population)
        notes.append(say("{place} counts {group} only.", place=place, group=who))
    if part.cause != asked.cause:
        what = cause_name(part.cause)
        notes.append(say("{place} counts {cause} only.", place=place, cause=what))
    if part.scope:
        notes.append(say("{place}: {scope}.", place=place, scope=part.scope))
    return notes


def _mixed(parts: tuple[Quantity, ...]) -> tuple[str, ...]:
    """Say where some parts are running totals and others the number on the day."""
    if len({part.counting for part in parts}) < 2:
        return ()
    stock = wording.listing(place_name(p.place) for p in parts if p.counting == "stock")
    running = wording.listing(place_name(p.place) for p in parts if p.counting != "stock")
    message = "{stock}: the number on that day; {running}: a running total."
    return (say(message, stock=stock, running=running),)
