"""Results in words for the screen: verdicts, definitions, what is shown and how it was chosen."""

from collections.abc import Iterable

import streamlit as st

from figures import Verdict
from reconciliation import Quantity, judging, wording
from reconciliation.days import DayLike
from reconciliation.judging import RULES, age, comparison, counting, knowledge, spread_of, verdict
from reconciliation.naming import definition
from reconciliation.wording import say
from ui.selection import Selection
from ui.text import plain

__all__ = [
    "RULES",
    "TOTALS",
    "VERDICTS",
    "aged",
    "circumstances",
    "commas",
    "comparison",
    "counted",
    "counting",
    "judged",
    "knowledge",
    "semicolons",
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
    text = f"{sign}{wording.number(abs(amount))}"
    # Among words from right to left a sign would go to the other side of its number.
    return wording.isolated(text) if wording.direction() == "rtl" else text


def aged(whose: str, as_of: DayLike, on: DayLike) -> str:
    """Return whose number it is, and how old where it is not of the last week."""
    old = age(as_of, on)
    return say("{whose}: {age}", whose=whose, age=old) if old else whose


def commas(items: Iterable[str]) -> str:
    """Return items side by side: "Killed, Cambodia, civilians"."""
    return _beside(items, say("{first}, {second}", first="", second=""))


def semicolons(items: Iterable[str]) -> str:
    """Return items that hold commas of their own side by side, set apart by semicolons."""
    return _beside(items, say("{first}; {second}", first="", second=""))


def _beside(items: Iterable[str], between: str) -> str:
    if wording.direction() == "ltr":
        return between.join(items)
    text = wording.bare(between).join(wording.isolated(item) for item in items)
    return f"{wording.RTL_ISOLATE}{text}{wording.POP_ISOLATE}" if text else ""


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
