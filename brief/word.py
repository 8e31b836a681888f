"""A brief for a word processor: real headings, a real table, live links, its language told."""

import datetime as dt
import io
import re
from collections.abc import Iterable
from typing import Any

import docx as office
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

import charts
from brief.marking import marked
from brief.model import Brief, Chart, Headline, Number, Reference, Sentence
from brief.paper import Paper

PAPERS = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
MARK, QUIET = RGBColor(0x0B, 0x4A, 0x73), RGBColor(0x44, 0x44, 0x44)
# What XML cannot hold; everything else of a text is kept.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What Word wants to stand after the mark of a paragraph, or a section, that runs right to left.
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:textAlignment",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
)
_AFTER_SECTION_BIDI = ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")
# The library has no types of its own.
Document = Any
Paragraph = Any


def docx(brief: Brief, paper: Paper = "a4") -> bytes:
    """Return the brief as a DOCX file on ``a4`` or ``letter`` paper.

    Raises ``ValueError`` for another paper.
    """
    if paper not in PAPERS:
        raise ValueError(f"{paper!r} is not a paper; choose one of {', '.join(PAPERS)}")
    writer = _Writer(brief, paper)
    writer.write()
    return writer.saved()


def legal(text: object) -> str:
    """Return text without the control signs that no XML file may hold, and without isolates."""
    return marked(_ILLEGAL.sub("", str(text)))


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, brief: Brief, paper: str) -> None:
        self.brief, self.rtl = brief, brief.direction == "rtl"
        self.document: Document = office.Document()
        self._page(paper)
        self._styles()
        self._about()

    def _page(self, paper: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = PAPERS[paper]
        section.left_margin = section.right_margin = Mm(17)
        section.top_margin = section.bottom_margin = Mm(15)
        self.width = section.page_width - section.left_margin - section.right_margin
        if self.rtl:
            section._sectPr.insert_element_before(OxmlElement("w:bidi"), *_AFTER_SECTION_BIDI)

    def _styles(self) -> None:
        styles = self.document.styles
        _size(styles["Normal"], 9.5)
        styles["Normal"].paragraph_format.space_after = Pt(3)
        for name, size in (("Title", 18), ("Heading 1", 12.5), ("Heading 2", 10.5)):
            _size(styles[name], size)
            styles[name].font.color.rgb = MARK
        quiet = styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
        _size(quiet, 8)
        quiet.font.color.rgb = QUIET
        for style in styles:
            if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
                _plain_font(style)
        language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
        code = self.brief.language.replace("_", "-")
        for name in ("w:val", "w:bidi", "w:eastAsia"):
            language.set(qn(name), code)

    def _about(self) -> None:
        about, made = self.document.core_properties, dt.date.fromisoformat(self.brief.made_on)
        about.title = legal(self.brief.heading)[:255]
        about.subject = legal(self.brief.circumstances)[:255]
        about.author, about.comments, about.keywords = "", "", ""
        about.language = self.brief.language.replace("_", "-")
        about.created = about.modified = dt.datetime.combine(made, dt.time())
        about.revision, about.last_modified_by = 1, ""

    def write(self) -> None:
        """Write every part of the brief."""
        brief, words = self.brief, self.brief.words
        self._heading(brief.title, 0)
        self._line(f"{brief.day} · {brief.circumstances} {brief.made}", quiet=True)
        self._bold(brief.lead)
        if brief.headlines:
            self._heading(words["figures"], 1)
            self._table()
        if brief.absent:
            self._line(brief.absent, quiet=True)
        self._list([one for headline in brief.headlines for one in headline.made_of])
        if brief.chart:
            self._chart(brief.chart)
        if brief.headlines:
            self._told()
        self._heading(words["method"], 1)
        for text in brief.method:
            self._line(text)
        self._heading(words["cite"], 1)
        self._line(brief.cite)
        if brief.link:
            _hyperlink(self._line(f"{words['link']}: ", quiet=True), brief.link, brief.link)

    def _told(self) -> None:
        brief, words = self.brief, self.brief.words
        self._heading(words["differences"], 1)
        if not brief.differences:
            self._line(words["no_differences"], quiet=True)
        for one in brief.differences:
            self._heading(one.title, 2)
            self._line(f"{one.ends.text}{_refs(one.ends.refs)}", quiet=True)
            self._list(one.reasons)
        self._heading(words["news"], 1)
        if not brief.news:
            self._line(brief.no_news, quiet=True)
        self._list(brief.news)
        self._heading(words["sentences"], 1)
        self._list(brief.sentences)
        self._heading(words["sources"], 1)
        for reference in brief.references:
            self._reference(reference)

    def _heading(self, text: str, level: int) -> None:
        self._turned(self.document.add_heading(legal(text), level))

    def _line(self, text: str, quiet: bool = False, style: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(legal(text), style="Quiet" if quiet else None)
        return self._turned(paragraph)

    def _bold(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(legal(text))
        run.bold = run.font.cs_bold = True
        _size(run, 11)
        self._turned(paragraph)

    def _list(self, sentences: Iterable[Sentence]) -> None:
        for one in sentences:
            self._line(f"{one.text}{_refs(one.refs)}", style="List Bullet")

    def _turned(self, paragraph: Paragraph) -> Paragraph:
        """Return the paragraph, running the way the language does."""
        if self.rtl:
            mark = OxmlElement("w:bidi")
            paragraph._p.get_or_add_pPr().insert_element_before(mark, *_AFTER_BIDI)
            for run in paragraph.runs:
                run.font.rtl = True
        return paragraph

    def _table(self) -> None:
        brief = self.brief
        together = [brief.together] if brief.together else []
        heads = [brief.words["measure"], *together, *brief.places]
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        properties = table._tbl.tblPr
        if self.rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        _described(properties, brief.words["figures"])
        first = table.rows[0]
        first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, head in zip(first.cells, heads, strict=True):
            self._cell(cell, head, [])
        for headline in brief.headlines:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            self._row(row.cells, headline)

    def _row(self, cells: Iterable[Any], headline: Headline) -> None:
        brief = self.brief
        filled = [(headline.label, [headline.meaning])]
        if brief.together:
            filled.append((headline.number, _together(brief, headline)))
        filled += [_number(brief, number) for number in headline.places]
        for cell, (strong, quiet) in zip(cells, filled, strict=True):
            self._cell(cell, strong, quiet)

    def _cell(self, cell: Any, strong: str, quiet: Iterable[str]) -> None:
        first = cell.paragraphs[0]
        run = first.add_run(legal(strong))
        run.bold = run.font.cs_bold = True
        self._turned(first)
        for text in quiet:
            paragraph = cell.add_paragraph()
            paragraph.add_run(legal(text), style="Quiet")
            paragraph.paragraph_format.space_after = Pt(0)
            self._turned(paragraph)

    def _chart(self, chart: Chart) -> None:
        self._heading(chart.title, 1)
        width = min(self.width, Mm(120))
        self.document.add_picture(io.BytesIO(charts.png(chart.light)), width=width)
        shape = self.document.inline_shapes[-1]._inline.docPr
        shape.set("descr", legal(chart.alt))
        shape.set("title", legal(chart.title))
        self._turned(self.document.paragraphs[-1])
        self._line(chart.subtitle, quiet=True)

    def _reference(self, one: Reference) -> None:
        paragraph = self._line(f"{one.number}. ")
        if one.url:
            _hyperlink(paragraph, one.source, one.url)
        else:
            paragraph.add_run(legal(one.source))
        paragraph.add_run(legal(f". {one.text} "))
        paragraph.add_run(legal(one.figures), style="Quiet")
        for run in paragraph.runs if self.rtl else ():
            run.font.rtl = True

    def saved(self) -> bytes:
        """Return the file."""
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


def _together(brief: Brief, headline: Headline) -> list[str]:
    lines = [headline.basis]
    one = headline.published
    if one is not None:
        lines.append(brief.words["published"].format(number=one.text) + _refs([one.ref]))
        lines += [one.whose, *one.notes, headline.comparison, one.verdict]
    return [line for line in (*lines, *headline.notes) if line]


def _number(brief: Brief, number: Number | None) -> tuple[str, list[str]]:
    if number is None:
        return "–", [brief.words["nobody"]]
    whose = f"{number.whose}{_refs([number.ref])}"
    lines = [number.group, whose, *number.notes, number.verdict]
    return number.text, [line for line in lines if line]


def _refs(numbers: Iterable[int]) -> str:
    return "".join(f" [{number}]" for number in numbers)


def _hyperlink(paragraph: Paragraph, words: str, address: str) -> None:
    """Add words that lead to an address; python-docx reads such links but cannot write them."""
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(legal(words))
    run.font.color.rgb, run.underline = MARK, True
    link.append(run._r)
    paragraph._p.append(link)


def _described(properties: Any, words: str) -> None:
    """Give a table the title that screen readers say."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), legal(words))
    properties.append(caption)


def _size(styled: Any, points: float) -> None:
    """Set the size of letters, also of scripts such as Arabic and Thai, which Word sets apart."""
    styled.font.size = Pt(points)
    properties = styled.element.get_or_add_rPr()
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(round(points * 2)))
    properties.find(qn("w:sz")).addnext(size)


def _plain_font(style: Any) -> None:
    """Leave the choice of font to Noto Sans, or to what the reader's machine has instead."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), "Noto Sans")
