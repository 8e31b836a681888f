"""What a page is called in the browser's tab, its history and its bookmarks."""

from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, describing, keeping, questions, words
from ui.selection import Selection

# A number with what it counts (translatable).
COUNTED = {
    "killed": "{number} killed",
    "injured": "{number} injured",
    "missing": "{number} missing",
    "captured": "{number} captured",
    "displaced": "{number} displaced",
    "evacuated": "{number} evacuated",
    "sheltered": "{number} sheltered",
    "returned": "{number} returned",
    "affected": "{number} affected",
    "casualties": "{number} killed or injured",
}


def answer(library: Library, view: Selection) -> str:
    """Return the view's question with its answer: "At least 86 killed, Cambodia and Thailand, …".

    The question alone where nobody has a recent figure.
    """
    return _titled(view, _number(library, view), _place(library, view))


def charted(library: Library, view: Selection) -> str:
    """Return the view's question with the number that the chart over time shows on the day."""

    def work() -> str:
        series = list(questions.series(library, view))
        key = view.series if view.series in series else next(iter(series), "")
        row = describing.current(view, questions.shown(library, view, key)) if key else None
        return _titled(view, questions.text_of(row) if row else "", view.place_words)

    asked = (view.measure, view.places, view.population, view.cause, view.day, view.series)
    return keeping.answer(work, "charted", *keeping.base(library, view), *asked)


def _titled(view: Selection, number: str, place: str) -> str:
    counted = say(COUNTED[view.measure], number=number) if number else words.subject(view)
    if number and (view.population, view.cause) != ("all", "all"):
        counted = say("{subject}: {number}", subject=words.subject(view), number=number)
    return say(
        "{counted}, {place}, {day}: {crisis}",
        counted=wording.sentence_case(counted),
        place=place,
        day=wording.day(view.day),
        crisis=view.name,
    )


def _place(library: Library, view: Selection) -> str:
    """Return the place, saying so where the number is a sum of ours over several.

    Where what is published for all of them does not agree with the sum, both are told.
    """
    total = answers.total(library, view)
    if len(total.parts) < 2:
        return view.place_words
    if total.published is not None and total.verdict == "gap":
        message = "{places}, added up (published: {number})"
        number = questions.stated(library, view, total.published)
        return say(message, places=view.place_words, number=number)
    return say("{places}, added up", places=view.place_words)


def _number(library: Library, view: Selection) -> str:
    total = answers.total(library, view)
    published = total.published
    if not total.parts:
        return "" if published is None else questions.stated(library, view, published)
    # The sum over one place is its figure, unless that leaves something out.
    alone = len(total.parts) == 1 and total.parts[0].text == total.text
    return questions.stated(library, view, total.parts[0]) if alone else total.text


def plain_name(page: str, view: Selection) -> str:
    """Return a page's name with the day and the crisis, where it answers no one question."""
    return say("{page}, {day}: {crisis}", page=page, day=wording.day(view.day), crisis=view.name)
