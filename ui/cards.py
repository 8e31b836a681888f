"""Numbers on cards: the number, whose it is, as of when, and what the others say.

All that is said of one number is one piece of text, put together once for each view: a page is
drawn anew with each click, and what it costs is the number of its pieces.
"""

import html

import pandas as pd
import streamlit as st

from figures import Measure, Verdict
from loaders import Library
from reconciliation import Breakdown, Quantity, Total, wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import answers, deciding, warming, words
from ui.choosing import link_to
from ui.selection import Selection
from ui.text import plain

# After how many days a card says how old its number is.
OLD = 7
# As many columns as there is room for: three on a desk, one on a phone.
ROW = "display:flex;flex-wrap:wrap;gap:0.75rem 1rem"
FIRST, OTHER = "flex:1.4 1 10.5rem", "flex:1 1 10.2rem"
# Lines of one paragraph.
BREAK = "  \n"
FOLDED = "margin-bottom:0.5rem"
SUMMARY = "cursor:pointer;font-size:0.9rem;margin:0.35rem 0"
LARGE = "font-size:1.55rem;font-weight:650;line-height:1.2;margin-bottom:0.25rem"


def measure(library: Library, view: Selection) -> bool:
    """Show one measure: all places together, then each; return whether there is any figure."""
    card = _card(library, view)
    if card is None:
        return False
    with st.container(border=True, gap="xsmall"):
        st.header(say(view.measure.capitalize()), anchor=False)
        _write(card)
        icon = ":material/arrow_forward:"
        link_to("reconciliation", say("Every figure and every rule"), view, icon=icon)
    return True


@warming.ahead
@answers.by_view
def _card(library: Library, view: Selection) -> str | None:
    """Return all that a measure's card says; nothing where nobody has a figure."""
    if view.measure not in answers.measures(library, view):
        return None
    total = answers.total(library, view)
    if not total.parts and total.published is None:
        return None
    meaning = _small(plain(say(Measure(view.measure).meaning)))
    pieces = [meaning, _said(library, view, total), _folded(library, view, total)]
    return "\n\n".join(piece for piece in pieces if piece)


def numbers(library: Library, view: Selection, total: Total) -> None:
    """Show the number for all places together beside those of each place."""
    _write(_said(library, view, total))


def _write(said: str) -> None:
    # The only HTML is written here below and escapes what it holds; `plain` escapes the rest.
    st.markdown(said, unsafe_allow_html=True)


def _said(library: Library, view: Selection, total: Total) -> str:
    """Return all that is said of the numbers of all places: side by side where there is room."""
    each = [_place(library, view, place, total) for place in view.places]
    if len(each) > 1:
        each.insert(0, _together(library, view, total))
    cells = [
        f'<div style="{OTHER if number else FIRST}">\n\n{cell}\n\n</div>'
        for number, cell in enumerate(each)
    ]
    return "\n\n".join([f'<div style="{ROW}">', *cells, "</div>"])


def _number(label: str, number: str) -> str:
    """Return a number, large, with what it is of above; unlike a metric it wraps."""
    top, large = (html.escape(" ".join(text.split())) for text in (label, number))
    return f'<div style="font-size:0.9rem">{top}</div><div style="{LARGE}">{large}</div>\n\n'


def _small(text: str) -> str:
    return f":gray[:small[{text}]]"


def _together(library: Library, view: Selection, total: Total) -> str:
    """Return the sum over all places, what it leaves out, and what is published for all."""
    notes = [*total.narrower, *total.notes]
    if total.missing:
        gone = wording.listing(place_name(place) for place in total.missing)
        notes.insert(0, say("Nobody has a figure for {places}.", places=gone))
    lines = [f":material/info: {plain(note)}" for note in notes] if total.parts else []
    head = ""
    if total.parts:
        head = _number(view.place_words, total.text)
        lines.insert(0, _small(plain(say("added up"))))
    figure = total.published
    if figure is None:
        none = _small(plain(say("No source gives one number for all of them.")))
        return head + BREAK.join([*lines, none])
    lines += [_published(view, figure), *_whose(library, view, figure)]
    if total.parts:
        lines.append(words.sign(words.comparison(total), words.TOTALS[total.verdict]))
    return head + BREAK.join([*lines, _rivals(figure)])


def _published(view: Selection, figure: Quantity) -> str:
    """Return the number published for all places together."""
    return say(
        "Published for both together: **{number}**"
        if len(view.places) == 2
        else "Published for all together: **{number}**",
        number=plain(figure.text),
    )


