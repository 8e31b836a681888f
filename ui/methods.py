"""The method in plain words, made from the vocabulary so that it cannot fall behind."""

import pandas as pd
import streamlit as st

import figures
from figures import Rule, Verdict
from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, questions, words
from ui.selection import Selection
from ui.text import plain

WORDS = (
    ("figure", "One number, by one source, about one place, one measure and one as-of day."),
    ("as-of day", "The day the figure describes. Published is the day it was put out."),
    ("source", "Who counted. The publisher is who carried it."),
    ("origin", "The source a chain of reports leads back to. Only different origins count twice."),
    ("series", "Figures that answer just the same question, so that their numbers compare."),
    ("in force", "The newest figure of a source on a day, as known on a day."),
    ("too old", "A number of a day after 7 days; a running total after 14, once others are newer."),
    ("verdict", "What the independent sources say together."),
    ("sum", "Published figures added up by us, always named as a sum."),
)
LISTS = (
    ("Measures", figures.Measure),
    ("Who is counted", figures.Population),
    ("Causes", figures.Cause),
    ("How numbers count", figures.Counting),
    ("How numbers are meant", figures.Quantifier),
    ("Kinds of source", figures.Kind),
)
STEPS = (
    "**Somebody counts.** A ministry, an army, an agency puts out a number. It goes into a file as "
    "it was printed, with who counted, who carried it, the day it describes, the day it was put "
    "out, and the words around it, such as “at least”.",
    "**Repeats are seen through.** Ten outlets that print one ministry's number are one origin. "
    "Only different origins can agree or disagree.",
    "**Like is compared with like.** Numbers are compared only where they count the same: the same "
    "place, measure, people, cause, way of counting and starting day.",
    "**One is shown, all are kept.** A rule, named on each page, says which rival is shown. The "
    "shown number is always one that somebody published. Nothing is averaged or filled in.",
    "**Sums say that they are sums.** Places are added only where each has a figure, the words "
    "survive (“at least 23” and 41 are “at least 64”), and what a part leaves out is said. A "
    "total that somebody published stands beside the sum.",
)
REASONS = (
    (
        "Why two reports differ",
        "The way from one number to another is told in steps that add up exactly. Each step is of "
        "one kind: place (one covers more), definition (one counts other people or causes), "
        "timing (another day), source (another count of the same), rounding, or unexplained. "
        "Totals are opened into published figures that add up to them. Reports seldom say what "
        "their numbers are made of, so this is a reading: the one that leaves least unexplained.",
    ),
    (
        "Figures that cannot all be true",
        "Each figure allows a range of whole people. Where no numbers fit all ranges and all "
        "that must add up, the smallest sets of figures that clash are shown, and every smallest "
        "set that would have to be rejected. Where the data cannot tell which is wrong, all "
        "suspects are named; none is picked.",
    ),
    (
        "Implied ranges",
        "Taken together, figures can say more than each alone: a total is at least what its "
        "parts come to. These ranges are worked out here and never shown as published.",
    ),
)
LIMITS = (
    "A number on screen is a report, not a fact checked on the ground.",
    "Sources that agree may share a blind spot; independent does not mean right.",
    "Who passes on whose numbers is known only as far as what was read shows it.",
    "Evacuated, displaced and sheltered follow the verb of the report, and officials use them for "
    "one another.",
    "Households are never turned into people.",
    "No figure means that nobody reported one, not that there was nobody.",
)


def steps(library: Library, view: Selection) -> None:
    """Tell how a number gets on screen, with the newest total as the example."""
    st.markdown("\n".join(f"{number}. {say(text)}" for number, text in enumerate(STEPS, 1)))
    total = answers.total(library, view)
    if total.published is not None:
        text = say(
            "Now, for example: killed, {place}, {day}. Published: {published}. Added up: {sum}.",
            place=view.place_words,
            day=wording.day(view.day),
            published=questions.stated(library, view, total.published),
            sum=total.text,
        )
        st.caption(plain(text))


def rules_explained() -> None:
    """List the rules; a decision with a reason beats each of them."""
    rows = [(say(words.RULES[rule]), say(rule.meaning)) for rule in Rule]
    rows.append((say("Decision"), say("An analyst's choice for one series; its reason is shown.")))
    _table(rows, say("Rule"), say("What is shown"))


def verdicts_explained() -> None:
    """List the verdicts."""
    _table([(say(word.value), say(word.meaning)) for word in Verdict], say("Verdict"))


def identities(library: Library) -> None:
    """List what must add up, and why."""
    table = library.identities
    if table.empty:
        st.caption(say("No rules of addition are given."))
        return
    rows = [
        (
            str(label),
            say(
                "{reason} ({severity})",
                reason=reason,
                severity=say(figures.Severity(severity).value),
            ),
        )
        for label, reason, severity in zip(
            table["label"], table["reason"], table["severity"], strict=True
        )
    ]
    _table(rows, say("Rule"), say("Why"))
    st.caption(say("Strict: arithmetic forces it. Expected: usual, but words are used loosely."))


def ages(library: Library) -> None:
    """Say after how many days a number is too old to be shown, crisis by crisis."""
    columns = ["name", "stock_days", "cumulative_days"]
    table = pd.DataFrame(
        [
            {
                say("Crisis"): plain(name),
                say("A number of a day"): _days(stock),
                say("A running total, once others are newer"): _days(running),
            }
            for name, stock, running in library.crises[columns].itertuples(index=False)
        ]
    )
    st.table(table, hide_index=True, border="horizontal", alt=say("Limits of age"))


def _days(number: int) -> str:
    return plain(wording.say_many("{n} day", "{n} days", int(number)))


def reasons_explained() -> None:
    """Explain bridges, contradictions and implied ranges, and how to read them."""
    for title, text in REASONS:
        st.markdown(f"**{say(title)}.** {say(text)}")


def glossary() -> None:
    """Show every word the screen uses with its meaning."""
    _table([(say(word), say(meaning)) for word, meaning in WORDS], say("Word"))
    for title, vocabulary in LISTS:
        with st.expander(say(title)):
            rows = [(say(w.value.replace("_", " ")), say(w.meaning)) for w in vocabulary]
            _table(rows, say("Word"))


def limits() -> None:
    """Say what the dashboard cannot do."""
    st.markdown("\n".join(f"- {plain(say(text))}" for text in LIMITS))


def _table(rows: list[tuple[str, str]], *heads: str) -> None:
    first, second = (*heads, say("Meaning"))[:2]
    table = pd.DataFrame([[plain(a), plain(b)] for a, b in rows], columns=[first, second])
    st.table(table, hide_index=True, border="horizontal", alt=f"{first}, {second}")
