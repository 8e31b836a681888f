"""The sentences of a bridge: each a whole one that can be quoted by itself."""

import datetime as dt

from reconciliation import wording
from reconciliation.bridges.parts import Part, Pool, printed
from reconciliation.bridges.search import Plan
from reconciliation.bridges.steps import ItemKind, Step
from reconciliation.naming import group_name, place_name
from reconciliation.wording import say

_PEOPLE = {
    "all": ("{quantity} person", "{quantity} people"),
    "civilian": ("{quantity} civilian", "{quantity} civilians"),
    "military": ("{quantity} soldier", "{quantity} soldiers"),
    "men": ("{quantity} man", "{quantity} men"),
    "women": ("{quantity} woman", "{quantity} women"),
    "boys": ("{quantity} boy", "{quantity} boys"),
    "girls": ("{quantity} girl", "{quantity} girls"),
    "children": ("{quantity} child", "{quantity} children"),
    "adults": ("{quantity} adult", "{quantity} adults"),
    "children_unknown": (
        "{quantity} child of unknown sex",
        "{quantity} children of unknown sex",
    ),
    "adults_unknown": ("{quantity} adult of unknown sex", "{quantity} adults of unknown sex"),
    "migrant_workers": ("{quantity} migrant worker", "{quantity} migrant workers"),
    "prisoners": ("{quantity} prisoner", "{quantity} prisoners"),
}
_OTHERS = ("{quantity} person ({group})", "{quantity} people ({group})")
_COUNTED = {
    ("killed", "all"): "{people} killed in {place}",
    ("killed", "direct"): "{people} killed by the fighting in {place}",
    ("killed", "indirect"): "{people} in {place} who died of indirect causes",
    ("injured", "all"): "{people} injured in {place}",
    ("injured", "direct"): "{people} injured by the fighting in {place}",
    ("injured", "indirect"): "{people} in {place} injured by indirect causes",
    ("casualties", "all"): "{people} killed or injured in {place}",
    ("missing", "all"): "{people} missing in {place}",
    ("captured", "all"): "{people} captured in {place}",
    ("displaced", "all"): "{people} displaced in {place}",
    ("evacuated", "all"): "{people} evacuated in {place}",
    ("sheltered", "all"): "{people} in shelters in {place}",
    ("returned", "all"): "{people} returned in {place}",
    ("affected", "all"): "{people} affected in {place}",
}
_LONGER = {
    "direct": "{counted}, directly",
    "indirect": "{counted}, indirectly",
}


def number_of(part: Part) -> str:
    """Return the number as its source means it: at least 86, 9 to 10."""
    return wording.quantity(part.value, part.value_high, part.quantifier)


