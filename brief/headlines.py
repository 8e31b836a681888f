"""The figures of one measure: the number for all places, each place, and the sentences to cite."""

from brief import entries
from brief.answers import Answers
from brief.model import Headline, Number, Sentence
from brief.references import References
from brief.sentences import added_up, cited
from figures import Measure
from reconciliation import Quantity, Total, judging, wording
from reconciliation.bridges.phrases import counted
from reconciliation.naming import definition, place_name
from reconciliation.quantity import counted_otherwise
from reconciliation.wording import say


def headline(
    answers: Answers, references: References, measure: str, places: tuple[str, ...]
) -> Headline | None:
    """Return what is shown for a measure, or ``None`` where nobody has a recent figure."""
    total = answers.total(measure, places)
    if not total.parts and total.published is None:
        return None
    by_place = {part.place: part for part in total.parts}
    joint = total.published
    published = None if joint is None else _number(answers, references, joint)
    first = joint if joint is not None and not total.parts else total
    basis = place_name(places[0]) if len(places) == 1 else say("added up")
    each = tuple(
        _number(answers, references, by_place[place]) if place in by_place else None
        for place in places
    )
    return Headline(
        measure=measure,
        label=say(measure.capitalize()),
        meaning=say(Measure(measure).meaning),
        number=first.text if isinstance(first, Total) else answers.printed(first),
        value=first.value,
        places=each,
        made_of=tuple(_made_of(answers, references, total)),
        sentences=tuple(_sentences(answers, references, total, measure)),
        together=entries.together(total, basis, _notes(total), published),
        each=tuple(entries.alone(number) for number in each),
    )


def _notes(total: Total) -> tuple[str, ...]:
    notes = [*total.narrower, *total.notes]
    if total.missing:
        gone = wording.listing(place_name(place) for place in total.missing)
        notes.insert(0, say("Nobody has a recent figure for {places}.", places=gone))
    return tuple(notes)


def _number(answers: Answers, references: References, shown: Quantity) -> Number:
    narrow = (shown.population, shown.cause) != ("all", "all")
    group = definition(shown.measure, shown.population, shown.cause)
    source, as_of = answers.names.get(shown.source, shown.source), wording.day(shown.as_of)
    return Number(
        place=place_name(shown.place),
        figure_id=shown.figure_id,
        value=shown.value,
        text=answers.printed(shown),
        group=say("{group} only", group=group) if narrow else "",
        source=source,
        as_of=as_of,
        whose=say("{source}, {day}", source=source, day=as_of),
        verdict=judging.verdict(shown.verdict, shown.origins, shown.lowest, shown.highest),
        sign=shown.verdict,
        ref=references.number(shown.figure_id),
        notes=tuple(_about(answers, shown)),
    )


def _about(answers: Answers, shown: Quantity) -> list[str]:
    """Return what a reader must know of a figure: its limits, its age, who decided on it."""
    notes = [shown.scope] if shown.scope else []
    notes += filter(None, [judging.age(shown.as_of, answers.day)])
    decided = answers.decision(shown)
    if decided:
        row, overtaken = decided
        notes.append(
            say(
                "Chosen by decision: {reason} ({who}, {day})",
                reason=str(row["reason"]).rstrip("."),
                who=row["decided_by"],
                day=wording.day(row["decided_on"]),
            )
        )
        if overtaken:
            notes.append(say("A newer figure has come since this decision."))
    others = counted_otherwise(shown, answers.shown)
    names = answers.names
    return notes + [
        judging.otherwise(one, shown, names.get(one.source, one.source), answers.printed(one))
        for one in others
    ]


def _made_of(answers: Answers, references: References, total: Total) -> list[Sentence]:
    """Return how numbers open into published parts, where these add up to them."""
    found = []
    for part in total.parts:
        way = answers.opened(part)
        if way is None or way.verdict != "sums":
            continue
        ids = [piece.figure_id for piece in way.parts]
        text = say(
            "{place}: {number} is made up of {parts}.",
            place=place_name(part.place),
            number=part.text,
            parts=wording.listing(counted(answers.parts[one]) for one in ids),
        )
        found.append(Sentence(text, references.numbers([part.figure_id, *ids])))
    return found


def _sentences(
    answers: Answers, references: References, total: Total, measure: str
) -> list[Sentence]:
    """Return the sentences to cite: the number of all places first, then each place."""
    found = []
    if len(total.parts) > 1 and total.verdict != "sums":
        ids = [part.figure_id for part in total.parts]
        if total.published is not None:
            ids.append(total.published.figure_id)
        text = added_up(answers, total, measure)
        found.append(Sentence(text, references.numbers(ids)))
    if total.published is not None:
        found.append(_cited(answers, references, total.published))
    return found + [_cited(answers, references, part) for part in total.parts]


def _cited(answers: Answers, references: References, shown: Quantity) -> Sentence:
    links = answers.explained(shown)
    ids = [shown.figure_id]
    if links:
        ids += [links[0].end.figure_id]
    return Sentence(cited(answers, shown, links), references.numbers(ids))
