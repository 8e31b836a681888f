"""The situation brief: one set of words and numbers, the same on screen, in HTML, PDF and DOCX."""

import dataclasses
import datetime as dt
import functools
import html
import io
import re
from html.parser import HTMLParser

import docx as office
import pypdf
import pytest

import brief
import languages
from brief.marking import marked
from brief.references import safe_link
from brief.sentences import clause
from brief.word import legal
from loaders import load_library
from reconciliation import add_up, wording
from tests.builders import figure, source, write_crisis
from tests.screens import opened, text_of

DECEMBER, JULY = "tha-khm-2025-12", "tha-khm-2025-07"
STORY = dt.date(2025, 12, 24)
DAYS = [
    (DECEMBER, dt.date(2025, 12, 9)),
    (DECEMBER, STORY),
    (DECEMBER, dt.date(2026, 1, 5)),
    (JULY, dt.date(2025, 7, 25)),
    (JULY, dt.date(2025, 7, 30)),
]
EVIL = [
    "<script>alert(1)</script>",
    '#import "/etc/passwd": * $x$ *b* _i_ `c` @ref <label> \\u{41} #panic()',
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("https://evil.example")',
    "]]> & &amp; {brace} %s \u202e reversed",
]


@pytest.fixture(scope="module")
def library():
    return load_library("datasets")


@pytest.fixture(scope="module")
def story(library):
    return brief.compose(library, crisis=DECEMBER, day=STORY, link="https://example.org/brief?a=b")


def in_pdf(data):
    """Return the words of a PDF in one line each, however it breaks them."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return squeezed(" ".join(page.extract_text() for page in pages))


def in_docx(data):
    document = office.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return squeezed(" ".join(texts))


class Words(HTMLParser):
    """Collects what a reader sees, and every tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.seen, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.seen.append(data)


def in_html(text):
    return squeezed(" ".join(Words(text).seen))


