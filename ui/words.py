"""Results in words for the screen: verdicts, definitions, what is shown and how it was chosen."""

import math

import pandas as pd
import streamlit as st

from figures import Rule, Verdict
from reconciliation import Quantity, Total, wording
from reconciliation.naming import definition
from reconciliation.wording import say, say_many
from ui.selection import Selection
from ui.text import plain

RULES = {
    Rule.LATEST: "Newest figure",
    Rule.PRIORITY: "Source listed first",
    Rule.MEDIAN: "Middle figure",
    Rule.HIGHEST: "Highest figure",
    Rule.LOWEST: "Lowest figure",
}
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


def verdict(word: str, origins: int, lowest: float, highest: float) -> str:
    """Return what the independent sources say together: "8 sources conflict: 9 to 21"."""
    if origins == 0:
        return say("no recent figure")
    if origins == 1:
        return say("one source alone")
    spread = spread_of(lowest, highest)
    messages = {
        Verdict.AGREE: "{n} sources agree: {spread}",
        Verdict.CLOSE: "{n} sources nearly agree: {spread}",
        Verdict.CONFLICT: "{n} sources conflict: {spread}",
    }
    message = messages[Verdict(word)]
    return say_many(message, message, origins, spread=spread)


def judged(text: str, sign: tuple[str, str]) -> None:
    """Show a judgement: its icon and colour, and always its words."""
    icon, colour = sign
    st.markdown(f":{colour}[{icon} {plain(text)}]")


def spread_of(lowest: float, highest: float) -> str:
    """Return the numbers printed by independent sources: 9 to 21."""
    if math.isnan(lowest):
        return ""
    if lowest == highest:
        return wording.number(lowest)
    return say("{low} to {high}", low=wording.number(lowest), high=wording.number(highest))


def comparison(total: Total) -> str:
    """Return how the published total stands to the sum: "equals the sum"."""
    messages = {
        "sums": say("equals the sum"),
        "compatible": say("the sum and this can both be true"),
        "none": say("nobody gives one number for all"),
    }
    if total.verdict != "gap":
        return messages[total.verdict]
    message = "{n} more than the sum" if total.gap > 0 else "{n} fewer than the sum"
    return say(message, n=wording.number(abs(total.gap)))


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
    knowledge = (
        say("as known on {day}", day=wording.day(view.known))
        if view.known
        else say("with all that is known today")
    )
    rule = say(RULES[Rule(view.rule)]).lower()
    return say(
        "{day}, {knowledge}; where sources differ: {rule}",
        day=wording.day(view.day),
        knowledge=knowledge,
        rule=rule,
    )
