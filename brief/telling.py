"""What else a brief tells: why numbers differ, what the day brought, the chart, the method."""

import datetime as dt

import pandas as pd

import charts
from brief.answers import Answers, Row
from brief.model import Chart, Difference, Sentence
from brief.references import References
from figures import Rule
from reconciliation import Bridge, judging, wording
from reconciliation.bridges.asking import main_item, question, told
from reconciliation.bridges.phrases import counted
from reconciliation.daily import course, fresh, line_name, told_anew
from reconciliation.naming import place_name
from reconciliation.wording import say, sentence_case

# Of how many new figures a brief tells.
MOST_NEWS = 8
DAY = dt.timedelta(days=1)


def differences(
    answers: Answers, references: References, measures: list[str], places: tuple[str, ...]
) -> tuple[Difference, ...]:
    """Return why the day's numbers differ: the differences that the Overview tells, in full."""
    links = told((answers.total(measure, places) for measure in measures), answers.explained)
    return tuple(_difference(answers, references, link) for link in links)


def _difference(answers: Answers, references: References, link: Bridge) -> Difference:
    ends = say(
        "{start} ({source}, {day}); {end} ({other}, {other_day}).",
        start=sentence_case(link.start.counts),
        source=link.start.source,
        day=wording.day(link.start.as_of),
        end=link.end.counts,
        other=link.end.source,
        other_day=wording.day(link.end.as_of),
    )
    both = references.numbers([link.start.figure_id, link.end.figure_id])
    reasons = {
        one: Sentence(sentence_case(one.text), references.numbers(one.figure_ids))
        for one in link.items
    }
    return Difference(
        question(link, answers.rows),
        Sentence(ends, both),
        reasons[main_item(link)],
        tuple(reasons.values()),
    )


def news(answers: Answers, references: References) -> tuple[Sentence, ...]:
    """Return what is shown anew on the day, countries before provinces."""
    found = fresh(answers.today, answers.cells(answers.day - DAY), answers.day - DAY)
    rows = found.sort_values("admin1", key=lambda c: c.astype(str) != "", kind="stable")
    sentences = [_new(answers, references, row) for row in rows.head(MOST_NEWS).to_dict("records")]
    if len(rows) > MOST_NEWS:
        left = len(rows) - MOST_NEWS
        text = wording.say_many("And {n} more new figure.", "And {n} more new figures.", left)
        sentences.append(Sentence(text))
    return tuple(sentences)


def _new(answers: Answers, references: References, row: Row) -> Sentence:
    part = answers.parts[str(row["figure_id"])]
    change = told_anew(
        row, lambda source: answers.names.get(str(source), str(source)), answers.expression
    )
    text = say("{figure}: {change}.", figure=sentence_case(counted(part)), change=change)
    return Sentence(text, references.numbers([part.figure_id]))


def chart(answers: Answers, measures: list[str], places: tuple[str, ...]) -> Chart | None:
    """Return the first measure that has a course to draw, for all places together and for each."""
    for measure in measures:
        rows = course(answers.total(measure, places), answers.history, answers.day)
        if rows["value"].notna().sum() > 1:
            return _drawn(answers, measure, rows)
    return None


def _drawn(answers: Answers, measure: str, rows: pd.DataFrame) -> Chart:
    named = rows.assign(line=[line_name(part) for part in rows["part"]])
    until = pd.Timestamp(answers.day)
    title = say("{measure} over time", measure=say(measure.capitalize()))
    given = named[named["value"].notna()]
    ends = [_end(answers, str(place), group) for place, group in given.groupby("line", sort=False)]
    table = [(say("Place"), say("As of"), say("Figure"), say("Source"))]
    table += [
        (
            place_name(str(row["part"])),
            wording.day(row["as_of"]),
            _number(answers, row),
            answers.names.get(str(row["source"]), str(row["source"])),
        )
        for row in given.drop_duplicates(["line", "as_of", "value", "source"]).to_dict("records")
    ]
    alt = say("{subject}: {ends}", subject=title, ends="; ".join(ends))
    words = charts.Words(number=wording.number, day=wording.day)
    light, dark = (
        charts.steps(named, until, theme, words=words, title=alt) for theme in ("light", "dark")
    )
    return Chart(
        measure=measure,
        title=title,
        subtitle=say(
            "The figure shown for each place. {circumstances}.",
            circumstances=judging.circumstances(
                answers.day, answers.known_on or wording.today(), answers.rule
            ),
        ),
        alt=alt,
        light=light,
        dark=dark,
        table=tuple(table),
        rows=named,
    )


def _end(answers: Answers, place: str, group: pd.DataFrame) -> str:
    last = group.iloc[-1].to_dict()
    day = wording.day(last["day"])
    return say("{place} {number} on {day}", place=place, number=_number(answers, last), day=day)


def _number(answers: Answers, row: Row) -> str:
    quantifier = str(row["quantifier"])
    text = wording.quantity(row["value"], row["value_high"], quantifier)
    return judging.as_printed(text, quantifier, answers.expression(row["figure_id"]))


def method(answers: Answers) -> tuple[str, ...]:
    """Return how the numbers were chosen, in sentences."""
    crises = answers.library.crises
    about = crises[(crises["crisis"] == answers.crisis).to_numpy()].iloc[0]
    rule = Rule(answers.rule)
    return (
        say(
            "Every number was published by the source named with it, or is an exact sum of such "
            "numbers and says so. Nothing is averaged, estimated or filled in."
        ),
        say(
            "Where sources differ, the number shown is chosen by this rule: {rule}. {meaning} An "
            "analyst's decision comes first and is named.",
            rule=judging.rule_name(rule),
            meaning=say(rule.meaning),
        ),
        say("Sources that repeat one another count as one; only independent sources are compared."),
        say(
            "A number of one day is left out once it is {stock} days old; a running total once it "
            "is {running} days old and another source has a newer one.",
            stock=wording.number(about["stock_days"]),
            running=wording.number(about["cumulative_days"]),
        ),
    )
