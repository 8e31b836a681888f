"""What the XML inside a workbook says and calamine does not: extent, errors, empty formulas.

A sheet with one cell at the far corner would make calamine reserve memory for the whole rectangle,
so the extent is looked up first.
"""

import html
import re
from dataclasses import dataclass, field

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?r=["\']([A-Z]{1,7})(\d{1,9})["\']')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*t="e")[^>]*?r="([A-Z]{1,3})(\d+)"[^>]*>.{0,2000}?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ODS_TABLE = re.compile(rb'<table:table\s[^>]*?table:name="([^"]*)"[^>]*>')
_ODS_ROW = re.compile(rb"<table:table-row\b[^>]*?(/?)>")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')


@dataclass
class Survey:
    """The rectangle around a sheet's cells, its errors and formulas without results.

    Places are (row, column) counted from 0.
    """

    rows: int = 0
    columns: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)


def survey_xlsx(parts: dict[str, bytes]) -> dict[str, Survey]:
    """Return the survey of each sheet by name; ``parts`` are the XML files of the workbook."""
    targets = {}
    for match in _RELATION.finditer(parts.get("xl/_rels/workbook.xml.rels", b"")):
        attributes = dict(_ATTRIBUTE.findall(match.group(1)))
        target = attributes.get(b"Target", b"").decode(errors="replace").lstrip("/")
        targets[attributes.get(b"Id", b"")] = target if target[:3] == "xl/" else f"xl/{target}"
    surveys = {}
    for match in _SHEET.finditer(parts["xl/workbook.xml"]):
        attributes = dict(_ATTRIBUTE.findall(match.group(1)))
        name = html.unescape(attributes.get(b"name", b"").decode(errors="replace"))
        relation = next((v for k, v in attributes.items() if k.endswith(b":id")), b"")
        content = parts.get(targets.get(relation, ""), b"")
        surveys[name] = _survey(content)
    for part in parts.keys() - set(targets.values()):
        # A sheet that nothing points to in the usual way must keep the limits as well.
        if b"<c " in parts[part]:
            surveys[part] = _survey(parts[part])
    return surveys


def _survey(content: bytes) -> Survey:
    references = set(_REFERENCE.findall(content)) if len(content) < 1 << 18 else None
    if references is None:
        # Large sheets: only the distinct letters and the last of the rows matter.
        found = _REFERENCE.findall(content)
        letters, rows = {f[0] for f in found}, max((int(f[1]) for f in found), default=0)
    else:
        letters = {letters for letters, _ in references}
        rows = max((int(row) for _, row in references), default=0)
    survey = Survey(rows, max((_column(name) for name in letters), default=-1) + 1)
    if b't="e"' in content:
        survey.errors = [
            (int(row) - 1, _column(letters), html.unescape(text.decode(errors="replace")))
            for letters, row, text in _ERROR.findall(content)
        ]
    if b"<f" in content or b":f>" in content:
        survey.uncomputed = [
            (int(row) - 1, _column(letters)) for letters, row in _UNCOMPUTED.findall(content)
        ]
    return survey


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def survey_ods(parts: dict[str, bytes]) -> dict[str, Survey]:
    """Return the survey of each sheet of an ods file: how far its repeated cells reach."""
    content = parts.get("content.xml", b"")
    starts = list(_ODS_TABLE.finditer(content))
    surveys = {}
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        table = content[start.end() : end.start() if end else len(content)]
        name = html.unescape(start.group(1).decode(errors="replace"))
        surveys[name] = _survey_ods_table(table)
    return surveys


def _survey_ods_table(table: bytes) -> Survey:
    survey = Survey()
    rows = list(_ODS_ROW.finditer(table))
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        inside = table[row.end() : following.start() if following else len(table)]
        width = filled = 0
        for attributes, closed in _ODS_CELL.findall(inside):
            width += _times(attributes)
            if not closed:
                filled = width
        if filled:
            survey.rows += _times(row.group(0))
            survey.columns = max(survey.columns, filled)
    return survey


def _times(attributes: bytes) -> int:
    repeated = _REPEATED.search(attributes)
    return int(repeated.group(1)) if repeated else 1
