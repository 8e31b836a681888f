"""Analysts' decisions: which are in force, why, by whom, and which newer figures overtook."""

import pandas as pd
import streamlit as st

from loaders import Library
from reconciliation import Quantity, wording
from reconciliation.wording import say
from ui import answers, pieces, words
from ui.lists import subject_of
from ui.questions import Row, text_of
from ui.selection import Selection
from ui.text import plain


def decided(library: Library, view: Selection, part: Quantity) -> list[str]:
    """Return what a shown number says of the decision that chose it: why, and if overtaken.

    Lines of HTML; none where no decision chose it.
    """
    if part.rule != "decision":
        return []
    used = answers.decisions_used(library, view)
    number, row = _of(library, view, used, part.figure_id)
    if row is None:
        return []
    text = say("Chosen by decision: {reason} ({who}, {day})", reason=_bare(row["reason"]),
               who=row["decided_by"], day=wording.day(row["decided_on"]))  # fmt: skip
    lines = [pieces.small(text, "gavel")]
    if used[number][1]:
        text = say("A newer figure has come since this decision.")
        lines.append(pieces.signed(text, ("history", "orange")))
    return lines


def _of(
    library: Library, view: Selection, used: dict[str, tuple[str, bool]], figure_id: str
) -> tuple[str, Row | None]:
    for number, (shown, _) in used.items():
        if shown == figure_id:
            return number, answers.decisions(library, view).get(number)
    return "", None


def _bare(text: object) -> str:
    return wording.without_stop(str(text))


def decisions(library: Library, view: Selection) -> None:
    """List the decisions of the crisis: how many are in force, why, by whom, overtaken or not."""
    every = answers.decisions(library, view)
    if not every:
        st.markdown(say("No decision is in force: every number shown is chosen by the rule."))
        return
    used = answers.decisions_used(library, view)
    one, many = "{n} decision is in force on {day}.", "{n} decisions are in force on {day}."
    text = wording.say_many(one, many, len(used), day=wording.day(view.day))
    over = sum(overtaken for _, overtaken in used.values())
    if over:
        one, many = "{n} is overtaken by a newer figure.", "{n} are overtaken by newer figures."
        text = say("{first} {second}", first=text, second=wording.say_many(one, many, over))
    st.markdown(plain(text))
    rows = [_line(library, view, row, used.get(number)) for number, row in every.items()]
    table = pd.DataFrame(rows).map(plain)
    st.table(table, hide_index=True, border="horizontal", alt=say("Decisions"))


def _line(
    library: Library, view: Selection, row: Row, used: tuple[str, bool] | None
) -> dict[str, str]:
    return {
        say("Question"): subject_of(row),
        say("Shows"): _shows(library, view, row),
        say("From day"): wording.day(row["from_day"]),
        say("Reason"): str(row["reason"]),
        say("Who and when"): say(
            "{who}, {day}", who=row["decided_by"], day=wording.day(row["decided_on"])
        ),
        say("Standing"): _standing(used),
    }


def _shows(library: Library, view: Selection, row: Row) -> str:
    figure = answers.rows(library, view).get(str(row["figure_id"]))
    if figure is not None:
        return text_of(figure)
    names = {rule.value: name for rule, name in words.RULES.items()}
    return say(names[str(row["rule"])]) if str(row["rule"]) in names else "–"


def _standing(used: tuple[str, bool] | None) -> str:
    if used is None:
        return say("not used on this day")
    return say("overtaken by a newer figure") if used[1] else say("in force")
