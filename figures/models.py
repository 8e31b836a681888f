"""The tables of the project, each column defined once.

The code book, the template, the data package and the in-app dictionary are made from these models,
and the loaders read every cell through the types given here.
"""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from figures import cells
from figures.rules import broken_rules
from figures.vocabulary import (
    Basis,
    Cause,
    Counting,
    IdentityKind,
    Kind,
    Measure,
    Population,
    Quantifier,
    Rule,
    Severity,
    Status,
    Unit,
)


class Table(BaseModel):
    """One row of a table. Columns that are not listed here are refused."""

    model_config = ConfigDict(extra="forbid", validate_default=True, frozen=True)
    file_name: ClassVar[str]
    about: ClassVar[str]


class Figure(Table):
    """One number, by one source, about one place, one measure and one as-of day."""

    file_name = "figures.csv"
    about = "One row per figure: the number somebody published, kept as it was published."

    figure_id: cells.Id = Field(description="Unique within the crisis, never used again.")
    country: cells.Places = Field(
        description="ISO 3166-1 alpha-3 code; several joined by + for a number given for them "
        "together (KHM+THA)."
    )
    admin1: cells.Text = Field("", description="The province, where the number is for one.")
    measure: Annotated[Measure, cells.words(Measure), cells.Required] = Field(
        description="What is counted."
    )
    population: cells.Group = Field(
        "all", description="Who is counted; a crisis may add words.", examples=list(Population)
    )
    cause: Annotated[Cause, cells.words(Cause), cells._empty_is(Cause.ALL)] = Field(
        Cause.ALL, description="Of what."
    )
    counting: Annotated[Counting, cells.words(Counting), cells.Required] = Field(
        description="How the number counts."
    )
    since: cells.OptionalDay = Field(
        None,
        description="The first day counted: of a cumulative number (empty: the start of the "
        "crisis), of a flow (required). Empty for a stock.",
    )
    as_of: cells.Day = Field(description="The day the figure describes.")
    as_of_basis: Annotated[Basis, cells.words(Basis), cells._empty_is(Basis.STATED)] = Field(
        Basis.STATED, description="Whether the report prints that day."
    )
    value: cells.Number = Field(
        description="The number printed, in digits; the lower one of a range."
    )
    value_high: cells.OptionalNumber = Field(None, description="The higher number of a range.")
    quantifier: Annotated[
        Quantifier, cells.words(Quantifier), cells._empty_is(Quantifier.EXACT)
    ] = Field(Quantifier.EXACT, description="How the number is meant.")
    unit: Annotated[Unit, cells.words(Unit), cells._empty_is(Unit.PERSON)] = Field(
        Unit.PERSON, description="What one of the number is."
    )
    scope: cells.Text = Field(
        "",
        description="What the number leaves out or is limited to, in words. Another scope is "
        "another series.",
    )
    status: Annotated[Status, cells.words(Status), cells._empty_is(Status.CONFIRMED)] = Field(
        Status.CONFIRMED, description="What became of the figure."
    )
    source: cells.Id = Field(description="Who counted: an id in sources.csv.")
    publisher: cells.OptionalId = Field("", description="Who carried it: an id in sources.csv.")
    published: cells.Moment = Field(
        None,
        description="The day, or day and time, it was put out, as printed. Empty: the as-of day.",
    )
    url: cells.Link = Field("", description="Where it can be read.")
    expression: cells.Text = Field("", description="The numeric phrase as printed.")
    supersedes: cells.OptionalId = Field(
        "", description="The figure_id of the same source's figure that this one corrects."
    )
    note: cells.Text = Field("", description="Anything a reader should know.")

    @model_validator(mode="after")
    def _rules(self) -> "Figure":
        """Raise the first rule between cells of the row that does not hold."""
        for rule in broken_rules(self.model_dump()):
            raise cells.problem(rule.code, rule.problem, rule.remedy)
        return self


class Source(Table):
    """A body that counts, or carries what others counted."""

    file_name = "sources.csv"
    about = (
        "Who counted and who carried it. The order of the rows is the order of the rule priority."
    )

    source: cells.Id = Field(description="The id that figures use.")
    name: cells.Name = Field(description="The name as readers know it.")
    kind: Annotated[Kind, cells.words(Kind), cells.Required] = Field(description="What it is.")
    country: cells.OptionalPlace = Field("", description="Where it is from, ISO 3166-1 alpha-3.")
    relays: cells.Ids = Field(
        "",
        description="The ids whose numbers it passes on, joined by +; `own` when it counts itself; "
        "empty when that is not known.",
    )
    url: cells.Link = Field("", description="Its home page.")


