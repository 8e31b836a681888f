"""Hostile text in every cell: every file that leaves the dashboard holds it as text, no more."""

import asyncio
import contextlib
import csv
import datetime as dt
import gzip
import io
import json
import logging
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import docx as office
import httpx
import openpyxl
import pyarrow.parquet as pq
import pypdf
import pytest
from openpyxl.utils.escape import unescape
from starlette.requests import Request

import brief
import charts
import exports
from exports.library import FORMATS
from loaders import load_library
from loaders.__main__ import main
from publishing import Change, PublishError
from server import answering, front, headline, preview
from server.bundles import Shelf
from server.documents import Documents
from tests import hostile_data
from tests.browser.serving import served
from tests.builders import crisis, figure, write_crisis, write_figures, write_table
from tests.hostile import CELLS, PATHS, STRINGS, seen_as
from ui import lists, questions, tables, trending
from ui.checking.table import clean_name, look
from ui.query import read
from ui.selection import NAMES
from ui.text import file_name

VIEW = {"crisis": hostile_data.MAIN, "day": hostile_data.DAY}
# What a spreadsheet may take for the beginning of a formula.
RUNS = tuple("=+-@\t\r\n＝＋－＠")


def _marked(text):
    """Return whether a file marks a text: reading takes one apostrophe off before such a sign."""
    return text.lstrip("'").startswith(RUNS)


