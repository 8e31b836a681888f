"""Numbers on cards: the number, whose it is, as of when, and what the others say.

All cards that stand together are one piece of HTML, and what is said of one number is put together
once for each view: a page is drawn anew with each click, and what it costs is the number of its
pieces.
"""

from collections.abc import Iterable

from figures import Measure, Verdict
from loaders import Library
from reconciliation import Breakdown, Quantity, Total, judging, wording
from reconciliation.daily import published_for
from reconciliation.naming import definition, place_name
from reconciliation.quantity import counted_otherwise
from reconciliation.wording import say
from ui import answers, deciding, keeping, pieces, questions, warming, words
from ui.pieces import BREAK, small
from ui.selection import Selection
from ui.text import escaped


def measures(library: Library, view: Selection, names: Iterable[str]) -> list[str]:
    """Show measures, each on a card: all places together, then each.

    Return the measures that nobody has a figure for.
    """
    views = {word: view.of(measure=word) for word in names}
    said = {word: _card(library, one) for word, one in views.items()}
    cards = [_framed(views[word], card) for word, card in said.items() if card is not None]
    if cards:
        pieces.show(*(f"<section>{card}</section>" for card in cards))
    return [word for word, card in said.items() if card is None]


def _framed(view: Selection, card: str) -> str:
    """Return all that stands on the card of a measure."""
    way = pieces.onward("reconciliation", say("Every figure and every rule"), view)
    return f"{pieces.heading(say(view.measure.capitalize()))}{card}{way}"


@warming.ahead
@keeping.by_view
def _card(library: Library, view: Selection) -> str | None:
    """Return all that a measure's card says; nothing where nobody has a figure."""
    if view.measure not in answers.measures(library, view):
        return None
    total = answers.total(library, view)
    if not total.parts and total.published is None:
        return None
    meaning = small(say(Measure(view.measure).meaning))
    return f"{meaning}{_said(library, view, total)}{_folded(library, view, total)}"


def numbers(library: Library, view: Selection, total: Total) -> None:
    """Show the number for all places together beside those of each place."""
    pieces.show(_said(library, view, total))


def _said(library: Library, view: Selection, total: Total) -> str:
    """Return all that is said of the numbers of all places: side by side where there is room."""
    each = [_place(library, view, place, total) for place in view.places]
    if len(each) > 1:
        each.insert(0, _together(library, view, total))
    return f'<div class="row">{"".join(f"<div>{cell}</div>" for cell in each)}</div>'


def _number(label: str, number: str) -> str:
    """Return a number, large, with what it is of above; unlike a metric it wraps."""
    top = f'<div class="label">{escaped(label)}</div>'
    return f'{top}<div class="number">{escaped(number)}</div>'


def _together(library: Library, view: Selection, total: Total) -> str:
    """Return the sum over all places, what it leaves out, and what is published for all."""
    notes = [*total.narrower, *total.notes]
    if total.missing:
        gone = wording.listing(place_name(place) for place in total.missing)
        notes.insert(0, say("Nobody has a recent figure for {places}.", places=gone))
    lines = [pieces.noted(note) for note in notes] if total.parts else []
    head = ""
    if total.parts:
        head = _number(view.place_words, total.text)
        lines.insert(0, small(say("added up")))
    figure = total.published
    if figure is None:
        none = small(say("No source gives one number for all of them."))
        return head + BREAK.join([*lines, none])
    given = _whose(library, view, figure)
    if total.parts:
        given.append(pieces.signed(words.comparison(total), words.TOTALS[total.verdict]))
    given += [_rivals(figure), *_otherwise(library, view, figure)]
    # Neither the sum nor what is published is the truer one: both are large.
    published = _number(published_for(view.places), questions.stated(library, view, figure))
    published += BREAK.join(given)
    return head + BREAK.join(lines) + published


def _place(library: Library, view: Selection, place: str, total: Total) -> str:
    part = next((part for part in total.parts if part.place == place), None)
    if part is None:
        text = small(say("Nobody has a figure that is recent enough."))
        return _number(place_name(place), "–") + text
    less = words.counted(view, part)
    lines = [pieces.noted(less)] if less else []
    lines += [*_whose(library, view, part), _rivals(part), *_otherwise(library, view, part)]
    return _number(place_name(place), questions.stated(library, view, part)) + BREAK.join(lines)


