"""Results in words for the screen: verdicts, definitions, what is shown and how it was chosen."""

import pandas as pd
import streamlit as st

from figures import Verdict
from reconciliation import Quantity, judging, wording
from reconciliation.judging import RULES, comparison, spread_of, verdict
from reconciliation.naming import definition
from reconciliation.wording import say
from ui.selection import Selection
from ui.text import plain

__all__ = [
    "RULES",
    "TOTALS",
    "VERDICTS",
    "circumstances",
    "comparison",
    "counted",
    "counting",
    "judged",
    "sign",
    "signed",
    "spread_of",
    "subject",
    "verdict",
]

# Icon and colour of each verdict; the words always stand beside them.
VERDICTS = {
    Verdict.NONE: (":material/do_not_disturb_on:", "gray"),
    Verdict.SINGLE: (":material/person:", "gray"),
    Verdict.AGREE: (":material/check_circle:", "green"),
    Verdict.CLOSE: (":material/check_circle:", "green"),
    Verdict.CONFLICT: (":material/call_split:", "orange"),
}
TOTALS = {
    "sums": (":material/check_circle:", "green"),
    "compatible": (":material/check_circle:", "green"),
    "gap": (":material/call_split:", "orange"),
    "none": (":material/do_not_disturb_on:", "gray"),
}


def judged(text: str, of: tuple[str, str]) -> None:
    """Show a judgement: its icon and colour, and always its words."""
    st.markdown(sign(text, of))


def sign(text: str, of: tuple[str, str]) -> str:
    """Return a judgement as markdown: its icon and colour, and always its words."""
    icon, colour = of
    return f":{colour}[{icon} {plain(text)}]"


def signed(amount: float) -> str:
    """Return a change in people with its sign: +41."""
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return f"{sign}{wording.number(abs(amount))}"


def counting(word: str, since: object, as_of: object) -> str:
    """Return how a number counts: "running total since 7 Dec 2025"."""
    if word == "stock":
        return say("number on the day")
    if word == "flow":
        return say("within {period}", period=wording.period(since, as_of))
    if pd.isna(since):  # type: ignore[call-overload]
        return say("running total")
    return say("running total since {day}", day=wording.day(since))


def counted(view: Selection, part: Quantity) -> str:
    """Return who a figure counts where that is less than asked; else nothing."""
    if (part.population, part.cause) == (view.population, view.cause):
        return ""
    return say("{group} only", group=definition(part.measure, part.population, part.cause))


def subject(view: Selection) -> str:
    """Return what the view counts, as a heading: "Killed: civilians"."""
    measure = say(view.measure.capitalize())
    if view.population == "all" and view.cause == "all":
        return measure
    group = definition(view.measure, view.population, view.cause)
    return say("{measure}: {group}", measure=measure, group=group)


def circumstances(view: Selection) -> str:
    """Return the day, what was known and the rule, as one line."""
    return judging.circumstances(view.day, view.known, view.rule)