def squeezed(text):
    """Return text without spaces and soft marks: line breaks differ from format to format."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text)


@functools.cache
def of(crisis, day):
    """Return the brief of shipped figures; several tests look at the same one."""
    return brief.compose(load_library("datasets"), crisis=crisis, day=day)


@functools.cache
def file_of(crisis, day, form, *paper):
    return getattr(brief, form)(of(crisis, day), *paper)


def words_of(crisis, day):
    """Return the words of every file of the brief of shipped figures."""
    return {
        "html": in_html(file_of(crisis, day, "html")),
        "pdf": in_pdf(file_of(crisis, day, "pdf", "a4")),
        "docx": in_docx(file_of(crisis, day, "docx")),
    }


def everywhere(one):
    return {
        "html": in_html(brief.html(one)),
        "pdf": in_pdf(brief.pdf(one)),
        "docx": in_docx(brief.docx(one)),
    }


@pytest.mark.parametrize(("crisis", "day"), DAYS)
def test_every_file_holds_the_numbers_of_the_cards(library, crisis, day):
    one = of(crisis, day)
    found = words_of(crisis, day)
    about = library.crises.set_index("crisis").loc[crisis]
    places = about["countries"].split("+")
    assert len(one.headlines) >= 4
    for headline in one.headlines:
        total = add_up(
            library.figures,
            library.sources,
            measure=headline.measure,
            places=places,
            on=day,
            crisis=crisis,
            identities=library.identities,
            decisions=library.decisions,
            crises=library.crises,
        )
        assert headline.value == (total.value if total.parts else total.published.value)
        texts = [headline.number, *(part.text for part in total.parts)]
        assert texts[0] == (total.text if total.parts else total.published.text)
        texts += [total.published.text] if total.published else []
        shown = [number.text for number in headline.places if number]
        assert shown == [part.text for part in total.parts]
        for kind, words in found.items():
            for text in texts:
                assert squeezed(text) in words, (kind, text)


@pytest.mark.parametrize(("crisis", "day"), DAYS)
def test_every_file_holds_every_sentence_and_every_source(crisis, day):
    one = of(crisis, day)
    for kind, words in words_of(crisis, day).items():
        for sentence in one.sentences:
            assert squeezed(sentence.text) in words, (kind, sentence.text)
        for reference in one.references:
            assert squeezed(reference.source) in words, (kind, reference.source)


def test_the_sentence_of_the_story_can_be_cited(story):
    assert story.lead.startswith(
        "At least 86 people killed in Cambodia and Thailand as of 24 December 2025, according to "
        "The Business Times; Asia Daily Times gives more than 200 (20 Dec 2025), and the two "
        "differ because the 200 includes more than 160 soldiers"
    )
    assert story.lead == story.sentences[0].text
    texts = [sentence.text for sentence in story.sentences]
    assert any(
        text.startswith(
            "21 civilians killed in Cambodia as of 24 December 2025, according to the Cambodian "
            "Ministry of Interior; figures differ"
        )
        for text in texts
    )
    assert any(
        text.startswith("At least 65 people killed in Thailand as of 24 December 2025, according")
        for text in texts
    )


def test_of_two_countries_the_brief_speaks_as_the_overview_of_both_together(story):
    said = [sentence.text for sentence in story.sentences]
    said += [entry.basis for headline in story.headlines for entry in headline.together]
    assert any("added up from" in text and "for both together" in text for text in said)
    assert said.count("published for both together") == 3
    assert not [text for text in said if "all together" in text]


def test_a_sum_is_of_the_days_of_its_parts_not_of_the_day_of_the_brief(library, story):
    assert any("as of 24 December 2025 and earlier, added up" in s.text for s in story.sentences)
    later = brief.compose(library, crisis=DECEMBER, day=dt.date(2026, 2, 6))
    assert later.lead.startswith(
        "47 people killed in Cambodia and Thailand as of 27 December 2025, added up from 21 people"
    )


def test_every_file_says_what_sources_say_of_the_number_for_both_together():
    for kind, words in words_of(DECEMBER, STORY).items():
        assert squeezed("22 sources conflict: 11 to 200") in words, kind


def test_numbers_that_count_different_things_each_say_what(story):
    assert story.differences[0].title == "Killed: at least 86 or more than 200?"
    assert story.differences[-1].title == (
        "More than 700,000 people evacuated in Cambodia and Thailand, or nearly 1,000,000 people "
        "displaced in Cambodia and Thailand?"
    )


def test_news_say_how_they_count_and_whose_number_was_shown_before(story):
    assert story.news[0].text == (
        "21 civilians killed in Cambodia: Cambodian Ministry of Interior, running total since "
        "7 Dec 2025; shown before: 20 (Cambodian Ministry of Interior, 22 Dec 2025)."
    )


def test_a_line_of_a_published_number_is_not_called_like_the_sum(story):
    assert list(dict.fromkeys(story.chart.rows["line"])) == [
        "Published for both together",
        "Cambodia",
        "Thailand",
    ]


def test_the_story_names_what_cambodia_counts_and_what_thailand_is_made_of(story):
    killed = story.headlines[0]
    added, published = killed.together
    assert (added.number, published.number) == ("at least 86", "at least 86")
    assert [line.text for line in added.lines] == ["Cambodia counts civilians only."]
    assert "equals the sum" in [line.text for line in published.lines]
    assert "1 civilian killed by the fighting in Thailand" in killed.made_of[0].text
    assert "41 civilians in Thailand who died of indirect causes" in killed.made_of[0].text


@pytest.mark.parametrize(("crisis", "day"), DAYS)
def test_sentences_read_like_sentences(crisis, day):
    one = of(crisis, day)
    every = [*one.sentences, *one.news, *(r for d in one.differences for r in d.reasons)]
    assert len(every) > 12
    for text in [sentence.text for sentence in every] + [one.lead, one.cite, *one.method]:
        # Words of a report are told as they stand there.
        assert text[:1].isupper() or text[:1].isdigit() or text.startswith("“hundreds of"), text
        assert text.endswith("."), text
        assert not re.search(r"\bNone\b|\bnan\b|NaT|_|  |\.\.|\{|\}| ,|\ba the\b|the The", text), (
            text
        )
        assert not re.search(r"\b1 (people|civilians|soldiers|children)\b", text), text
        assert "because because" not in text


def test_every_source_stands_in_the_list_once(story):
    bodies = [source for source, _ in story.bodies]
    assert len(bodies) == len(set(bodies)) < len(story.references)
    numbers = [one.number for _, reports in story.bodies for one in reports]
    assert numbers == list(range(1, len(story.references) + 1))
    ministry = next(reports for source, reports in story.bodies if "of Interior" in source)
    assert len(ministry) > 2
    page = brief.html(story)
    document = office.Document(io.BytesIO(brief.docx(story)))
    heads = [one.text for one in document.paragraphs if one.style.name == "Heading 3"]
    for name in bodies:
        assert page.count(f"<h3>{html.escape(name)}</h3>") == 1
        assert heads.count(name) == 1


def test_no_two_differences_of_a_measure_have_the_same_reason():
    one = of(DECEMBER, dt.date(2025, 12, 27))
    reasons = [found.main.refs for found in one.differences]
    assert one.differences[0].title == "Killed: more than 100 or at least 47?"
    assert "44 civilians in Thailand who died of indirect causes" in one.differences[0].main.text
    assert len(reasons) == len(set(reasons))


@pytest.mark.parametrize("day", [dt.date(2025, 7, 29), dt.date(2025, 8, 2)])
def test_no_two_numbers_are_compared_twice_whichever_measure_they_are_of(day):
    found = of(JULY, day).differences
    assert len(found) >= 4
    ends = [frozenset(one.ends.refs) for one in found]
    assert len(ends) == len(set(ends))
    [title] = [t for t in (one.title for one in found) if "displaced" in t and "evacuated" in t]
    assert "people displaced in Cambodia and Thailand, or more than 100,000" in title


def test_a_sum_and_the_published_number_stand_side_by_side_where_they_differ():
    killed = of(DECEMBER, dt.date(2025, 12, 27)).headlines[0]
    assert [(one.number, one.basis) for one in killed.together] == [
        ("47", "added up"),
        ("more than 100", "published for both together"),
    ]
    signs = {line.text: line.sign for line in killed.together[1].lines if line.sign}
    assert signs == {
        "at least 54 more than the sum": "gap",
        "20 sources conflict: 24 to 200": "conflict",
    }


def test_words_without_digits_are_told_as_printed(story):
    displaced = next(one for one in story.headlines if one.measure == "displaced")
    text = "“hundreds of thousands” (200,000 to 999,999)"
    assert (text, "published for both together") in [
        (e.number, e.basis) for e in displaced.together
    ]


def test_each_reference_leads_to_the_row_and_the_report(library, story):
    rows = library.figures.set_index("figure_id")
    assert [one.number for one in story.references] == list(range(1, len(story.references) + 1))
    for one in story.references:
        figure_id = one.figures.split(" ")[0]
        row = rows.loc[figure_id]
        assert f"(line {row['line']})" in one.figures
        assert one.url == row["url"]
        assert wording.day(row["as_of"]) in one.text
    used = {ref for sentence in story.sentences for ref in sentence.refs}
    assert used <= {one.number for one in story.references}


def test_what_was_not_yet_known_is_left_out(library):
    then = brief.compose(library, crisis=DECEMBER, day=STORY, known_on=dt.date(2025, 12, 20))
    now = of(DECEMBER, STORY)
    assert "As known on 20 Dec 2025" in then.circumstances
    assert then.headlines[0].number != now.headlines[0].number
    assert not any("24 Dec 2025" in one.text for one in then.references)


def test_the_rule_and_the_places_are_those_asked_for(library):
    low = brief.compose(library, crisis=DECEMBER, day=STORY, rule="lowest", places=("KHM",))
    assert low.places == ("Cambodia",)
    assert low.together == ""
    total = add_up(
        library.figures,
        library.sources,
        measure="killed",
        places=["KHM"],
        on=STORY,
        rule="lowest",
        crisis=DECEMBER,
        identities=library.identities,
        crises=library.crises,
    )
    assert low.headlines[0].number == total.text == "19"
    assert "lowest figure" in low.method[1]
    assert "Thailand" not in low.headlines[0].sentences[0].text.split(";")[0]


def test_a_crisis_that_is_not_there_is_refused(library):
    with pytest.raises(ValueError, match="there is no crisis 'nowhere'"):
        brief.compose(library, crisis="nowhere", day=STORY)


def test_a_day_without_figures_says_so_kindly(library):
    one = brief.compose(library, crisis=DECEMBER, day=dt.date(2025, 12, 1))
    assert one.headlines == ()
    assert "No source has a figure for Cambodia and Thailand that is recent enough" in one.lead
    for words in everywhere(one).values():
        assert squeezed(one.lead) in words
        assert "None" not in words


def test_before_anything_was_published_it_says_so(library):
    one = brief.compose(library, crisis=DECEMBER, day=STORY, known_on=dt.date(2025, 1, 1))
    assert one.lead.startswith("Nothing has been published yet")
    assert brief.pdf(one).startswith(b"%PDF")


def test_the_html_is_small_and_asks_for_nothing(story):
    text = brief.html(story)
    assert len(text.encode()) < 150_000
    page = Words(text)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "img", "object", "embed", "base", "form"}
    assert "svg" in names
    for tag, attributes in page.tags:
        assert not {"src", "srcset", "onload", "onerror", "xlink:href"} & set(attributes), tag
        for name in ("href",):
            if name in attributes:
                assert re.match(r"https?://|#r\d+$", attributes[name]), attributes
    assert "@import" not in text
    assert "url(" not in text
    root = next(attributes for tag, attributes in page.tags if tag == "html")
    assert root == {"lang": "en", "dir": "ltr"}


@pytest.mark.parametrize(
    ("paper", "width", "height"), [("a4", 595.28, 841.89), ("letter", 612.0, 792.0)]
)
def test_paper_has_its_size_in_pdf_and_docx(story, paper, width, height):
    reader = pypdf.PdfReader(io.BytesIO(brief.pdf(story, paper)))
    assert 2 <= len(reader.pages) <= 4
    for page in reader.pages:
        box = page.mediabox
        assert (float(box.width), float(box.height)) == pytest.approx((width, height), abs=0.01)
    section = office.Document(io.BytesIO(brief.docx(story, paper))).sections[0]
    size = section.page_width.pt, section.page_height.pt
    assert size == pytest.approx((width, height), abs=0.5)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(("crisis", "day"), DAYS)
def test_the_first_page_holds_figures_chart_and_why_reports_differ(crisis, day, paper):
    one = of(crisis, day)
    pages = pypdf.PdfReader(io.BytesIO(file_of(crisis, day, "pdf", paper))).pages
    words = squeezed(pages[0].extract_text())
    wanted = [one.lead, *(headline.number for headline in one.headlines)]
    wanted += [text for found in one.differences for text in (found.title, found.main.text)]
    for text in wanted:
        assert squeezed(text) in words
    assert squeezed(pages[1].extract_text()).startswith("Detailsandsources")


def test_the_pdf_is_tagged_titled_and_the_same_every_time(story):
    data = brief.pdf(story)
    assert data == brief.pdf(story)
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == story.heading
    assert "/CreationDate" not in reader.metadata
    assert story.chart.alt[:40].encode("utf-16-be") in data or alternative(root) == story.chart.alt


def alternative(node, depth=0):
    """Return the first text alternative in the tree of tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        if "/Alt" in node:
            return str(node["/Alt"])
        kids = node.get("/StructTreeRoot") or node.get("/K")
        return alternative(kids, depth + 1) if kids is not None and depth < 60 else None
    if isinstance(node, list):
        return next(filter(None, (alternative(kid, depth + 1) for kid in node)), None)
    return None


