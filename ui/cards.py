"""Numbers on cards: the number, whose it is, as of when, and what the others say."""

import streamlit as st

from figures import Measure
from loaders import Library
from reconciliation import Breakdown, Quantity, Total, wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, words
from ui.choosing import link_to
from ui.selection import Selection
from ui.text import plain


def measure(library: Library, view: Selection) -> bool:
    """Show one measure: all places together, then each; return whether there is any figure."""
    total = answers.total(library, view)
    if not total.parts and total.published is None:
        return False
    with st.container(border=True):
        with st.container(gap=None):
            st.subheader(say(view.measure.capitalize()), anchor=False)
            st.caption(say(Measure(view.measure).meaning))
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
        _how(library, view, total)
    return True


def _together(library: Library, view: Selection, total: Total) -> None:
    if total.parts:
        label = say("{places}, added up", places=view.place_words)
        st.metric(plain(label), plain(total.text))
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
    whose(library, figure)
    if total.parts:
        icon, colour = words.TOTALS[total.verdict]
        st.badge(plain(words.comparison(total)), icon=icon, color=colour)  # type: ignore[arg-type]
    _rivals(figure)


def _place(library: Library, view: Selection, place: str, total: Total) -> None:
    part = next((part for part in total.parts if part.place == place), None)
    name = plain(place_name(place))
    if part is None:
        st.metric(name, "–")
        st.caption(say("Nobody has a figure that is recent enough."))
        return
    st.metric(name, plain(part.text))
    less = words.counted(view, part)
    if less:
        st.markdown(f":material/info: {plain(less)}")
    whose(library, part)
    _rivals(part)


def whose(library: Library, part: Quantity) -> None:
    """Say who counted and as of when, with the full name on demand."""
    name, full = answers.short_name(library, part.source), answers.full_name(library, part.source)
    text = say("{source}, {day}", source=name, day=wording.day(part.as_of))
    st.caption(plain(text), help=plain(full) if full != name else None)


def _rivals(part: Quantity) -> None:
    icon, colour = words.VERDICTS[part.verdict]  # type: ignore[index]
    text = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
    st.badge(plain(text), icon=icon, color=colour)  # type: ignore[arg-type]


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
        text = say("{place}: {number} {who}. No parts of it are published.", place=place,
                   number=part.text, who=who)  # fmt: skip
        st.markdown(plain(text))
        return
    best = ways[0]
    icon, colour = words.TOTALS[best.verdict]
    head = say("{place}: {parts} = {sum}", place=place, parts=_sum(best), sum=best.text)
    st.markdown(f"**{plain(head)}**")
    st.badge(plain(_fits(best)), icon=icon, color=colour)  # type: ignore[arg-type]
    for piece in best.parts:
        who = definition(piece.measure, piece.population, piece.cause)
        source = answers.short_name(library, piece.source)
        line = say("{number} {who}: {source}, {day}", number=piece.text, who=who, source=source,
                   day=wording.day(piece.as_of))  # fmt: skip
        st.markdown(f"- {plain(line)}")


def _sum(way: Breakdown) -> str:
    return " + ".join(
        f"{part.text} {definition(part.measure, part.population, part.cause)}" for part in way.parts
    )


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
