"""A brief for a word processor: real headings, a real table, live links, its language told."""

import io
from collections.abc import Iterable
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Length, Mm, Pt

import charts
from brief import ooxml
from brief.model import Brief, Chart, Entry, Headline, Reference, Sentence, tone
from brief.ooxml import Paragraph, legal
from brief.paper import Paper
from brief.styles import MARK, blank

PAPERS = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
LINE = "BFC7CE"
GAP = Mm(6)
# How many measures leave room for a fourth reason on the first page; all stand behind it.
FEW = 5
Document = Any


def docx(brief: Brief, paper: Paper = "a4") -> bytes:
    """Return the brief as a DOCX file on ``a4`` or ``letter`` paper.

    Raises ``ValueError`` for another paper.
    """
    if paper not in PAPERS:
        raise ValueError(f"{paper!r} is not a paper; choose one of {', '.join(PAPERS)}")
    writer = _Writer(brief, paper)
    writer.write()
    return writer.saved()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, brief: Brief, paper: str) -> None:
        self.brief, self.rtl = brief, brief.direction == "rtl"
        self.document: Document = blank(brief, *PAPERS[paper])
        section = self.document.sections[0]
        self.width = section.page_width - section.left_margin - section.right_margin

    def write(self) -> None:
        """Write the first page, which has all that is needed, and what it rests on behind it."""
        brief, words = self.brief, self.brief.words
        self._heading(brief.title, 0)
        self._line(f"{brief.day} · {brief.circumstances} {brief.made}", "Quiet")
        self._lead(brief.lead)
        if brief.headlines:
            self._heading(words["figures"], 1)
            self._table()
        if brief.absent:
            self._line(brief.absent, "Quiet")
        if brief.headlines:
            self._beside()
            self._heading(words["details"], 1)
            self._told()
        self._heading(words["method"], 2)
        for text in brief.method:
            self._line(text)
        self._heading(words["cite"], 2)
        self._line(brief.cite)
        if brief.link:
            self._linked(self._line(f"{words['link']}: ", "Quiet"), brief.link, brief.link)
        self._sources()

    def _beside(self) -> None:
        """Write the chart and, beside it, why reports differ; then begin a new page."""
        chart, begin = self.brief.chart, self.document.add_section
        begin(WD_SECTION.CONTINUOUS)
        if chart:
            # Programs do not agree on which of two columns is the first one from right to left.
            left = Length(int((self.width - GAP) * (0.5 if self.rtl else 0.38)))
            right = Length(self.width - GAP - left)
            self._chart(chart, min(left, Mm(70)))
            ooxml.set_columns(self.document.sections[-1], left, right, gap=GAP)
        self._reasons(beside=chart is not None)
        ooxml.set_columns(begin(WD_SECTION.NEW_PAGE), gap=GAP)

    def _reasons(self, *, beside: bool) -> None:
        brief, words = self.brief, self.brief.words
        head = self._heading(words["differences"], 1)
        if beside:
            run = head.add_run()
            run.add_break(WD_BREAK.COLUMN)
            head.runs[0]._r.addprevious(run._r)
        if not brief.differences:
            self._line(words["no_differences"], "Quiet")
        for one in brief.differences[: 4 if len(brief.headlines) <= FEW else 3]:
            self._heading(one.title, 3)
            self._line(f"{one.main.text}{_refs(one.main.refs)}")

    def _told(self) -> None:
        brief, words = self.brief, self.brief.words
        self._heading(words["news"], 2)
        if not brief.news:
            self._line(brief.no_news, "Quiet")
        self._list(brief.news)
        self._heading(words["sentences"], 2)
        self._list(brief.sentences)
        made_of = [one for headline in brief.headlines for one in headline.made_of]
        if made_of:
            self._heading(words["made_of"], 2)
            self._list(made_of)
        if brief.differences:
            self._heading(words["steps"], 2)
        for one in brief.differences:
            self._heading(one.title, 3)
            self._line(f"{one.ends.text}{_refs(one.ends.refs)}", "Quiet")
            self._list(one.reasons)

    def _sources(self) -> None:
        if self.brief.bodies:
            self._heading(self.brief.words["sources"], 2)
        for source, reports in self.brief.bodies:
            self._heading(source, 3)
            for one in reports:
                self._report(one)

    def _heading(self, text: str, level: int) -> Paragraph:
        return self._turned(self.document.add_heading(legal(text), level))

    def _line(self, text: str, small: str | None = None, style: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(legal(text), style=small)
        return self._turned(paragraph)

    def _lead(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(legal(text))
        run.bold = run.font.cs_bold = True
        ooxml.set_size(run, 10)
        self._turned(paragraph)

    def _list(self, sentences: Iterable[Sentence]) -> None:
        for one in sentences:
            self._line(f"{one.text}{_refs(one.refs)}", style="List Bullet")

    def _turned(self, paragraph: Paragraph) -> Paragraph:
        """Return the paragraph, running the way the language does."""
        if self.rtl:
            ooxml.turn(paragraph)
        return paragraph

    def _table(self) -> None:
        brief = self.brief
        heads = [brief.words["measure"], *filter(None, [brief.together]), *brief.places]
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        if self.rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        ooxml.rule(table, LINE)
        ooxml.describe(table._tbl.tblPr, brief.words["figures"])
        first = table.rows[0]
        first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, head in zip(first.cells, heads, strict=True):
            self._entry(cell.paragraphs[0], Entry("", head))
        for headline in brief.headlines:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            self._row(row.cells, headline)
        # The name of a measure is short, what all places have together is said at most length.
        shares = [0.13, *([0.35] if brief.together else [])]
        rest = (1 - sum(shares)) / len(brief.places)
        table.autofit = False
        widths = [Length(int(self.width * share)) for share in shares]
        widths += [Length(int(self.width * rest))] * len(brief.places)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width

    def _row(self, cells: Iterable[Any], headline: Headline) -> None:
        together = [headline.together] if self.brief.together else []
        filled = [*together, *((entry,) for entry in headline.each)]
        first, *others = cells
        self._strong(first.paragraphs[0], headline.label, 8)
        for cell, entries in zip(others, filled, strict=True):
            for number, entry in enumerate(entries):
                self._entry(cell.add_paragraph() if number else cell.paragraphs[0], entry)

    def _strong(self, paragraph: Paragraph, text: str, size: float) -> None:
        run = paragraph.add_run(legal(text))
        run.bold = run.font.cs_bold = True
        ooxml.set_size(run, size)
        paragraph.paragraph_format.space_after = Pt(0)
        self._turned(paragraph)

    def _entry(self, paragraph: Paragraph, one: Entry) -> None:
        """Write a number, what it is beside it, and all that is said of it below."""
        if one.number:
            self._strong(paragraph, one.number, 10.5)
            paragraph.add_run(" ")
        paragraph.add_run(legal(one.basis), style="Quiet")
        lines = [line for line in one.lines if line.text]
        for number, line in enumerate(lines):
            between = paragraph.add_run("" if number == 0 else " · ", style="Quiet")
            if number == 0:
                between.add_break()
            style = tone(line.sign).capitalize() or "Quiet"
            paragraph.add_run(f"{legal(line.text)}{_refs(line.refs)}", style=style)
        paragraph.paragraph_format.space_after = Pt(0)
        self._turned(paragraph)

    def _chart(self, chart: Chart, width: Length) -> None:
        self._heading(chart.title, 1)
        self.document.add_picture(io.BytesIO(charts.png(chart.light)), width=width)
        shape = self.document.inline_shapes[-1]._inline.docPr
        shape.set("descr", legal(chart.alt))
        shape.set("title", legal(chart.title))
        # Closer lines would cut the picture off.
        self.document.paragraphs[-1].paragraph_format.line_spacing = 1.0
        self._turned(self.document.paragraphs[-1])
        self._line(chart.subtitle, "Quiet")

    def _report(self, one: Reference) -> None:
        paragraph = self._line(f"{one.number}. ")
        if one.url:
            self._linked(paragraph, one.text, one.url)
        else:
            paragraph.add_run(legal(one.text))
        for run in paragraph.runs if self.rtl else ():
            run.font.rtl = True

    def _linked(self, paragraph: Paragraph, words: str, address: str) -> None:
        ooxml.hyperlink(paragraph, words, address, MARK)

    def saved(self) -> bytes:
        """Return the file."""
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()


def _refs(numbers: Iterable[int]) -> str:
    # A mark neither begins a line nor is broken by one.
    return "".join(f"\u00a0[\u2060{number}\u2060]" for number in numbers)
