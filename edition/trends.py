"""How each measure went over time: one page with all of them, one page for each."""

from collections.abc import Iterator

from edition import live
from edition.markup import Html, a, details, h2, items, out, p, table
from edition.pictures import PHONE, data, figure, headed
from edition.scene import Scene, day, measures
from edition.shell import Page
from reconciliation import wording
from reconciliation.wording import say
from ui import describing, questions, words
from ui.selection import Selection
from ui.text import file_name

# More pictures would make a page heavy: what is left is in the tables of figures.
MOST = 6
ENOUGH = 2


def trends(scene: Scene, image: str) -> Iterator[Page]:
    """Yield the page of all measures, then the page of each."""
    names = measures(scene)
    body = p(words.circumstances(scene.view), "quiet")
    for word in names:
        view = scene.view.of(measure=word)
        chart = live.over_time(scene.library, view)
        more = p(a(say("Every source over time"), _name(word)), "noprint")
        head = say(word.capitalize())
        body += f'<section class="card">{h2(head, word)}'
        body += figure(chart, widths=(PHONE,), kind="narrow") if chart else ""
        body += f"{more}</section>"
    title = say("Trends")
    about = f"{scene.view.name}. {words.circumstances(scene.view)}."
    yield Page(f"{scene.slug}/trends.html", title, about, body, "trends.html", image)
    for word in names:
        yield _of(scene, scene.view.of(measure=word), image)


def _name(measure: str) -> str:
    return f"trends-{file_name(measure)}.html"


def _views(view: Selection) -> Iterator[Selection]:
    if len(view.places) > 1:
        yield view
    for place in view.places:
        yield view.of(places=(place,))


def _of(scene: Scene, view: Selection, image: str) -> Page:
    parts = [p(words.circumstances(view), "quiet"), p(_note(), "quiet")]
    left = MOST
    for one in _views(view):
        keys = questions.series(scene.library, one)
        parts += [h2(describing.heading(one))] if keys else []
        small = []
        for key, how in keys.items():
            if left and len(questions.points(scene.library, one, key)) >= ENOUGH:
                parts += _chart(scene, one, key)
                left -= 1
            else:
                small.append(how)
        parts += [p(say("Too few figures for a picture:"), "quiet") + items(small)] if small else []
    parts.append(_events(scene, view))
    where = f"figures-{file_name(view.measure)}.html"
    parts.append(p(a(say("Every figure"), where), "noprint"))
    title = describing.heading(view)
    name = f"{scene.slug}/{_name(view.measure)}"
    about = f"{title}. {words.circumstances(view)}."
    return Page(name, title, about, "".join(parts), "trends.html", image)


def _note() -> str:
    return say(
        "Marks: ● the number itself, ▲ that number or more, ▼ or fewer, ◆ about. Triangles at the "
        "top are events. The upright line is the chosen day. A line ends where nothing recent is "
        "known, but a running total goes on to its next number; gaps are never bridged."
    )


def _chart(scene: Scene, view: Selection, key: str) -> Iterator[str]:
    chart = live.trend(scene.library, view, key)
    yield headed(chart).replace("<h2>", "<h3>", 1).replace("</h2>", "</h3>", 1)
    changes = live.changes(scene.library, view, key)
    if changes is not None:
        picture = p(changes.subtitle, "quiet") + figure(changes, widths=(PHONE,), kind="narrow")
        yield details(changes.title, picture + data(changes))


def _events(scene: Scene, view: Selection) -> str:
    found = questions.events(scene.library, view)[::-1]
    if found.empty:
        return ""
    title = wording.say_many("{n} event", "{n} events", len(found))
    rows = [
        (day(row["day"]), Html(_label(row["label"], row["url"])))
        for row in found.to_dict("records")
    ]
    return details(title, table([say("Day"), say("What happened")], rows, title))


def _label(label: object, url: object) -> str:
    return out(str(label), url).text
