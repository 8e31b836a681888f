"""Sentences on two figures that differ: what each counts, by whom and by when."""

from dataclasses import dataclass

from reconciliation import wording
from reconciliation.bridges.parts import Part, Pool
from reconciliation.bridges.phrases import called, counted, date_of, day_of, number_of
from reconciliation.bridges.steps import ItemKind
from reconciliation.wording import say


def _same_question(a: Part, b: Part) -> bool:
    return (a.spot, a.measure, a.population, a.cause) == (
        b.spot,
        b.measure,
        b.population,
        b.cause,
    )


@dataclass(frozen=True)
class Contrast:
    """Words the differences within one bridge; ``totals`` are the ids of its two ends."""

    start: str
    end: str
    totals: frozenset[str]
    pool: Pool

    def sentence(self, kind: ItemKind, a: Part, b: Part) -> str:
        """Return why ``b`` differs from ``a``."""
        if kind is ItemKind.DEFINITION:
            return self._other_definition(a, b)
        if kind is ItemKind.PLACE:
            return self._other_place(a, b)
        return self._differ(kind, a, b)

    def _other_definition(self, a: Part, b: Part) -> str:
        places = self._both(a, b)
        if a.measure == b.measure and a.counting != b.counting:
            stock, running = (a, b) if a.counting == "stock" else (b, a)
            return say(
                "{stock} ({stock_source}) is the number on {stock_day}; {running} "
                "({running_source}) is a running total up to {running_day}.",
                stock=counted(stock),
                stock_source=self.pool.name(stock.source),
                stock_day=day_of(stock),
                running=number_of(running),
                running_source=self.pool.name(running.source),
                running_day=day_of(running),
            )
        if a.measure == b.measure and a.scope != b.scope:
            return self._other_scope(a, b, places)
        if (a.measure, a.population, a.cause) == (b.measure, b.population, b.cause):
            return self._other_start(a, b, places)
        return say(
            "The {first} counts {first_what} ({first_source}, {first_day}); the {second} counts "
            "{second_what} ({second_source}, {second_day}).",
            **places,
        )

    def _other_scope(self, a: Part, b: Part, places: dict[str, str]) -> str:
        limited, full = (a, b) if a.scope else (b, a)
        if full.scope:
            message = (
                "The {first} is limited to: {first_scope} ({first_source}, {first_day}); the "
                "{second} to: {second_scope} ({second_source}, {second_day})."
            )
            return say(message, first_scope=a.scope, second_scope=b.scope, **places)
        return say(
            "{limited} ({limited_source}, {limited_day}) is limited to: {scope}; {full} "
            "({full_source}, {full_day}) is not.",
            limited=counted(limited),
            limited_source=self.pool.name(limited.source),
            limited_day=day_of(limited),
            scope=limited.scope,
            full=number_of(full),
            full_source=self.pool.name(full.source),
            full_day=day_of(full),
        )

    def _other_start(self, a: Part, b: Part, places: dict[str, str]) -> str:
        message = (
            "The {first} ({first_source}, {first_day}) counts {first_what} since {first_since}; "
            "the {second} ({second_source}, {second_day}) counts since {second_since}."
        )
        start = say("the start")
        since = {
            "first_since": start if a.since is None else wording.day(date_of(a.since)),
            "second_since": start if b.since is None else wording.day(date_of(b.since)),
        }
        return say(message, **since, **places)

    def _other_place(self, a: Part, b: Part) -> str:
        return say(
            "The {first} counts {first_what} ({first_source}, {first_day}); the {second} counts "
            "{second_what} ({second_source}, {second_day}).",
            **self._both(a, b),
        )

    def _both(self, a: Part, b: Part) -> dict[str, str]:
        """Return the places of a sentence on two figures."""
        return {
            "start": self.start,
            "end": self.end,
            "first": called(a),
            "second": called(b),
            "first_part": counted(a),
            "second_part": counted(b),
            "first_number": number_of(a),
            "second_number": number_of(b) if _same_question(a, b) else counted(b),
            "first_what": counted(a, with_number=False),
            "second_what": counted(b, with_number=False),
            "first_source": self.pool.name(a.source),
            "second_source": self.pool.name(b.source),
            "first_day": day_of(a),
            "second_day": day_of(b),
        }

    def _differ(self, kind: ItemKind, a: Part, b: Part) -> str:
        """Word that the same question got two answers."""
        if kind is ItemKind.ROUNDING:
            return self._rounded(a, b)
        whole = not self.totals.isdisjoint({a.figure_id, b.figure_id})
        if kind is ItemKind.UNEXPLAINED:
            message = (
                "{first_source} has {first_part} by {first_day} and {second_source} has "
                "{second_number} by {second_day}; the published figures do not show why."
            )
        elif a.source == b.source:
            message = _SAME_SOURCE[a.day == b.day, whole]
            a, b = (b, a) if whole and (b.day, b.said) < (a.day, a.said) else (a, b)
        elif whole:
            message = _WHOLE[a.day == b.day]
        else:
            message = (
                "The {start} rests on {first_part} ({first_source}, {first_day}), the {end} on "
                "{second_number} ({second_source}, {second_day})."
            )
        text = say(message, **self._both(a, b))
        if kind is ItemKind.TIMING and whole and a.source == b.source and b.value < a.value:
            return self._fall(a, b, text)
        return text

    def _fall(self, a: Part, b: Part, text: str) -> str:
        if a.counting != "cumulative" or a.day == b.day:
            return text
        message = (
            "{first_source} gave {first_part} by {first_day} and {second_number} by {second_day}; "
            "a running total cannot fall, and the figures do not show why it did."
        )
        return say(message, **self._both(a, b))

    def _rounded(self, a: Part, b: Part) -> str:
        loose, sharp = (b, a) if a.quantifier == "exact" else (a, b)
        return say(
            "{first_part} ({first_source}, {first_day}) and {second_number} ({second_source}, "
            "{second_day}) can both be true: the first is a round number.",
            **self._both(loose, sharp),
        )


_SAME_SOURCE = {
    (True, True): "{first_source} gave {first_part} and {second_number}, both for {first_day}.",
    (False, True): (
        "{first_source} gave {first_part} by {first_day} and {second_number} by {second_day}."
    ),
    (True, False): (
        "The {start} rests on {first_part}, the {end} on {second_number}; {first_source} gave both "
        "for {first_day}."
    ),
    (False, False): (
        "The {start} rests on {first_part} by {first_day}, the {end} on {second_number} by "
        "{second_day} (both {first_source})."
    ),
}
_WHOLE = {
    True: (
        "For {first_day}, {first_source} has {first_part} and {second_source} has {second_number}."
    ),
    False: (
        "{first_source} has {first_part} by {first_day}; {second_source} has {second_number} by "
        "{second_day}."
    ),
}
