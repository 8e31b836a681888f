"""What each question is answered with, typed; the OpenAPI document is made from these models."""

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from figures import Crisis, Figure, Rule, Source

MOMENT = r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$"
Moment = Annotated[str, Field(pattern=MOMENT)]


class Answer(BaseModel):
    """What every answer carries."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)

    fingerprint: str = Field(description="The same for the same data anywhere.")
    known_on: dt.date | None = Field(description="Up to which day things are known; null: all.")
    newest_published: dt.date | None = Field(
        description="The newest day on which a figure that the answer may rest on was published."
    )
    terms: str = Field(description="What to name when a number is shown.")


class Page(Answer):
    """What every answer in rows carries."""

    total: int = Field(description="How many rows there are on all pages.")
    limit: int
    offset: int
    next: str | None = Field(description="The address of the next page; null on the last.")


class _Bounds(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)

    low: int | None = Field(description="The fewest people the words allow.")
    high: int | None = Field(description="The most; null where nothing bounds it or it is unknown.")
    high_unbounded: bool = Field(description="Whether nothing bounds it above.")


def _row(name: str, table: type[BaseModel], first: dict[str, Any], **more: Any) -> type[BaseModel]:
    """Return a table's model as an answer shows its rows: every column is there."""
    columns: dict[str, Any] = {
        column: (field.annotation, Field(description=field.description))
        for column, field in table.model_fields.items()
    }
    config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)
    return create_model(name, __config__=config, __doc__=table.__doc__, **(first | columns | more))


_published = (Moment | None, Field(description=Figure.model_fields["published"].description))
_bounds = {name: (field.annotation, field) for name, field in _Bounds.model_fields.items()}
_crisis = {"crisis": (str, Field(description="The crisis the figure belongs to."))}
_count = (int, Field(description="How many figures there are."))

FigureRow = _row("FigureRow", Figure, _crisis, published=_published, **_bounds)
CrisisRow = _row("CrisisRow", Crisis, {}, figures=_count)
SourceRow = _row("SourceRow", Source, {}, figures=_count)
_named = {
    "counted" if name == "population" else name: (field.annotation, field)
    for name, field in FigureRow.model_fields.items()
}
_day = Field(description="As in HAPI; see the mapping.")
HapiRow: type[BaseModel] = create_model(
    "HapiRow",
    __config__=FigureRow.model_config,
    __doc__="A figure with the columns of OCHA's HDX HAPI in front.",
    **{  # type: ignore[call-overload]
        "location_code": (str, Field(description="The country.")),
        "location_name": (str, Field(description="Its name.")),
        "admin1_name": (str | None, Field(description="The province.")),
        "reference_period_start": (dt.date, _day),
        "reference_period_end": (dt.date, _day),
        "population": (int | None, Field(description="The number, of people displaced and so on.")),
        "fatalities": (int | None, Field(description="The number, of people killed.")),
        "population_status": (str | None, _day),
        "gender": (str | None, _day),
        "age_range": (str | None, _day),
        "min_age": (int | None, _day),
        "max_age": (int | None, _day),
        **_named,
    },
)


class FiguresPage(Page):
    """Figures, in the order of the files."""

    data: list[FigureRow | HapiRow]  # type: ignore[valid-type]


class CrisesPage(Page):
    """The crises."""

    data: list[CrisisRow]  # type: ignore[valid-type]


class SourcesPage(Page):
    """The sources."""

    data: list[SourceRow]  # type: ignore[valid-type]


class Part(_Bounds):
    """One published figure as it is shown: which one, and what its source means."""

    figure_id: str
    place: str = Field(description="THA, KHM+THA, or THA/Surin for a province.")
    measure: str
    population: str
    cause: str
    counting: str
    since: dt.date | None
    as_of: dt.date
    scope: str
    value: int = Field(description="The number printed; the lower one of a range.")
    value_high: int | None
    quantifier: str
    text: str = Field(description="The number in words.")
    source: str
    rule: str = Field(description="How it was chosen; `decision` where an analyst chose it.")
    origins: int = Field(description="How many independent sources gave a figure.")
    lowest: int | None
    highest: int | None
    verdict: str = Field(description="What the independent sources say together.")
    outside: bool = Field(description="Whether one state counts another state's people.")


class Total(_Bounds):
    """What the shown figures of places add up to; null, and never 0, where there is no figure."""

    crisis: str
    measure: str
    population: str
    cause: str
    places: list[str]
    day: dt.date
    rule: Rule
    value: int | None = Field(description="The plain sum of the numbers printed.")
    text: str = Field(description="The sum in words: at least 86.")
    coverage: str
    missing: list[str] = Field(description="The places without a figure.")
    narrower: list[str] = Field(description="What some parts leave out of what was asked.")
    notes: list[str]
    parts: list[Part]
    published: Part | None = Field(description="The figure published for all places together.")
    verdict: str = Field(description="sums, compatible, gap, or none where nobody publishes one.")
    gap: int = Field(description="How many people the two are apart where the verdict is gap.")
    figure_ids: list[str] = Field(description="Every figure that the answer rests on.")


class TotalAnswer(Answer):
    """A total."""

    data: Total


class Contradiction(BaseModel):
    """A smallest set of figures that cannot all be true."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)

    figure_ids: list[str]
    text: str = Field(description="What is wrong, in a sentence.")
    kind: str = Field(description="sum, part, fall, or rivals: two numbers for one question.")
    severity: str = Field(description="strict where arithmetic forces it, else expected.")
    rules: list[str] = Field(description="The rules that are broken.")
    gap: int = Field(description="By how many people the two sides miss each other.")
    suspects: list[str] = Field(description="The figures that the data suspect.")
    reasons: list[str] = Field(description="What cleared the others.")
    corrections: list[list[str]] = Field(
        description="Every smallest set of figures whose rejection ends it and all that it hangs "
        "together with; none where they could not all be found."
    )
    undecided: bool = Field(description="Whether more than one suspect is left.")
    truncated: bool = Field(description="Whether more may exist than were sought.")
    tangle: int = Field(description="The same for contradictions that hang together.")


class ContradictionsAnswer(Answer):
    """Contradictions, the most telling first."""

    crisis: str
    measure: str
    day: dt.date
    data: list[Contradiction]


class End(_Bounds):
    """One of the two figures that are compared."""

    figure_id: str
    value: int
    text: str
    counts: str
    source: str
    as_of: dt.date
    made_of: list[str] = Field(description="The figures it is the sum of, if it is one.")


class Item(_Bounds):
    """One reason for part of the difference."""

    low_unbounded: bool
    kind: str = Field(
        description="place, definition, timing, source, rounding, unexplained and so on."
    )
    amount: int = Field(description="How many people of the difference it accounts for.")
    text: str
    figure_ids: list[str]


class Difference(_Bounds):
    """Why one figure differs from another: the amounts of the items add up to the difference."""

    low_unbounded: bool
    start: End
    end: End
    amount: int = Field(description="End less start.")
    unexplained: int = Field(description="How many people nothing published accounts for.")
    items: list[Item]


class DifferenceAnswer(Answer):
    """A bridge between two figures."""

    crisis: str
    data: Difference
