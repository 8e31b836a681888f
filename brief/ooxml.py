"""What python-docx cannot write by itself: links, lines of tables, columns, fonts."""

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor

from brief.marking import marked

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
Paragraph = Any


def legal(text: object) -> str:
    """Return text without the control signs that no XML file may hold, and without isolates."""
    return marked(_ILLEGAL.sub("", str(text)))


def turn(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left."""
    mark = OxmlElement("w:bidi")
    paragraph._p.get_or_add_pPr().insert_element_before(mark, *_AFTER_BIDI)
    for run in paragraph.runs:
        run.font.rtl = True


def turn_section(section: Any) -> None:
    """Let a section, and its columns, run from right to left."""
    section._sectPr.insert_element_before(OxmlElement("w:bidi"), *_AFTER_SECTION_BIDI)


def set_columns(section: Any, *widths: Length, gap: Length) -> None:
    """Set a section in columns of these widths; in one column without any."""
    columns = section._sectPr.find(qn("w:cols"))
    for old in list(columns):
        columns.remove(old)
    columns.attrib.clear()
    columns.set(qn("w:space"), str(gap.twips))
    if not widths:
        return
    columns.set(qn("w:num"), str(len(widths)))
    columns.set(qn("w:equalWidth"), "0")
    for width in widths:
        column = OxmlElement("w:col")
        column.set(qn("w:w"), str(width.twips))
        column.set(qn("w:space"), str(gap.twips))
        columns.append(column)


def hyperlink(paragraph: Paragraph, words: str, address: str, colour: RGBColor) -> None:
    """Add words that lead to an address; python-docx reads such links but cannot write them."""
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(legal(words))
    run.font.color.rgb, run.underline = colour, True
    link.append(run._r)
    paragraph._p.append(link)


def rule(table: Any, colour: str) -> None:
    """Draw a thin line below each row of a table, and no other; ``colour`` is hexadecimal."""
    borders = OxmlElement("w:tblBorders")
    for name in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{name}")
        shown = name in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if shown else "nil")
        if shown:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), colour)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
    )


def describe(properties: Any, words: str) -> None:
    """Give a table the title that screen readers say."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), legal(words))
    properties.append(caption)


def set_size(styled: Any, points: float) -> None:
    """Set the size of letters, also of scripts such as Arabic and Thai, which Word sets apart."""
    styled.font.size = Pt(points)
    properties = styled.element.get_or_add_rPr()
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(round(points * 2)))
    properties.find(qn("w:sz")).addnext(size)


def plain_font(style: Any) -> None:
    """Leave the choice of font to Noto Sans, or to what the reader's machine has instead."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), "Noto Sans")
