"""What was found in the data, each finding with the row it is about."""

import html
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

import exports
from figures.findings import CATALOGUE
from loaders import Library, read_table
from loaders.canonical import read_canonical
from loaders.containers import UnreadableTable
from loaders.raw import RawTable
from reconciliation import wording
from reconciliation.wording import say
from ui import keeping, noting
from ui.choosing import fold
from ui.data import listing
from ui.loading import folder as where
from ui.selection import Selection
from ui.text import plain

# What each severity is called (translatable), the gravest first.
SEVERITIES = {"error": "Left out", "warning": "Doubtful", "info": "Good to know"}
# How many of each kind are listed, and how many of them with their row.
MOST, FEW = 50, 3
# A finding costs a look into its file, which is left out for a file larger than this.
LARGEST_FILE = 64 * 2**20


def findings(library: Library, view: Selection) -> None:
    """Fold away every finding: where, what is wrong, what would be right, the row on demand."""
    found = library.findings
    if found.empty:
        st.caption(say("Nothing was found wrong with the files."))
        return
    one, many = "{n} finding, with its row", "{n} findings, each with its row"
    with fold(view, "found", wording.say_many(one, many, len(found))):
        if not view.found:
            return
        listed = first_rows(found)
        show(found, keeping.answer(lambda: rows_of(listed), "noted rows", library.fingerprint))
        st.download_button(
            say("Download the findings"),
            exports.csv(found),
            file_name="findings.csv",
            mime="text/csv",
            key="take_findings",
            on_click="ignore",
            icon=":material/download:",
        )


def show(found: pd.DataFrame, rows: Mapping[tuple[str, int], listing.Cells]) -> None:
    """List what was found kind by kind, the gravest first; each opens to its first rows.

    ``rows`` has the cells of a row by file and line.
    """
    st.markdown(plain(_counts(found)))
    listing.draw(_kind(group, rows) for group in kinds(found))
    most = int(_by_kind(found).size().max())
    if most > MOST:
        message = "Of each kind the first {n} are listed; the file has all {all}."
        st.caption(say(message, n=wording.number(MOST), all=wording.number(len(found))))


def _by_kind(found: pd.DataFrame) -> Any:
    return found.groupby(["severity", "code"], sort=False, observed=True)


