"""How a CSV file is written, and rows added to it in the same way.

What is there is never written anew: the bytes of the file stay as they are and the new rows come
after them. A new cell that a spreadsheet could run gets an apostrophe in front, which the loaders
take off again. Only a column that the file lacks, or another encoding that was asked for, makes it
necessary to write the file again, its cells unchanged.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from figures import Table
from loaders.containers import UnreadableTable
from loaders.containers.delimited import marks
from loaders.containers.encoding import encoding_of
from loaders.guarding import guarded
from publishing.change import Row
from publishing.problems import PublishError
from reconciliation.wording import say

_ENCODERS = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_MOST_ABOVE = 30


@dataclass(frozen=True)
class Dialect:
    """How a file is written: encoding, marks, line ends, columns, and whether its last line ends.

    ``header`` is the number of its header among the records, from 0.
    """

    encoding: str
    delimiter: str
    quote: str
    quoting: int
    line_end: str
    columns: tuple[str, ...]
    header: int
    ended: bool


@dataclass(frozen=True)
class Added:
    """A file with rows added; ``rewritten`` says in words why it had to be written anew, if so."""

    content: bytes
    rewritten: str = ""


def new_file(model: type[Table]) -> bytes:
    """Return a file of this table without a row."""
    return (",".join(model.model_fields) + "\n").encode()


def dialect_of(data: bytes, path: str, model: type[Table]) -> Dialect:
    """Return how the file is written. Raises ``PublishError`` when it is no plain CSV of ours."""
    try:
        encoding = encoding_of(data, path)
        if encoding == "utf-16" and data.startswith(codecs.BOM_UTF16_BE):
            raise _not_plain(path)
        text = data.decode(encoding)
    except (UnreadableTable, UnicodeDecodeError):
        raise _not_plain(path) from None
    for delimiter, quote in _candidates(text):
        found = _header(text, delimiter, quote, model)
        if found:
            number, raw, columns = found
            break
    else:
        raise _not_plain(path)
    end = raw[len(raw.rstrip("\r\n")) :]
    cells = raw.strip().removeprefix("\ufeff").split(delimiter)
    every = all(len(c) > 1 and c[0] == c[-1] == quote for c in map(str.strip, cells))
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    ended = text.endswith(("\n", "\r"))
    return Dialect(encoding, delimiter, quote, quoting, end or "\n", columns, number, ended)


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    yield ",", '"'
    found, _ = marks(text)
    yield found.delimiter, found.quote


def _not_plain(path: str) -> PublishError:
    return PublishError(
        "not-plain-csv",
        say("{path} is not a plain CSV file, so no row can be added to it.", path=path),
        say("Save it as CSV (UTF-8) with the columns of the code book."),
    )


def _header(
    text: str, delimiter: str, quote: str, model: type[Table]
) -> tuple[int, str, tuple[str, ...]] | None:
    """Return the number, the text and the columns of the header, if there is one near the top."""
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    for number, (raw, cells) in enumerate(records(text, delimiter, quote)):
        names = tuple(cell.strip().removeprefix("\ufeff").strip().lower() for cell in cells)
        if required <= set(names):
            return number, raw, names
        if number > _MOST_ABOVE:
            break
    return None


def records(text: str, delimiter: str, quote: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each record as it stands, line end included, and its cells."""
    lines = io.StringIO(text, newline="")
    taken: list[str] = []

    def tapped() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    for cells in csv.reader(tapped(), delimiter=delimiter, quotechar=quote):
        yield "".join(taken), cells
        taken.clear()


def add_rows(
    data: bytes,
    path: str,
    model: type[Table],
    rows: Sequence[Row],
    *,
    convert: bool = False,
    **always: str,
) -> Added:
    """Return the file with the rows after what it holds; ``always`` fills columns of each row.

    Letters that the file's encoding cannot write are refused, unless ``convert`` lets the file be
    written anew as UTF-8. Raises ``PublishError``.
    """
    if not rows:
        return Added(data)
    dialect = dialect_of(data, path, model)
    used = dict.fromkeys(name for name in model.model_fields for row in rows if row.get(name))
    missing = [name for name in used if name not in dialect.columns]
    rewritten = ""
    if missing:
        data, dialect = _with_columns(data, dialect, missing)
        columns = ", ".join(missing)
        rewritten = say("{path} was given the column {column}.", path=path, column=columns)
    text = _text(({**always, **row} for row in rows), dialect)
    try:
        return Added(data + _encoded(text, dialect), rewritten)
    except UnicodeEncodeError as error:
        letter = text[error.start]
        if not convert:
            raise _cannot_be_written(path, dialect.encoding, letter) from None
    content = codecs.BOM_UTF8 + data.decode(dialect.encoding).encode() + text.encode()
    return Added(content, say("{path} was written anew as UTF-8.", path=path))


def _cannot_be_written(path: str, encoding: str, letter: str) -> PublishError:
    return PublishError(
        "encoding",
        say("{path} is written in {encoding}, which has no letter {letter}.",
            path=path, encoding=encoding, letter=repr(letter)),
        say("Save it as CSV (UTF-8), or let it be turned into UTF-8."),
    )  # fmt: skip


def _encoded(text: str, dialect: Dialect) -> bytes:
    return text.encode(_ENCODERS.get(dialect.encoding, dialect.encoding))


def _text(rows: Iterable[Row], dialect: Dialect) -> str:
    """Return the rows as lines of the file, after a line end where its last line has none."""
    target = io.StringIO(newline="")
    # With these line ends, a line break of any kind within a cell is put in quotes.
    writer = csv.writer(
        target,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        quoting=dialect.quoting,  # type: ignore[arg-type]
        lineterminator="\r\n",
    )
    target.write("" if dialect.ended else dialect.line_end)
    first = {name: place for place, name in reversed(list(enumerate(dialect.columns)))}
    for row in rows:
        cells = [""] * len(dialect.columns)
        for name, cell in row.items():
            if name in first:
                cells[first[name]] = guarded(cell)
        writer.writerow(cells)
        target.seek(target.tell() - 2)
        target.truncate()
        target.write(dialect.line_end)
    return target.getvalue()


def _with_columns(data: bytes, dialect: Dialect, names: Sequence[str]) -> tuple[bytes, Dialect]:
    """Return the file with further columns at its right, empty in each row; cells as they were."""
    text = data.decode(dialect.encoding)
    made = []
    for number, (raw, cells) in enumerate(records(text, dialect.delimiter, dialect.quote)):
        body = raw.rstrip("\r\n")
        more = names if number == dialect.header else [""] * len(names)
        if number < dialect.header or not any(cells):
            made.append(raw)
        else:
            made.append(dialect.delimiter.join([body, *more]) + raw[len(body) :])
    again = "".join(made).encode(dialect.encoding)
    return again, replace(dialect, columns=(*dialect.columns, *names))
