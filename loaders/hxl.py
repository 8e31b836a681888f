"""HXL: the row of #tags that says what each column holds, read and written.

A tag is kept with its column, as metadata of the arrow field; ``tags`` returns them. The standard:
https://hxlstandard.org. We read more leniently than it demands: blanks inside tags, tags below
several header lines, columns without a tag.
"""

import csv
import difflib
import io
import re
from dataclasses import replace

import pandas as pd
import pyarrow as pa

from figures import Figure, Finding
from loaders.containers.codes import note
from loaders.containers.grid import Rows
from loaders.raw import RawTable

SEARCHED = 25
_TAG = re.compile(r"#\s*([A-Za-z]\w*)((?:\s*\+\s*[A-Za-z][\w\-]*)*)\s*\+?")
_KEY = b"hxl"
# The core hashtags of the standard 1.1, and those that OCHA's own tools add.
CORE = frozenset(
    [
        "access",
        "activity",
        "adm1",
        "adm2",
        "adm3",
        "adm4",
        "adm5",
        "affected",
        "beneficiary",
        "capacity",
        "cause",
        "channel",
        "contact",
        "country",
        "crisis",
        "currency",
        "date",
        "delivery",
        "description",
        "docref",
        "event",
        "extra_org",
        "fac_id",
        "frequency",
        "frequency",
        "geo",
        "group",
        "head",
        "id",
        "impact",
        "indicator",
        "inneed",
        "item",
        "loc",
        "meta",
        "modality",
        "name",
        "need",
        "operations",
        "org",
        "output",
        "people",
        "population",
        "priority",
        "reached",
        "region",
        "regions",
        "respondee",
        "response",
        "sector",
        "service",
        "severity",
        "status",
        "subsector",
        "target",
        "targeted",
        "team",
        "theme",
        "threshold",
        "time",
        "type",
        "valid",
        "value",
        "x_category",
    ]
)


def normal(tag: str) -> str:
    """Return the tag without blanks and in small letters, or '' when the text is no tag.

    ``#Affected + killed`` is ``#affected+killed``.
    """
    match = _TAG.fullmatch(tag.strip())
    return "#" + re.sub(r"\s", "", match.group(1) + match.group(2)).lower() if match else ""


def tag_row(rows: Rows) -> int | None:
    """Return the place of the row of tags among the first 25 rows, if there is one."""
    for place, row in enumerate(rows[:SEARCHED]):
        filled = [cell for cell in row if cell.strip()]
        tags = [cell for cell in filled if normal(cell)]
        if tags and len(tags) >= max(1, len(filled) / 2) and any(_core(tag) for tag in tags):
            return place
    return None


def _core(tag: str) -> bool:
    return _hashtag(normal(tag)) in CORE


def _hashtag(tag: str) -> str:
    return tag[1:].split("+")[0]


def tagged(table: RawTable, row: list[str], line: int) -> tuple[RawTable, list[Finding]]:
    """Return the table with the tags of ``row`` on its columns, and what is wrong with them."""
    fields, findings = [], []
    for place, field in enumerate(table.cells.schema):
        text = row[place].strip() if place < len(row) else ""
        tag = normal(text)
        fields.append(field.with_metadata({_KEY: tag.encode()}) if tag else field)
        if problem := _problem(text, tag):
            code, words = problem
            finding = note(
                code, table.file, words, line=line, column=field.name, value=text, sheet=table.sheet
            )
            findings.append(finding)
    cells = table.cells.cast(pa.schema(fields)) if fields else table.cells
    return replace(table, cells=cells), findings


def _problem(text: str, tag: str) -> tuple[str, str] | None:
    if not text or _core(tag):
        return None
    near = difflib.get_close_matches(_hashtag(tag) or text.lower(), sorted(CORE), 1, 0.7)
    hint = f"; did the publisher mean #{near[0]}?" if near else ""
    if not tag:
        return "hxl-bad-tag", f"{text[:60]!r} is no tag{hint}"
    return "hxl-unknown-tag", f"#{_hashtag(tag)} is not in the core standard{hint}"


def tags(table: RawTable) -> dict[str, str]:
    """Return the tag of each column that has one: ``{"Killed": "#affected+killed"}``."""
    return {
        field.name: field.metadata[_KEY].decode()
        for field in table.cells.schema
        if field.metadata and _KEY in field.metadata
    }


# How a column of ours is tagged. What the standard has no tag for is an attribute of #meta.
_OURS = {
    "figure_id": "#meta+id",
    "country": "#country+code+v_iso3",
    "admin1": "#adm1+name",
    "measure": "#indicator+name",
    "population": "#group+name",
    "cause": "#cause+type",
    "counting": "#meta+counting",
    "since": "#date+start",
    "as_of": "#date+end",
    "as_of_basis": "#meta+basis",
    "value": "#indicator+value+num",
    "value_high": "#indicator+value+max+num",
    "quantifier": "#meta+quantifier",
    "unit": "#meta+unit",
    "scope": "#description+scope",
    "status": "#status+name",
    "source": "#meta+source+id",
    "publisher": "#meta+publisher+id",
    "published": "#date+published",
    "url": "#meta+url",
    "expression": "#description+expression",
    "supersedes": "#meta+supersedes",
    "note": "#description+note",
}


def write_hxl(figures: pd.DataFrame) -> str:
    """Return the figures as CSV with a row of HXL tags under the header; read by ``read_table``.

    ``figures`` has the columns of a figure (others are left out). Dates are written as ISO days,
    missing cells as nothing.
    """
    columns = [name for name in Figure.model_fields if name in figures.columns]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerow([_OURS[name] for name in columns])
    texts = [[_cell(value) for value in figures[name]] for name in columns]
    writer.writerows(zip(*texts, strict=True))
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, pd.Timestamp):
        midnight = value == value.normalize()
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def column_of(tag: str) -> str:
    """Return the column of ours that ``write_hxl`` tags like this, or ''."""
    return next((name for name, ours in _OURS.items() if ours == tag), "")
