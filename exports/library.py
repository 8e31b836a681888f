"""Files of figures: the whole library, or what a reader picked of it.

Every format holds the same figures. CSV, HXL and Parquet come alone, or in a zip with the sources
and the code book; the workbook and the JSON file hold all of it in one.
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from exports.codebook import code_book
from exports.columns import COLUMNS, texts, typed
from exports.delimited import MARK, csv, lines
from exports.rows import csv_rows, json_rows
from exports.workbook import xlsx
from figures import Figure, Source
from loaders.hxl import write_hxl
from reconciliation.wording import say

# A workbook of more figures than this takes minutes, and Excel hardly opens it.
MOST_IN_A_WORKBOOK = 100_000
CRISIS_TAG = "#crisis+code"


@dataclass(frozen=True)
class Bundle:
    """What a file is made of: figures as in a library, their sources, and lines on them."""

    figures: pd.DataFrame
    sources: pd.DataFrame
    about: Mapping[str, str]


def bundle(figures: pd.DataFrame, sources: pd.DataFrame, about: Mapping[str, str]) -> Bundle:
    """Return what files are made of, with those of the sources that the figures lead back to."""
    named = [*figures["source"].unique(), *figures["publisher"].unique()]
    wanted = {str(name) for name in named}
    relays = dict(zip(sources["source"].astype(str), sources["relays"].astype(str), strict=True))
    todo = list(wanted)
    while todo:
        new = set(relays.get(todo.pop(), "").split("+")) - wanted
        wanted |= new
        todo += new
    mine = sources[sources["source"].astype(str).isin(wanted)]
    return Bundle(figures, mine[list(Source.model_fields)].reset_index(drop=True), about)


def to_csv(pack: Bundle) -> bytes:
    """Return figures.csv, with the crisis as a first column; the loader reads it back the same.

    Free text that a spreadsheet could run has an apostrophe in front (``=1`` is ``'=1``), and text
    that begins with both has one more (``'=1`` is ``''=1``); the loader takes one off.
    """
    return _delimited(pack.figures, [list(COLUMNS)])


def to_hxl(pack: Bundle) -> bytes:
    """Return the same with a row of HXL tags below the column names."""
    tags = write_hxl(pack.figures.iloc[:0]).splitlines()[1].split(",")
    return _delimited(pack.figures, [list(COLUMNS), [CRISIS_TAG, *tags]])


def _delimited(figures: pd.DataFrame, head: list[list[str]]) -> bytes:
    return b"".join([MARK, lines(head).encode(), *csv_rows(texts(figures))])


def to_parquet(pack: Bundle) -> bytes:
    """Return the figures as Parquet: days as dates, numbers as whole numbers, words as words.

    Each field has its meaning as metadata; the file has the sources, the code book and the lines
    on it, each as JSON.
    """
    table = typed(pack.figures)
    notes = {name: field.description or "" for name, field in Figure.model_fields.items()}
    fields = [f.with_metadata({"description": notes.get(f.name, "")}) for f in table.schema]
    beside = {
        "about": json.dumps(dict(pack.about), ensure_ascii=False),
        "sources": json.dumps(_records(pack.sources), ensure_ascii=False),
        "code_book": json.dumps(_records(code_book()), ensure_ascii=False),
    }
    target = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields, metadata=beside)), target, compression="zstd")
    return target.getvalue()


def to_json(pack: Bundle) -> bytes:
    """Return one JSON object: ``about``, ``figures``, ``sources`` and ``code_book``.

    The last three are lists of records. Days are ISO text, numbers are numbers, what is missing
    is null.
    """
    head = json.dumps({"about": dict(pack.about)}, ensure_ascii=False, indent=1)[:-2]
    rows = list(json_rows(typed(pack.figures)))
    if rows:
        rows[-1] = rows[-1].removesuffix(b",\n")
    parts = [head.encode(), b',\n "figures": [\n', *rows, b"\n ]"]
    for name, table in (("sources", pack.sources), ("code_book", code_book())):
        listed = ",\n".join(json.dumps(row, ensure_ascii=False) for row in _records(table))
        parts.append(f',\n "{name}": [\n{listed}\n ]'.encode())
    return b"".join([*parts, b"\n}\n"])


def _records(table: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {str(name): "" if pd.isna(cell) else str(cell) for name, cell in row.items()}
        for row in table.to_dict("records")
    ]


def to_xlsx(pack: Bundle) -> bytes:
    """Return a workbook with the figures, the sources, the code book and lines on the file."""
    sheets = {
        say("Figures"): pack.figures[list(COLUMNS)],
        say("Sources"): pack.sources,
        say("Code book"): code_book(),
    }
    return xlsx(sheets, pack.about)


@dataclass(frozen=True)
class Format:
    """One kind of file: its ending, what browsers call it, and how it is made.

    ``whole`` says that the file holds the sources and the code book too.
    """

    ending: str
    mime: str
    make: Callable[[Bundle], bytes]
    whole: bool = False


FORMATS = {
    "csv": Format("csv", "text/csv", to_csv),
    "xlsx": Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        to_xlsx,
        whole=True,
    ),
    "parquet": Format("parquet", "application/vnd.apache.parquet", to_parquet),
    "json": Format("json", "application/json", to_json, whole=True),
    "hxl": Format("hxl.csv", "text/csv", to_hxl),
}


def zipped(kind: str, pack: Bundle) -> bytes:
    """Return a zip of the figures in one of the formats, sources.csv, codebook.csv and README.txt.

    Raises ``KeyError`` for a format that is not in ``FORMATS``.
    """
    form = FORMATS[kind]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"figures.{form.ending}", form.make(pack))
        archive.writestr(Source.file_name, csv(pack.sources))
        archive.writestr("codebook.csv", csv(code_book()))
        archive.writestr("README.txt", _readme(form, pack.about))
    return target.getvalue()


def _readme(form: Format, about: Mapping[str, str]) -> str:
    told = [f"{name}: {text}" for name, text in about.items()]
    files = [
        say("{file}: the figures, one row each.", file=f"figures.{form.ending}"),
        say("{file}: who counted and who carried it.", file=Source.file_name),
        say("{file}: what each column and each word means.", file="codebook.csv"),
    ]
    return "\r\n".join([*told, "", *files, ""])
