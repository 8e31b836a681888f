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
from figures.cells import LARGEST, Plain

# Text of which nearly every row has its own; all other text columns are categories.
OWN_TEXT = ("figure_id", "url", "expression", "supersedes", "note")
# From how many different texts on it pays to sort out those that need no parsing.
MANY = 10_000
Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Problem:
    """Why a text cannot be a value of its column."""

    code: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Column:
    """A parsed column: ``values[codes[row]]`` is the value of a row; code -1 marks a bad cell.

    Without ``codes`` the values are those of the rows, one each, and none is bad. ``texts`` and
    ``rows`` say in the same way what was received; ``problems`` is keyed by position in ``texts``.
    """

    values: Any
    codes: Codes | None = None
    texts: Any = ()
    rows: Codes | None = None
    problems: dict[int, Problem] | None = None

    def bad(self) -> Codes:
        """Return the rows that hold a cell that cannot be read."""
        if not self.problems or self.codes is None:
            return np.empty(0, np.int64)
        return np.flatnonzero(self.codes < 0)

    def at(self, row: int) -> tuple[str, Problem]:
        """Return the text of a bad cell and what is wrong with it."""
        if self.rows is None or self.problems is None:
            raise LookupError("the column has no bad cell")
        text = int(self.rows[row])
        return str(self.texts[text]), self.problems[text]


def constant(value: Any, length: int) -> Column:
    """Return a column that holds one value in every row."""
    return Column([value], np.zeros(length, np.int64))


def parse(texts: pa.ChunkedArray, model: type[Table], name: str) -> Column:
    """Parse a column of text by the model's definition of the column ``name``."""
    field: FieldInfo = model.model_fields[name]
    plain = next((mark for mark in field.metadata if isinstance(mark, Plain)), None)
    if plain is not None and (name in OWN_TEXT or plain.digits) and _is_text(texts):
        taken = _taken_over(texts, plain)
        if taken is not None:
            return Column(taken)
    distinct, rows = _distinct(texts)
    values, problems = _parse_all(_adapter(model, name), distinct, plain)
    if not problems:
        return Column(values, rows)
    good = np.ones(len(distinct), dtype=bool)
    good[list(problems)] = False
    renumbered = np.where(good, np.cumsum(good) - 1, -1)
    return Column(values, renumbered[rows], distinct.to_pylist(), rows, problems)


def _is_text(texts: pa.ChunkedArray) -> bool:
    return not pa.types.is_dictionary(texts.type)


def _taken_over(texts: pa.ChunkedArray, plain: Plain) -> Any | None:
    """Return the values of a column in which every text is its own value, or nothing."""
    if plain.digits:
        if not pc.all(_matches(texts, plain), min_count=0).as_py():
            return None
        numbers = pc.cast(texts, pa.int64())
        return numbers.to_numpy() if _most(numbers) <= LARGEST else None
    return texts if _own_value(texts, plain).all() else None


def _matches(texts: Any, plain: Plain) -> Any:
    return pc.match_substring_regex(texts, f"^(?:{plain.pattern})$")


def _own_value(texts: Any, plain: Plain) -> Mask:
    """Return which texts are their own value."""
    own = np.asarray(_matches(texts, plain))
    if _most(pc.binary_length(texts)) <= plain.longest:
        return own
    short: Mask = np.asarray(pc.less_equal(pc.binary_length(texts), plain.longest))
    return own & short


def _most(numbers: pa.ChunkedArray) -> int:
    return int(pc.max(numbers).as_py() or 0)


@cache
def _adapter(model: type[Table], name: str) -> TypeAdapter[list[Any]]:
    field: FieldInfo = model.model_fields[name]
    kind: Any = field.annotation
    marked: Any = Annotated[(kind, *field.metadata)] if field.metadata else kind
    cells: Any = list[marked]
    return TypeAdapter(cells)


def _distinct(texts: pa.ChunkedArray) -> tuple[pa.Array, Codes]:
    """Return the distinct texts in order of appearance, and for each row which one it holds."""
    if not texts.num_chunks or not len(texts):
        return pa.array([], pa.string()), np.empty(0, np.int64)
    if _is_text(texts):
        # Encoding a column of many pieces takes time in the square of their number.
        texts = pa.chunked_array([pc.dictionary_encode(texts.combine_chunks())])
    chunks = texts.unify_dictionaries().chunks
    codes = np.concatenate([np.asarray(chunk.indices) for chunk in chunks])
    return chunks[0].dictionary, codes


def _parse_all(
    adapter: TypeAdapter[list[Any]], distinct: pa.Array, plain: Plain | None
) -> tuple[list[Any], dict[int, Problem]]:
    """Return the values of the texts that can be read, and the problems by position."""
    texts = distinct.to_pylist()
    if plain is None or plain.digits or len(texts) < MANY:
        values = _parse_some(adapter, texts)
    else:
        # Of very many texts only those that are not their own value are worth a closer look.
        own = _own_value(distinct, plain)
        closer = np.flatnonzero(~own).tolist()
        values = list(texts)
        for place, value in zip(
            closer, _parse_some(adapter, [texts[p] for p in closer]), strict=True
        ):
            values[place] = value
    problems = {p: value for p, value in enumerate(values) if isinstance(value, Problem)}
    return [value for value in values if not isinstance(value, Problem)], problems


def _parse_some(adapter: TypeAdapter[list[Any]], texts: list[str]) -> list[Any]:
    """Return for each text its value or its problem."""
    try:
        return adapter.validate_python(texts)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    problems = {int(detail["loc"][0]): _problem(dict(detail)) for detail in reversed(details)}
    values = iter(adapter.validate_python([t for p, t in enumerate(texts) if p not in problems]))
    return [problems[p] if p in problems else next(values) for p in range(len(texts))]


def _problem(detail: dict[str, Any]) -> Problem:
    context = detail.get("ctx") or {}
    return Problem(detail["type"], detail["msg"], str(context.get("remedy", "")))