def _otherwise(library: Library, view: Selection, part: Quantity) -> list[str]:
    """Return what the headline leaves out: figures of the question that count otherwise."""
    told = [
        judging.otherwise(
            one, part, answers.short_name(library, one.source), questions.stated(library, view, one)
        )
        for one in counted_otherwise(part, answers.shown(library, view))
    ]
    return [pieces.noted(text) for text in told]


def _whose(library: Library, view: Selection, part: Quantity) -> list[str]:
    """Return who counted and as of when, and the decision that chose the figure, if one did."""
    name = answers.short_name(library, part.source)
    text = say("{source}, {day}", source=name, day=wording.day(part.as_of))
    return [small(words.aged(text, part.as_of, view.day)), *deciding.decided(library, view, part)]


def _rivals(part: Quantity) -> str:
    text = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
    return pieces.signed(text, words.VERDICTS[Verdict(part.verdict)])


def _folded(library: Library, view: Selection, total: Total) -> str:
    """Return what is folded away: what the numbers are made of, and whose they are in full."""
    if not total.parts:
        return ""
    return pieces.folded(_how(total), _inside(library, view, total))


def _how(total: Total) -> str:
    """Return what the folded part is called: how the numbers add up."""
    if len(total.parts) == 1:
        return say("How this adds up")
    parts = [f"{part.text} ({place_name(part.place)})" for part in total.parts]
    return say("How this adds up: {parts} = {sum}", parts=" + ".join(parts), sum=total.text)


def _inside(library: Library, view: Selection, total: Total) -> str:
    """Return what is folded away: what each number is made of, and whose it is by the full name."""
    told = [_opened(library, view, part) + _fully(library, part) for part in total.parts]
    full = "" if total.published is None else _fully(library, total.published)
    if total.published is not None and full:
        told.append(pieces.paragraph(escaped(published_for(view.places))) + full)
    return "".join(told)


def _fully(library: Library, part: Quantity) -> str:
    """Return a line with the full name of a figure's source, where it is longer than shown."""
    name, full = (f(library, part.source) for f in (answers.short_name, answers.full_name))
    if full == name:
        return ""
    line = say("{source}, {day}", source=full, day=wording.day(part.as_of))
    return pieces.paragraph(small(line))


def opening(library: Library, view: Selection, part: Quantity) -> None:
    """Show what a place's number is made of, where its parts are published."""
    pieces.show(_opened(library, view, part))


def _opened(library: Library, view: Selection, part: Quantity) -> str:
    place = place_name(part.place)
    ways = answers.openings(library, view, part)
    if not ways:
        who = definition(part.measure, part.population, part.cause)
        head = say("{place}: {number}", place=place, number=questions.stated(library, view, part))
        text = say("{who}; no parts of it are published.", who=wording.sentence_case(who))
        return pieces.paragraph(pieces.strong(head), escaped(text))
    best = ways[0]
    head = pieces.strong(say("{place}: {sum}", place=place, sum=best.text))
    fits = pieces.signed(fit_of(best), words.TOTALS[best.verdict])
    items = "".join(_piece(library, view, piece) for piece in best.parts)
    return f"{pieces.paragraph(head, fits)}<ul>{items}</ul>"


def _piece(library: Library, view: Selection, piece: Quantity) -> str:
    """Return one part of a total as a line of a list."""
    who = wording.sentence_case(definition(piece.measure, piece.population, piece.cause))
    source = answers.short_name(library, piece.source)
    text = escaped(say("{source}, {day}", source=source, day=wording.day(piece.as_of)))
    number = pieces.strong(questions.stated(library, view, piece))
    return f"<li>{escaped(who)}: {number} ({text})</li>"


def fit_of(way: Breakdown) -> str:
    """Return how parts stand to the total they open: "adds up to the published 65"."""
    total = way.total.text
    if way.verdict == "sums":
        return say("adds up to the published {total}", total=total)
    if way.verdict == "compatible":
        return say("fits the published {total}", total=total)
    message = (
        "{n} short of the published {total}" if way.gap > 0 else "{n} above the published {total}"
    )
    return say(message, n=judging.difference(way.gap, way.total, *way.parts), total=total)