def test_the_docx_has_headings_a_header_row_links_and_alternatives(story):
    document = office.Document(io.BytesIO(brief.docx(story)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 4
    assert styles.count("Heading 2") >= 6
    table = document.tables[0]
    assert len(table.rows) == 1 + len(story.headlines)
    assert "tblHeader" in table.rows[0]._tr.xml
    links = {link.address for p in document.paragraphs for link in p.hyperlinks}
    assert {one.url for one in story.references} <= links
    assert story.link in links
    assert document.inline_shapes[0]._inline.docPr.get("descr") == story.chart.alt
    assert document.core_properties.title == story.heading
    assert document.core_properties.language == "en"


def test_the_docx_has_the_colours_of_the_verdicts(story):
    document = office.Document(io.BytesIO(brief.docx(story)))
    runs = [
        run
        for row in document.tables[0].rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    ]
    styles = {run.text: run.style.name for run in runs if run.text}
    assert styles["equals the sum"] == "Good"
    assert styles["22 sources conflict: 11 to 200"] == "Odd"
    assert styles["one source alone"] == "Quiet"
    colours = {name: str(document.styles[name].font.color.rgb) for name in ("Good", "Odd")}
    assert colours == {"Good": "1B6A36", "Odd": "964300"}


def test_the_docx_has_figures_chart_and_reasons_before_its_first_new_page(story):
    body = office.Document(io.BytesIO(brief.docx(story))).element.body
    first = body.xpath("w:p[w:pPr/w:sectPr]")[-1]
    before = [found for found in body.iterchildren() if body.index(found) <= body.index(first)]
    words = squeezed("".join(text for found in before for text in found.xpath(".//w:t/text()")))
    for text in (story.lead, story.differences[0].title, story.differences[0].main.text):
        assert squeezed(text) in words
    assert [found for found in before if found.xpath(".//w:drawing")]
    assert squeezed(story.words["details"]) not in words
    # What follows begins on a new page, as a section does that does not say otherwise.
    assert body.sectPr.xpath("w:type/@w:val") == []


def test_another_paper_is_refused(story):
    for make in (brief.pdf, brief.docx):
        with pytest.raises(ValueError, match="choose one of a4, letter"):
            make(story, "legal")


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_names_and_notes_stay_text(tmp_path, evil):
    rows = [
        figure(country="THA", value=6, source="a", url="javascript:alert(1)"),
        figure(country="KHM", value=4, source="b", scope=evil, note=evil),
        figure(country="KHM", value=9, source="b"),
        figure(country="KHM", value=3, source="a", as_of="2025-12-22"),
    ]
    sources = [source(source="a", name=evil), source(source="b", name=f"b {evil}")]
    library = load_library(str(write_crisis(tmp_path, *rows, sources=sources, name=evil)))
    one = brief.compose(library, crisis="test", day=STORY, link="javascript:alert(1)")
    assert one.link == ""
    assert all(reference.url == "https://example.org/report" or not reference.url
               for reference in one.references)  # fmt: skip
    page = brief.html(one)
    tags = Words(page).tags
    assert not {"script", "img"} & {tag for tag, _ in tags}
    assert not any("onerror" in attributes for _, attributes in tags)
    assert squeezed(evil) in in_html(page)
    assert squeezed(evil) in in_docx(brief.docx(one))
    reader = pypdf.PdfReader(io.BytesIO(brief.pdf(one)))
    assert squeezed(evil) in squeezed(reader.metadata.title)
    addresses = [
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for sheet in reader.pages
        for note in sheet.get("/Annots", [])
    ]
    assert all(address.startswith(("http", "")) for address in addresses)
    assert not any("javascript" in address for address in addresses)


def test_control_signs_are_left_out_and_nothing_else(story):
    bad = "a\x00b\x0bc\ud800d\ufffee \u200f\u0e01 <&>"
    assert legal(bad) == "abcde \u200f\u0e01 <&>"
    one = dataclasses.replace(story, title=bad, heading=bad)
    assert "abcde" in in_docx(brief.docx(one))
    assert brief.pdf(one).startswith(b"%PDF")


def test_a_name_in_letters_without_a_font_still_makes_a_pdf(tmp_path):
    rows = [figure(country="THA", value=6, source="a")]
    sources = [source(source="a", name="新华社 ខ្មែរ\u200bថៃ")]
    library = load_library(str(write_crisis(tmp_path, *rows, sources=sources)))
    one = brief.compose(library, crisis="test", day=STORY)
    data = brief.pdf(one)
    assert pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "新华社" in in_html(brief.html(one))
    assert "新华社" in in_docx(brief.docx(one))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "", None, "http://a b"]
)
def test_only_addresses_of_the_web_are_links(address):
    assert safe_link(address) == ""


