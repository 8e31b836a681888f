"""Every figure with where it comes from, its sources, and the files to take along."""

from collections.abc import Iterator, Sequence

import pandas as pd

from edition import live
from edition.markup import Cell, Html, a, items, out, p, quiet, t, table
from edition.scene import Scene, day, mark, put_out
from edition.shell import Page
from figures.lineage import OWN
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, words
from ui.questions import Row
from ui.text import file_name

# Bytes of rows on one page, so that a page stays light.
ROOM = 150_000


def figure_pages(scene: Scene, image: str) -> tuple[dict[str, str], list[Page]]:
    """Return on which page each figure stands, and the pages: by measure, the newest first."""
    figures = answers.figures_of(scene.library, scene.view)
    known = figures[_out_by(scene, figures)]
    pages: dict[str, str] = {}
    made: list[Page] = []
    links = []
    order = known.sort_values(["as_of", "figure_id"], ascending=[False, True], kind="stable")
    for word in dict.fromkeys(known["measure"].astype(str)):
        mine = order[order["measure"].astype(str) == word]
        lots = list(_lots(_rows(scene, mine)))
        for number, lot in enumerate(lots, 1):
            more = f"-{number}" if number > 1 else ""
            name = f"figures-{file_name(word)}{more}.html"
            pages |= {figure_id: name for figure_id, _ in lot}
            made.append(_page(scene, word, name, lot, (number, len(lots)), image))
        count = wording.say_many("{n} figure", "{n} figures", len(mine))
        link = a(say(word.capitalize()), f"figures-{file_name(word)}.html")
        links.append(Html(f"{link.text}: {t(count)}"))
    body = items(links) or p(say("There are none."))
    about = f"{scene.view.name}. {words.circumstances(scene.view)}."
    name, kind = f"{scene.slug}/figures.html", "figures.html"
    return pages, [Page(name, say("Figures"), about, body, kind, image), *made]


def _out_by(scene: Scene, figures: pd.DataFrame) -> "pd.Series[bool]":
    out_on = put_out(figures).dt.normalize()
    found: pd.Series[bool] = out_on <= pd.Timestamp(scene.known)
    return found


def _heads() -> list[str]:
    return [
        *(say("Figure"), say("Source"), say("As of"), say("Published"), say("Carried by")),
        *(say("Allows"), say("Counts"), say("As printed"), say("Row")),
    ]


def _rows(scene: Scene, figures: pd.DataFrame) -> Iterator[tuple[str, Sequence[Cell]]]:
    told = live.provenance(scene.library, figures).to_dict("records")
    for row, figure_id in zip(told, figures["figure_id"].astype(str), strict=True):
        report = out(row[say("Source")], row[say("Link")])
        number = Html(f"{t(row[say('Figure')])} {quiet(figure_id)}")
        yield (
            figure_id,
            (
                *(number, report, day(row[say("As of")]), day(row[say("Published")])),
                *(_given(row[say("Carried by")]), row[say("Allows")], row[say("Counts")]),
                # Every page of figures is of one crisis, whose folder need not be said again.
                *(
                    _given(row[say("As printed")]),
                    str(row[say("Row")]).removeprefix(f"{scene.view.crisis}/"),
                ),
            ),
        )


def _given(cell: object) -> object:
    """Return a cell's text; nothing where it is missing, which pandas may say in several ways."""
    return cell if isinstance(cell, str) else ""


def _lots(
    rows: Iterator[tuple[str, Sequence[Cell]]],
) -> Iterator[list[tuple[str, Sequence[Cell]]]]:
    """Yield as many rows as a page has room for, and then the next."""
    lot: list[tuple[str, Sequence[Cell]]] = []
    used = 0
    for row in rows:
        size = 450 + sum(len(t(cell).encode()) for cell in row[1])
        if lot and used + size > ROOM:
            yield lot
            lot, used = [], 0
        lot.append(row)
        used += size
    if lot:
        yield lot


