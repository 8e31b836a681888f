"""Numbers as every form of a brief shows them: what stands large, beside it and below it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from brief.model import Entry, Line, Number
from reconciliation import Total, judging, wording
from reconciliation.wording import say


def together(
    total: Total, basis: str, notes: tuple[str, ...], published: Number | None
) -> tuple[Entry, ...]:
    """Return the sum of the places and the number published for all of them, as far as there are.

    ``basis`` says that the first is a sum, ``notes`` what it leaves out.
    """
    found = [Entry(total.text, basis, _lines(notes))] if total.parts else []
    if published is not None:
        fit = [Line(judging.comparison(total), sign=total.verdict)] if total.parts else []
        found.append(_entry(published, published_for(total), fit))
    return tuple(found)


def alone(number: Number | None) -> Entry:
    """Return the number of one place, or that nobody has a recent one."""
    if number is None:
        return Entry("", say("no recent figure"))
    return _entry(number, number.group, [])


def named(place: str, entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Yield numbers with what to call each: the first the place, another what it is beside it."""
    for number, one in enumerate(entries):
        if number == 0:
            yield place, one
        else:
            yield wording.sentence_case(one.basis), replace(one, basis="")


def published_for(total: Total) -> str:
    """Return what the number published for several places is, beside it."""
    both = len(total.places) == 2
    return say("published for both together" if both else "published for all together")


def _entry(number: Number, basis: str, fit: list[Line]) -> Entry:
    lines = (Line(number.whose, (number.ref,)), *_lines(number.notes), *fit)
    return Entry(
        number.text, basis, (*lines, Line(number.verdict, sign=number.sign)), number.figure_id
    )


def _lines(texts: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts)