def kinds(found: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the findings of each kind, the gravest kinds first and then the most frequent."""
    order = list(SEVERITIES)
    groups = [group for _, group in _by_kind(found)]
    return sorted(groups, key=lambda group: (_rank(group, order), -len(group)))


def _rank(group: pd.DataFrame, order: list[str]) -> int:
    severity = str(group["severity"].iloc[0])
    return order.index(severity) if severity in order else len(order)


def first_rows(found: pd.DataFrame) -> pd.DataFrame:
    """Return the findings that are shown with their rows: the first few of each kind."""
    heads = [group.head(FEW) for group in kinds(found)]
    return pd.concat(heads) if heads else found


def _counts(found: pd.DataFrame) -> str:
    by = found["severity"].value_counts()
    parts = [
        say("{label}: {n}", label=say(label), n=wording.number(int(by[word])))
        for word, label in SEVERITIES.items()
        if word in by
    ]
    return wording.listing(parts)


def _kind(group: pd.DataFrame, rows: Mapping[tuple[str, int], listing.Cells]) -> str:
    """Return the HTML of one kind of finding: a line that opens to the first and to the rest."""
    found = group.head(MOST).to_dict("records")
    told = [_facts(one, rows.get((str(one["file"]), int(one["line"])), {})) for one in found[:FEW]]
    if len(group) == 1:
        return listing.opening(_head(found[0]), told[0])
    label = SEVERITIES.get(str(found[0]["severity"]), SEVERITIES["info"])
    title = wording.sentence_case(say(CATALOGUE[str(found[0]["code"])].title))
    head = [
        listing.span("grade", say(label)),
        listing.span("place", wording.say_many("{n} time", "{n} times", len(group))),
        listing.span("problem", title),
    ]
    firsts = [listing.as_list([(say("Where"), html.escape(_place(one))), *facts])
              for one, facts in zip(found, told, strict=False)]  # fmt: skip
    return listing.folded("".join(head), "".join(firsts) + _rest(found[FEW:]))


def _rest(found: Sequence[Mapping[Hashable, Any]]) -> str:
    """Return the HTML of what is listed on demand: a line for each, without its row."""
    if not found:
        return ""
    lines = "".join(
        f"<li><bdi>{html.escape(_place(one))}</bdi>: "
        f"<bdi>{html.escape(noting.sentence(one['code'], one['problem']))}</bdi></li>"
        for one in found
    )
    label = wording.say_many("{n} more", "{n} more", len(found))
    return listing.folded(listing.span("wide", label), f"<ul>{lines}</ul>")


def _head(finding: Mapping[Hashable, Any]) -> str:
    label = SEVERITIES.get(str(finding["severity"]), SEVERITIES["info"])
    parts = [
        listing.span("grade", say(label)),
        listing.span("place", _place(finding)),
        listing.span("problem", noting.sentence(finding["code"], finding["problem"])),
    ]
    return "".join(parts)


def _place(finding: Mapping[Hashable, Any]) -> str:
    """Return where a finding is: file, line, column, as far as it has them."""
    file, line, column = finding["file"], int(str(finding["line"])), finding["column"]
    if not line:
        return str(file)
    if not column:
        return say("{file}, line {line}", file=file, line=line)
    return say("{file}, line {line}, {column}", file=file, line=line, column=column)


def _facts(finding: Mapping[Hashable, Any], row: listing.Cells) -> listing.Facts:
    told = (
        (say("Cell"), finding["value"]),
        (say("Sheet"), finding["sheet"]),
        (say("What was found"), noting.sentence(finding["code"], finding["problem"])),
        (say("As reported, in English"), noting.in_english(finding["problem"])),
        (say("What to do"), noting.remedy(finding["code"], finding["remedy"])),
        (say("Kind"), finding["code"]),
    )
    yield from ((name, html.escape(str(text or ""))) for name, text in told)
    if row:
        yield say("The row"), listing.as_received(row)


def rows_of(found: pd.DataFrame) -> dict[tuple[str, int], listing.Cells]:
    """Return the rows that findings of the library's files are about, as the files have them."""
    rows: dict[tuple[str, int], listing.Cells] = {}
    folder = where()
    for file, group in found[found["line"] > 0].groupby("file"):
        try:
            data = folder.read(str(file))
        except OSError:
            continue
        rows |= rows_in(data, str(file), group["line"].tolist())
    return rows


def rows_in(data: bytes, file: str, lines: Sequence[int]) -> dict[tuple[str, int], listing.Cells]:
    """Return the rows of a file that stand on some lines, by file and line.

    A line that is no row of the table, such as one with too many cells, is given as it stands.
    """
    if len(data) > LARGEST_FILE:
        return {}
    table = opened(data, file)
    rows = picked(table, file, lines) if table is not None else {}
    gone = [line for line in lines if (file, line) not in rows]
    if gone and not data.startswith((b"PK", b"\x1f\x8b", b"\xd0\xcf")):
        text = data.decode("utf-8", "replace").splitlines()
        rows |= {(file, n): {say("Line"): text[n - 1]} for n in gone if 0 < n <= len(text)}
    return rows


def picked(
    table: RawTable, file: str, lines: Sequence[int]
) -> dict[tuple[str, int], listing.Cells]:
    """Return the rows of a table that stand on some lines, by file and line."""
    places = pd.Series(range(len(table.lines)), index=table.lines).groupby(level=0).first()
    known = [line for line in dict.fromkeys(lines) if line in places.index]
    # Of no rows Arrow must be told the kind of their numbers.
    chosen = pa.array([int(places[line]) for line in known], pa.int64())
    wanted = table.cells.take(chosen).to_pylist()
    return {
        (file, line): {str(name): str(cell or "") for name, cell in row.items()}
        for line, row in zip(known, wanted, strict=True)
    }


def opened(data: bytes, file: str) -> RawTable | None:
    """Return a table as it was received; nothing where it cannot be opened."""
    raw = read_canonical(data, file)
    if raw.cells.num_columns > 1:
        return raw
    try:
        return read_table(data, name=file)
    except UnreadableTable:
        return None
