"""The letters, colours and paper of a brief for word processors, and what the file says of it."""

import datetime as dt
from typing import Any

import docx as office
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from brief import ooxml
from brief.model import Brief
from brief.ooxml import legal

MARK = RGBColor(0x0B, 0x4A, 0x73)
# Small type, and what it says of a number in its colour, as on paper.
SMALL = {
    "Quiet": (RGBColor(0x44, 0x44, 0x44), False),
    "Good": (RGBColor(0x1B, 0x6A, 0x36), False),
    "Odd": (RGBColor(0x96, 0x43, 0x00), True),
}
SIZES = (("Normal", 8.5), ("Title", 14), ("Heading 1", 10.5), ("Heading 2", 9), ("Heading 3", 8.5))
# Letters without marks far above or below, which closer lines would cut.
PLAIN = ("en", "fr", "es")


def blank(brief: Brief, width: Length, height: Length) -> Any:
    """Return a document without text, on paper of this size, in the language of a brief."""
    document = office.Document()
    _page(document.sections[0], width, height)
    if brief.direction == "rtl":
        ooxml.turn_section(document.sections[0])
    _styles(document.styles, brief.language)
    _about(document.core_properties, brief)
    return document


def _page(section: Any, width: Length, height: Length) -> None:
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(11)
    section.header_distance = section.footer_distance = Mm(6)


def _styles(styles: Any, language: str) -> None:
    for name, size in SIZES:
        ooxml.set_size(styles[name], size)
        spacing = styles[name].paragraph_format
        spacing.space_before, spacing.space_after = Pt(0), Pt(2)
        if name != "Normal":
            styles[name].font.color.rgb = MARK
            spacing.space_before, spacing.keep_with_next = Pt(5), True
    close = language.split("_")[0] in PLAIN
    styles["Normal"].paragraph_format.line_spacing = 0.9 if close else 1.0
    for name, (colour, bold) in SMALL.items():
        small = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        ooxml.set_size(small, 7)
        small.font.color.rgb, small.font.bold, small.font.cs_bold = colour, bold, bold
    for style in styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            ooxml.plain_font(style)
    told = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for name in ("w:val", "w:bidi", "w:eastAsia"):
        told.set(qn(name), language.replace("_", "-"))


def _about(about: Any, brief: Brief) -> None:
    made = dt.date.fromisoformat(brief.made_on)
    about.title = legal(brief.heading)[:255]
    about.subject = legal(brief.circumstances)[:255]
    about.author, about.comments, about.keywords = "", "", ""
    about.language = brief.language.replace("_", "-")
    about.created = about.modified = dt.datetime.combine(made, dt.time())
    about.revision, about.last_modified_by = 1, ""