def _page(
    scene: Scene,
    word: str,
    name: str,
    lot: list[tuple[str, Sequence[Cell]]],
    which: tuple[int, int],
    image: str,
) -> Page:
    number, of = which
    title = say("Every figure: {measure}", measure=say(word.capitalize()))
    if of > 1:
        title = say("{title} ({n} of {all})", title=title, n=number, all=of)
    marks = [mark(figure_id) for figure_id, _ in lot]
    others = [
        a(str(n), f"figures-{file_name(word)}{f'-{n}' if n > 1 else ''}.html")
        for n in range(1, of + 1)
        if n != number
    ]
    body = p(scene.view.name, "quiet") + table(_heads(), [row for _, row in lot], title, marks)
    body += p(Html(" ".join(t(one) for one in others))) if others else ""
    about = f"{title}. {scene.view.name}."
    return Page(f"{scene.slug}/{name}", title, about, body, "figures.html", image)


def sources(scene: Scene, image: str) -> Iterator[Page]:
    """Yield the pages of the sources: who counts, who passes on, whose counts are not known."""
    table_ = live.sources(scene.library, scene.view)
    parts = table_["parts"]
    kinds = [
        (say("Who counts"), [OWN in one for one in parts]),
        (say("Who passes on"), [bool(one) and OWN not in one for one in parts]),
        (say("Whose counts are not known"), [not one for one in parts]),
    ]
    body = p(words.circumstances(scene.view), "quiet")
    body += "".join(_kind(scene, title, table_[pd.Series(flags, index=table_.index, dtype=bool)])
                    for title, flags in kinds)  # fmt: skip
    about = f"{scene.view.name}. {words.circumstances(scene.view)}."
    yield Page(f"{scene.slug}/sources.html", say("Sources"), about, body, "sources.html", image)


def _kind(scene: Scene, title: str, found: pd.DataFrame) -> str:
    head = f"<h2>{t(title)}</h2>"
    if found.empty:
        return head + p(say("There are none."), "quiet")
    heads = [say("Source"), say("Kind"), say("Country"), say("Figures"), say("Last")]
    heads.append(say("Passes on"))
    rows = [_source(scene, row) for row in found.to_dict("records")]
    return head + table(heads, rows, title)


def _source(scene: Scene, row: Row) -> list[Cell]:
    others = [one for one in row["parts"] if one != OWN]
    names = wording.listing(answers.short_name(scene.library, one) for one in others)
    number = wording.number(float(str(row[say("Figures")])))
    country = row[say("Country")]
    return [
        out(row[say("Source")], row[say("Link")]),
        *(row[say("Kind")], country if isinstance(country, str) else "", number),
        *(day(row[say("Last")]), names if others else ""),
    ]


def files(scene: Scene, image: str) -> Page:
    """Return the page of the files to take along: data and feeds, at addresses that stay."""
    up = "../" * (scene.site.folder.count("/") + 1)
    data, feeds = f"{up}data/{scene.slug}/", f"{up}feeds/{scene.slug}"
    tell = [
        (a("figures.csv", f"{data}figures.csv"), say("Figures")),
        (a("figures.json", f"{data}figures.json"), say("Figures, sources and code book")),
        (a("sources.csv", f"{data}sources.csv"), say("Sources")),
        (a("totals.json", f"{data}totals.json"), say("What is shown and how it adds up")),
        (
            a("contradictions.json", f"{data}contradictions.json"),
            say("Figures that cannot all be true"),
        ),
        (a("datapackage.json", f"{data}datapackage.json"), say("What each column means")),
        (a("Atom", f"{feeds}.xml"), say("New figures, as a feed")),
        (a("JSON Feed", f"{feeds}.json"), say("New figures, as a feed")),
        (
            a("Atom", f"{feeds}-contradictions.xml"),
            say("New contradictions, as a feed"),
        ),
        (
            a("JSON Feed", f"{feeds}-contradictions.json"),
            say("New contradictions, as a feed"),
        ),
    ]
    body = p(scene.view.name, "quiet")
    body += table([say("File"), say("What is in it")], tell, say("Data"))
    about = f"{scene.view.name}. {words.circumstances(scene.view)}."
    return Page(f"{scene.slug}/data.html", say("Data"), about, body, "data.html", image)
