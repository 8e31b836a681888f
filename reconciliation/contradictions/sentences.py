"""Contradictions as sentences that can be read out."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import pandas as pd

from figures import Cause, Counting, Measure, Quantifier, Unit
from reconciliation import judging, wording
from reconciliation.bridges.phrases import MANY, group_of
from reconciliation.contradictions.evidence import Claim
from reconciliation.contradictions.lattice import Cell
from reconciliation.contradictions.model import ContradictionKind
from reconciliation.contradictions.oracle import Proof
from reconciliation.naming import cause_name, group_name, place_name
from reconciliation.wording import listing, number, say, say_many

_WHAT = {
    Measure.KILLED: "{people} killed in {place}",
    Measure.INJURED: "{people} injured in {place}",
    Measure.MISSING: "{people} missing in {place}",
    Measure.CAPTURED: "{people} held from {place}",
    Measure.DISPLACED: "{people} displaced in {place}",
    Measure.EVACUATED: "{people} evacuated in {place}",
    Measure.SHELTERED: "{people} in shelters in {place}",
    Measure.RETURNED: "{people} returned in {place}",
    Measure.AFFECTED: "{people} affected in {place}",
    Measure.CASUALTIES: "{people} killed or injured in {place}",
}


_DEAD = {
    Cause.DIRECT: "{people} killed by the fighting in {place}",
    Cause.INDIRECT: "{people} dead of indirect causes in {place}",
}


def cell_text(cell: Cell, unit: str = Unit.PERSON, people: str = "", count: int = MANY) -> str:
    """Return what a number counts: 41 civilians dead of indirect causes in Thailand.

    ``people`` is the number with the group it counts, ``count`` what decides between one and many;
    without them the text names the cell alone.
    """
    who = people or _group(cell.population, unit)
    message, cause = _WHAT[Measure(cell.measure)], Cause(cell.cause)
    limits = [cell.scope] if cell.scope else []
    if cause in _DEAD and cell.measure == Measure.KILLED:
        message = _DEAD[cause]
    elif cause != Cause.ALL:
        limits.insert(0, cause_name(cause))
    text = say_many(message, message, count, people=who, place=place_name(cell.place))
    return say("{what} ({limits})", what=text, limits=listing(limits)) if limits else text


def _group(population: str, unit: str) -> str:
    who = group_name(population)
    if unit == Unit.HOUSEHOLD:
        return say("households") if population == "all" else say("households of {who}", who=who)
    return who


def _count(claim: Claim) -> int:
    """Return the number that decides between one and many: of a range the higher one."""
    high = claim.value_high if claim.quantifier == Quantifier.RANGE else claim.value
    return round(high)


def people(claim: Claim) -> str:
    """Return the number of a figure with the group it counts: at least 41 civilians."""
    digits = wording.quantity(claim.value, claim.value_high, claim.quantifier)
    amount = judging.as_printed(digits, claim.quantifier, claim.expression)
    population, count = claim.cell.population, _count(claim)
    if claim.unit != Unit.HOUSEHOLD:
        return group_of(population, count, amount)
    if population == "all":
        one, many = "{quantity} household", "{quantity} households"
        return say_many(one, many, count, quantity=amount)
    one, many = "{quantity} household of {who}", "{quantity} households of {who}"
    return say_many(one, many, count, quantity=amount, who=group_name(population))


def when(text: str, claim: Claim, since: bool) -> str:
    """Return the text with its day: by a day, on a day, or over a period."""
    if claim.counting == Counting.STOCK:
        return say("{what} on {day}", what=text, day=wording.day(claim.as_of))
    if claim.counting == Counting.FLOW:
        period = wording.period(claim.since, claim.as_of)
        return say("{what} within {period}", what=text, period=period)
    if since and not pd.isna(claim.since):
        period = wording.period(claim.since, claim.as_of)
        return say("{what}, counting {period}", what=text, period=period)
    return say("{what} by {day}", what=text, day=wording.day(claim.as_of))


class Words:
    """The words for the figures of one contradiction: what they share is said once, in front."""

    def __init__(
        self, said: Sequence[Claim], name: Callable[[str], str], beside: Sequence[Claim] = ()
    ) -> None:
        """Take the figures to be named; ``beside`` are others that the same sentence names."""
        self.said, self._name = said, name
        every = [*said, *beside]
        self.one_source = len({claim.source for claim in every}) == 1
        self.one_day = len({(claim.as_of, claim.counting) for claim in every}) == 1
        self.since = len({claim.period.since for claim in every}) > 1

    def claim(self, n: int) -> str:
        """Return what the n-th figure says, and who says it."""
        claim = self.said[n]
        text = cell_text(claim.cell, claim.unit, people(claim), _count(claim))
        if not self.one_day or self.since:
            text = when(text, claim, self.since)
        if self.one_source:
            return text
        return say("{claim} ({source})", claim=text, source=self._source(n))

    def briefly(self, numbers: Sequence[int]) -> str:
        """Return figures that were named before, as a list: who is counted, and by whom."""
        if len(set(self._brief)) < len(self.said):
            return self.claims(numbers)
        return listing(self._brief[n] for n in numbers)

    @cached_property
    def _brief(self) -> list[str]:
        groups = [people(claim) for claim in self.said]
        if self.one_source:
            return groups
        message = "{claim} ({source})"
        return [say(message, claim=g, source=self._source(n)) for n, g in enumerate(groups)]

    def _source(self, n: int) -> str:
        # What stands in brackets after a name explains it; brackets within brackets read badly.
        return self._name(self.said[n].source).partition(" (")[0]

    def headed(self, finding: str) -> str:
        """Return the finding with the source and the day in front, where all figures share them."""
        day = wording.day(self.said[0].as_of)
        if self.one_source and self.one_day:
            return say(
                "{source}, {day}: {finding}", source=self._source(0), day=day, finding=finding
            )
        if self.one_source:
            return say("{source}: {finding}", source=self._source(0), finding=finding)
        if self.one_day:
            return say("{day}: {finding}", day=day, finding=finding)
        return finding

    def claims(self, numbers: Iterable[int]) -> str:
        """Return what several figures say, as a list."""
        return listing(self.claim(n) for n in numbers)


def finding(kind: ContradictionKind, words: Words, proof: Proof) -> str:
    """Return what is wrong; the proof's figures are numbered as the rows of ``words``."""
    high, low = sorted(proof.too_high), sorted(proof.too_low)
    if len(words.said) == 2 and high and low:
        return words.headed(_two(kind, words, high[0], low[0]))
    weights = [*proof.too_high.values(), *proof.too_low.values()]
    if not high or not low or any(abs(w - 1) > 1e-6 for w in weights):
        every = words.claims(range(len(words.said)))
        return words.headed(say("These figures cannot all be true: {claims}.", claims=every))
    return words.headed(_sum(words, high, low, proof.gap))


