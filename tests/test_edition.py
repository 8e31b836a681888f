"""The static edition: light pages that say what the live ones say, and change only when it does."""

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import settings
from edition import Options, Writer
from edition.__main__ import _tell, main
from edition.building import Building
from edition.feeds import ATOM
from edition.markup import t, themed, variables
from edition.options import stamp
from edition.writing import MANIFEST, NotOursError
from figures import Measure
from loaders import load_library
from tests import hostile_data
from tests.builders import figure, write_crisis
from tests.faulty_site import served
from tests.hostile import MARK, PATHS
from tests.screens import opened
from ui import answers, reasons, words
from ui.query import read

ROOT = Path(__file__).parents[1]
ADDRESS = "https://figures.example.org/some/where/"
HEAVIEST = 200_000
WORDLESS = {"script", "iframe", "object", "embed", "base", "form", "input", "img", "video", "audio"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """Return the edition of the shipped figures."""
    out = tmp_path_factory.mktemp("edition") / "out"
    assert main([str(out), "--datasets", str(ROOT / "datasets"), "--no-progress"]) == 0
    return out


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "datasets")


def small(folder, *rows, **about):
    return write_crisis(folder, *(rows or THREE), **about)


THREE = (
    figure(figure_id="A1", country="THA", value=12, published="2025-12-24"),
    figure(figure_id="A2", country="KHM", value=8, source="b", published="2025-12-24"),
    figure(figure_id="A3", country="THA", value=9, as_of="2025-12-20", published="2025-12-21"),
)


def written(out, datasets, *more):
    assert main([str(out), "--datasets", str(datasets), "--no-progress", *more]) == 0
    return out


def pages(out):
    return sorted(out.rglob("*.html"))


