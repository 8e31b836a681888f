"""A column of number phrases → amounts, its marks decided by all its cells together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.numbers.amount import Amount, NumberError
from loaders.numbers.clean import clean
from loaders.numbers.marks import MARKS, is_grouped
from loaders.numbers.parse import parse_number

AMBIGUOUS = "ambiguous-number"
_PRINTED = re.compile(r"(?<![0-9a-z/])[0-9][0-9.,' _]*[0-9](?![0-9/])")
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")


@dataclass(frozen=True)
class NumberProblem:
    """A cell that states no number: its place in the column (from 0), its text and why."""

    position: int
    text: str
    code: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class ColumnReading:
    """The amounts of a column, None where a cell has none, with the problems of those cells.

    ``decimal`` and ``thousands`` are the marks that the column itself shows, or that were given.
    """

    amounts: tuple[Amount | None, ...]
    problems: tuple[NumberProblem, ...]
    decimal: str | None
    thousands: str | None


def parse_column(
    texts: Sequence[str], *, decimal: str | None = None, thousands: str | None = None
) -> ColumnReading:
    """Read the number phrases of a column, each distinct text once.

    The cells together decide what a dot or a comma means: 12.50 or 1.234.567 anywhere settles
    1.234. Where they contradict one another the cells that depend on it are reported as ambiguous.
    Marks that are given are taken as they are. Nothing is raised for a bad cell.
    """
    distinct = dict.fromkeys(texts)
    doubtful: set[str] = set()
    if decimal is None and thousands is None:
        decimal, thousands, doubtful = _decide(distinct)
    results = {text: _read(text, decimal, thousands, doubtful) for text in distinct}
    read = [results[text] for text in texts]
    problems = (
        NumberProblem(place, texts[place], error.code, error.problem, error.remedy)
        for place, error in enumerate(read)
        if isinstance(error, NumberError)
    )
    amounts = tuple(None if isinstance(result, NumberError) else result for result in read)
    return ColumnReading(amounts, tuple(problems), decimal, thousands)


def _read(
    text: str, decimal: str | None, thousands: str | None, doubtful: set[str]
) -> Amount | NumberError:
    try:
        if mark := next((m for m in doubtful if m in _open_marks(text)), None):
            raise _ambiguous(text, mark)
        return parse_number(text, decimal=decimal, thousands=thousands)
    except NumberError as error:
        return error


def _ambiguous(text: str, mark: str) -> NumberError:
    return NumberError(
        f"'{text}' can be read in two ways, because other cells of this column use "
        f"'{mark}' as a decimal mark",
        "write the number without marks, such as 1234, or declare the marks in the mapping",
        AMBIGUOUS,
    )


def _decide(texts: dict[str, None]) -> tuple[str | None, str | None, set[str]]:
    """Return the decimal mark, the thousands mark and the marks that stay in doubt."""
    shown = {fact for text in texts for fact in _evidence(text)}
    decimals = {mark for mark in MARKS if ("decimal", mark) in shown}
    thousands = {mark for mark in MARKS if ("thousands", mark) in shown}
    clear = len(decimals) <= 1 and len(thousands) <= 1 and not decimals & thousands
    if not clear:
        return None, None, decimals
    group = next(iter(thousands), None)
    point = next(iter(decimals), None)
    return point, group, decimals


def _evidence(text: str) -> Iterator[tuple[str, str]]:
    """Yield what the numbers of a cell show: that a mark is decimal, or that it groups."""
    for number in _numbers(text):
        places = [mark for mark in number if mark in MARKS]
        if not places or _ONE_GROUP.fullmatch(number):
            continue
        last = places[-1]
        if is_grouped(number, last):
            yield "thousands", last
        elif places.count(last) == 1:
            yield "decimal", last
            yield from (("thousands", mark) for mark in set(places) - {last})


def _open_marks(text: str) -> set[str]:
    """Return the marks that alone decide a number of a cell: the dot of 1.234."""
    found = (_ONE_GROUP.fullmatch(number) for number in _numbers(text))
    return {match[1] for match in found if match}


def _numbers(text: str) -> list[str]:
    try:
        return _PRINTED.findall(clean(text))
    except NumberError:
        return []
