"""The parameters of each question, typed; whatever does not fit is reported, never guessed."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from api import problems
from api.problems import Trouble
from figures import Cause, Counting, Measure, Rule, Status
from figures.cells import problem
from languages import DEFAULT, LANGUAGES

LONGEST = 32_000
MOST_ROWS, USUAL_ROWS = 10_000, 1_000
FARTHEST = 10_000_000_000
ID = r"^[A-Za-z0-9][A-Za-z0-9._:\-]{0,79}$"
PLACE = r"^[A-Z]{3}([+\- ][A-Z]{3}){0,11}$"
WORD = r"^[a-z][a-z0-9_]{0,39}$"
TEXT = r"^[^\u0000-\u001f\u007f]{1,80}$"
MARK = r"^[0-9a-f]{64}$"
# What each form is, in words.
_FORMS = {
    ID: "an id as it stands in the files: letters, digits and . _ : -, 80 at most",
    PLACE: "three capital letters for each country: THA, or KHM-THA",
    WORD: "a word of the code book, in small letters: civilian",
    TEXT: "a name of 80 letters at most",
    MARK: "64 digits and letters from a to f, as the first page has them",
}


def _day(value: object) -> object:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII):
            raise ValueError
        return dt.date.fromisoformat(str(value))
    except ValueError:
        remedy = "Write it as 2025-12-24."
        raise problem("not-a-date", "a day that exists", remedy) from None


def _whole(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", value, re.ASCII):
        raise problem("not-a-number", "a whole number", "Write digits only.")
    return value


def _language(value: object) -> object:
    if value not in LANGUAGES:
        words = "one of: " + ", ".join(LANGUAGES)
        raise problem("unknown-word", words, "Use one of the words.")
    return value


Day = Annotated[dt.date, BeforeValidator(_day)]
Whole = Annotated[int, BeforeValidator(_whole)]
Id = Annotated[str, Field(pattern=ID)]
Place = Annotated[str, Field(pattern=PLACE)]
Word = Annotated[str, Field(pattern=WORD)]
Text = Annotated[str, Field(pattern=TEXT)]
Language = Annotated[str, BeforeValidator(_language)]


def _list(about: str, most: int = 20) -> Any:
    return Field(default_factory=list, max_length=most, description=about)


class Question(BaseModel):
    """What every question may say; parameters that are not listed are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class Known(Question):
    """A question about what was known on a day."""

    known_on: Day | None = Field(
        None, description="Only what was published by this day; without it, everything."
    )


class Paged(Question):
    """A question whose answer comes in pages of rows."""

    format: Literal["json", "csv"] = Field(
        "json", description="The form of the rows; CSV is UTF-8 and safe to open in a spreadsheet."
    )
    limit: Whole = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description="Rows a page, 10,000 at most.")
    offset: Whole = Field(0, ge=0, le=FARTHEST, description="How many rows to pass over.")
    fingerprint: str | None = Field(
        None,
        pattern=MARK,
        description="The fingerprint of the first page: where the data have changed since, the "
        "answer is 409 and not a page that does not fit.",
    )


class Crises(Paged):
    """Which crises there are."""


class Sources(Paged):
    """Who counts."""

    crisis: Id | None = Field(None, description="Only sources with figures of this crisis.")
    source: list[Id] = _list("Only these sources.")


class Figures(Known, Paged):
    """Which figures were published."""

    crisis: Id | None = Field(None, description="Only figures of this crisis.")
    figure_id: list[Id] = _list("Only the figures with these ids.", 50)
    country: list[Place] = _list(
        "Only figures for exactly this place: THA, or KHM-THA for numbers given for both together."
    )
    admin1: list[Text] = _list("Only figures for these provinces.", 10)
    measure: list[Measure] = _list("Only these measures.")
    population: list[Word] = _list("Only figures of these groups.")
    cause: list[Cause] = _list("Only figures of these causes.")
    counting: list[Counting] = _list("Only figures that count so.")
    source: list[Id] = _list("Only figures counted by these sources.")
    status: list[Status] = _list("Only figures of this standing.")
    as_of_min: Day | None = Field(None, description="Only figures for this day or later.")
    as_of_max: Day | None = Field(None, description="Only figures for this day or earlier.")
    on: Day | None = Field(
        None,
        description="Only figures in force on this day: of each source the newest that was neither "
        "withdrawn nor corrected by what was known.",
    )
    names: Literal["ours", "hapi"] = Field(
        "ours",
        description="`hapi` puts the columns of OCHA's HDX HAPI in front; our `population` is then "
        "called `counted`, since HAPI's is the number of people.",
    )


