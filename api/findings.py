"""Questions that are worked out: totals, contradictions, differences; as the screens do."""

import math
from typing import Any

import pandas as pd

from api import models, problems
from api.library import about, check, places, view_of, within, words
from api.parameters import Contradictions, Differences, OfDay, Totals
from api.problems import RequestError, Trouble
from api.rows import bounded
from loaders import Library
from reconciliation import Bridge, Contradiction, Quantity, Total
from ui import answers, reasons
from ui.query import put_out_by
from ui.selection import Selection


def _view(library: Library, asked: OfDay) -> Selection:
    """Return the view of a measure on a day."""
    view = view_of(library, asked.crisis, asked.known_on)
    named = places(library, asked.crisis, asked.country)
    view = view.of(measure=asked.measure.value, places=tuple(dict.fromkeys(named)) or view.places)
    day = within(asked.day)
    return view.of(day=day) if day else view


def totals(library: Library, asked: Totals) -> models.TotalAnswer:
    """Return what the shown figures of the places add up to."""
    view = _view(library, asked)
    check(
        library,
        "population",
        [asked.population],
        [*words(library, view.crisis, "population"), "all"],
    )
    view = view.of(population=asked.population, cause=asked.cause.value)
    if asked.admin1:
        check(library, "admin1", asked.admin1, words(library, view.crisis, "admin1"))
        view = view.of(places=_provinces(asked))
    if asked.rule is not None:
        view = view.of(rule=asked.rule.value)
    try:
        found = answers.total(library, view)
    except ValueError as error:  # places of which one lies within another
        raise _cannot("country", " ".join(view.places), str(error)) from None
    base = about(library, view.crisis, asked.known_on)
    return models.TotalAnswer(**base, data=_total(view, found))


def _provinces(asked: Totals) -> tuple[str, ...]:
    if len(asked.country) != 1:
        raise problems.wrong(
            [
                Trouble(
                    where="country",
                    found=problems.shown(" ".join(asked.country)),
                    expected="one country",
                    remedy="Name the one country that the provinces are in.",
                )
            ]
        )
    return tuple(f"{asked.country[0]}/{name}" for name in asked.admin1)


def _cannot(where: str, found: str, why: str) -> RequestError:
    remedy = "Ask about others."
    trouble = Trouble(where=where, found=problems.shown(found), expected=why, remedy=remedy)
    return problems.wrong([trouble])


def _total(view: Selection, found: Total) -> models.Total:
    nobody = not found.parts
    ids = [part.figure_id for part in found.parts]
    return models.Total(
        crisis=view.crisis,
        measure=view.measure,
        population=view.population,
        cause=view.cause,
        places=list(found.places),
        day=view.day,
        rule=view.rule,
        # Nobody counted is not nobody died.
        low=None if nobody else bounded(found.low),
        high=None if nobody else bounded(found.high),
        high_unbounded=not nobody and math.isinf(found.high),
        value=None if nobody else found.value,
        text=found.text,
        coverage=found.coverage,
        missing=list(found.missing),
        narrower=list(found.narrower),
        notes=list(found.notes),
        parts=[_part(part) for part in found.parts],
        published=found.published and _part(found.published),
        verdict=found.verdict,
        gap=found.gap,
        figure_ids=[*ids, *([found.published.figure_id] if found.published else [])],
    )


def _part(one: Quantity) -> models.Part:
    return models.Part(
        **{name: getattr(one, name) for name in _PART},
        **_bounds(one),
        value_high=bounded(one.value_high),
        lowest=bounded(one.lowest),
        highest=bounded(one.highest),
        since=None if pd.isna(one.since) else one.since.date(),
        as_of=one.as_of.date(),
    )


_PART = ("figure_id", "place", "measure", "population", "cause", "counting", "scope", "value",
         "quantifier", "text", "source", "rule", "origins", "verdict", "outside")  # fmt: skip


def _bounds(found: Any) -> dict[str, Any]:
    unbounded = math.isinf(found.high)
    return {"low": bounded(found.low), "high": bounded(found.high), "high_unbounded": unbounded}


def contradictions(library: Library, asked: Contradictions) -> models.ContradictionsAnswer:
    """Return what cannot all be true among figures of which one is on the measure and a place."""
    view = _view(library, asked)
    rows, here = answers.rows(library, view), {c for p in view.places for c in p.split("+")}

    def touches(figure_id: str) -> bool:
        row = rows[figure_id]
        return row["measure"] == view.measure and bool(here & set(row["country"].split("+")))

    found = reasons.contradicted(library, view)
    return models.ContradictionsAnswer(
        **about(library, view.crisis, asked.known_on),
        crisis=view.crisis,
        measure=view.measure,
        day=view.day,
        data=[_contradiction(one) for one in found if any(map(touches, one.figure_ids))],
    )


def _contradiction(one: Contradiction) -> models.Contradiction:
    return models.Contradiction(
        figure_ids=list(one.figure_ids),
        text=one.text,
        kind=one.kind,
        severity=one.severity,
        rules=list(one.rules),
        gap=one.gap,
        suspects=sorted(one.suspects),
        reasons=list(one.reasons),
        corrections=[sorted(way) for way in one.corrections],
        undecided=one.undecided,
        truncated=one.truncated,
        tangle=one.tangle,
    )


def differences(library: Library, asked: Differences) -> models.DifferenceAnswer:
    """Return why one figure differs from another."""
    view = view_of(library, asked.crisis, asked.known_on)
    known = put_out_by(answers.figures_of(library, view), view.known)
    ids = set(known["figure_id"])
    check(library, "from", [asked.start], ids)
    check(library, "to", [asked.end], ids)
    found = reasons.bridged(library, view.of(bridge=(asked.start, asked.end)))
    if isinstance(found, str):
        raise _cannot("from, to", f"{asked.start} {asked.end}", found)
    base = about(library, view.crisis, asked.known_on)
    return models.DifferenceAnswer(**base, crisis=view.crisis, data=_difference(found))


def _difference(found: Bridge) -> models.Difference:
    return models.Difference(
        **_both_bounds(found),
        start=_end(found.start),
        end=_end(found.end),
        amount=found.amount,
        unexplained=found.unexplained,
        items=[
            models.Item(
                **_both_bounds(item),
                kind=item.kind,
                amount=item.amount,
                text=item.text,
                figure_ids=list(item.figure_ids),
            )
            for item in found.items
        ],
    )


def _both_bounds(found: Any) -> dict[str, Any]:
    return _bounds(found) | {"low_unbounded": math.isinf(found.low)}


def _end(one: Any) -> models.End:
    plain = {
        name: getattr(one, name) for name in ("figure_id", "value", "text", "counts", "source")
    }
    return models.End(**plain, **_bounds(one), as_of=one.as_of, made_of=list(one.made_of))
