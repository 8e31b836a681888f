"""Files that leave the dashboard: figures and charts for spreadsheets and programs."""

from exports.cells import printable, safe
from exports.codebook import code_book
from exports.delimited import csv
from exports.library import FORMATS, MOST_IN_A_WORKBOOK, Bundle, bundle, zipped
from exports.template import template
from exports.workbook import xlsx

__all__ = [
    "FORMATS",
    "MOST_IN_A_WORKBOOK",
    "Bundle",
    "bundle",
    "code_book",
    "csv",
    "printable",
    "safe",
    "template",
    "xlsx",
    "zipped",
]