def test_a_reason_that_begins_with_a_name_keeps_it():
    assert clause("The 200 includes more.") == "the 200 includes more"
    assert clause("Royal Thai Army gave 3.", ["Royal Thai Army"]) == "Royal Thai Army gave 3"


def test_a_brief_in_arabic_runs_from_right_to_left(library):
    with wording.speaking("ar"):
        one = brief.compose(library, crisis=DECEMBER, day=STORY)
    assert (one.language, one.direction) == ("ar", "rtl")
    root = next(attributes for tag, attributes in Words(brief.html(one)).tags if tag == "html")
    assert root == {"lang": "ar", "dir": "rtl"}
    document = office.Document(io.BytesIO(brief.docx(one)))
    assert "w:bidi" in document.paragraphs[0]._p.xml
    # LibreOffice swallows the spaces beside isolates.
    assert not re.search("[\u2066-\u2069]", document.element.xml)
    assert "bidiVisual" in document.tables[0]._tbl.xml
    assert pypdf.PdfReader(io.BytesIO(brief.pdf(one))).trailer["/Root"]["/Lang"] == "ar"


@pytest.mark.parametrize("language", ["fr", "es", "ar", "th", "km"])
def test_numbers_and_days_follow_the_language(library, language):
    with wording.speaking(language):
        one = brief.compose(library, crisis=DECEMBER, day=STORY)
        number = wording.number(607980)
        day = wording.day(STORY)
    found = everywhere(one)
    assert squeezed(number) in found["html"]
    assert squeezed(number) in found["docx"]
    assert squeezed(day) in found["html"]


