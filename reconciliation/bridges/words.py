"""The sentences of a bridge: each a whole one that can be quoted by itself."""

from reconciliation import wording
from reconciliation.bridges.compose import Made
from reconciliation.bridges.contrasts import Contrast
from reconciliation.bridges.parts import Part, Pool, printed
from reconciliation.bridges.phrases import called, counted, day_of, place_of
from reconciliation.bridges.search import Plan
from reconciliation.bridges.steps import ItemKind, Step
from reconciliation.naming import group_name
from reconciliation.wording import say


class Speaker:
    """Words the steps of one bridge."""

    def __init__(self, found: Plan, pool: Pool) -> None:
        self.plan, self.pool = found, pool
        self.start = self._label(found.before, found.after)
        self.end = self._label(found.after, found.before)
        totals = frozenset({found.before.figure_id, found.after.figure_id})
        self.contrast = Contrast(self.start, self.end, totals, pool)

    def _label(self, total: Part, other: Part) -> str:
        """Return what a total is called: its number, and its source where both print one number."""
        text = called(total)
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
        return self.contrast.sentence(step.kind, step.before, step.after)

    def cited(self, step: Step) -> tuple[str, ...]:
        """Return the figures behind the sentence: those of the step, and what it mentions."""
        plan = self.plan
        if step.kind is ItemKind.ROUNDING and not step.ids:
            opened = (plan.made_before, plan.before), (plan.made_after, plan.after)
            ids = (made.ids for made, total in opened if made.total != total.value)
            return tuple(dict.fromkeys(one for found in ids for one in found))
        part = step.after or step.before
        if step.kind is not ItemKind.PLACE or part is None or len(step.ids) > 1:
            return step.ids
        rival, made = self._rival(step)
        first = self._first_said(part) if _fits_alone(part, rival, made.parts) else None
        return step.ids if first is None else (*step.ids, first.figure_id)

    def _rival(self, step: Step) -> tuple[Part, Made]:
        """Return the total that lacks what only the other includes, and what it is made of."""
        plan = self.plan
        if step.after is None:
            return plan.after, plan.made_after
        return plan.before, plan.made_before

    def _only(self, step: Step) -> str:
        """Word what only one of the totals includes."""
        plan = self.plan
        part = step.after or step.before
        assert part is not None
        rival, made = self._rival(step)
        ends = (self.start, self.end)
        whole, other = ends if step.after is None else ends[::-1]
        places = {
            "whole": whole,
            "other": other,
            "part": counted(part),
            "what": counted(part, with_number=False),
            "source": self._name(part),
            "day": day_of(part),
        }
        if part.figure_id in (plan.before.figure_id, plan.after.figure_id):
            return say(
                "The {whole} counts {what} ({source}, {day}); the {other} does not.", **places
            )
        if step.kind is ItemKind.PLACE:
            return self._place_alone(part, rival, made.parts, places)
        if not self.pool.usage.within("population", part.population, rival.population):
            only = group_name(rival.population)
            message = (
                "The {whole} includes {part} ({source}, {day}); the {other} counts {only} only."
            )
            return say(message, only=only, **places)
        return say("The {whole} includes {part} ({source}, {day}); the {other} does not.", **places)

    def _place_alone(
        self, part: Part, rival: Part, parts: tuple[Part, ...], places: dict[str, str]
    ) -> str:
        """Word that one total covers a place that the other leaves out."""
        covered = list(dict.fromkeys(place_of(found) for found in parts))
        if part.admin1 or not covered:
            message = "The {whole} includes {part} ({source}, {day}); the {other} does not."
            return say(message, **places)
        alone = wording.listing(covered)
        first = self._first_said(part)
        if not _fits_alone(part, rival, parts):
            message = (
                "The {whole} includes {part} ({source}, {day}); the {other} covers {alone} only."
            )
        elif first is not None:
            message = (
                "The {whole} includes {part} ({source}, {day}; first given: {first_source}, "
                "{first_day}); the {other} fits {alone} alone."
            )
            places |= {"first_source": self._name(first), "first_day": day_of(first)}
        else:
            message = (
                "The {whole} includes {part} ({source}, {day}); the {other} fits {alone} alone."
            )
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
            spread = [t for t in (plan.before, plan.after) if t.quantifier == "range"]
            message = (
                "The {total} is a range: published figures that may lie behind it come to {sum}."
                if spread
                else "The {total} is a round number: published figures that may lie behind it "
                "come to {sum}."
            )
            return say(message, total=texts[0][0], sum=texts[0][1])
        return say(
            "The {start} and the {end} are not exact: published figures that may lie behind them "
            "come to {start_sum} and {end_sum}.",
            start=texts[0][0],
            end=texts[1][0],
            start_sum=texts[0][1],
            end_sum=texts[1][1],
        )


def _fits_alone(part: Part, rival: Part, parts: tuple[Part, ...]) -> bool:
    """Say whether a total that names this part's place is made up by other places alone."""
    return bool(parts) and not part.admin1 and set(part.places) <= set(rival.places)
