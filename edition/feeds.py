"""Feeds of new figures and new contradictions: Atom and JSON Feed, dated by the data alone."""

import datetime as dt
import json
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from edition.data import contradictions
from edition.scene import Scene, mark, put_out
from exports import printable
from reconciliation import Contradiction, wording
from reconciliation.wording import say
from ui import answers, citing
from ui.choosing import TITLE
from ui.questions import Row

MOST = 50
ATOM = "http://www.w3.org/2005/Atom"
VERSION = "https://jsonfeed.org/version/1.1"
EPOCH = pd.Timestamp(1970, 1, 1)


@dataclass(frozen=True)
class Entry:
    """One thing that came: its id stays the same for ever, ``where`` is relative to the root."""

    id: str
    title: str
    text: str
    when: pd.Timestamp
    where: str


def new_figures(scene: Scene) -> list[Entry]:
    """Return the figures put out last, the newest first."""
    found = answers.said(scene.library, scene.view)
    found = found.assign(out=put_out(found))
    found = found.sort_values(["out", "figure_id"], ascending=[False, True], kind="stable")
    return [_figure(scene, row) for row in found.head(MOST).to_dict("records")]


def _figure(scene: Scene, row: Row) -> Entry:
    figure_id = str(row["figure_id"])
    title = citing.named(scene.library, scene.view, figure_id)
    text = say("As printed: {phrase}", phrase=row["expression"]) if row["expression"] else title
    return Entry(
        _id("figure", scene.view.crisis, figure_id),
        wording.sentence_case(title),
        text,
        pd.Timestamp(str(row["out"])),
        f"{scene.slug}/{scene.pages.get(figure_id, 'figures.html')}#{mark(figure_id)}",
    )


def new_contradictions(scene: Scene) -> list[Entry]:
    """Return the contradictions of the view's day, the one that came about last first.

    One came about when the last of its figures was put out.
    """
    rows = answers.rows(scene.library, scene.view)
    found = [_contradiction(scene, one, rows) for one in contradictions(scene)]
    return sorted(found, key=lambda one: (-one.when.value, one.id))[:MOST]


def _contradiction(scene: Scene, one: Contradiction, rows: Mapping[str, Row]) -> Entry:
    days = [_out(rows[id_]) for id_ in one.figure_ids]
    measure = str(rows[one.figure_ids[0]]["measure"])
    cited = [citing.named(scene.library, scene.view, id_) for id_ in one.figure_ids]
    return Entry(
        _id("contradiction", scene.view.crisis, one.kind, *one.figure_ids),
        wording.sentence_case(one.text),
        "; ".join(cited),
        max(days),
        f"{scene.slug}/reconciliation-{measure}.html",
    )


def _out(row: Row) -> pd.Timestamp:
    published = row["published"]
    return pd.Timestamp(row["as_of"] if pd.isna(published) else published)


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, chr(10).join(parts))}"


def feeds(
    address: str, name: str, title: str, entries: Iterable[Entry], language: str
) -> dict[str, bytes]:
    """Return one feed in both forms, as ``feeds/<name>.xml`` and ``.json``.

    Without an address its links are relative to the feed.
    """
    newest = sorted(entries, key=lambda one: (-one.when.value, one.id))[:MOST]
    path, base = f"feeds/{name}", address or "../"
    return {
        f"{path}.xml": _atom(base, f"{path}.xml", name, title, newest, language),
        f"{path}.json": _json(base, f"{path}.json", title, newest, language),
    }


def _clean(text: str) -> str:
    return printable(wording.own_direction(" ".join(text.split())))


def _moment(when: pd.Timestamp) -> str:
    return f"{when.to_pydatetime().replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _atom(
    base: str, path: str, name: str, title: str, entries: list[Entry], language: str
) -> bytes:
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})

    def add(parent: ET.Element, tag: str, text: str = "", **about: str) -> ET.Element:
        made = ET.SubElement(parent, f"{{{ATOM}}}{tag}", about)
        made.text = _clean(text) or None
        return made

    add(feed, "id", _id("feed", name))
    add(feed, "title", title)
    add(feed, "updated", _moment(entries[0].when if entries else EPOCH))
    add(add(feed, "author"), "name", TITLE)
    add(feed, "link", rel="self", href=f"{base}{path}")
    add(feed, "link", rel="alternate", href=f"{base}index.html")
    for one in entries:
        entry = add(feed, "entry")
        add(entry, "id", one.id)
        add(entry, "title", one.title)
        add(entry, "updated", _moment(one.when))
        add(entry, "link", rel="alternate", href=f"{base}{one.where}")
        add(entry, "summary", one.text)
    ET.indent(feed, "")
    return _written(feed)


def _json(base: str, path: str, title: str, entries: list[Entry], language: str) -> bytes:
    told = {
        "version": VERSION,
        "title": _clean(title),
        "language": language,
        "home_page_url": f"{base}index.html",
        "feed_url": f"{base}{path}",
        "items": [
            {
                "id": one.id,
                "url": f"{base}{one.where}",
                "title": _clean(one.title),
                "content_text": _clean(one.text),
                "date_published": _moment(one.when),
            }
            for one in entries
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def sitemap(address: str, pages: Iterable[tuple[str, dt.date]]) -> bytes:
    """Return the sitemap: each page with the day on which its data last changed."""
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    ET.register_namespace("", space)
    whole = ET.Element(f"{{{space}}}urlset")
    for path, changed in sorted(pages):
        one = ET.SubElement(whole, f"{{{space}}}url")
        ET.SubElement(one, f"{{{space}}}loc").text = f"{address}{path}".removesuffix("index.html")
        ET.SubElement(one, f"{{{space}}}lastmod").text = changed.isoformat()
    ET.indent(whole, "")
    return _written(whole)


def _written(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