def _two(kind: ContradictionKind, words: Words, more: int, less: int) -> str:
    one, other = words.claim(more), words.claim(less)
    if kind == ContradictionKind.RIVALS:
        return say("{one} against {other}; both count the same.", one=one, other=other)
    if kind == ContradictionKind.FALL:
        return say("{one}, yet {other}; a running total cannot fall.", one=one, other=other)
    return say("{one}, yet only {other}, which should include them.", one=one, other=other)


def _sum(words: Words, high: list[int], low: list[int], gap: float) -> str:
    one, other, by = words.claims(high), words.claims(low), number(gap)
    total = number(sum(words.said[n].low for n in high))
    most = number(sum(words.said[n].high for n in low))
    if len(high) == 1:
        return say(
            "{parts} add up to {sum}, {gap} short of {total}.",
            parts=other,
            sum=most,
            gap=by,
            total=one,
        )
    if len(low) == 1:
        return say(
            "{parts} add up to {sum}, {gap} more than {total}.",
            parts=one,
            sum=total,
            gap=by,
            total=other,
        )
    return say(
        "{parts} come to {sum}, but {others} leave room for {most} only.",
        parts=one,
        sum=total,
        others=other,
        most=most,
    )


def verdict(words: Words, suspects: Sequence[int], settled: bool) -> str:
    """Return what the other figures say about which of these is wrong."""
    if not settled or len(suspects) == len(words.said):
        return say("The data do not say which of them is wrong.")
    if len(suspects) == 1:
        return say(
            "Setting aside the figure of {claim} would settle it with the fewest figures set "
            "aside.",
            claim=words.briefly(suspects),
        )
    return say(
        "The data cannot decide which of these is wrong: {claims}.", claims=words.briefly(suspects)
    )


def not_enough(claims: str, n: int, others: str) -> str:
    """Return that others contradict the rest even without the ``n`` figures."""
    return say_many(
        "Setting aside the figure of {claims} would not be enough, because the same contradiction "
        "remains with {others}.",
        "Setting aside the figures of {claims} would not be enough, because the same contradiction "
        "remains with {others}.",
        n,
        claims=claims,
        others=others,
    )


def also_against(claims: str, n: int, suspects: str, others: str) -> str:
    """Return that a suspect is at odds with others besides the ``n`` figures."""
    return say_many(
        "Setting aside the figure of {claims} would not be enough, because {suspects} cannot be "
        "true together with {others} either.",
        "Setting aside the figures of {claims} would not be enough, because {suspects} cannot be "
        "true together with {others} either.",
        n,
        claims=claims,
        suspects=suspects,
        others=others,
    )


def cleared(claim: str) -> str:
    """Return that neighbouring days clear a figure."""
    return say(
        "Setting aside the figure of {claim} would not be enough, as the figures of the days "
        "before and after show.",
        claim=claim,
    )


def usage() -> str:
    """Return the caveat of a rule that is only usual."""
    return say("The words are used loosely, so the counts may simply differ in meaning.")
