"""What was on screen when a link was made: marks of figures, and copies of what they stand for.

The **mark** of a view is a hash of every record its crisis rests on (figures, decisions, the
sources and the crisis's settings) that was out by the day the link is pinned to. It is short enough
for a URL, and the same wherever the same records are. It tells *that* something changed.

To tell *what* changed the records themselves are needed. Each version of a crisis's records that
readers were shown is kept once, compressed, in ``.seen/`` beside the data: so there are as many
copies as versions of the data, however many links are made and whatever days they are pinned to,
and no visitor can fill the disk. Where nothing can be written, marks still work and the page says
that something changed without saying what.
"""

import gzip
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from figures import Decision, Figure
from loaders import Library
from loaders.hidden import hidden_folder

log = logging.getLogger(__name__)
FOLDER = ".seen"
# How many versions and bytes are kept for all crises together; the oldest go first.
MOST_VERSIONS, MOST_BYTES = 200, 64 * 2**20
# A crisis of more rows gets no mark: working it out would keep its first reader waiting.
MOST_ROWS = 50_000
DIGITS = 10
ALWAYS = ""
_OF_SOURCE = ("name", "kind", "relays")
_OF_CRISIS = ("countries", "start", "rule", "stock_days", "cumulative_days")

Cells = Mapping[str, str]


class Record(NamedTuple):
    """One row a crisis rests on: its kind, its id, the day it was out ("" for always), its cells.

    Cells are text as a CSV file has it; empty ones are left out.
    """

    kind: str
    name: str
    out: str
    cells: Cells

    def digest(self) -> bytes:
        """Return the hash of the record, the same for the same content anywhere."""
        text = json.dumps(self, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode("ascii"), digest_size=16).digest()


@dataclass(frozen=True)
class Difference:
    """One record that is not what it was; ``before`` is empty for a new one, ``after`` if gone."""

    kind: str
    name: str
    before: Cells
    after: Cells

    @property
    def cells(self) -> list[str]:
        """The cells that differ, in the order of the columns."""
        every = dict.fromkeys([*self.before, *self.after])
        return [cell for cell in every if self.before.get(cell) != self.after.get(cell)]


def records(library: Library, crisis: str) -> list[Record]:
    """Return everything that a crisis's numbers rest on; nothing where there are too many rows."""
    mine = library.figures[library.figures["crisis"].astype(str) == crisis]
    if len(mine) > MOST_ROWS:
        return []
    choices = library.decisions[library.decisions["crisis"].astype(str) == crisis]
    about = library.crises[library.crises["crisis"].astype(str) == crisis]
    named = set(mine["source"].astype(str)) | set(mine["publisher"].astype(str))
    sources = library.sources[library.sources["source"].astype(str).isin(named)]
    when = mine["published"].fillna(mine["as_of"])
    return [
        *_made("figure", mine, "figure_id", tuple(Figure.model_fields), when),
        *_made(
            "decision", choices, "decision_id", tuple(Decision.model_fields), choices["decided_on"]
        ),
        *_made("source", sources, "source", _OF_SOURCE),
        *_made("crisis", about, "crisis", _OF_CRISIS),
    ]


def _made(
    kind: str,
    table: pd.DataFrame,
    name: str,
    columns: tuple[str, ...],
    out: "pd.Series[Any] | None" = None,
) -> Iterator[Record]:
    """Yield the rows of a table as records; ``out`` is the day each was put out."""
    columns = tuple(column for column in columns if column in table.columns)
    texts = {column: [_text(cell) for cell in table[column]] for column in columns}
    days = [ALWAYS] * len(table) if out is None else [_text(day)[:10] for day in out]
    names = [_text(cell) for cell in table[name]]
    for number, row in enumerate(zip(*texts.values(), strict=True)):
        cells = {column: cell for column, cell in zip(columns, row, strict=True) if cell}
        yield Record(kind, names[number], days[number], cells)


def _text(cell: object) -> str:
    """Return a cell as a CSV file has it: 65 and not 65.0, a day without its midnight."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, pd.Timestamp):
        return cell.isoformat().removesuffix("T00:00:00")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def known(found: Iterable[Record], day: str) -> list[Record]:
    """Return the records that were out by a day, as ISO text."""
    return [record for record in found if record.out <= day]


def mark(found: Iterable[Record]) -> str:
    """Return the mark of records: ten hex digits, whatever their order; "" of no records."""
    digests = sorted(record.digest() for record in found)
    return hashlib.sha256(b"".join(digests)).hexdigest()[:DIGITS] if digests else ""


def compare(before: Iterable[Record], after: Iterable[Record]) -> list[Difference]:
    """Return what was added, changed and removed between two states, in the order of the rows."""
    old = {(record.kind, record.name): record.cells for record in before}
    new = {(record.kind, record.name): record.cells for record in after}
    return [
        Difference(*key, old.get(key, {}), new.get(key, {}))
        for key in dict.fromkeys([*new, *old])
        if old.get(key) != new.get(key)
    ]


class Store:
    """The versions of records that readers were shown, in a folder beside the data."""

    def __init__(self, root: Path | None) -> None:
        self._root = root / FOLDER if root is not None else None

    def keep(self, crisis: str, found: list[Record]) -> None:
        """Keep these records of a crisis, once; a folder that cannot be written to keeps none."""
        if self._root is None or not found:
            return
        path = self._root / f"{_short(crisis)}-{mark(found)}.json.gz"
        try:
            if path.exists():
                os.utime(path)
                return
            hidden_folder(self._root)
            _write(
                path, gzip.compress(json.dumps(found, separators=(",", ":")).encode(), 6, mtime=0)
            )
            self._prune()
        except OSError:
            log.info("what is on screen is not kept for links", exc_info=True)

    def find(self, crisis: str, wanted: str, day: str) -> list[Record] | None:
        """Return the records out by ``day`` that have the mark; ``None`` if they are not kept."""
        for path in self._newest_first(f"{_short(crisis)}-*.json.gz"):
            found = known(_read(path), day)
            if mark(found) == wanted:
                return found
        return None

    def _newest_first(self, pattern: str) -> list[Path]:
        if self._root is None:
            return []
        try:
            dated = [(path.stat().st_mtime, path) for path in self._root.glob(pattern)]
        except OSError:
            return []
        return [path for _, path in sorted(dated, reverse=True)]

    def _prune(self) -> None:
        total = 0
        for number, path in enumerate(self._newest_first("*.json.gz")):
            total += path.stat().st_size
            if number and (number >= MOST_VERSIONS or total > MOST_BYTES):
                path.unlink(missing_ok=True)


def _short(crisis: str) -> str:
    """Return a name for files that no crisis, whatever it is called, can lead elsewhere."""
    return hashlib.sha256(crisis.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _read(path: Path) -> list[Record]:
    """Return the records of a copy; none of one that cannot be read."""
    try:
        return [Record(*row) for row in json.loads(gzip.decompress(path.read_bytes()))]
    except (OSError, EOFError, ValueError, TypeError):
        log.info("%s cannot be read", path.name, exc_info=True)
        return []


def _write(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that it is never seen half-written."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(name, path)
