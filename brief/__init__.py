"""A situation brief: one crisis, one day, as plain data and as HTML, PDF and DOCX."""

from brief.composing import compose
from brief.model import Brief, Chart, Difference, Headline, Number, Reference, Sentence
from brief.paper import Paper, pdf
from brief.web import html
from brief.word import docx

__all__ = [
    "Brief",
    "Chart",
    "Difference",
    "Headline",
    "Number",
    "Paper",
    "Reference",
    "Sentence",
    "compose",
    "docx",
    "html",
    "pdf",
]
