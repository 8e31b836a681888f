"""Why numbers differ, measure by measure: the answer, the steps, the rules, what cannot be true."""

from collections.abc import Iterator, Sequence

from edition import live
from edition.markup import Cell, Html, details, h2, items, judged, p, quiet, t, table
from edition.pictures import PHONE, figure
from edition.scene import Scene, measures
from edition.shell import Page
from reconciliation import Bridge, Contradiction, Quantity, wording
from reconciliation.daily import line_name
from reconciliation.wording import say
from ui import answers, citing, describing, questions, reasons, words
from ui.selection import Selection
from ui.text import file_name

MOST, MOST_RIVALS = 5, 12
# Beyond this a table is no longer light; every figure is on the pages of figures.
MOST_ROWS = 120


def reconciling(scene: Scene, image: str) -> Iterator[Page]:
    """Yield the page that leads to every measure, then the page of each."""
    names = measures(scene)
    rows = [_row(scene, scene.view.of(measure=word)) for word in names]
    heads = [say("Measure"), say("Added up"), say("Published for all")]
    body = p(words.circumstances(scene.view), "quiet")
    body += table(heads, rows, say("Reconciliation")) if rows else p(say("There are none."))
    about = f"{scene.view.name}. {words.circumstances(scene.view)}."
    name, kind = f"{scene.slug}/reconciliation.html", "reconciliation.html"
    yield Page(name, say("Reconciliation"), about, body, kind, image)
    for word in names:
        yield _of(scene, scene.view.of(measure=word), image)


def _name(measure: str) -> str:
    return f"reconciliation-{file_name(measure)}.html"


def _row(scene: Scene, view: Selection) -> list[Cell]:
    total = answers.total(scene.library, view)
    link = f'<a href="{t(_name(view.measure))}">{t(say(view.measure.capitalize()))}</a>'
    published = total.published
    given = _linked(scene, published) if published else ""
    return [Html(link), total.text if total.parts else "", given]


def _of(scene: Scene, view: Selection, image: str) -> Page:
    title = describing.heading(view)
    found = reasons.compared(scene.library, view)
    parts = [p(words.circumstances(view), "quiet"), *_answer(scene, view)]
    parts.append(h2(say("Why do reports differ?")))
    parts += [_bridge(scene, view, one) for one in found] or [
        p(reasons.unexplained(scene.library, view), "quiet")
    ]
    parts += [h2(say("What each rule would show")), _rules(scene, view)]
    parts += [h2(say("Which figures cannot all be true?")), *_doubts(scene, view)]
    parts += _implied(scene, view)
    parts += [h2(say("Every figure in force")), _in_force(scene, view)]
    name, kind = f"{scene.slug}/{_name(view.measure)}", "reconciliation.html"
    about = f"{title}. {words.circumstances(view)}."
    return Page(name, title, about, "".join(parts), kind, image)


def _answer(scene: Scene, view: Selection) -> Iterator[str]:
    total = answers.total(scene.library, view)
    if not total.parts and total.published is None:
        yield p(say("Nobody has a figure for {place} that is recent enough on {day}.",
                    place=view.place_words, day=wording.day(view.day)))  # fmt: skip
        return
    rows: list[Sequence[Cell]] = [_told(scene, part) for part in total.parts]
    if len(total.parts) > 1:
        label = say("{places}, added up", places=view.place_words)
        rows.insert(0, (label, total.text, total.coverage, ""))
    if total.published is not None:
        rows.append(_told(scene, total.published))
    heads = [say("Place"), say("Figure"), say("Source"), say("Verdict")]
    yield table(heads, rows, describing.heading(view))
    if total.parts and total.published is not None:
        yield p(judged(words.comparison(total), total.verdict))
    for note in (*total.narrower, *total.notes):
        yield p(note, "quiet")


def _linked(scene: Scene, part: Quantity) -> Html | str:
    """Return the number of a report as a link to its row."""
    return scene.figure(questions.stated(scene.library, scene.view, part), part.figure_id)


def _told(scene: Scene, part: Quantity) -> tuple[Cell, ...]:
    source = answers.short_name(scene.library, part.source)
    whose = say("{source}, {day}", source=source, day=wording.day(part.as_of))
    said = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
    number = t(_linked(scene, part))
    narrow = words.counted(scene.view, part)
    return (
        line_name(part.place),
        Html(number + (f" {quiet(narrow)}" if narrow else "")),
        whose,
        judged(said, part.verdict),
    )