class Seen(HTMLParser):
    """What a browser makes of a page: its tags, addresses, anchors and words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.leads, self.marks, self.said, self._in = [], [], set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._in = tag
        self.tags.append((tag, dict(attrs)))
        found = dict(attrs)
        self.marks.add(found.get("id"))
        self.leads += [found[name] for name in ("href", "src", "action") if found.get(name)]

    def handle_data(self, data):
        if self._in != "style":
            self.said.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.said).split())


def seen(path):
    return Seen(path.read_text(encoding="utf-8"))


def test_every_page_is_light(shipped):
    found = pages(shipped)
    assert len(found) > 40
    heavy = {str(path): path.stat().st_size for path in found if path.stat().st_size >= HEAVIEST}
    assert heavy == {}


@pytest.mark.parametrize("crisis", ["tha-khm-2025-12", "tha-khm-2025-07"])
def test_every_number_of_the_overview_is_that_of_the_live_page(shipped, library, crisis):
    said = seen(shipped / crisis / "index.html").text
    # As a reader has it who opens the live page: the newest day, all that is known.
    view, _ = read({"crisis": crisis}, library)
    compared = 0
    for measure in Measure:
        total = answers.total(library, view.of(measure=measure.value))
        for part in filter(None, (total.published, *total.parts)):
            verdict = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
            assert part.text in said
            assert verdict in said
            compared += 1
        if len(total.parts) > 1:
            assert total.text in said
    for bridge in reasons.explained(library, view.of(measure="killed"))[:2]:
        assert bridge.start.text in said
        assert bridge.end.text in said
    assert compared > 8


def test_the_large_numbers_stand_in_the_order_of_the_live_page(shipped):
    app = opened(crisis="tha-khm-2025-12")
    said = [element.proto.body for element in app.get("html")]
    shown = [v for text in said for v in re.findall(r'<div class="number">([^<]+)<', text)]
    page = (shipped / "tha-khm-2025-12" / "index.html").read_text(encoding="utf-8")
    ours = re.findall(r'<span class="number">(?:<a [^>]*>)?([^<]+)<', page)
    assert len(shown) > 10
    assert sorted(ours) == sorted(shown)


def test_every_link_leads_somewhere_and_every_figure_to_its_row(shipped):
    known = {path: seen(path) for path in pages(shipped)}
    figures = 0
    for path, page in known.items():
        for lead in page.leads:
            if lead.startswith(("https://", "http://", "data:")):
                continue
            where, _, anchor = lead.partition("#")
            target = (path.parent / where).resolve() if where else path
            assert target.is_file(), f"{path.name}: {lead}"
            if anchor:
                assert anchor in known[target].marks, f"{path.name}: {lead}"
                figures += "figures-" in where
    assert figures > 100


@pytest.mark.parametrize("address", ["", ADDRESS])
def test_no_link_in_an_edition_of_two_languages_leads_to_a_file_that_is_not_there(
    address, tmp_path
):
    given = ("--languages", "en,fr", "--address", address)
    out = written(tmp_path / "out", small(tmp_path / "in"), *given)
    inside = {path: inner_links(path, address, out) for path in pages(out)}
    missing = [(path.name, lead) for path, leads in inside.items() for lead in leads
               if not (lead / "index.html" if lead.is_dir() else lead).is_file()]  # fmt: skip
    assert missing == []
    assert inside[out / "404.html"] == [
        out / "index.html",
        out / "methods.html",
        out / "index.html",
    ]
    assert out / "fr" / "index.html" in inside[out / "index.html"]
    assert len(inside) > 20


def inner_links(path, address, out):
    """Return the files of the edition to which the links of a page lead."""
    found = []
    for lead in seen(path).leads:
        where = lead.partition("#")[0]
        if address and where.startswith(address):
            found.append(out / where.removeprefix(address))
        elif where and not where.startswith(("https://", "http://", "data:")):
            found.append((path.parent / where).resolve())
    return found


def test_every_figure_has_a_row_with_its_report(shipped, library):
    rows = {}
    for path in shipped.glob("*/figures-*.html"):
        rows |= dict.fromkeys(seen(path).marks, path)
    wanted = set(library.figures["figure_id"])
    assert wanted <= rows.keys()
    assert " nan " not in seen(rows["F0675"]).text


def test_every_page_says_of_when_it_is_and_nothing_that_becomes_wrong(shipped):
    for path in pages(shipped):
        said = seen(path).text
        assert not re.search(r"\b(today|yesterday|now)\b", said.replace("Now, for example", "")), (
            path
        )
        if path.name not in ("404.html",):
            assert re.search(r"Data version: [0-9a-f]{12}", said)
        if path.parent != shipped:
            assert re.search(r"as known on|As known on", said), path


def test_no_page_holds_a_script_or_asks_for_anything(shipped):
    for path in pages(shipped):
        tags = seen(path).tags
        assert not {tag for tag, _ in tags} & WORDLESS, path
        icons = [a["href"] for tag, a in tags if tag == "link" and a["rel"] == "icon"]
        assert set(icons) <= {"data:,"}
        assert not [a for tag, a in tags if tag == "link" and a["rel"] == "stylesheet"]


def test_the_files_hold_the_figures_and_lead_to_their_columns(shipped, library):
    folder = shipped / "data" / "tha-khm-2025-12"
    table = list(csv.DictReader(io.StringIO((folder / "figures.csv").read_text("utf-8-sig"))))
    mine = library.figures[library.figures["crisis"] == "tha-khm-2025-12"]
    assert [row["figure_id"] for row in table] == mine["figure_id"].tolist()
    package = json.loads((folder / "datapackage.json").read_text())
    assert [f["name"] for f in package["resources"][0]["schema"]["fields"]] == list(table[0])
    totals = json.loads((folder / "totals.json").read_text())["totals"]
    view, _ = read({"crisis": "tha-khm-2025-12"}, library)
    assert totals["killed"]["added_up"]["text"] == answers.total(library, view).text
    found = json.loads((folder / "contradictions.json").read_text())["contradictions"]
    assert found
    assert all(set(one["figure_ids"]) <= set(mine["figure_id"]) for one in found)


def test_feeds_are_valid_dated_by_the_data_and_name_each_thing_once(shipped):
    found = sorted((shipped / "feeds").glob("*.xml"))
    assert len(found) == 6
    for path in found:
        feed = ET.parse(path).getroot()
        get = {"": ATOM}
        assert feed.findtext("id", namespaces=get).startswith("urn:uuid:")
        assert feed.findtext("author/name", namespaces=get)
        entries = feed.findall("entry", get)
        ids = [one.findtext("id", namespaces=get) for one in entries]
        assert len(set(ids)) == len(ids)
        moments = [one.findtext("updated", namespaces=get) for one in entries]
        assert moments == sorted(moments, reverse=True)
        assert feed.findtext("updated", namespaces=get) == max(
            moments, default="1970-01-01T00:00:00Z"
        )
        assert all(dt.datetime.fromisoformat(one) < dt.datetime.now(dt.UTC) for one in moments)
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert [one["id"] for one in told["items"]] == ids


def test_an_address_gives_canonical_links_previews_and_a_sitemap(tmp_path):
    out = written(tmp_path / "out", small(tmp_path / "in"), "--address", ADDRESS.rstrip("/"),
                  "--languages", "en,ar", "--compress")  # fmt: skip
    page = seen(out / "test" / "index.html")
    about = {a.get("property"): a.get("content") for tag, a in page.tags if tag == "meta"}
    assert about["og:url"] == f"{ADDRESS}test/"
    assert (out / about["og:image"].removeprefix(ADDRESS)).read_bytes().startswith(b"\x89PNG")
    languages = {a.get("hreflang"): a["href"] for tag, a in page.tags if tag == "link"}
    assert languages["ar"] == f"{ADDRESS}ar/test/index.html"
    arabic = seen(out / "ar" / "test" / "index.html")
    assert arabic.tags[0] == ("html", {"lang": "ar", "dir": "rtl"})
    listed = re.findall("<loc>(.*)</loc>", (out / "sitemap.xml").read_text())
    assert len(listed) == len(pages(out)) - 1
    assert all((out / one.removeprefix(ADDRESS) / "index.html").is_file() for one in listed
               if one.endswith("/"))  # fmt: skip
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (out / "robots.txt").read_text()
    assert (out / "test" / "index.html.br").is_file()


def test_the_same_data_give_the_same_bytes(tmp_path):
    datasets = small(tmp_path / "in")
    one, other = (written(tmp_path / name, datasets) for name in ("one", "other"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert len(files) > 20
    assert [p for p in files if (one / p).read_bytes() != (other / p).read_bytes()] == []


def test_a_second_run_writes_only_what_changed(tmp_path, capsys):
    datasets, out = small(tmp_path / "in"), tmp_path / "out"
    written(out, datasets)
    for path in out.rglob("*"):
        os.utime(path, (1, 1))
    written(out, datasets)
    assert "up to date" in capsys.readouterr().out
    more = figure(figure_id="A4", country="THA", measure="injured", value=7, published="2025-12-23")
    small(tmp_path / "in", *THREE, more)
    written(out, datasets)
    fresh = {p.relative_to(out).as_posix() for p in out.rglob("*.*") if p.stat().st_mtime > 1}
    assert "test/figures-injured.html" in fresh
    assert not {"card.png", "robots.txt", "404.html"} & fresh
    small(tmp_path / "in")
    written(out, datasets)
    assert not (out / "test" / "figures-injured.html").exists()


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("file", "damaged", "cause", "remedy"),
    [
        ("test/figures.csv", b"\xff\xfe", "the file is empty", "Save the file again"),
        ("test/figures.csv", b"", "the file is empty", "Save the file again"),
        ("test/figures.csv", b"\x89PNG\r\n\x1a\n\x00", "is a picture", "to a table"),
        ("test/figures.csv", b"figure_id,value\nA1,3\n", "column", "Add the column"),
        ("crises.csv", b"", "the file is empty", "Save the file again"),
        ("sources.csv", b"", "the file is empty", "Save the file again"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_old_edition_as_it_is(
    file, damaged, cause, remedy, tmp_path, capsys
):
    datasets, out = small(tmp_path / "in"), tmp_path / "out"
    written(out, datasets)
    before = contents(out)
    (datasets / file).write_bytes(damaged)
    assert main([str(out), "--datasets", str(datasets), "--no-progress"]) == 2
    told = capsys.readouterr().err
    assert f"{file} cannot be used: " in told
    assert cause in told
    assert remedy in told
    assert contents(out) == before
    small(tmp_path / "in")
    written(out, datasets)


def test_a_file_that_breaks_off_is_refused_for_that_and_not_for_a_bad_cell_in_it(tmp_path, capsys):
    datasets, out = small(tmp_path / "in", figure(value="many"), *THREE), tmp_path / "out"
    table = datasets / "test" / "figures.csv"
    table.write_bytes(table.read_bytes()[:-40])
    assert main([str(out), "--datasets", str(datasets), "--no-progress"]) == 2
    told = capsys.readouterr().err
    assert "cannot be used: the row has 19 cells, the header 23. Save the file again." in told
    assert not out.exists()


def test_a_row_that_cannot_be_read_does_not_keep_the_others_from_being_put_out(tmp_path):
    datasets = small(tmp_path / "in", figure(figure_id="BAD", value="many"), *THREE)
    out = written(tmp_path / "out", datasets)
    assert {"A1", "A2"} <= seen(out / "test" / "figures-killed.html").marks


@pytest.mark.parametrize("there", [True, False])
def test_a_crisis_that_has_no_figures_yet_is_put_out_without_any(there, tmp_path):
    datasets = small(tmp_path / "in")
    table = datasets / "test" / "figures.csv"
    header = table.read_text(encoding="utf-8").partition("\n")[0]
    table.write_text(f"{header}\n", encoding="utf-8")
    if not there:
        table.unlink()
    out = written(tmp_path / "out", datasets)
    assert (out / "test" / "index.html").is_file()


@pytest.fixture
def setting(monkeypatch):
    """Return what sets a variable of the settings, for this test only."""

    def put(name, value):
        monkeypatch.setenv(name, str(value))
        settings.forget()

    yield put
    monkeypatch.undo()
    settings.forget()


def test_figures_and_address_are_those_of_the_settings_unless_told_otherwise(
    setting, tmp_path, monkeypatch
):
    chosen = tmp_path / "chosen.toml"
    chosen.write_text(f"datasets = {json.dumps(str(small(tmp_path / 'in')))}\n")
    monkeypatch.delenv("DATASETS", raising=False)
    setting("DASHBOARD_PUBLIC_ADDRESS", "https://set.example.org")
    setting("DASHBOARD_SETTINGS", chosen)
    out, other = tmp_path / "out", tmp_path / "other"
    assert main([str(out), "--no-progress"]) == 0
    assert "https://set.example.org/test/" in (out / "sitemap.xml").read_text()
    written(other, small(tmp_path / "in2", crisis="told"), "--address", ADDRESS)
    assert f"{ADDRESS}told/" in (other / "sitemap.xml").read_text()
    assert "set.example.org" not in (other / "sitemap.xml").read_text()
    assert not (other / "test").exists()


def test_settings_that_cannot_be_used_are_told_in_a_sentence(setting, tmp_path, capsys):
    setting("PORT", "eighty")
    assert main([str(tmp_path / "out"), "--no-progress"]) == 2
    told = capsys.readouterr().err
    assert "PORT" in told
    assert "eighty" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("bar", [True, False])
def test_progress_names_a_step_in_plain_letters_and_steers_no_terminal(bar, capsys):
    _tell(0, 12, "en: a\x1b[2J\nb", bar)
    told = capsys.readouterr().err
    assert "en: a\\u001b[2J b" in told
    assert "1 of 12: en: a" in told or bar
    assert "\x1b" not in told


def test_a_missing_file_is_written_again(tmp_path):
    datasets, out = small(tmp_path / "in"), tmp_path / "out"
    written(out, datasets)
    (out / "index.html").unlink()
    written(out, datasets)
    assert (out / "index.html").is_file()


def test_what_the_edition_did_not_write_is_left_alone(tmp_path, capsys):
    datasets, out = small(tmp_path / "in"), tmp_path / "out"
    (out / "test").mkdir(parents=True)
    (out / "CNAME").write_text("figures.example.org")
    written(out, datasets)
    (out / "test" / "mine.txt").write_text("mine")
    small(tmp_path / "in", crisis="other")
    written(out, datasets)
    assert (out / "test" / "mine.txt").read_text() == "mine"
    assert (out / "CNAME").is_file()
    assert not (out / "test" / "index.html").exists()
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "index.html").write_text("somebody's own page")
    assert main([str(foreign), "--datasets", str(datasets), "--no-progress"]) == 2
    assert "was not written by an edition" in capsys.readouterr().err
    assert (foreign / "index.html").read_text() == "somebody's own page"


def test_a_manifest_cannot_reach_out_of_its_folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("kept")
    told = {"stamp": "x", "files": {"../precious": 4, "/etc/passwd": 1, "gone.html": 3}}
    (tmp_path / "out" / MANIFEST).write_text(json.dumps(told))
    writer = Writer(tmp_path / "out")
    writer.put({"new.html": b"new"})
    writer.finish("y")
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_run_that_was_cut_short_still_knows_its_files(tmp_path):
    writer = Writer(tmp_path)
    writer.put({"a/one.html": b"one"})
    again = Writer(tmp_path)
    again.put({"a/two.html": b"two"})
    again.finish("done")
    assert not (tmp_path / "a" / "one.html").exists()
    (tmp_path / "three.html").write_bytes(b"theirs")
    with pytest.raises(NotOursError):
        Writer(tmp_path).put({"three.html": b"ours"})


@pytest.mark.parametrize(
    "text", ["ftp://example.org", "example.org", "https://a/?q=1", "https://a b/"]
)
def test_an_address_that_is_none_is_refused(text, tmp_path):
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--address", text])


def test_a_day_and_what_was_known_then_can_be_chosen(tmp_path):
    days = ("--on", "2025-12-22", "--known-on", "2025-12-22")
    out = written(tmp_path / "out", small(tmp_path / "in"), *days)
    said = seen(out / "test" / "index.html").text
    assert "9" in said
    assert "22 Dec 2025, as known on 22 Dec 2025" in said
    assert not {"A1", "A2"} & seen(out / "test" / "figures-killed.html").marks
    assert "A1" not in (out / "data" / "test" / "figures.csv").read_text("utf-8-sig")


def test_a_drawing_takes_the_colours_of_the_reader_and_nothing_else():
    light = '<svg><path fill="#0B5C8F"/><path fill="#FFFFFF"/><text>"#0B5C8F"</text></svg>'
    dark = light.replace('"#0B5C8F"/', '"#5AB0E2"/').replace('>"#0B5C8F"', '>"#0B5C8F"')
    drawn = themed(light, dark)
    assert 'fill="var(--c0B5C8F5AB0E2)"' in drawn
    assert 'fill="#FFFFFF"' in drawn
    assert variables(drawn) == ("--c0B5C8F5AB0E2:#0B5C8F;", "--c0B5C8F5AB0E2:#5AB0E2;")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return every file of an edition of figures that mean harm, some of its crises."""
    root = hostile_data.write(tmp_path_factory.mktemp("hostile"))
    for folder in root.glob("c[1-9]*/"):
        shutil.rmtree(folder)
    library = load_library(root)
    wanted = {hostile_data.MAIN, "c0", *PATHS[:4]}
    chosen = library.crises[library.crises["crisis"].isin(wanted)]
    options = Options(address=ADDRESS)
    files = {}
    for step in Building(replace(condensed(library), crises=chosen), options).steps():
        files |= step.make()
    return files