@functools.cache
def in_language(language, day):
    with languages.speak(language):
        return brief.compose(load_library("datasets"), crisis=DECEMBER, day=day)


def pages_of_headings(data):
    """Return the number of the page on which each heading of a PDF stands first, from 0."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    waiting, found = list(reader.outline), {}
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        else:
            number = reader.get_destination_page_number(one)
            title = squeezed(one.title)
            found[title] = min(number, found.get(title, number))
    return found


LATER = dt.date(2026, 2, 6)
SPOKEN = [(name, LATER) for name in languages.LANGUAGES]
# French takes most room.
SPOKEN += [("fr", STORY), ("fr", dt.date(2025, 12, 27))]


@pytest.mark.parametrize(("language", "day"), SPOKEN)
def test_the_first_page_is_enough_in_every_language_on_both_papers(language, day):
    one = in_language(language, day)
    assert len(one.headlines) >= 5
    for paper in ("a4", "letter"):
        found = pages_of_headings(brief.pdf(one, paper))
        first = [one.words["figures"], one.chart.title, one.words["differences"]]
        first += [difference.title for difference in one.differences[:2]]
        assert {found[squeezed(title)] for title in first} == {0}, paper
        # What rests on it begins on the next one, so that nothing of the first is left over.
        assert found[squeezed(one.words["details"])] == 1, paper


@pytest.mark.parametrize(("language", "day"), SPOKEN)
def test_the_html_is_small_and_without_a_script_in_every_language(language, day):
    text = brief.html(in_language(language, day))
    assert len(text.encode()) < 150_000
    assert "<script" not in text
    assert f'lang="{language}"' in text


def test_the_page_shows_the_brief_and_its_sentences():
    app = opened("brief", crisis=DECEMBER, day=STORY.isoformat())
    assert not app.exception
    said = text_of(app)
    assert "At least 86 people killed in Cambodia and Thailand as of 24 December 2025" in said
    assert ">at least 86<" in said
    assert ">at least 65<" in said
    codes = [code.value for code in app.code]
    assert any(text.startswith("At least 86 people killed") for text in codes)
    assert len(app.get("download_button")) == 4


def test_the_page_is_kind_on_a_day_without_figures():
    app = opened("brief", crisis=DECEMBER, day="2025-12-08", known="2025-12-01")
    assert not app.exception
    assert "Nothing has been published yet" in text_of(app)
    assert "None" not in text_of(app)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        (
            "\u2067\u0645\u0646 \u2068Royal (Army)\u2069\u060c \u206824\u2069\u2069",
            "\u0645\u0646 \u200f\u200eRoyal (Army)\u200e\u200f\u060c 24",
        ),
        ("\u2068\u0645\u0646\u2069 \u2069\u2067", "\u0645\u0646 "),
    ],
)
def test_pieces_that_run_the_other_way_are_marked_for_word_processors(text, shown):
    assert marked(text) == shown
