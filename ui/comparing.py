"""One question on one day: the answer, the rules side by side, the parts, every figure."""

import pandas as pd
import streamlit as st

from figures import Rule
from loaders import Library
from reconciliation import Total, wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, cards, questions, tables, words
from ui.questions import Row, only
from ui.selection import Selection
from ui.text import file_name, plain
from ui.words import signed


def answer(library: Library, view: Selection) -> None:
    """Show the answer: the sum over places beside what is published for all of them."""
    total = answers.total(library, view)
    if not total.parts and total.published is None:
        text = say("Nobody has a figure for {place} that is recent enough on {day}.",
                   place=view.place_words, day=wording.day(view.day))  # fmt: skip
        st.info(plain(text))
        return
    with st.container(border=True):
        cards.numbers(library, view, total)


def rules_table(library: Library, view: Selection) -> None:
    """Show what each rule would choose, the one in use marked."""
    rows = []
    found = answers.by_rule(library, view)
    in_use = next(total for rule, total in found if rule.value == view.rule)
    for rule, total in found:
        name = say(words.RULES[rule])
        chosen = say("{rule} (in use)", rule=name) if rule.value == view.rule else name
        rows.append({say("Rule"): chosen, **told_by_rule(library, view, total)})
        rows[-1][say("Effect")] = effect_of_rule(total, in_use)
    table = pd.DataFrame(rows).map(plain)
    st.table(table, hide_index=True, border="horizontal", alt=say("What each rule would show"))
    st.caption(
        say(
            "{meaning} Effect: how the total of all places would change.",
            meaning=say(Rule(view.rule).meaning),
        )
    )


def effect_of_rule(total: Total, in_use: Total) -> str:
    """Return by how much a rule moves the total of all places."""
    if not total.parts or not in_use.parts:
        return "–"
    amount = total.value - in_use.value
    return signed(amount) if amount else say("none")


def told_by_rule(library: Library, view: Selection, total: Total) -> dict[str, str]:
    """Return what one rule would show, by the heads of the table of rules."""
    if len(view.places) == 1:
        part = total.parts[0] if total.parts else None
        return {
            say("Figure"): questions.stated(library, view, part) if part else "–",
            say("Source"): answers.short_name(library, part.source) if part else "–",
            say("As of"): wording.day(part.as_of) if part else "–",
        }
    published = total.published
    who = answers.short_name(library, published.source) if published else ""
    number = questions.stated(library, view, published) if published else ""
    given = say("{number} ({source})", number=number, source=who) if published else "–"
    return {say("Added up"): total.text, say("Published for all"): given}


def parts(library: Library, view: Selection) -> None:
    """Show the sum over places against the published total, and what each part is made of."""
    total = answers.total(library, view)
    if not total.parts:
        st.caption(say("There is nothing to add up."))
        return
    if len(view.places) > 1:
        _sum(library, view, total)
    for part in total.parts:
        cards.opening(library, view, part)
    if total.published is not None and answers.openings(library, view, total.published):
        cards.opening(library, view, total.published)


def _sum(library: Library, view: Selection, total: Total) -> None:
    pieces = " + ".join(f"{part.text} ({place_name(part.place)})" for part in total.parts)
    text = say("{parts} = {sum}; {coverage}", parts=pieces, sum=total.text, coverage=total.coverage)
    st.markdown(f"**{plain(text)}**")
    published = total.published
    if published is None:
        words.judged(words.comparison(total), words.TOTALS["none"])
        return
    text = say(
        "published {number} ({source}): {comparison}",
        number=questions.stated(library, view, published),
        source=answers.short_name(library, published.source),
        comparison=words.comparison(total),
    )
    words.judged(text, words.TOTALS[total.verdict])
    for note in (*total.narrower, *total.notes):
        st.caption(plain(note))


def in_force_table(library: Library, view: Selection) -> None:
    """Show every figure in force that answers the question, the shown ones first."""
    found = relevant(library, view)
    if found.empty:
        st.caption(say("There are none."))
        return
    count = wording.say_many("{n} figure", "{n} figures", len(found))
    fresh = int((~found["stale"] & ~found["echo"]).sum())
    text = say(
        "{count}; the verdict rests on {fresh} of them. The others repeat one of these or are too "
        "old. “Passed on”: the source does not count itself, and nobody it names says "
        "this number.",
        count=count,
        fresh=wording.number(fresh),
    )
    st.caption(text)
    table = tables.provenance(library, found)
    table.insert(
        2, say("Standing"), [standing_of(library, row) for row in found.to_dict("records")]
    )
    tables.show(table, alt=say("Every figure in force"))
    name = file_name(view.crisis, view.measure, view.place, view.population, view.cause, view.day)
    tables.download(tables.raw(library, found), name)


def relevant(library: Library, view: Selection) -> pd.DataFrame:
    """Return the figures in force for the places, together and each, of what is asked or shown."""
    total = answers.total(library, view)
    shown = [part for part in (total.published, *total.parts) if part is not None]
    rows = answers.standing(library, view)
    rows = rows[rows["measure"] == view.measure]
    wanted = {(place, view.population, view.cause) for place in (view.place, *view.places)}
    wanted |= {(part.place, part.population, part.cause) for part in shown}
    keys = zip(
        rows["country"].astype(str),
        rows["population"].astype(str),
        rows["cause"].astype(str),
        strict=True,
    )
    rows = only(rows, [key in wanted for key in keys])
    ids = {part.figure_id for part in shown}
    shown_here = rows["figure_id"].isin(ids)
    rank = (~shown_here) * 1 + rows["echo"] * 2 + rows["stale"] * 4
    order = rows.assign(shown=shown_here, rank=rank, places=rows["country"].astype(str).str.len())
    return order.sort_values(
        ["rank", "places", "country", "as_of"], ascending=[True, False, True, False], kind="stable"
    )


def standing_of(library: Library, row: Row) -> str:
    """Return whether a figure is shown, repeats another, or is too old."""
    if row["shown"]:
        return say("shown")
    if row["stale"]:
        return say("too old")
    if row["echo"]:
        return say("repeats {source}", source=answers.short_name(library, row["origin"]))
    return say("in the verdict; passed on") if row["unattributed"] else say("in the verdict")
