"""The code book as a table, and as the notes of a file: what each column and each word means."""

from typing import Any

import pandas as pd
from pydantic.fields import FieldInfo

from figures import Figure, Source, Table
from figures.codebook import holds, needed, vocabulary_of

COLUMNS = ("table", "column", "word", "needed", "holds", "meaning")
CRISIS = "The crisis: the name of its folder in the library."
TABLES: tuple[type[Table], ...] = (Figure, Source)


def code_book() -> pd.DataFrame:
    """Return what each column of figures and sources means, and each word it may hold.

    Columns: table, column, word (empty for the column itself), needed, holds, meaning.
    """
    rows: list[tuple[str, ...]] = [(Figure.file_name, "crisis", "", "no", "text", CRISIS)]
    for model in TABLES:
        for name, field in model.model_fields.items():
            rows += _rows(model, name, field)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(model: type[Table], name: str, field: FieldInfo) -> list[tuple[str, ...]]:
    need = needed(field).replace("`", "")
    about = (model.file_name, name, "", need, holds(field), field.description or "")
    words = vocabulary_of(field)
    listed = list(words) if words else examples(field)
    return [about, *((model.file_name, name, w.value, "", "", w.meaning) for w in listed)]


def examples(field: FieldInfo) -> list[Any]:
    """Return the words a free column usually holds, each with its meaning."""
    return list(field.examples or [])


def note_of(field: FieldInfo) -> str:
    """Return the note on a column's heading: its meaning, whether it is needed, what it holds."""
    need = needed(field).replace("`", "")
    words = vocabulary_of(field)
    listed = [f"{word.value}: {word.meaning}" for word in words or examples(field)]
    first = "Needed." if need == "yes" else "May be left empty."
    if need.startswith("no: "):
        first = f"May be left empty; then it is: {need[4:]}."
    return "\n".join([field.description or "", first, f"Holds {holds(field)}.", *listed])