class Crisis(Table):
    """A crisis: its countries, its days and its settings."""

    file_name = "crises.csv"
    about = "One row per crisis; its figures are in the folder of the same name."

    crisis: cells.Id = Field(description="The name of its folder.")
    name: cells.Name = Field(description="The name as readers know it.")
    countries: cells.Places = Field(description="Its countries, joined by +.")
    start: cells.Day = Field(description="The first day; cumulative figures count from here.")
    end: cells.OptionalDay = Field(None, description="The last day; empty while it goes on.")
    rule: Annotated[Rule, cells.words(Rule), cells._empty_is(Rule.LATEST)] = Field(
        Rule.LATEST, description="How the shown figure is chosen unless the reader says otherwise."
    )
    description: cells.Text = Field("", description="Two sentences of context.")
    stock_days: Annotated[int, cells.BeforeValidator(cells._number), cells._empty_is(7)] = Field(
        7, description="After how many days a stock is too old to be chosen."
    )
    cumulative_days: Annotated[int, cells.BeforeValidator(cells._number), cells._empty_is(14)] = (
        Field(
            14,
            description="After how many days a cumulative figure is too old to be chosen, once "
            "another independent source has a newer one.",
        )
    )


class Event(Table):
    """Something that happened, for the time line."""

    file_name = "events.csv"
    about = "The time line of the crisis."

    event_id: cells.Id = Field(description="Unique within the crisis.")
    date: cells.Day = Field(description="The day it happened.")
    country: cells.OptionalPlaces = Field("", description="Where: codes joined by +.")
    kind: cells.Text = Field("", description="clash, talks, truce, incident, other …")
    label: cells.Name = Field(description="What happened, in one sentence.")
    url: cells.Link = Field("", description="Where it can be read.")


class Decision(Table):
    """An analyst's choice of the figure or the rule for one series, with the reason."""

    file_name = "decisions.csv"
    about = "An analyst's choices. A row here beats the rule, and its reason is shown."

    decision_id: cells.Id = Field(description="Unique within the crisis.")
    country: cells.Places = Field(description="The series: its country or countries.")
    admin1: cells.Text = Field("", description="The series: its province.")
    measure: Annotated[Measure, cells.words(Measure), cells.Required] = Field(
        description="The series: its measure."
    )
    population: cells.Group = Field("all", description="The series: its population.")
    cause: Annotated[Cause, cells.words(Cause), cells._empty_is(Cause.ALL)] = Field(
        Cause.ALL, description="The series: its cause."
    )
    counting: Annotated[Counting, cells.words(Counting), cells.Required] = Field(
        description="The series: how it counts."
    )
    since: cells.OptionalDay = Field(None, description="The series: its first day counted.")
    unit: Annotated[Unit, cells.words(Unit), cells._empty_is(Unit.PERSON)] = Field(
        Unit.PERSON, description="The series: its unit."
    )
    scope: cells.Text = Field("", description="The series: its scope.")
    from_day: cells.Day = Field(description="The first day the decision holds for.")
    figure_id: cells.OptionalId = Field("", description="The figure to show; or give a rule.")
    rule: Annotated[Rule | None, cells.words(Rule, optional=True), cells._empty_is(None)] = Field(
        None, description="The rule to use; or give a figure."
    )
    reason: cells.Name = Field(description="Why, in a sentence a reader will see.")
    decided_by: cells.Name = Field(description="Who decided.")
    decided_on: cells.Day = Field(description="The day it was decided.")

    @model_validator(mode="before")
    @classmethod
    def _figure_or_rule(cls, row: Any) -> Any:
        """Raise unless exactly one of figure and rule is given."""
        if isinstance(row, dict) and bool(row.get("figure_id")) == bool(row.get("rule")):
            raise cells.problem(
                "figure-or-rule",
                "a decision names one figure or one rule",
                "Fill in `figure_id` or `rule`, and leave the other empty.",
            )
        return row


class Identity(Table):
    """What must add up."""

    file_name = "identities.csv"
    about = "What must add up. Countries need no rows: KHM+THA is the sum of its countries."

    dimension: cells.Name = Field(description="population, cause or measure.")
    total: cells.Name = Field(description="The word for the total.")
    parts: cells.Name = Field(description="The words for the parts, joined by +.")
    kind: Annotated[IdentityKind, cells.words(IdentityKind), cells.Required] = Field(
        description="Whether the parts make up the total or are only included in it."
    )
    label: cells.Name = Field(description="The rule as a reader would say it.")
    reason: cells.Name = Field(description="Why it holds.")
    severity: Annotated[Severity, cells.words(Severity), cells.Required] = Field(
        description="How hard it binds."
    )


TABLES: tuple[type[Table], ...] = (Figure, Source, Crisis, Event, Decision, Identity)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know about the data; reported, never raised."""

    file: str
    line: int
    column: str
    value: str
    code: str
    problem: str
    remedy: str
    severity: str = "error"
    sheet: str = ""