ALLOWED = (*hostile_data.WEB, hostile_data.REPORT, "https://ours.example/")
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return hostile_data.write(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def library(root):
    return load_library(str(root))


@pytest.fixture(scope="module")
def pack(library):
    return exports.bundle(library.figures, library.sources, {"Title": CELLS[0], CELLS[11]: "=1+1"})


@pytest.fixture(scope="module")
def situation(library):
    link = "https://ours.example/brief?a=1&b=2"
    return brief.compose(library, crisis=hostile_data.MAIN, day=dt.date(2025, 12, 24), link=link)


def tags_of(text):
    """Return every tag of a page with its attributes, as a browser would find them."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    parser.feed(text)
    parser.close()
    return found


def words_of(text):
    """Return what is left of a page without its tags."""
    found = []
    parser = HTMLParser()
    parser.handle_data = found.append
    parser.feed(text)
    parser.close()
    return squeezed("".join(found))


def squeezed(text):
    """Return text as a reader may see it in any format: no blanks, no signs that show nothing."""
    return re.sub(r"[\s\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffd\ufffe]", "", seen_as(text))


def parts_of(content):
    """Return the parts of an office file, each parsed as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels", ".vml"))]
        return {name: ET.fromstring(archive.read(name)) for name in names}


def outside(content):
    """Return the addresses outside that an office file leads to."""
    relations = (part for name, part in parts_of(content).items() if name.endswith(".rels"))
    return [
        one.get("Target")
        for part in relations
        for one in part
        if one.get("TargetMode") == "External"
    ]


def test_the_data_hold_every_string_in_every_free_field(library):
    assert len(STRINGS) >= 150
    assert len(CELLS) >= 200
    wanted = {text.strip() for text in CELLS}
    fields = {
        "figures": ("admin1", "scope", "expression", "note"),
        "sources": ("name",),
        "events": ("kind", "label"),
        "decisions": ("reason", "decided_by", "scope"),
        "identities": ("label", "reason"),
        "crises": ("name", "description"),
    }
    for table, columns in fields.items():
        for column in columns:
            found = {str(text) for text in getattr(library, table)[column]}
            assert wanted - found == set(), (table, column)


def test_every_other_field_refuses_them_with_a_finding(library, root):
    text = (root / "refused/figures.csv").read_text(encoding="utf-8")
    rows = len(list(csv.reader(io.StringIO(text, newline="")))) - 1
    found = library.findings[library.findings["file"] == "refused/figures.csv"]
    assert found["line"].nunique() == rows > 200
    assert hostile_data.REFUSED not in set(library.figures["crisis"])


# Files for spreadsheets and programs


@pytest.mark.parametrize("kind", ["csv", "hxl"])
def test_no_cell_of_a_csv_file_can_run_and_numbers_stay_numbers(pack, library, kind):
    text = FORMATS[kind].make(pack).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    rows = rows[1:] if kind == "hxl" else rows
    assert len(rows) == len(library.figures)
    assert not [cell for row in rows for cell in row if cell.startswith(RUNS)]
    for row, note in zip(rows, library.figures["note"], strict=True):
        assert row[head.index("note")] == (f"'{note}" if _marked(note) else note)
    assert [int(row[head.index("value")]) for row in rows] == library.figures["value"].tolist()


def test_no_cell_of_any_other_table_can_run(library):
    view, _ = read(VIEW, library)
    mine = view.apply(library.figures)
    for table in (
        library.sources,
        library.events,
        library.findings,
        library.decisions,
        library.crises,
        library.identities,
        tables.provenance(library, mine),
        tables.raw(library, mine),
        mine.set_axis([*list(CELLS)[100:][: len(mine.columns)]], axis="columns"),
    ):
        rows = list(csv.reader(io.StringIO(exports.csv(table, {"=1+1": "@x"}).decode("utf-8-sig"),
                                           newline="")))  # fmt: skip
        assert len(rows) == len(table) + 3
        assert not [cell for row in rows for cell in row if cell.startswith(RUNS)]


@pytest.fixture(scope="module")
def workbooks(pack, library):
    view, _ = read(VIEW, library)
    mine = view.apply(library.figures)
    return {
        "figures": FORMATS["xlsx"].make(pack),
        "findings": exports.xlsx({"=1+1": library.findings, "../x": library.events}, {"=1": "=1"}),
        "chart": exports.xlsx({"<b>": tables.provenance(library, mine)}, {CELLS[0]: CELLS[11]}),
        "template": exports.template(library.sources),
    }


@pytest.mark.parametrize("name", ["figures", "findings", "chart", "template"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(workbooks, name):
    book = openpyxl.load_workbook(io.BytesIO(workbooks[name]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 100
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert outside(workbooks[name]) == []
    lists_of_ours = r"Lists!\$[A-Z]+\$2:\$[A-Z]+\$\d+"
    for sheet in book:
        for check in sheet.data_validations.dataValidation if name == "template" else ():
            assert check.type != "list" or re.fullmatch(lists_of_ours, check.formula1)


def test_numbers_in_a_workbook_stay_numbers_and_texts_whole(workbooks, library):
    sheet = openpyxl.load_workbook(io.BytesIO(workbooks["figures"]))["Figures"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[head.index("value")] for row in rows] == library.figures["value"].tolist()
    for row, note in zip(rows, library.figures["note"], strict=True):
        text = f"'{note}" if _marked(note) else note
        seen = re.sub("[\u2400-\u2421]", "", unescape(row[head.index("note")] or ""))
        assert squeezed(seen) == squeezed(text)


def test_json_and_parquet_hold_the_very_text(pack, library):
    packed = json.loads(FORMATS["json"].make(pack))
    table = pq.read_table(io.BytesIO(FORMATS["parquet"].make(pack))).to_pylist()
    for rows in (packed["figures"], table):
        assert [row["note"] for row in rows] == library.figures["note"].tolist()
        assert [row["value"] for row in rows] == library.figures["value"].tolist()
    assert [row["name"] for row in packed["sources"]] == library.sources["name"].tolist()


# Drawings


def drawings(library):
    """Return every chart of the hostile crisis, in its file form, with its picture."""
    for measure in hostile_data.MEASURES[:3]:
        view, _ = read(VIEW | {"measure": measure, "country": "THA"}, library)
        key = next(iter(questions.series(library, view)))
        yield trending.trend_of(library, view, key, log=False)[0]
        yield trending.change_of(library, view, key)[0]
        view, _ = read(VIEW | {"measure": measure}, library)
        yield lists.over_time(library, view)


def test_every_drawing_is_xml_of_shapes_and_text(library):
    about = {"title": CELLS[11], "subtitle": CELLS[0], "source": " ".join(CELLS[:40])}
    found = [chart for chart in drawings(library) if chart]
    assert len(found) >= 6
    for chart in found:
        svg = charts.framed(chart.draw(700, "light"), link="https://ours.example/", **about)
        tree = ET.fromstring(svg)
        assert {one.tag.split("}")[1] for one in tree.iter()} <= {
            "svg", "g", "path", "rect", "circle", "line", "text", "tspan", "title", "desc", "a",
            "polygon", "polyline", "style", "defs", "clipPath",
        }  # fmt: skip
        named = [(name.split("}")[-1], text) for one in tree.iter() for name, text in one.items()]
        assert not [name for name, _ in named if name.startswith("on")]
        assert {text for name, text in named if name == "href"} <= {"https://ours.example/"}
        assert "pwn1" in "".join(tree.itertext())


def test_a_picture_for_links_is_drawn_of_every_name(library):
    for number in range(0, len(CELLS), 20):
        told = headline.headline({"crisis": f"c{number}"}, library)
        svg = preview.card(library, told)
        assert not {"script", "image", "a", "foreignObject", "style"} & {
            one.tag.split("}")[1] for one in ET.fromstring(svg).iter()
        }
    assert charts.png(svg, 1.0).startswith(b"\x89PNG")


# The brief


def test_the_brief_as_a_page_holds_tags_of_ours_only(situation):
    page = brief.html(situation)
    tags = tags_of(page)
    assert not {"script", "iframe", "img", "object", "embed", "form", "base", "b", "x", "link"} & {
        tag for tag, _ in tags
    }
    names = {name for _, attributes in tags for name, _ in attributes}
    assert not [name for name in names if name.startswith("on")]
    links = [dict(a)["href"] for tag, a in tags if tag == "a" and "href" in dict(a)]
    assert all(link.startswith(("#", *ALLOWED)) for link in links)
    seen = words_of(page)
    for text in references(situation):
        assert squeezed(text) in seen


def references(situation):
    found = [one.source for one in situation.references]
    assert len(found) > 10
    return found


def test_the_brief_as_a_pdf_holds_the_same_text_and_links(situation):
    reader = pypdf.PdfReader(io.BytesIO(brief.pdf(situation)))
    seen = squeezed("".join(sheet.extract_text() for sheet in reader.pages))
    missing = [text for text in references(situation) if squeezed(text) not in seen]
    # Letters that join or carry marks are taken apart by the reader of PDF files.
    assert [text for text in missing if text.isascii()] == []
    annotations = [note.get_object() for sheet in reader.pages for note in sheet.get("/Annots", [])]
    addresses = [str(note["/A"]["/URI"]) for note in annotations if "/URI" in note.get("/A", {})]
    assert addresses
    assert all(address.startswith(ALLOWED) for address in addresses)
    actions = {str(note["/A"]["/S"]) for note in annotations if "/A" in note}
    assert actions <= {"/URI", "/GoTo"}
    assert not {"/OpenAction", "/AA"} & set(reader.trailer["/Root"])


def test_the_brief_as_a_word_document_holds_the_same_text_and_links(situation):
    content = brief.docx(situation)
    assert all(address.startswith(ALLOWED) for address in outside(content))
    body = parts_of(content)["word/document.xml"]
    seen = squeezed("".join(body.itertext()))
    for text in references(situation):
        assert squeezed(text) in seen
    tags = {one.tag.split("}")[1] for one in body.iter()}
    assert not {"fldSimple", "instrText", "object", "control", "altChunk"} & tags
    assert office.Document(io.BytesIO(content)).paragraphs


# Links


class Served:
    """The server's own answers to a query, without a network."""

    def __init__(self, library):
        shelf = Shelf()
        telling = lambda params, spoken: headline.headline(params, library)  # noqa: E731
        self.answers = answering.Answers(shelf, Documents(shelf), telling)

    async def page(self, query, path="/"):
        scope = {
            "type": "http", "method": "GET", "path": path, "query_string": query.encode(),
            "headers": [(b"host", b"ours.example")], "scheme": "https",
            "server": ("ours.example", 443),
        }  # fmt: skip
        return await self.answers.page(Request(scope))


def shape(text):
    """Return the tags of a page and the names of their attributes, without what they say."""
    return [(tag, [name for name, _ in attributes]) for tag, attributes in tags_of(text)]


@pytest.fixture
def named(monkeypatch):
    """Let the server know its own name, for the addresses in pages, and wait for each headline."""
    monkeypatch.setattr(answering.config, "get_option", lambda _: ["ours.example"])
    monkeypatch.setattr(answering, "PROGRAM_WAITS", 300)


def queries():
    """Yield queries with every string: under all names at once, and each name with its own."""
    for number, text in enumerate(STRINGS):
        yield urlencode(dict.fromkeys((*NAMES, "embed", "chart", text), text), errors="replace")
        view = {"crisis": hostile_data.MAIN, "lang": "ar", "q": text}
        yield urlencode(view | {NAMES[number % len(NAMES)]: text}, errors="replace")
    for name in NAMES:
        yield urlencode(dict.fromkeys([name], "".join(STRINGS[:40])), errors="replace")


@pytest.mark.usefixtures("named")
def test_no_query_adds_a_tag_or_an_attribute_to_a_page(library, caplog):
    async def every():
        site = Served(library)
        usual = shape((await site.page("")).body.decode())
        assert ("meta", ["property", "content"]) in usual
        for query in queries():
            answer = await site.page(query)
            assert shape(answer.body.decode()) == usual, query
            assert not [v for _, v in answer.raw_headers if b"\n" in v or b"Set-Cookie" in v]

    with caplog.at_level(logging.INFO):
        asyncio.run(every())
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


@pytest.mark.usefixtures("named")
def test_no_name_of_a_crisis_adds_a_tag_or_an_attribute_to_a_page(library):
    async def every():
        site = Served(library)
        usual = shape((await site.page("")).body.decode())
        for number in range(0, len(CELLS), 5):
            page = (await site.page(f"crisis=c{number}")).body.decode()
            assert shape(page) == usual, CELLS[number]

    asyncio.run(every())


def test_no_path_leads_to_another_site():
    for text in (*STRINGS, "//trap.invalid/trends", "/\\trap.invalid/trends", "/trends//"):
        meant = front._meant(f"/{text}")
        assert meant is None or meant in front.paths()


def test_a_query_with_strings_gives_views_of_the_library_only(library):
    for number, text in enumerate(STRINGS):
        name = NAMES[number % len(NAMES)]
        view, notices = read({name: text}, library)
        assert view.crisis in set(library.crises["crisis"])
        assert text not in {view.source, view.map, view.rule, view.tab, *view.bridge}
        # What is looked for may be any text; which series there are, each page says itself.
        free = name in {"q", "series"} or text == view.crisis or not text.strip()
        assert notices or free


# Names of files and folders


@pytest.mark.parametrize("text", STRINGS)
def test_no_string_in_a_name_leaves_its_folder(text):
    assert re.fullmatch(r"[a-z0-9-]+", file_name(text, text))
    cleaned = clean_name(text)
    assert not re.search(r"[/\\\x00-\x1f\u202a-\u202e\u2066-\u2069]", cleaned)
    assert cleaned not in {"", ".", ".."}
    with contextlib.suppress(PublishError):
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", Change(text).crisis)


def test_a_crisis_named_by_a_path_reads_nothing_outside_its_folder(tmp_path):
    data = write_crisis(tmp_path / "data", figure())
    write_figures(tmp_path / "secret/figures.csv", figure(value=666))
    names = ["../secret", "data/../../secret", str(tmp_path / "secret"), "..\\secret", *PATHS]
    columns = ["crisis", "name", "countries", "start"]
    write_table(data / "crises.csv", columns, [crisis(), *(crisis(crisis=n) for n in names)])
    library = load_library(str(data))
    assert set(library.figures["value"]) == {10}
    assert {"../secret", "..\\secret"} <= set(library.findings["value"])


# Commands and tables that are handed in


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_the_command_prints_nothing_that_steers_a_terminal(root, tmp_path, capsys, style):
    table = tmp_path / "\x1b[31mred.csv"
    write_table(table, ["\x1b]0;pwn1\x07", "\u202epwn1", "country"],
                [{"country": "\x9b31mTHA\x1b[0m\u202e\r\n::error::pwn1"}])  # fmt: skip
    for path in (root, table):
        main(["check", str(path), "--format", style])
        out = capsys.readouterr()
        assert out.out
        assert not STEERING.findall(out.out + out.err)
        assert "\n::error::pwn1" not in out.out
    main(["check", str(tmp_path / "\x1b[31mnowhere.csv"), "--format", style])
    assert not STEERING.findall("".join(capsys.readouterr()))


def test_a_table_with_strings_for_names_and_cells_gives_findings(library):
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CELLS)
    writer.writerow(CELLS[::-1])
    for name in (CELLS[0], *PATHS):
        table = look(text.getvalue().encode(), name, library, hostile_data.MAIN)
        assert table.figures.empty
        assert len(table.findings)
        assert "/" not in table.name


MAPPINGS = (
    *(f"[constants]\ncountry = {json.dumps(text)}\n" for text in CELLS[::9]),
    *(f"[columns]\nvalue = {json.dumps(text)}\n" for text in CELLS[::9]),
    *(f"{json.dumps(text)} = 1\n" for text in CELLS[::9]),
    *CELLS[::9],
    "a = " + "[" * 5_000 + "]" * 5_000,
    "a = " + "{a=" * 2_000 + "1" + "}" * 2_000,
    "a." * 20_000 + "b = 1",
    "[[x]]\n" * 20_000,
    "a = 1" + "0" * 100_000,
    "[columns]\nvalue = '(a+)+$'\n",
)


@pytest.mark.parametrize("mapping", MAPPINGS, ids=range(len(MAPPINGS)))
def test_a_hostile_mapping_is_refused_or_gives_findings(library, mapping):
    table = look(b"place,dead\nTHA,5\n", "a.csv", library, hostile_data.MAIN, mapping)
    assert table.problem or len(table.findings) or table.figures.empty


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000 + b"]" * 200_000,
        b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
        b'[{"a": 1' + b"0" * 100_000 + b"}]",
        b",".join(b"c%d" % n for n in range(5_000)) + b"\n1\n",
        b'"' * 1_000_000,
        b"a,b\n" + b"\x00" * 1_000_000,
        b"a,b\r" * 100_000 + b'"',
        "\ufeff\u202e,=1+1\n\x1b,\x1b\n".encode("utf-16"),
    ],
    ids=["lists", "records", "long number", "columns", "quotes", "NULs", "returns", "signs"],
)
def test_a_table_made_to_do_harm_gives_findings(library, content):
    table = look(content, "a.json", library, hostile_data.MAIN)
    assert table.figures.empty
    assert len(table.findings)


# Secrets

SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\bxox[abprs]-[0-9A-Za-z-]{10,}|\bsk-[A-Za-z0-9]{32,}|\bAIza[0-9A-Za-z_-]{35}\b"
    r"|(?i:(?:cookie_secret|client_secret|api_?key|password|token)\s*[=:]\s*[\"'][^\"'\s{}<>]{16,})"
)
ROOT = Path(__file__).parents[1]


def tracked():
    """Return the files of the repository, or of the folder where it is none."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


def test_the_repository_holds_no_secret():
    files = [path for path in tracked() if path.is_file() and path.stat().st_size < 5_000_000]
    assert len(files) > 200
    found = [
        (path.name, match[0][:40])
        for path in files
        for match in SECRETS.finditer(path.read_bytes().decode("utf-8", "replace"))
        if "test" not in path.name
    ]
    assert found == []
    assert not [path for path in files if path.name in {"secrets.toml", ".env"}]
    assert SECRETS.search('client_secret = "abcdefgh12345678"')


def test_git_passes_over_the_secrets_of_a_server():
    lines = (ROOT / ".gitignore").read_text().splitlines()
    assert {".streamlit/secrets.toml", ".env", "*.pem", "*.key"} <= set(lines)


HIDDEN = {
    "cookie_secret": "cookie-secret-of-the-test-0123456789abcdef",
    "client_id": "client-id-of-the-test",
    "client_secret": "client-secret-of-the-test-0123456789",
}
EDITOR = "amina.of.the.test@ngo.example"


@pytest.fixture
def signed(tmp_path):
    """Return a server with a sign-in set up, and its log."""
    (tmp_path / ".streamlit").mkdir()
    lines = [f'{name} = "{text}"' for name, text in HIDDEN.items()]
    # Nobody answers there: what is said of it goes to the log.
    lines += ['server_metadata_url = "http://127.0.0.1:9/openid"',
              'redirect_uri = "http://127.0.0.1/oauth2callback"']  # fmt: skip
    text = "\n".join(["[auth]", *lines, "[editors]", f'emails = ["{EDITOR}"]', ""])
    (tmp_path / ".streamlit/secrets.toml").write_text(text)
    with served(tmp_path, {"HOME": str(tmp_path)}) as site:
        yield site.url, tmp_path / "server.log"


def test_the_log_holds_no_secret_and_no_line_of_a_visitors(signed):
    address, log = signed
    said = []
    paths = [
        "/", "/update", "/auth/login", "/auth/logout", "/healthz", "/preview.png?crisis=%0Aforged",
        "/oauth2callback?code=code-of-the-test&state=x", "/x%0Aforged%20line", "/?a=%0D%0Aforged",
        "/static/../.streamlit/secrets.toml", "/.streamlit/secrets.toml",
        "/static/%2e%2e/%2e%2e/.streamlit/secrets.toml", "/media/..%2f..%2fsecrets.toml",
        "/_stcore/health", "/_stcore/metrics", "/component/x/..%2f..%2fsecrets.toml",
    ]  # fmt: skip
    with httpx.Client(base_url=address, timeout=30) as client:
        for path in paths:
            for header in ({}, {"User-Agent": "x\tforged", "X-Forwarded-For": "forged"}):
                answer = client.get(path, headers=header)
                said += [answer.text, *map(str, answer.headers.multi_items())]
    lines = log.read_text(encoding="utf-8", errors="replace")
    for name, secret in (*HIDDEN.items(), ("editor", EDITOR), ("code", "code-of-the-test")):
        assert secret not in lines, name
        assert name == "code" or secret not in "".join(said), name
    assert not [line for line in lines.splitlines() if line.startswith("forged")]


def swollen():
    """Yield files that are small and unpack to very much."""
    zeros = b"0" * (64 << 20)
    yield "bomb.gz", gzip.compress(zeros * 9, 1)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for number in range(9):
            file.writestr(f"{number}.csv", zeros)
    yield "bomb.zip", archive.getvalue()
    inner = archive.getvalue()
    for _ in range(6):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            for number in range(3):
                file.writestr(f"{number}.zip", inner)
        inner = outer.getvalue()
    yield "nested.zip", inner
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        file.writestr("xl/workbook.xml", b"<workbook/>")
        file.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + zeros * 9)
    yield "bomb.xlsx", book.getvalue()
    names = io.BytesIO()
    with zipfile.ZipFile(names, "w") as file:
        for number in range(1_500):
            file.writestr(f"../../{number}.csv", b"a,b\n1,2\n")
    yield "many.zip", names.getvalue()


def test_a_packed_file_that_swells_is_refused_before_it_fills_memory(tmp_path):
    for name, content in swollen():
        path = tmp_path / name
        path.write_bytes(content)
        assert len(content) < 8 << 20
        # In a process that may take less than a fifth of what the files unpack to, and what it
        # has loaded itself.
        done = subprocess.run(
            [sys.executable, "-c", BOUNDED, str(path)],
            capture_output=True, text=True, timeout=120, cwd=ROOT,
        )  # fmt: skip
        assert done.returncode == 0, (name, done.stderr[-500:])
        assert "too-large" in done.stdout or "unreadable" in done.stdout, (name, done.stdout)
        grown = int(done.stdout.split()[-1])
        assert grown < 400_000, (name, grown)


BOUNDED = """
import resource, sys
from loaders import read_figures
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
print(*read_figures(sys.argv[1]).findings["code"])
print(peak() - before)
"""


def test_every_test_that_the_security_model_names_is_there():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 20
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (path, name)
