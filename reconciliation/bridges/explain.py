"""The bridges worth showing on a day without being asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from figures import complete
from reconciliation.bridges.bridge import Bridge, related_pool, worded
from reconciliation.bridges.parts import Part, Pool, records
from reconciliation.bridges.search import plan
from reconciliation.bridges.steps import ItemKind
from reconciliation.bridges.usage import Usage, usage
from reconciliation.days import DayLike
from reconciliation.reconcile import in_force, reconcile

# How many rivals are looked at, and how old they may be, in days, beside the shown figure.
NOTABLE, RECENT = 5, 5


def explain(
    figures: pd.DataFrame,
    *,
    on: DayLike,
    measure: str,
    places: Sequence[str],
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    population: str = "all",
    cause: str = "all",
    crisis: str | None = None,
    counting: str | None = None,
    limit: int = 3,
    rule: str = "latest",
    identities: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
    decisions: pd.DataFrame | None = None,
    standing: pd.DataFrame | None = None,
    answers: pd.DataFrame | None = None,
    pool: Pool | None = None,
) -> list[Bridge]:
    """Return the bridges from the shown figure to its most notable rivals that day.

    The question is one measure of one population and cause for all ``places`` together (codes, or
    one ``THA/Surin``), of one ``counting`` if it is given. A rival is another number in force of
    the same question or a word loosely used for it, or a larger one for fewer people, not more than
    five days older than the shown one; notable is what most publish, then the newest, then what
    differs most. Bridges that leave nothing unexplained come first, then those that explain most
    by place and definition. Empty where nobody has a figure, or where all print one number. Where
    the figures hold several crises, the one with the newest figure is taken unless ``crisis``
    names it.

    ``standing``, ``answers`` and ``pool`` save work where several questions of one day are asked:
    the results of ``in_force`` and ``reconcile`` (or ``shown_cells``) for the day, and of
    :func:`related_pool` for the measure, all for the same figures, knowledge and rule.
    """
    rules = pool.usage if pool else usage(identities)
    if standing is None or answers is None:
        asked = _about(complete(figures), measure, places, crisis, rules)
        standing = in_force(asked, on, known_on, sources, crises)
        answers = reconcile(asked, sources, [on], known_on, rule, decisions, crises)
    else:
        standing = _about(standing, measure, places, crisis, rules)
        answers = _about(answers, measure, places, crisis, rules)
    standing = standing[~standing["stale"] & (standing["counting"] != "flow")]
    question = Question(measure, population, cause, counting)
    if crisis is None and not standing.empty:
        newest = standing.sort_values(["as_of", "crisis"], kind="stable")["crisis"].iloc[-1]
        standing = standing[standing["crisis"] == newest]
    parts = records(standing)
    shown = _shown(answers, parts, question)
    if shown is None:
        return []
    pool = pool or related_pool(
        complete(figures), shown.crisis, shown.measure, sources, known_on, rules, shown.unit
    )
    bridges = [worded(plan(shown, rival, pool), pool) for rival in _rivals(shown, parts, pool)]
    told = [found for found in bridges if found.items]
    return sorted(told, key=_worth)[:limit]


def _worth(found: Bridge) -> tuple[int, int, int, str]:
    """Return the key that puts first what explains most."""
    explained = sum(
        abs(item.amount)
        for item in found.items
        if item.kind in (ItemKind.PLACE, ItemKind.DEFINITION)
    )
    return found.unexplained, -explained, -abs(found.amount), found.end.figure_id


@dataclass(frozen=True)
class Question:
    """What is asked for a place and a day."""

    measure: str
    population: str
    cause: str
    counting: str | None

    def is_answered(self, figures: pd.DataFrame) -> "pd.Series[bool]":
        """Say which figures answer just this."""
        mine = (figures["measure"] == self.measure) & (figures["population"] == self.population)
        mine &= figures["cause"] == self.cause
        return mine if self.counting is None else mine & (figures["counting"] == self.counting)


def _about(
    figures: pd.DataFrame,
    measure: str,
    places: Sequence[str],
    crisis: str | None,
    rules: Usage,
) -> pd.DataFrame:
    """Return the figures of people at the place, in whatever word for the measure."""
    codes = sorted({code for place in places for code in place.partition("/")[0].split("+")})
    province = places[0].partition("/")[2] if len(places) == 1 else ""
    words = [w for w in figures["measure"].unique() if rules.family(w) == rules.family(measure)]
    mine = figures["measure"].isin([measure, *words]) & (figures["country"] == "+".join(codes))
    mine &= (figures["admin1"] == province) & (figures["unit"] == "person")
    if crisis is not None:
        mine &= figures["crisis"] == crisis
    return figures[mine.to_numpy()]


def _shown(answers: pd.DataFrame, standing: list[Part], question: Question) -> Part | None:
    """Return the figure shown for the question: a running total, without a limiting scope."""
    mine = answers[(answers["verdict"] != "none") & question.is_answered(answers)]
    wanted = set(_ids(mine))
    found = [part for part in standing if (part.crisis, part.figure_id) in wanted]
    return min(found, key=_first_shown, default=None)


def _first_shown(part: Part) -> tuple[object, ...]:
    since = (part.since is not None, part.since or 0)
    return part.scope != "", part.counting != "cumulative", *since, -part.day, part.figure_id


def _ids(figures: pd.DataFrame) -> list[tuple[str, str]]:
    """Return what tells each figure from all others: its crisis and its id."""
    names = (figures[name].astype(str) for name in ("crisis", "figure_id"))
    return list(zip(*names, strict=True))


def _rivals(shown: Part, standing: list[Part], pool: Pool) -> list[Part]:
    """Return the most notable other numbers, one figure for each."""
    said: dict[int, list[Part]] = {}
    for part in standing:
        if part.value != shown.value and _rivals_with(part, shown, pool.usage):
            said.setdefault(part.value, []).append(part)
    best = [
        min(same, key=lambda p: (p.measure != shown.measure, -p.day, p.order))
        for same in said.values()
    ]
    ordered = sorted(
        best,
        key=lambda p: (-len(said[p.value]), -p.day, -abs(p.value - shown.value), p.order),
    )
    return ordered[:NOTABLE]


def _rivals_with(part: Part, shown: Part, rules: Usage) -> bool:
    """Say whether a reader would set the two numbers against one another."""
    if part.day < shown.day - RECENT:
        return False
    if (part.population, part.cause) == (shown.population, shown.cause):
        return True
    narrower = all(
        rules.within(name, getattr(part, name), getattr(shown, name))
        for name in ("population", "cause")
    )
    return narrower and part.value > shown.value and part.measure == shown.measure
