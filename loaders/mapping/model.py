"""What a mapping may say, key by key."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from figures import Figure
from figures.vocabulary import WORDS
from loaders.mapping.problems import wrong

TEMPLATE = re.compile(r"\{([^{}]+)\}")
# A crisis may add groups of its own to those who are counted.
_WORDS = {name: words for name, words in WORDS.items() if name != "population"}
CANONICAL = tuple(Figure.model_fields)
REQUIRED = tuple(name for name, field in Figure.model_fields.items() if field.is_required())


class Part(BaseModel):
    """A part of a mapping; keys that are not listed are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Given(Part):
    """What is said outright about figures: any column of a figure but the id and the number.

    ``{Column}`` inside a text stands for the row's cell in that column of the table.
    """

    country: str = ""
    admin1: str = ""
    measure: str = ""
    population: str = ""
    cause: str = ""
    counting: str = ""
    since: str = ""
    as_of: str = ""
    as_of_basis: str = ""
    quantifier: str = ""
    unit: str = ""
    scope: str = ""
    status: str = ""
    source: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    expression: str = ""
    supersedes: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _known_words(cls, data: Any) -> Any:
        """Raise for a word that is not in the vocabulary of its column."""
        for key, vocabulary in _WORDS.items():
            word = data.get(key) if isinstance(data, dict) else None
            if isinstance(word, str) and word and not TEMPLATE.search(word):
                allowed = [item.value for item in vocabulary]
                if word not in allowed:
                    raise wrong(key, word, allowed)
        return data

    def given(self) -> dict[str, str]:
        """Return what is said, by column of a figure."""
        said = {name: getattr(self, name) for name in Given.model_fields}
        return {name: text for name, text in said.items() if text}


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _is_canonical(keys: dict[str, Any]) -> dict[str, Any]:
    for key in keys:
        if key not in CANONICAL:
            raise wrong(key, None, list(CANONICAL))
    return keys


Texts = Annotated[list[str], BeforeValidator(_as_list)]
ByColumn = Annotated[dict[str, str], AfterValidator(_is_canonical)]
Names = Annotated[dict[str, dict[str, str]], AfterValidator(_is_canonical)]


class TableKeys(Part):
    """How the file is read: its sheet, its header, what is left out."""

    sheet: str | None = None
    header_rows: list[int] | None = None
    skip_rows: list[int] = []
    encoding: str | None = None
    delimiter: str | None = None
    fill_down: list[str] = []
    totals: Literal["drop", "keep"] = "drop"
    missing: list[str] = []


class DateKeys(Part):
    """How the table writes dates; ``period`` says which days a row with one date is about."""

    dayfirst: bool | None = None
    format: str | None = None
    era: Literal["gregorian", "buddhist"] | None = None
    serial: Literal["1900", "1904"] | None = None
    period: Literal["day", "week_to", "week_from", "month", "year"] | None = None


class NumberKeys(Part):
    """How the table writes numbers; ``bounds`` says what low and high columns become."""

    decimal: Literal[".", ",", "٫"] | None = None
    thousands: str | None = Field(None, max_length=1)
    bounds: Literal["note", "range"] = "note"


class ValueColumn(Given):
    """One column of numbers, and what its numbers are about."""

    column: str
    low: str = ""
    high: str = ""
    qualifier: str = ""


class Wide(Given):
    """Columns whose headings say something: ``pattern`` is ``{as_of}``, ``Deaths_{country}`` …"""

    pattern: str = Field(min_length=3)
    columns: list[str] | None = None
    leave: list[str] = []

    @model_validator(mode="after")
    def _names_columns(self) -> "Wide":
        """Raise unless the pattern names columns of a figure, and at least one."""
        names = TEMPLATE.findall(self.pattern)
        for name in names or [self.pattern]:
            if name not in Given.model_fields:
                raise wrong("pattern", self.pattern, [f"{{{key}}}" for key in Given.model_fields])
        return self


class RowClass(Given):
    """What the rows are about whose ``column`` holds one of ``equals``."""

    column: str
    equals: Texts


class Condition(Part):
    """Only rows count whose ``column`` holds one of ``equals``, or none of ``differs``."""

    column: str
    equals: Texts = []
    differs: Texts = []

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.equals and not self.differs:
            raise wrong("equals", None, ["a text or a list of texts, or use `differs`"])
        return self


class MappingModel(Part):
    """How to read a table that we have never seen."""

    table: TableKeys = TableKeys()
    dates: DateKeys = DateKeys()
    numbers: NumberKeys = NumberKeys()
    constants: Given = Given()
    columns: ByColumn = {}
    values: list[ValueColumn] = []
    wide: list[Wide] = []
    rows: list[RowClass] = []
    only: list[Condition] = []
    names: Names = {}
    figure_id: str = "{file}-{line}-{column}"
    assumed: list[str] = []

    def parts_with_columns(self) -> Iterator[str]:
        """Yield every name of a column of the table that the mapping uses."""
        yield from self.columns.values()
        yield from self.table.fill_down
        for value in self.values:
            yield from filter(None, (value.column, value.low, value.high, value.qualifier))
        yield from (part.column for part in self.rows)
        yield from (part.column for part in self.only)
        for given in (self.constants, *self.values, *self.wide, *self.rows):
            for text in given.given().values():
                yield from TEMPLATE.findall(text)