def condensed(library):
    """Return the library with few scopes and provinces, each of which holds eight of the strings.

    As they are there are hundreds of series, and it is their number that takes long to draw.
    """
    figures, decisions = library.figures, library.decisions
    for column in ("scope", "admin1"):
        texts = [text for text in figures[column].unique() if text]
        held = {text: " ".join(texts[n - n % 8 :][:8]) for n, text in enumerate(texts)}
        figures = figures[(figures[column] == "") | figures[column].isin(texts[::8])]
        figures = figures.assign(**{column: retold(figures[column], held)})
        decisions = decisions.assign(**{column: retold(decisions[column], held)})
    assert len(figures) < len(library.figures)
    return replace(library, figures=figures, decisions=decisions)


def retold(column, held):
    """Return a column of texts with others in their place, of the type that it had."""
    texts = column.astype(object).map(lambda text: held.get(text, text))
    return texts.astype("category" if column.dtype == "category" else column.dtype)


def test_hostile_text_stays_text_on_every_page(hostile):
    found = [name for name in hostile if name.endswith(".html")]
    marked = 0
    for name in found:
        text = hostile[name].decode("utf-8")
        page = Seen(text)
        marked += MARK in page.text
        assert not {tag for tag, _ in page.tags} & WORDLESS, name
        assert {tag for tag, _ in page.tags} <= KNOWN, name
        for _, about in page.tags:
            assert not [key for key in about if key.startswith("on") or key == "style"], name
        for lead in page.leads:
            assert lead.startswith(("https://", "http://", "#", "data:,")) or ":" not in lead, lead
        styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        assert not [one for one in styles if MARK in one]
    assert marked > 10


