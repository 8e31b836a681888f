"""A brief composed: what each part asks of the reconciliation, in the order a reader needs it."""

import datetime as dt
from dataclasses import dataclass

from brief import telling
from brief.answers import Answers
from brief.headlines import headline
from brief.model import Brief, Difference, Headline, Sentence
from brief.references import References, safe_link
from brief.sentences import long_day
from figures import Measure, Rule
from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say

# The measures in the order in which they are asked for.
FIRST = ("killed", "injured", "casualties", "displaced", "evacuated", "sheltered", "missing")
MEASURES = tuple(dict.fromkeys([*FIRST, *(word.value for word in Measure)]))
# Of these a reader wants to know that nobody has a figure.
EXPECTED = ("killed", "injured", "displaced", "evacuated", "sheltered", "missing", "returned")


def compose(
    library: Library,
    *,
    crisis: str,
    day: dt.date,
    known_on: dt.date | None = None,
    rule: str = "latest",
    places: tuple[str, ...] | None = None,
    link: str = "",
    made_on: dt.date | None = None,
) -> Brief:
    """Return the situation brief of a crisis on a day, in the language in use.

    ``known_on`` leaves out what was published later (default: all that is known), ``places`` are
    codes of countries (default: those of the crisis), ``link`` the address of the same view,
    ``made_on`` the day that it says it was made on (default: today). The numbers are those of
    :func:`reconciliation.add_up` and the rest of the reconciliation.

    Raises ``ValueError`` for a crisis that is not in the library and for an unknown rule.
    """
    about = library.crises[library.crises["crisis"] == crisis]
    if about.empty:
        raise ValueError(f"there is no crisis {crisis!r}; choose one of crises.csv")
    rule = Rule(rule).value
    codes = tuple(str(about["countries"].iloc[0]).split("+"))
    where = tuple(places or codes)
    answers = Answers(library, crisis, day, known_on, rule)
    # What is referred to is known once all is told; told again, each source's reports are together.
    references = References(answers, _told(answers, References(answers), where).references)
    told = _told(answers, references, where)
    headlines = told.headlines
    measures = [one.measure for one in headlines]
    made = made_on or wording.today()
    name = str(about["name"].iloc[0])
    knowledge = wording.day(known_on or max(made, day))
    title = say("Situation brief: {crisis}", crisis=name)
    address = safe_link(link)
    return Brief(
        language=wording.language(),
        direction=wording.direction(),
        title=title,
        heading=say("{title}, {day}", title=title, day=long_day(day)),
        crisis=name,
        day=long_day(day),
        circumstances=say("As known on {day}. {places}.", day=knowledge, places=_named(where)),
        lead=_lead(answers, headlines, where),
        places=tuple(place_name(place) for place in where),
        together=_named(where) if len(where) > 1 else "",
        headlines=headlines,
        absent=_absent(day, measures),
        chart=telling.chart(answers, measures, where),
        differences=told.differences,
        news=told.news,
        no_news=say("Nothing new is shown for {day}.", day=wording.day(day)),
        references=references.all(),
        method=telling.method(answers),
        cite=_cite(title, day, knowledge, made),
        link=address,
        made=say("Made on {day}.", day=wording.day(made)),
        made_on=made.isoformat(),
        words=_words(),
    )


@dataclass(frozen=True)
class _Told:
    """What refers to reports."""

    headlines: tuple[Headline, ...]
    differences: tuple[Difference, ...]
    news: tuple[Sentence, ...]
    references: References


def _told(answers: Answers, references: References, places: tuple[str, ...]) -> _Told:
    found = [headline(answers, references, name, places) for name in MEASURES]
    headlines = tuple(one for one in found if one is not None)
    measures = [one.measure for one in headlines]
    return _Told(
        headlines,
        telling.differences(answers, references, measures, places),
        telling.news(answers, references) if headlines else (),
        references,
    )


def _named(places: tuple[str, ...]) -> str:
    return place_name("+".join(places))


def _lead(answers: Answers, headlines: tuple[Headline, ...], places: tuple[str, ...]) -> str:
    """Return the most wanted sentence; without any figure, what there is instead."""
    if headlines:
        return headlines[0].sentences[0].text
    day, where = wording.day(answers.day), _named(places)
    said = answers.facts.figures
    if said.empty:
        return say(
            "Nothing has been published yet for {places}, as far as was known then.", places=where
        )
    return say(
        "No source has a figure for {places} that is recent enough on {day}. The figures known run "
        "from {first} to {last}.",
        places=where,
        day=day,
        first=wording.day(said["as_of"].min()),
        last=wording.day(said["as_of"].max()),
    )


def _absent(day: dt.date, measures: list[str]) -> str:
    gone = [say(word) for word in EXPECTED if word not in measures]
    if not gone:
        return ""
    return say(
        "No figure is recent enough on {day} for: {measures}.",
        day=wording.day(day),
        measures=wording.listing(gone),
    )


def _cite(title: str, day: dt.date, knowledge: str, made: dt.date) -> str:
    return say(
        "{title}, {day}, as known on {known}. Compiled on {made} from the sources listed.",
        title=title,
        day=wording.day(day),
        known=knowledge,
        made=wording.day(made),
    )


def _words() -> dict[str, str]:
    """Return the headings and labels of a brief."""
    return {
        "figures": say("Figures"),
        "measure": say("Measure"),
        "differences": say("Why reports differ"),
        "steps": say("Every step"),
        "no_differences": say("No two numbers of this day call for an explanation."),
        "details": say("Details and sources"),
        "news": say("New on this day"),
        "sentences": say("Sentences to cite"),
        "made_of": say("How numbers open into parts"),
        "sources": say("Sources"),
        "method": say("How these numbers were chosen"),
        "cite": say("How to cite this brief"),
        "link": say("This view on the dashboard"),
        "chart_data": say("The figures behind this chart"),
        "source": say("Source"),
        "report": say("Report"),
    }
