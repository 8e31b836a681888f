"""Our columns and words beside those of HAPI, IDMC and IFRC GO: read from mapping.toml."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from figures import Kind
from figures.vocabulary import WORDS

VOCABULARY = {**WORDS, "kind": Kind}
STANDARDS = ("hapi", "idmc", "ifrc")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Standard(_Entry):
    """Somebody else's columns and words, and where they were looked up."""

    id: str
    name: str
    seen: str


class Hapi(_Entry):
    """What one of our words puts into HAPI's columns.

    ``number`` is the column that our value goes into, ``start`` our column that begins the
    reference period; the rest are HAPI's columns with the value they get.
    """

    number: str = ""
    start: str = ""
    people: bool = False
    population_status: str | None = None
    gender: str | None = None
    age_range: str | None = None
    min_age: int | None = None
    max_age: int | None = None

    def text(self) -> str:
        """Return it in one line for a table."""
        own = self.model_dump(exclude_defaults=True, exclude={"number", "start", "people"})
        pairs = [f"{name} = {value}" for name, value in own.items()]
        return ", ".join([self.number, *pairs] if self.number else pairs)


class FieldEntry(_Entry):
    """One of our columns, and what others call it."""

    ours: str
    hapi: str = ""
    idmc: str = ""
    ifrc: str = ""
    note: str = ""
    near: tuple[str, ...] = ()


class WordEntry(_Entry):
    """One of our words, and what others call it."""

    of: str
    ours: str
    hapi: Hapi = Hapi()
    idmc: str = ""
    ifrc: str = ""
    note: str = ""
    near: tuple[str, ...] = ()


class Mapping(_Entry):
    """All of mapping.toml."""

    standards: tuple[Standard, ...] = Field(alias="standard")
    fields: tuple[FieldEntry, ...] = Field(alias="field")
    words: tuple[WordEntry, ...] = Field(alias="word")

    def of_words(self) -> dict[tuple[str, str], Hapi]:
        """Return what each word puts into HAPI's columns."""
        return {(entry.of, entry.ours): entry.hapi for entry in self.words}


@lru_cache(maxsize=1)
def mapping() -> Mapping:
    """Return the mapping, read once."""
    path = Path(__file__).with_name("mapping.toml")
    return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def tables() -> str:
    """Return the mapping as Markdown, as docs/api.md shows it."""
    found = mapping()
    parts = ["### Where the names were looked up", _seen(found)]
    parts += ["### Columns", _table(found.fields)]
    for of in VOCABULARY:
        entries = [entry for entry in found.words if entry.of == of]
        parts += [f"### Words of `{of}`", _table(entries)]
    return "\n\n".join(parts)


def _seen(found: Mapping) -> str:
    return "\n".join(f"- **{entry.name}**: {entry.seen}." for entry in found.standards)


def _table(entries: Sequence[FieldEntry | WordEntry]) -> str:
    names = {entry.id: entry.name for entry in mapping().standards}
    head = ["ours", *(names[id_] for id_ in STANDARDS), "note"]
    lines = [head, ["---"] * len(head)]
    lines += [
        [f"`{entry.ours}`", *(_cell(entry, id_) for id_ in STANDARDS), entry.note]
        for entry in entries
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(entry: FieldEntry | WordEntry, standard: str) -> str:
    said = getattr(entry, standard)
    text = said.text() if isinstance(said, Hapi) else said
    if not text:
        return "–"
    return f"near: `{text}`" if standard in entry.near else f"`{text}`"
