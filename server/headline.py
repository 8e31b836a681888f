"""What a link is about, in one sentence: for the tab, for search and for previews."""

from collections.abc import Mapping
from dataclasses import dataclass

from loaders import Library
from reconciliation import Quantity, Total, judging, wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, questions, titles, words
from ui.choosing import TITLE
from ui.query import read
from ui.selection import Selection


@dataclass(frozen=True)
class Headline:
    """A page in words: ``number`` is empty where nobody has a figure."""

    view: Selection | None
    title: str
    description: str
    number: str = ""
    subject: str = ""
    place: str = ""
    verdict: str = ""


def plain() -> Headline:
    """Return what is said of the dashboard where nothing can be said of a view."""
    about = say("How many people were killed, injured or displaced, according to whom, and why "
                "reports differ.")  # fmt: skip
    return Headline(None, TITLE, about)


def headline(params: Mapping[str, str], library: Library) -> Headline:
    """Return the headline of the view that a link asks for.

    Bad values in the link fall back as they do on the page itself.
    """
    if library.crises.empty:
        return plain()
    view, _ = read(params, library)
    total = answers.total(library, view)
    if not total.parts and total.published is None:
        return _silent(library, view)
    return _told(library, view, total)


def _silent(library: Library, view: Selection) -> Headline:
    about = say("No source has a figure that is recent enough.")
    title = titles.answer(library, view)
    return Headline(view, title, about, "", words.subject(view), view.place_words, about)


def _told(library: Library, view: Selection, total: Total) -> Headline:
    number, place, judged = _number(library, view, total)
    sources = [_sourced(library, view, part) for part in total.parts]
    if total.published is not None and len(view.places) > 1:
        sources.append(_sourced(library, view, total.published))
    lines = [*sources, *total.narrower, judged]
    about = " ".join(line if line.endswith(".") else say("{line}.", line=line) for line in lines)
    title = titles.answer(library, view)
    return Headline(view, title, about, number, words.subject(view), place, judged)


def _number(library: Library, view: Selection, total: Total) -> tuple[str, str, str]:
    """Return the number, the place it is of, and what the sources say together."""
    if not total.parts:
        published = total.published
        assert published is not None
        return questions.stated(library, view, published), view.place_words, _rivals(published)
    place = wording.listing(place_name(part.place) for part in total.parts)
    if len(total.parts) == 1:
        return questions.stated(library, view, total.parts[0]), place, _rivals(total.parts[0])
    return total.text, place, _compared(total)


def _compared(total: Total) -> str:
    """Return how the sum stands to the number published for all places together."""
    if total.verdict == "gap":
        message = (
            "The published total is {n} more than the sum"
            if total.gap > 0
            else "The published total is {n} fewer than the sum"
        )
        assert total.published is not None
        return say(message, n=judging.difference(total.gap, total, total.published))
    messages = {
        "sums": say("The published total equals the sum"),
        "compatible": say("The published total and the sum can both be true"),
    }
    return messages.get(total.verdict) or say("Nobody gives one number for all")


def _rivals(part: Quantity) -> str:
    found = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
    return wording.sentence_case(found)


def _sourced(library: Library, view: Selection, part: Quantity) -> str:
    return say(
        "{place}: {number} ({source}, {day}).",
        place=place_name(part.place),
        number=questions.stated(library, view, part),
        source=answers.short_name(library, part.source),
        day=wording.day(part.as_of),
    )