def test_hostile_names_never_lead_out_of_the_folder(hostile):
    for name in hostile:
        assert re.fullmatch(r"[.a-zA-Z0-9_/-]+", name)
        assert ".." not in name
        assert not name.startswith("/")


def test_hostile_text_leaves_feeds_and_tables_whole(hostile):
    for name, content in hostile.items():
        if name.endswith(".xml"):
            assert len(list(ET.fromstring(content).iter()))
        if name.endswith(".json"):
            assert json.loads(content)
        if name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert not [c for row in rows for c in row if c.startswith(("=", "@", "+", "\t"))], name


KNOWN = {
    *("html", "head", "meta", "title", "style", "link", "body", "header", "nav", "main", "footer"),
    *("ul", "ol", "li", "a", "h1", "h2", "h3", "p", "span", "strong", "br", "sup", "section"),
    *("div", "figure", "figcaption", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "path", "text", "tspan", "g", "line", "rect", "circle", "desc", "defs", "clippath"),
    *("pattern", "mask"),
}


def test_text_is_shown_letter_for_letter():
    assert t("<b>&\"'\u202e\x00") == "&lt;b&gt;&amp;&quot;&#x27;"


def test_figures_kept_elsewhere_are_looked_at_anew_for_each_edition(tmp_path):
    datasets = tmp_path / "datasets"
    shutil.copytree(Path(__file__).parents[1] / "datasets", datasets)
    with served(datasets) as site:
        address = f"{site.url}/"
        before, first = stamp(Options(datasets=address)), load_library(address).marks
        assert len(first) > 1
        assert stamp(Options(datasets=address)) == before
        assert load_library(address).marks == first
        changed = datasets / sorted(first)[0] / "figures.csv"
        changed.write_bytes(changed.read_bytes().replace(b"F0", b"G0", 1))
        assert stamp(Options(datasets=address)) != before
        then = load_library(address).marks
    assert {crisis for crisis in then if then[crisis] != first[crisis]} == {sorted(first)[0]}
