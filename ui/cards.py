"""Numbers on cards: the number, whose it is, as of when, and what the others say."""

import html

import pandas as pd
import streamlit as st

from figures import Measure, Verdict
from loaders import Library
from reconciliation import Breakdown, Quantity, Total, wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, deciding, words
from ui.choosing import link_to
from ui.selection import Selection
from ui.text import plain

# After how many days a card says how old its number is.
OLD = 7


def measure(library: Library, view: Selection) -> bool:
    """Show one measure: all places together, then each; return whether there is any figure."""
    if view.measure not in answers.measures(library, view):
        return False
    total = answers.total(library, view)
    if not total.parts and total.published is None:
        return False
    with st.container(border=True):
        with st.container(gap=None):
            st.header(say(view.measure.capitalize()), anchor=False)
            st.caption(say(Measure(view.measure).meaning))
        numbers(library, view, total)
        _how(library, view, total)
    return True


def numbers(library: Library, view: Selection, total: Total) -> None:
    """Show the number for all places together beside those of each place."""
    if len(view.places) == 1:
        with st.container(gap="xxsmall"):
            _place(library, view, view.places[0], total)
    else:
        together, *each = st.columns([1.3, *([1] * min(len(view.places), 3))])
        with together.container(gap="xxsmall"):
            _together(library, view, total)
        for number, place in enumerate(view.places):
            with each[number % len(each)].container(gap="xxsmall"):
                _place(library, view, place, total)


def _together(library: Library, view: Selection, total: Total) -> None:
    if total.parts:
        label = say("{places}, added up", places=view.place_words)
        _number(label, total.text)
        notes = [*total.narrower, *total.notes]
        if total.missing:
            gone = wording.listing(place_name(place) for place in total.missing)
            notes.insert(0, say("Nobody has a figure for {places}.", places=gone))
        for note in notes:
            st.markdown(f":material/info: {plain(note)}")
    published(library, view, total)


def published(library: Library, view: Selection, total: Total) -> None:
    """Show the number published for all places together beside the sum."""
    figure = total.published
    if figure is None:
        st.caption(say("No source gives one number for all of them."))
        return
    st.markdown(
        say(
            "Published for both together: **{number}**"
            if len(view.places) == 2
            else "Published for all together: **{number}**",
            number=plain(figure.text),
        )
    )
    whose(library, view, figure)
    deciding.decided(library, view, figure)
    if total.parts:
        words.judged(words.comparison(total), words.TOTALS[total.verdict])
    _rivals(figure)


def _number(label: str, number: str) -> None:
    """Show a number large, with what it is of above; unlike a metric it wraps."""
    style = "font-size:1.55rem;font-weight:650;line-height:1.2"
    top = f'<div style="font-size:0.9rem">{html.escape(label)}</div>'
    st.html(f'{top}<div style="{style}">{html.escape(number)}</div>')


def _place(library: Library, view: Selection, place: str, total: Total) -> None:
    part = next((part for part in total.parts if part.place == place), None)
    if part is None:
        _number(place_name(place), "–")
        st.caption(say("Nobody has a figure that is recent enough."))
        return
    _number(place_name(place), part.text)
    less = words.counted(view, part)
    if less:
        st.markdown(f":material/info: {plain(less)}")
    whose(library, view, part)
    deciding.decided(library, view, part)
    _rivals(part)


def whose(library: Library, view: Selection, part: Quantity) -> None:
    """Say who counted and as of when, with the full name on demand."""
    name, full = answers.short_name(library, part.source), answers.full_name(library, part.source)
    text = say("{source}, {day}", source=name, day=wording.day(part.as_of))
    age = (pd.Timestamp(view.day) - part.as_of).days
    if age > OLD:
        text = say("{whose}: {n} days old", whose=text, n=wording.number(age))
    st.caption(plain(text), help=plain(full) if full != name else None)


def _rivals(part: Quantity) -> None:
    text = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
    words.judged(text, words.VERDICTS[Verdict(part.verdict)])


def _how(library: Library, view: Selection, total: Total) -> None:
    """Fold away how the numbers add up, and the way to all the figures."""
    if not total.parts:
        return
    label = say("How this adds up")
    if len(total.parts) > 1:
        parts = [f"{part.text} ({place_name(part.place)})" for part in total.parts]
        label = say("How this adds up: {parts} = {sum}", parts=" + ".join(parts), sum=total.text)
    with st.expander(plain(label)):
        for part in total.parts:
            opening(library, view, part)
        link_to("reconciliation", say("Every figure and every rule"), view)


def opening(library: Library, view: Selection, part: Quantity) -> None:
    """Show what a place's number is made of, where its parts are published."""
    place = place_name(part.place)
    ways = answers.openings(library, view, part)
    if not ways:
        who = definition(part.measure, part.population, part.cause)
        head = say("{place}: {number}", place=place, number=part.text)
        text = say("{who}; no parts of it are published.", who=who)
        st.markdown(f"**{plain(head)}** ({plain(text)})")
        return
    best = ways[0]
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain(say('{place}: {sum}', place=place, sum=best.text))}**")
        words.judged(_fits(best), words.TOTALS[best.verdict])
        st.markdown("\n".join(_piece(library, piece) for piece in best.parts))


def _piece(library: Library, piece: Quantity) -> str:
    """Return one part of a total as a line of a list."""
    who = definition(piece.measure, piece.population, piece.cause).capitalize()
    source = answers.short_name(library, piece.source)
    text = plain(say("{source}, {day}", source=source, day=wording.day(piece.as_of)))
    return f"- {plain(who)}: **{plain(piece.text)}** ({text})"


def _fits(way: Breakdown) -> str:
    total = way.total.text
    if way.verdict == "sums":
        return say("adds up to the published {total}", total=total)
    if way.verdict == "compatible":
        return say("fits the published {total}", total=total)
    message = (
        "{n} short of the published {total}" if way.gap > 0 else "{n} above the published {total}"
    )
    return say(message, n=wording.number(abs(way.gap)), total=total)
