"""Columns as codes and distinct texts, so that each distinct text is understood once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a text, and what would be right."""

    code: str
    problem: str
    remedy: str = ""


def sentence(remedy: str) -> str:
    """Return what the readers of cells say is to be done as a sentence of its own."""
    return f"{remedy[:1].upper()}{remedy[1:].rstrip('.')}." if remedy else ""


@dataclass(frozen=True)
class Coded:
    """A column: ``texts[codes[row]]`` is the cell of ``row``; ``bad`` are texts not understood."""

    codes: Codes
    texts: list[str]
    bad: dict[int, Problem]

    def rows(self) -> npt.NDArray[np.object_]:
        """Return the text of each row."""
        return np.array([*self.texts, ""], dtype=object)[self.codes]

    def wrong(self) -> Mask:
        """Return for each row whether its text was not understood."""
        if not self.bad:
            return np.zeros(len(self.codes), dtype=bool)
        return np.isin(self.codes, list(self.bad))

    def take(self, rows: Codes) -> "Coded":
        """Return the column of some rows, in their order."""
        return Coded(self.codes[rows], self.texts, self.bad)

    def map(self, read: Callable[[list[str]], list[str | Problem]]) -> "Coded":
        """Return the column with each distinct text read; texts that are bad stay as they are."""
        texts, bad = [], dict(self.bad)
        for place, (old, new) in enumerate(zip(self.texts, read(self.texts), strict=True)):
            if isinstance(new, Problem):
                bad[place] = new
                texts.append(old)
            else:
                texts.append(new)
        return Coded(self.codes, texts, bad)


def of_arrow(column: Any) -> Coded:
    """Return a text column, with its blanks trimmed, as codes."""
    encoded = pc.dictionary_encode(pc.utf8_trim_whitespace(column)).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    codes = np.asarray(encoded.indices, dtype=np.int64)
    return Coded(codes, encoded.dictionary.to_pylist(), {})


def constant(text: str, rows: int) -> Coded:
    """Return a column that holds the same text in every row."""
    return Coded(np.zeros(rows, dtype=np.int64), [text], {})


def joined(columns: list[Coded], join: Callable[[tuple[str, ...]], str | Problem]) -> Coded:
    """Return the column made of several, row by row; each combination is understood once."""
    if len(columns) == 1:
        return columns[0].map(lambda texts: [join((text,)) for text in texts])
    keys = columns[0].codes
    for column in columns[1:]:
        # One number for each combination; made small again before the next one joins.
        keys = np.unique(keys, return_inverse=True)[1] * len(column.texts) + column.codes
    _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    parts = [np.array(column.texts, dtype=object)[column.codes[first]] for column in columns]
    texts, bad = [], {}
    for place, combination in enumerate(zip(*parts, strict=True)):
        text = join(combination)
        if isinstance(text, Problem):
            bad[place] = text
        texts.append(combination[0] if isinstance(text, Problem) else text)
    return Coded(codes.reshape(-1).astype(np.int64), texts, bad)


def filled(column: Coded, fallback: Coded) -> Coded:
    """Return the column with its empty cells taken from ``fallback``."""
    empty = [place for place, text in enumerate(column.texts) if not text]
    if not empty:
        return column
    shift = len(column.texts)
    codes = np.where(np.isin(column.codes, empty), fallback.codes + shift, column.codes)
    bad = column.bad | {place + shift: problem for place, problem in fallback.bad.items()}
    return Coded(codes, [*column.texts, *fallback.texts], bad)