def date_of(day: int) -> dt.date:
    """Return a day number as a date."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=day)


def day_of(part: Part) -> str:
    """Return the as-of day in words."""
    return wording.day(date_of(part.day))


def place_of(part: Part) -> str:
    """Return the place in words."""
    return place_name("+".join(part.places) + ("/" + part.admin1 if part.admin1 else ""))


def people(part: Part) -> str:
    """Return number and group: 41 civilians, at least 1 person."""
    one, many = _PEOPLE.get(part.population, _OTHERS)
    group = group_name(part.population)
    return wording.say_many(one, many, part.value, quantity=number_of(part), group=group)


def counted(part: Part, with_number: bool = True) -> str:
    """Return who is counted: 41 civilians in Thailand who died of indirect causes."""
    who = people(part) if with_number else group_name(part.population)
    place = place_of(part)
    message = _COUNTED.get((part.measure, part.cause))
    if message is not None:
        return say(message, people=who, place=place)
    whole = say(_COUNTED[part.measure, "all"], people=who, place=place)
    return say(_LONGER[part.cause], counted=whole)


class Speaker:
    """Words the steps of one bridge."""

    def __init__(self, found: Plan, pool: Pool) -> None:
        self.plan, self.pool = found, pool
        self.start = self._label(found.before, found.after)
        self.end = self._label(found.after, found.before)

    def _label(self, total: Part, other: Part) -> str:
        """Return what a total is called: its number, and its source where both print one number."""
        high = total.value_high if total.quantifier == "range" else None
        text = wording.quantity(total.value, high, "range" if high else "exact")
        if (total.value, total.value_high) == (other.value, other.value_high):
            return say("{number} of {source}", number=text, source=self._name(total))
        return text

    def _name(self, part: Part) -> str:
        return self.pool.name(part.source)

    def sentence(self, step: Step) -> str:
        """Return the step as a sentence."""
        if step.before is None and step.after is None:
            return self._rest(step)
        if step.before is None or step.after is None:
            return self._only(step)
        if step.kind is ItemKind.DEFINITION:
            return self._other_definition(step.before, step.after)
        if step.kind is ItemKind.PLACE:
            return self._other_place(step.before, step.after)
        return self._differ(step.kind, step.before, step.after)

    def _only(self, step: Step) -> str:
        """Word what only one of the totals includes."""
        plan = self.plan
        part = step.after or step.before
        assert part is not None
        if step.after is None:
            whole, other, rival, made = self.start, self.end, plan.after, plan.made_after
        else:
            whole, other, rival, made = self.end, self.start, plan.before, plan.made_before
        places = {
            "whole": whole,
            "other": other,
            "part": counted(part),
            "source": self._name(part),
            "day": day_of(part),
        }
        if part.figure_id in (plan.before.figure_id, plan.after.figure_id):
            return say("The {whole} counts {part} ({source}, {day}); the {other} does not.", **places)
        if step.kind is ItemKind.PLACE:
            return self._place_alone(part, rival, made.parts, places)
        if not self.pool.usage.within("population", part.population, rival.population):
            only = group_name(rival.population)
            message = "The {whole} includes {part} ({source}, {day}); the {other} counts {only} only."
            return say(message, only=only, **places)
        return say("The {whole} includes {part} ({source}, {day}); the {other} does not.", **places)

    def _place_alone(
        self, part: Part, rival: Part, parts: tuple[Part, ...], places: dict[str, str]
    ) -> str:
        """Word that one total covers a place that the other leaves out."""
        covered = sorted({place for found in parts for place in found.places})
        if part.admin1 or not covered:
            message = "The {whole} includes {part} ({source}, {day}); the {other} does not."
            return say(message, **places)
        alone = place_name("+".join(covered))
        first = self._first_said(part)
        if not set(part.places) <= set(rival.places):
            message = "The {whole} includes {part} ({source}, {day}); the {other} covers {alone} only."
        elif first is not None:
            message = (
                "The {whole} includes {part} ({source}, {day}), a number first given by "
                "{first_source} on {first_day}; the {other} fits {alone} alone."
            )
            places |= {"first_source": self._name(first), "first_day": day_of(first)}
        else:
            message = "The {whole} includes {part} ({source}, {day}); the {other} fits {alone} alone."
        return say(message, alone=alone, **places)

    def _first_said(self, part: Part) -> Part | None:
        """Return who gave this number a week or more before, in the same loose words."""
        usage = self.pool.usage
        if not usage.is_loose(part.measure):
            return None
        earlier = [
            other
            for other in self.pool.parts
            if other.value == part.value
            and other.spot == part.spot
            and other.day <= part.day - 7
            and usage.family(other.measure) == usage.family(part.measure)
            and (other.population, other.scope) == (part.population, part.scope)
        ]
        return min(earlier, key=lambda other: (other.day, other.order), default=None)

    def _other_definition(self, a: Part, b: Part) -> str:
        places = self._both(a, b)
        if a.measure == b.measure and a.counting != b.counting:
            stock, running = (a, b) if a.counting == "stock" else (b, a)
            return say(
                "{stock} ({stock_source}) is the number on {stock_day}; {running} "
                "({running_source}) is a running total up to {running_day}.",
                stock=counted(stock),
                stock_source=self._name(stock),
                stock_day=day_of(stock),
                running=number_of(running),
                running_source=self._name(running),
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
            limited_source=self._name(limited),
            limited_day=day_of(limited),
            scope=limited.scope,
            full=number_of(full),
            full_source=self._name(full),
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
            "first": wording.number(a.value),
            "second": wording.number(b.value),
            "first_part": counted(a),
            "second_part": counted(b),
            "first_number": number_of(a),
            "second_number": number_of(b),
            "first_what": counted(a, with_number=False),
            "second_what": counted(b, with_number=False),
            "first_source": self._name(a),
            "second_source": self._name(b),
            "first_day": day_of(a),
            "second_day": day_of(b),
        }

    def _differ(self, kind: ItemKind, a: Part, b: Part) -> str:
        """Word that the same question got two answers."""
        if kind is ItemKind.ROUNDING:
            return self._rounded(a, b)
        whole = {a.figure_id, b.figure_id} == {
            self.plan.before.figure_id,
            self.plan.after.figure_id,
        }
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

    def _rest(self, step: Step) -> str:
        """Word what no figure is behind."""
        if step.kind is ItemKind.UNEXPLAINED:
            return wording.say_many(
                "No published figure explains the remaining {n} person.",
                "No published figure explains the remaining {n} people.",
                abs(step.rest),
            )
        plan = self.plan
        sums = [
            (label, made)
            for label, total, made in (
                (self.start, plan.before, plan.made_before),
                (self.end, plan.after, plan.made_after),
            )
            if total.value != made.total
        ]
        texts = [(label, wording.number(printed(made.parts))) for label, made in sums]
        if len(texts) == 1:
            message = "The {total} is a round number: the figures behind it come to {sum}."
            return say(message, total=texts[0][0], sum=texts[0][1])
        return say(
            "The {start} and the {end} are round numbers: the figures behind them come to "
            "{start_sum} and {end_sum}.",
            start=texts[0][0],
            end=texts[1][0],
            start_sum=texts[0][1],
            end_sum=texts[1][1],
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