def _bridge(scene: Scene, view: Selection, found: Bridge) -> str:
    chart = live.bridge(view, found)
    start, end = (t(scene.figure(e.counts, e.figure_id)) for e in (found.start, found.end))
    steps = []
    for number, item in enumerate(found.items, 1):
        head = say("{n}. {kind}, {amount}.", n=number, kind=live.kind(item.kind),
                   amount=live.signed(item.amount))  # fmt: skip
        cited = "; ".join(t(one) for one in scene.cite(item.figure_ids))
        steps.append(p(Html(f"<strong>{t(head)}</strong> {t(item.text)}")) + quiet(Html(cited)))
    inside = [
        f"<h3>{t(chart.title)}</h3>",
        figure(chart, widths=(PHONE,), kind="step"),
        p(Html(f"<strong>{t(say('From'))}</strong> {start}")),
        *steps,
        p(Html(f"<strong>{t(say('To'))}</strong> {end}")),
    ]
    return f'<section class="card">{"".join(inside)}</section>'


def _rules(scene: Scene, view: Selection) -> str:
    rows = live.rules(scene.library, view)
    body = [list(row.values()) for row in rows]
    return table(list(rows[0]), body, say("What each rule would show"))


def _doubts(scene: Scene, view: Selection) -> Iterator[str]:
    found = live.contradicted(scene.library, view)
    if not found:
        yield p(say("All figures in force on this question can be true together."))
    others = [one for one in found if one.kind != "rivals"]
    for tangle in dict.fromkeys(one.tangle for one in others):
        yield _tangle(scene, view, [one for one in others if one.tangle == tangle])
    rivals = [one for one in found if one.kind == "rivals"]
    if rivals:
        one, many = "{n} pair of numbers for one question", "{n} pairs of numbers for one question"
        lines = [_contradiction(scene, rival) for rival in rivals[:MOST_RIVALS]]
        left = len(rivals) - MOST_RIVALS
        more = p(wording.say_many("{n} more", "{n} more", left), "quiet") if left > 0 else ""
        yield details(wording.say_many(one, many, len(rivals)), "".join(lines) + more)


def _contradiction(scene: Scene, found: Contradiction) -> str:
    text = wording.sentence_case(found.text)
    forced = say("This follows from the numbers alone.") if found.severity == "strict" else ""
    cited = items(Html(t(one)) for one in scene.cite(found.figure_ids))
    return p(Html(f"{t(text)} {t(forced)}")) + cited + "".join(p(r, "quiet") for r in found.reasons)


def _tangle(scene: Scene, view: Selection, found: list[Contradiction]) -> str:
    inside = "".join(_contradiction(scene, one) for one in found[:MOST])
    if len(found) > MOST:
        rest = "".join(_contradiction(scene, one) for one in found[MOST:])
        inside += details(wording.say_many("{n} more", "{n} more", len(found) - MOST), rest)
    return f'<section class="card">{inside}{_ways_out(scene, view, found[0])}</section>'


def _ways_out(scene: Scene, view: Selection, found: Contradiction) -> str:
    if not found.corrections:
        return p(say("No way to resolve it was found in the time given."))
    lines = [
        live.way_out(citing.named(scene.library, view, one) for one in sorted(way))
        for way in found.corrections
    ]
    return f"<h3>{t(say('The fewest figures to set aside'))}</h3>{items(lines)}"


def _implied(scene: Scene, view: Selection) -> Iterator[str]:
    rows, caught = live.implied(scene.library, view)
    if not rows and not caught:
        return
    text = say(
        "Implied, never published: if every figure in force is right, the true number lies "
        "in this range. “Narrower” marks where the others say more than the figure itself."
    )
    heads = [say("What"), say("Implied"), say("Published number"), say("Note")]
    inside = (
        p(text, "quiet") + table(heads, rows[:MOST_ROWS], say("Implied ranges")) if rows else ""
    )
    if caught:
        inside += p(
            wording.say_many(
                "For {n} number nothing is implied: the figures on it contradict one another.",
                "For {n} numbers nothing is implied: the figures on them contradict one another.",
                caught,
            )
        )
    yield details(say("Implied ranges"), inside)


def _in_force(scene: Scene, view: Selection) -> str:
    found = live.in_force(scene.library, view)
    if not found:
        return p(say("There are none."), "quiet")
    rows = [[scene.figure(number, id_), *rest] for id_, number, *rest in found[:MOST_ROWS]]
    heads = [say("Figure"), say("Counts"), say("Source"), say("As of"), say("Standing")]
    left = len(found) - MOST_ROWS
    more = p(wording.say_many("{n} more", "{n} more", left), "quiet") if left > 0 else ""
    return table(heads, rows, say("Every figure in force")) + more
