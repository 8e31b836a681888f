"""What a bridge answers, as a question, and the one reason that tells most of the answer."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from reconciliation.bridges.bridge import Bridge, Item, Stated
from reconciliation.bridges.steps import ItemKind
from reconciliation.judging import as_printed
from reconciliation.wording import say, sentence_case


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
        start=_printed(link.start, rows),
        end=_printed(link.end, rows),
    )


def _printed(end: Stated, rows: Mapping[str, Mapping[Hashable, Any]]) -> str:
    row = rows[end.figure_id]
    return as_printed(end.text, str(row["quantifier"]), str(row.get("expression") or ""))


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
