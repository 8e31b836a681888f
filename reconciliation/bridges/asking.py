"""Which differences to tell of a day: as a question, and the reason that tells most of it."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reconciliation.bridges.bridge import Bridge, Item
from reconciliation.bridges.steps import ItemKind
from reconciliation.wording import say, sentence_case

if TYPE_CHECKING:
    from reconciliation.quantity import Quantity
    from reconciliation.totals import Total

Explained = Callable[["Quantity"], list[Bridge]]
# How many differences of a day are told: in all, of the first measure, of each other one.
MOST, MOST_OF_FIRST, MOST_OF_OTHERS = 5, 2, 1


def question(link: Bridge, rows: Mapping[str, Mapping[Hashable, Any]]) -> str:
    """Return the question: "Killed: at least 86 or more than 200?".

    ``rows`` has the figures by their ids. Where the two count different things, each
    number says what it counts: one heading for both would be untrue of one of them.
    """
    start, end = (str(rows[one.figure_id]["measure"]) for one in (link.start, link.end))
    if start != end:
        message = "{start}, or {end}?"
        return say(message, start=sentence_case(link.start.counts), end=link.end.counts)
    return say(
        "{measure}: {start} or {end}?",
        measure=say(start.capitalize()),
        start=link.start.text,
        end=link.end.text,
    )


def main_reason(link: Bridge) -> Item | None:
    """Return the reason that explains most of a difference, if any does.

    That a number is not exact comes after the others, unless none of these tells half of it.
    """
    told = [item for item in link.items if item.kind != ItemKind.UNEXPLAINED]
    told.sort(key=lambda item: -abs(item.amount))
    exact = next((item for item in told if item.kind != ItemKind.ROUNDING), None)
    if exact is not None and explains_half(exact, link):
        return exact
    return next(iter(told), None)


def main_item(link: Bridge) -> Item:
    """Return the reason to tell where only one is told."""
    return main_reason(link) or max(link.items, key=lambda item: abs(item.amount))


def told(totals: Iterable["Total"], explained: Explained) -> list[Bridge]:
    """Return which differences to tell of a day, wherever that is told in short.

    ``totals`` are those of the measures, the most wanted first; they are asked for one by one, no
    further than needed. ``explained`` returns the bridges from a shown figure to its most notable
    rivals. No two numbers are compared twice: those of one measure may be the rivals of another.
    """
    found: dict[frozenset[str], Bridge] = {}
    most = MOST_OF_FIRST
    for total in totals:
        if not total.parts and total.published is None:
            continue
        for link in _of_total(total, explained, most):
            found.setdefault(frozenset((link.start.figure_id, link.end.figure_id)), link)
        most = MOST_OF_OTHERS
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def _of_total(total: "Total", explained: Explained, most: int) -> list[Bridge]:
    """Return the bridges from the number of all places, then, where it leaves a gap, of each."""
    joint = total.published
    found = [] if joint is None else worth_telling(explained(joint), total.value)
    if len(found) < most:
        of_each = [one for part in _opened(total) for one in explained(part)[:1]]
        found = worth_telling([*found, *of_each], total.value)
    return found[:most]


def _opened(total: "Total") -> Sequence["Quantity"]:
    """Return the numbers of each place, where the one of all places leaves a gap."""
    return total.parts if total.published is None or total.verdict == "gap" else ()


def asked_of(total: "Total") -> list["Quantity"]:
    """Return the numbers of a total whose bridges :func:`told` may ask for."""
    return [*([total.published] if total.published else []), *_opened(total)]


def worth_telling(links: Iterable[Bridge], beside: float) -> list[Bridge]:
    """Return bridges without those whose main reason one before has.

    One to the number that is shown ``beside`` the first, such as the sum, comes before the others.
    A rest that no figure is behind is told of each.
    """
    found: dict[tuple[str, ...], Bridge] = {}
    for link in sorted(links, key=lambda one: one.end.value != beside):
        reason = main_item(link).figure_ids or (link.start.figure_id, link.end.figure_id)
        found.setdefault(reason, link)
    return list(found.values())


def explains_half(item: Item, link: Bridge) -> bool:
    """Say whether a reason accounts for at least half of a difference, in its direction."""
    return item.amount * link.amount >= 0 and 2 * abs(item.amount) >= abs(link.amount)