class OfCrisis(Known):
    """A question about one crisis that is answered in sentences too."""

    crisis: Id = Field(description="The crisis.")
    lang: Language = Field(
        DEFAULT,
        description="The language of the sentences.",
        json_schema_extra={"enum": list(LANGUAGES)},
    )


class OfDay(OfCrisis):
    """A question about one measure on one day."""

    measure: Measure = Field(description="The measure asked about.")
    country: list[Place] = _list("The places; without any, the countries of the crisis.")
    day: Day | None = Field(
        None, description="The day asked about; without it, the last that a figure describes."
    )


class Totals(OfDay):
    """What the shown figures of places add up to."""

    admin1: list[Text] = _list("Provinces to add up instead; `country` then names one country.", 10)
    population: Word = Field("all", description="Who is counted.")
    cause: Cause = Field(Cause.ALL, description="Of what.")
    rule: Rule | None = Field(
        None, description="How one figure is chosen among rivals; without it, as the crisis says."
    )


class Contradictions(OfDay):
    """Which figures cannot all be true."""


class Differences(OfCrisis):
    """Why one figure differs from another."""

    start: Id = Field(alias="from", description="The id of the first figure.")
    end: Id = Field(alias="to", description="The id of the figure it is compared with.")


Q = TypeVar("Q", bound=Question)


def read(model: type[Q], query: str) -> Q:
    """Return the question that a query asks, checked.

    Raises :class:`api.problems.RequestError` naming everything that does not fit.
    """
    if len(query) > LONGEST:
        raise problems.too_long()
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        given.setdefault(name, []).append(value)
    lists = {name_of(n, f) for n, f in model.model_fields.items() if f.default_factory is not None}
    repeated = [name for name, values in given.items() if len(values) > 1 and name not in lists]
    if repeated:
        raise problems.wrong([_twice(name, given[name]) for name in repeated])
    raw = {name: values if name in lists else values[0] for name, values in given.items()}
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise problems.wrong([_trouble(model, each) for each in error.errors()]) from None


def name_of(name: str, field: Any) -> str:
    """Return the name of a parameter as it stands in the query."""
    return str(field.alias or name)


def names(model: type[Question]) -> list[str]:
    """Return the names of all parameters of a question."""
    return [name_of(name, field) for name, field in model.model_fields.items()]


def _twice(name: str, values: Sequence[str]) -> Trouble:
    return Trouble(
        where=name,
        found=", ".join(problems.shown(value) for value in values[:3]),
        expected="one value",
        remedy="Give this parameter once.",
    )


def _trouble(model: type[Question], error: Mapping[str, Any]) -> Trouble:
    where, kind = str(error["loc"][0]), str(error["type"])
    found, context = problems.shown(error["input"]), error.get("ctx", {})
    if kind == "extra_forbidden":
        expected = "one of: " + ", ".join(names(model))
        return Trouble(
            where=problems.shown(where),
            found=found,
            expected=expected,
            remedy="Leave it out: there is no such parameter.",
        )
    if kind == "missing":
        remedy = "Give this parameter: it is needed."
        return Trouble(where=where, found="nothing", expected="a value", remedy=remedy)
    if kind in {"enum", "literal_error"}:
        expected = "one of: " + str(context["expected"]).replace("'", "")
        remedy = "Use one of the words."
        return Trouble(where=where, found=found, expected=expected, remedy=remedy)
    expected = str(context.get("message") or _expected(kind, context))
    remedy = str(context.get("remedy") or "See /api/v1/ for what this parameter takes.")
    return Trouble(where=where, found=found, expected=expected, remedy=remedy)


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    """Return in words what would fit, where one of pydantic's own rules was broken."""
    messages = {
        "string_pattern_mismatch": _FORMS.get(str(context.get("pattern")), "another form"),
        "greater_than_equal": "{ge:,} or more",
        "less_than_equal": "{le:,} at most",
        "too_long": "{max_length} values at most",
    }
    return messages.get(kind, "another kind of value").format(**context)


def place(text: str) -> str:
    """Return a place as figures name it, however its codes are joined: ``KHM+THA``."""
    return "+".join(sorted(re.split(r"[+\- ]", text)))
