"""Text with a separator: which separator, which quotes, and the cells."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from figures import Finding
from loaders.containers.codes import note
from loaders.containers.grid import Grid
from loaders.containers.limits import FILE_BYTES, ROWS

# In the order of trust when the evidence is the same.
SEPARATORS = ("\t", ";", ",", "|", "\x1f", "^", "~", "¦", "§", ":", "#", "*", "/", "&", "_", "·")
_SAMPLE_CHARACTERS = 1 << 17
_SAMPLE_ROWS = 200
_SPREADSHEET_HINT = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?", re.IGNORECASE)

csv.field_size_limit(FILE_BYTES)


class Marks(NamedTuple):
    """How a text is written: its separator, its quote, and lines above it that only say so."""

    delimiter: str
    quote: str
    skipped: int


def marks(text: str, delimiter: str | None = None) -> tuple[Marks, str]:
    """Return how a text is written, and the text without a line that only says so."""
    hint = _SPREADSHEET_HINT.match(text)
    skipped = 0
    if hint and delimiter is None:
        delimiter, text, skipped = hint.group(1), text[hint.end() :], 1
    sample = text[:_SAMPLE_CHARACTERS]
    quote = _quote(sample)
    return Marks(delimiter or separator(sample, quote), quote, skipped), text


def read_delimited(text: str, file: str, delimiter: str | None = None) -> Grid:
    """Return the cells of ``text``; a row's number is the one a spreadsheet shows."""
    (delimiter, quote, skipped), text = marks(text, delimiter)
    rows = list(_rows(text, delimiter, quote))
    rows, findings = _mended(text, rows, delimiter, quote, file)
    numbers = range(1 + skipped, len(rows) + 1 + skipped)
    return Grid(rows, list(numbers), findings=findings)


def _rows(text: str, delimiter: str, quote: str, *, literal: bool = False) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if literal:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quotechar=quote)
    for number, row in enumerate(reader):
        if number > ROWS:
            return
        yield row


def separator(sample: str, quote: str = '"') -> str:
    """Return the separator on whose evidence the rows of ``sample`` have equally many cells.

    A sample without any separator is a table of one column, for which a comma does.
    """
    scores = [(_score(sample, mark, quote), mark) for mark in SEPARATORS if mark in sample]
    best = max(scores, key=lambda scored: scored[0], default=(0.0, ","))
    return best[1] if best[0] > 0 else ","


def _score(sample: str, mark: str, quote: str) -> float:
    rows = []
    for row in _rows(sample, mark, quote):
        if any(cell.strip() for cell in row):
            rows.append(row)
        if len(rows) == _SAMPLE_ROWS:
            break
    if not rows:
        return 0
    # The sample may end in the middle of its last row.
    counts = Counter(len(row) for row in rows[:-1] or rows)
    width, agreeing = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width < 2:
        return 0
    share = agreeing / sum(counts.values())
    # Marks that also occur inside words, dates and numbers need every row to agree.
    if mark not in "\t;,|\x1f" and share < 1:
        return 0
    penalty = 1 if mark in "\t;,|\x1f" else 0.3
    # A decimal comma is as regular as a separator, but it cuts numbers in two.
    return penalty * share**2 * (1 + math.log(width)) * _whole_cells(rows, width)


def _whole_cells(rows: list[list[str]], width: int) -> float:
    """Return a number below 1 where the header is cut otherwise than the rows below it."""
    header = rows[0]
    full = len(header) == width and all(cell.strip() for cell in header)
    return 1.0 if full else 0.8


def _quote(sample: str) -> str:
    """Return the quotation mark: the apostrophe only where it stands on both sides of cells."""
    if '"' in sample:
        return '"'
    quoted = re.findall(r"(?:^|[;,\t|])'[^'\n]*'(?=[;,\t|\r\n]|$)", sample, re.MULTILINE)
    return "'" if len(quoted) >= max(2, sample.count("'") // 3) else '"'


def _mended(
    text: str, rows: list[list[str]], delimiter: str, quote: str, file: str
) -> tuple[list[list[str]], list[Finding]]:
    """Return the rows with what an unclosed quote swallowed read again, quotes taken as text."""
    if not rows or text.count(quote) % 2 == 0 or not _swallowed(rows[-1]):
        return rows, []
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote)
    consumed = 0
    for _ in range(len(rows) - 1):
        next(reader)
        consumed = reader.line_num
    rest = "".join(io.StringIO(text, newline="").readlines()[consumed:])
    mended = rows[:-1] + list(_rows(rest, delimiter, quote, literal=True))
    value = max(rows[-1], key=len)
    return mended, [note("unclosed-quote", file, line=len(rows), value=value)]


def _swallowed(row: list[str]) -> bool:
    return any("\n" in cell or "\r" in cell for cell in row)