def _place(library: Library, view: Selection, place: str, total: Total) -> str:
    part = next((part for part in total.parts if part.place == place), None)
    if part is None:
        text = _small(plain(say("Nobody has a figure that is recent enough.")))
        return _number(place_name(place), "–") + text
    less = words.counted(view, part)
    lines = [f":material/info: {plain(less)}"] if less else []
    lines += [*_whose(library, view, part), _rivals(part)]
    return _number(place_name(place), part.text) + BREAK.join(lines)


def _whose(library: Library, view: Selection, part: Quantity) -> list[str]:
    """Return who counted and as of when, and the decision that chose the figure, if one did."""
    name = answers.short_name(library, part.source)
    text = say("{source}, {day}", source=name, day=wording.day(part.as_of))
    age = (pd.Timestamp(view.day) - part.as_of).days
    if age > OLD:
        text = say("{whose}: {n} days old", whose=text, n=wording.number(age))
    return [_small(plain(text)), *deciding.decided(library, view, part)]


def _rivals(part: Quantity) -> str:
    text = words.verdict(part.verdict, part.origins, part.lowest, part.highest)
    return words.sign(text, words.VERDICTS[Verdict(part.verdict)])


def _folded(library: Library, view: Selection, total: Total) -> str:
    """Return what is folded away: what the numbers are made of, and whose they are in full.

    The browser folds by itself: that costs nothing until a reader opens it.
    """
    if not total.parts:
        return ""
    label, inside = html.escape(_how(total)), _inside(library, view, total)
    summary = f'<summary style="{SUMMARY}">{label}</summary>'
    return f'<details style="{FOLDED}">{summary}\n\n{inside}\n\n</details>'


def _how(total: Total) -> str:
    """Return what the folded part is called: how the numbers add up."""
    if len(total.parts) == 1:
        return say("How this adds up")
    parts = [f"{part.text} ({place_name(part.place)})" for part in total.parts]
    return say("How this adds up: {parts} = {sum}", parts=" + ".join(parts), sum=total.text)


def _inside(library: Library, view: Selection, total: Total) -> str:
    """Return what is folded away: what each number is made of, and whose it is by the full name."""
    told = [_opened(library, view, part) + _fully(library, part) for part in total.parts]
    full = "" if total.published is None else _fully(library, total.published)
    if total.published is not None and full:
        told.append(_published(view, total.published) + full)
    return "\n\n".join(told)


def _fully(library: Library, part: Quantity) -> str:
    """Return a line with the full name of a figure's source, where it is longer than shown."""
    name, full = (f(library, part.source) for f in (answers.short_name, answers.full_name))
    if full == name:
        return ""
    return f"\n\n{_small(plain(say('{source}, {day}', source=full, day=wording.day(part.as_of))))}"


def opening(library: Library, view: Selection, part: Quantity) -> None:
    """Show what a place's number is made of, where its parts are published."""
    st.markdown(_opened(library, view, part))


def _opened(library: Library, view: Selection, part: Quantity) -> str:
    place = place_name(part.place)
    ways = answers.openings(library, view, part)
    if not ways:
        who = definition(part.measure, part.population, part.cause)
        head = say("{place}: {number}", place=place, number=part.text)
        text = say("{who}; no parts of it are published.", who=who)
        return f"**{plain(head)}** ({plain(text)})"
    best = ways[0]
    head = plain(say("{place}: {sum}", place=place, sum=best.text))
    fits = words.sign(fit_of(best), words.TOTALS[best.verdict])
    pieces = "\n".join(_piece(library, piece) for piece in best.parts)
    return f"**{head}**{BREAK}{fits}\n\n{pieces}"


def _piece(library: Library, piece: Quantity) -> str:
    """Return one part of a total as a line of a list."""
    who = wording.sentence_case(definition(piece.measure, piece.population, piece.cause))
    source = answers.short_name(library, piece.source)
    text = plain(say("{source}, {day}", source=source, day=wording.day(piece.as_of)))
    return f"- {plain(who)}: **{plain(piece.text)}** ({text})"


def fit_of(way: Breakdown) -> str:
    """Return how parts stand to the total they open: "adds up to the published 65"."""
    total = way.total.text
    if way.verdict == "sums":
        return say("adds up to the published {total}", total=total)
    if way.verdict == "compatible":
        return say("fits the published {total}", total=total)
    message = (
        "{n} short of the published {total}" if way.gap > 0 else "{n} above the published {total}"
    )
    return say(message, n=wording.number(abs(way.gap)), total=total)
