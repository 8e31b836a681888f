"""A table as somebody hands it in: read as figures, with everything there is to say about it.

Pure functions: bytes in, plain data out. Nothing is written anywhere. Checking a file and importing
one both start here.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from figures import Figure, Finding
from loaders import Library, Mapping, read_table
from loaders.canonical import unread
from loaders.containers import UnreadableTable
from loaders.figure_table import FigureTable, figures_of, no_figures
from loaders.frames import as_frame
from loaders.mapping import MappingError
from loaders.mapping.ids import with_ids
from loaders.opening import REQUIRED, open_table
from loaders.raw import RawTable

LONGEST_NAME = 120
# Findings of days that can be read in two ways until somebody says which.
UNSETTLED = ("ambiguous-date", "mixed-date-order")


@dataclass(frozen=True, eq=False)
class Table:
    """A table that was handed in, read as figures of one crisis.

    ``figures`` and ``findings`` have the columns of a library's; ``received`` holds the cells as
    they were, or nothing where the file cannot be opened. ``mapping`` says how the table was read,
    where it has not our columns; ``suggested`` that the mapping is our own idea. ``problem`` is
    what is wrong with the mapping that was given. ``silent`` are the lines of rows that a mapping
    finds no number in. ``mark`` is the same for the same input.
    """

    name: str
    crisis: str
    figures: pd.DataFrame
    findings: pd.DataFrame
    received: RawTable | None
    mapping: Mapping | None
    suggested: bool
    problem: str
    silent: tuple[int, ...]
    mark: str


@dataclass(frozen=True, eq=False)
class _Read:
    """A table in our columns, the mapping that was used, and the cells as they were received."""

    raw: RawTable
    mapping: Mapping | None
    received: RawTable | None = None
    suggested: bool = False


def look(data: bytes, name: str, library: Library, crisis: str, mapping: str = "") -> Table:
    """Return what is in a table, as figures of a crisis of the library.

    ``mapping`` is the text of a mapping (TOML); without one a table with our columns or HXL tags is
    read as it is, and for any other a mapping is suggested. Whatever is wrong with the table is in
    ``findings``; nothing is raised for it.
    """
    name = clean_name(name)
    problem, given = "", None
    try:
        given = Mapping.load(mapping + "\n") if mapping.strip() else None
    except MappingError as error:
        problem = str(error)
    read = _read(data, name, given, _received(data, name))
    raw = read.raw
    table = figures_of(raw, crisis, _start(library, crisis)) if raw.cells.num_columns else None
    figures = table.figures if table else no_figures()
    found = table.findings if table else raw.findings
    return Table(
        name=name,
        crisis=crisis,
        figures=figures,
        findings=as_frame(found),
        received=read.received,
        mapping=read.mapping,
        suggested=read.suggested,
        problem=problem,
        silent=silent_lines(read.mapping, read.received, figures),
        mark=mark_of(data, name, crisis, mapping),
    )


def silent_lines(
    mapping: Mapping | None, received: RawTable | None, figures: pd.DataFrame
) -> tuple[int, ...]:
    """Return the lines of rows that are left out because they have no number.

    In a table with our columns an empty number is a finding of its own.
    """
    if mapping is None or received is None:
        return ()
    read = set(figures["line"].tolist())
    return tuple(line for line in mapping.without_number(received) if line not in read)


def mark_of(data: bytes, *texts: str) -> str:
    """Return a hash of what was handed in."""
    found = hashlib.sha256(data)
    for text in texts:
        found.update(b"\0" + text.encode("utf-8", "replace"))
    return found.hexdigest()


def clean_name(name: str) -> str:
    """Return the name of a file without the folders a browser or a villain put in front of it."""
    last = PurePath(name.replace("\\", "/")).name
    printed = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return printed[-LONGEST_NAME:] or "table"


def _received(data: bytes, name: str) -> RawTable | Finding:
    """Return the table as it was handed in, or why it cannot be opened."""
    raw = open_table(data, name, frozenset(Figure.model_fields))
    if has_our_columns(raw):
        return raw
    try:
        return read_table(data, name=name, wanted=REQUIRED)
    except UnreadableTable as error:
        return error.finding


def has_our_columns(table: RawTable) -> bool:
    """Return whether a table has every column that a figure needs, by our names."""
    return {name.strip().lower() for name in table.cells.column_names} >= REQUIRED


def _read(data: bytes, name: str, given: Mapping | None, received: RawTable | Finding) -> _Read:
    """Return how a table is read: with the mapping given, in our columns or by our own idea."""
    if isinstance(received, Finding):
        return _Read(unread(received), given)
    if given is not None:
        return _mapped(data, name, given)
    if not has_our_columns(received):
        return _suggested(received)
    plain = with_ids(received)
    other = _respelt(data, name, figures_of(plain))
    return other or _Read(plain, None, received)


def _mapped(data: bytes, name: str, given: Mapping) -> _Read:
    try:
        received = given.read(data, name=name)
    except UnreadableTable as error:
        return _Read(unread(error.finding), given)
    return _Read(given.apply(received), given, received)


def _suggested(received: RawTable) -> _Read:
    own = Mapping.suggest(received)
    return _Read(own.apply(received), own, received, suggested=True)


def _respelt(data: bytes, name: str, plain: FigureTable) -> _Read | None:
    """Return a table with our columns read as somebody else's, where that says more.

    It does where a spreadsheet wrote days or numbers in its own way when it saved the table; of
    days that can be read in two ways the reader is then asked which.
    """
    if not any(finding.severity == "error" for finding in plain.findings):
        return None
    try:
        read = _suggested(read_table(data, name=name, wanted=REQUIRED))
    except UnreadableTable:
        return None
    other = figures_of(read.raw)
    more = len(other.figures) - len(plain.figures)
    unsettled = any(finding.code in UNSETTLED for finding in other.findings)
    return read if more > 0 or (more == 0 and unsettled) else None


def _start(library: Library, crisis: str) -> pd.Timestamp | None:
    found = library.crises.loc[library.crises["crisis"] == crisis, "start"]
    return found.iloc[0] if len(found) else None
