"""One column of text becomes one column of values; each distinct text is parsed once."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from figures import Table

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """Why a text cannot be a value of its column."""

    code: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Column:
    """A parsed column: ``values[codes[row]]`` is the value of a row; code -1 marks a bad cell.

    ``texts`` and ``rows`` say the same of what was received; ``problems`` is keyed by position in
    ``texts``.
    """

    values: list[Any]
    codes: Codes
    texts: list[str]
    rows: Codes
    problems: dict[int, Problem]

    def bad(self) -> npt.NDArray[np.bool_]:
        """Return which rows hold a cell that cannot be read."""
        return self.codes < 0


def parse(texts: pa.ChunkedArray, model: type[Table], name: str) -> Column:
    """Parse a column of text by the model's definition of the column ``name``."""
    distinct, rows = _distinct(texts)
    values, problems = _parse_all(_adapter(model, name), distinct)
    if not problems:
        return Column(values, rows, distinct, rows, problems)
    good = np.ones(len(distinct), dtype=bool)
    good[list(problems)] = False
    renumbered = np.where(good, np.cumsum(good) - 1, -1)
    return Column(values, renumbered[rows], distinct, rows, problems)


def constant(value: Any, length: int) -> Column:
    """Return a column that holds one value in every row."""
    return Column([value], np.zeros(length, np.int64), [""], np.zeros(length, np.int64), {})


@cache
def _adapter(model: type[Table], name: str) -> TypeAdapter[list[Any]]:
    field: FieldInfo = model.model_fields[name]
    kind: Any = field.annotation
    return TypeAdapter(list[Annotated[(kind, *field.metadata)] if field.metadata else kind])  # type: ignore[misc]


def _distinct(texts: pa.ChunkedArray) -> tuple[list[str], Codes]:
    """Return the distinct texts in order of appearance, and for each row which one it holds."""
    encoded = pc.dictionary_encode(texts)
    if not encoded.num_chunks:
        return [], np.empty(0, np.int64)
    chunks = encoded.unify_dictionaries().chunks
    codes = np.concatenate([np.asarray(chunk.indices) for chunk in chunks])
    return chunks[-1].dictionary.to_pylist(), codes.astype(np.int64, copy=False)


def _parse_all(
    adapter: TypeAdapter[list[Any]], texts: list[str]
) -> tuple[list[Any], dict[int, Problem]]:
    """Return the values of the texts that can be read, and the problems by position."""
    try:
        return adapter.validate_python(texts), {}
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    problems = {int(detail["loc"][0]): _problem(dict(detail)) for detail in reversed(details)}
    good = [text for number, text in enumerate(texts) if number not in problems]
    return adapter.validate_python(good), problems


def _problem(detail: dict[str, Any]) -> Problem:
    context = detail.get("ctx") or {}
    return Problem(detail["type"], detail["msg"], str(context.get("remedy", "")))
