"""The first page of a crisis: every measure, whose number it is, why reports differ, where."""

from collections.abc import Iterator

from brief import Brief, Headline
from brief.entries import named
from brief.model import Difference, Entry, Sentence
from edition import live
from edition.markup import Cell, Html, a, details, h2, items, judged, p, quiet, t, table
from edition.pictures import PHONE, figure, headed
from edition.scene import Scene
from edition.shell import Page
from reconciliation import Quantity
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, questions, words
from ui.text import file_name


def overview(scene: Scene, found: Brief) -> Page:
    """Return the overview; ``found`` is the brief of the same view, which says the same."""
    first = "".join(_card(scene, found, one) for one in found.headlines)
    absent = p(found.absent, "quiet")
    lead = p(found.lead, "lead")
    body = [
        p(words.circumstances(scene.view), "quiet"),
        lead,
        f'<div class="two"><div>{first}{absent}</div><div>{_side(scene, found)}</div></div>',
        *_map(scene),
    ]
    name = f"{scene.slug}/index.html"
    return Page(name, scene.view.name, found.lead, "".join(body), "index.html", card_of(scene))


def card_of(scene: Scene) -> str:
    """Return the path of the picture that goes with a link."""
    return f"{scene.site.folder}{scene.slug}/card.png"


def _card(scene: Scene, found: Brief, one: Headline) -> str:
    cells = []
    if found.together:
        both = named(found.together, one.together)
        cells.append("".join(_entry(scene, *entry) for entry in both))
    for place, entry in zip(found.places, one.each, strict=True):
        cells.append(_entry(scene, place, entry))
    inside = "".join(f"<div>{cell}</div>" for cell in cells)
    more = f"reconciliation-{file_name(one.measure)}.html"
    return (
        f'<section class="card">{h2(one.label, file_name(one.measure))}{p(one.meaning, "quiet")}'
        f'<div class="row">{inside}</div>{_adds_up(scene, one)}'
        f"{p(a(say('Every figure and every rule'), more), 'noprint')}</section>"
    )


def _large(label: str, number: Cell) -> str:
    return f'<span>{t(label)}</span><span class="number">{t(number)}</span>'


def _entry(scene: Scene, place: str, one: Entry) -> str:
    """Return a number with what it is of above and all that is said of it below."""
    number = scene.figure(one.number, one.figure_id) if one.figure_id else one.number or "–"
    said = [t(judged(line.text, line.sign)) for line in one.lines if line.text]
    return "".join([_large(place, number), quiet(one.basis), *said])


def _adds_up(scene: Scene, one: Headline) -> str:
    """Return what each number is made of, folded away, as the live card has it."""
    view = scene.view.of(measure=one.measure)
    total = answers.total(scene.library, view)
    told = []
    for part in total.parts:
        ways = answers.openings(scene.library, view, part)
        if not ways:
            who = definition(part.measure, part.population, part.cause)
            text = say("{who}; no parts of it are published.", who=who)
            number = questions.stated(scene.library, view, part)
            head = say("{place}: {number}", place=place_name(part.place), number=number)
            told.append(p(Html(f"<strong>{t(head)}</strong> ({t(text)})")))
            continue
        head = say("{place}: {sum}", place=place_name(part.place), sum=ways[0].text)
        told.append(p(Html(f"<strong>{t(head)}</strong> {quiet(live.fits(ways[0]))}")))
        told.append(items(_piece(scene, piece) for piece in ways[0].parts))
    return details(live.how(total), "".join(told)) if told else ""


def _piece(scene: Scene, piece: Quantity) -> Html:
    who, number, source, figure_id = live.piece(scene.library, scene.view, piece)
    return Html(f"{t(who)}: <strong>{t(scene.figure(number, figure_id))}</strong> ({t(source)})")


def _side(scene: Scene, found: Brief) -> str:
    lines = [h2(found.words["differences"])]
    lines += [_difference(scene, one) for one in found.differences]
    lines += [] if found.differences else [p(found.words["no_differences"], "quiet")]
    chart = live.over_time(scene.library, scene.view.of(measure="killed"))
    if chart is not None:
        lines.append(headed(chart, widths=(PHONE,)))
    lines.append(h2(found.words["news"]))
    lines.append(items(_sentence(one) for one in found.news) or p(found.no_news, "quiet"))
    lines.append(h2(say("Where sources differ most")))
    lines.append(items(_conflicts(scene)) or p(_calm(), "quiet"))
    return "".join(lines)


def _calm() -> str:
    return say("No two independent sources are more than 5 % apart on this day.")


def _sentence(one: Sentence) -> str:
    return one.text


def _difference(scene: Scene, one: Difference) -> str:
    head, main = f"<h3>{t(one.title)}</h3>", p(one.main.text)
    if len(one.reasons) < 2:
        return head + main
    steps = p(one.ends.text, "quiet") + items(step.text for step in one.reasons)
    return head + main + details(say("Every step"), steps)


def _conflicts(scene: Scene) -> Iterator[Html]:
    for subject, spread, sources, measure in live.conflicts(scene.library, scene.view):
        text = say("{spread}, by {sources}", spread=spread, sources=sources)
        where = f"reconciliation-{file_name(measure)}.html"
        yield Html(f"{a(subject, where).text}<br>{t(text)}")


def _map(scene: Scene) -> Iterator[str]:
    """Yield the map by country, and by province where there are any."""
    for chart in live.maps(scene.library, scene.view.of(measure="killed")):
        yield h2(chart.title) + p(chart.subtitle, "quiet")
        yield figure(chart, kind="map", widths=(420,))
        rows = [list(row) for row in live.cells(chart)]
        yield details(
            say("The figures behind this chart"),
            table([str(head) for head in chart.table.columns], rows, chart.title),
        )
