"""Why reports differ: bridges from one number to another, as a picture and in sentences."""

import pandas as pd
import streamlit as st

import charts
from loaders import Library
from reconciliation import Bridge, wording
from reconciliation.bridges import Item, Stated
from reconciliation.bridges.asking import main_item, question
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, charting, citing, pieces, reasons
from ui.charting import Chart
from ui.controls import rewrite
from ui.direction import option
from ui.questions import asked
from ui.selection import Selection
from ui.text import escaped, file_name, plain, short
from ui.words import circumstances, signed

# How many differences stand open on the Overview.
MOST = 3
# The lists to compare figures by that the page was drawn with last.
LISTS = "bridge_lists"
KINDS = {
    "place": "Place",
    "definition": "Definition",
    "timing": "Timing",
    "source": "Source",
    "rounding": "Rounding",
    "unexplained": "Unexplained",
}


def why(library: Library, view: Selection) -> None:
    """Show the bridge that was asked for and those from the shown number to notable others."""
    found = reasons.compared(library, view)
    if len(view.bridge) == 2:
        own = reasons.bridged(library, view)
        if isinstance(own, Bridge):
            found = [own, *(other for other in found if _ends(other) != _ends(own))]
        else:
            st.warning(plain(own), icon=":material/link_off:")
    if not found:
        st.caption(reasons.unexplained(library, view))
    else:
        st.caption(say("Each step is read from published figures that fit; nothing is estimated."))
        # Another key for another first bridge: tabs would stay where the reader was before.
        key = "bridges_" + "_".join(_ends(found[0]))
        tabs = st.tabs([plain(_title(one)) for one in found], key=key)
        for tab, one in zip(tabs, found, strict=True):
            with tab:
                show(library, view, one)
    _chooser(library, view)


def _ends(found: Bridge) -> tuple[str, str]:
    return found.start.figure_id, found.end.figure_id


def _title(found: Bridge) -> str:
    return say("{start} → {end}", start=found.start.short, end=found.end.short)


def first(library: Library, view: Selection) -> Bridge | None:
    """Return the bridge that the link asks for, else the most notable one, if there is any."""
    own = reasons.bridged(library, view) if len(view.bridge) == 2 else ""
    if isinstance(own, Bridge):
        return own
    return next(iter(reasons.compared(library, view)), None)


def picture(view: Selection, found: Bridge) -> None:
    """Show a bridge alone: what it explains, and its picture."""
    charting.show(view, chart_of(view, found))


def show(library: Library, view: Selection, found: Bridge) -> None:
    """Show one bridge: the picture, each reason as a sentence, and what it rests on."""
    left, sentences = st.columns([1, 1.25], gap="large")
    chart = chart_of(view, found)
    with left:
        # A heading below that of the section; one piece of text, since there is one for each tab.
        st.markdown(f"### {plain(chart.title)}\n\n:gray[:small[{plain(chart.subtitle)}]]")
        charting.picture(charting.fitted(chart, charting.theme()), chart.alt)
    with sentences.container(gap="xsmall"):
        _end(library, view, say("From"), found.start)
        if not found.items:
            st.markdown(say("The two figures give the same number."))
        for number, item in enumerate(found.items, 1):
            _reason(library, view, number, item)
        _end(library, view, say("To"), found.end)
        _assumed(library, view, found)
    charting.panel(view.of(bridge=_ends(found)), chart)


def chart_of(view: Selection, found: Bridge) -> Chart:
    """Return the picture of a bridge, with what belongs to it."""
    title = say("Why {start} and not {end}?", start=found.end.text, end=found.start.text)
    steps, alt = _steps(found), _alt(found)
    texts = ["", *(item.text for item in found.items), ""]
    ids = [
        (found.start.figure_id,),
        *(item.figure_ids for item in found.items),
        (found.end.figure_id,),
    ]
    plain_text = [wording.bare(text) for text in steps["text"]]
    raw = steps.assign(text=plain_text, reason=texts, figure_ids=[" ".join(some) for some in ids])
    table = pd.DataFrame(
        {
            say("Step"): steps["label"],
            say("People"): steps["text"],
            say("In words"): [found.start.counts, *texts[1:-1], found.end.counts],
        }
    )
    return Chart(
        title=title,
        subtitle=say(
            "{measure}, {place}. {circumstances}.",
            measure=say(view.measure.capitalize()),
            place=_place(view, found),
            circumstances=circumstances(view),
        ),
        alt=alt,
        source=charting.sources((short(found.start.source), short(found.end.source))),
        table=table,
        raw=raw,
        draw=lambda width, theme: charts.waterfall(
            steps, theme, width=width, title=title, description=alt
        ),
        name=file_name(view.crisis, view.measure, view.place, view.day, "-".join(_ends(found))),
        page="reconciliation",
        kind="bridge",
        widths=charting.COLUMN,
    )


def _place(view: Selection, found: Bridge) -> str:
    """Return where both ends count, which may be one place of the view's."""
    places = {found.start.place, found.end.place}
    return place_name(*places) if len(places) == 1 else view.place_words


def _steps(found: Bridge) -> pd.DataFrame:
    rows = [("start", _short(found.start), found.start.value, found.start.number)]
    for number, item in enumerate(found.items, 1):
        name = say("{n}. {kind}", n=number, kind=say(KINDS[item.kind]))
        rows.append((item.kind, name, item.amount, signed(item.amount)))
    rows.append(("end", _short(found.end), found.end.value, found.end.number))
    return pd.DataFrame(rows, columns=["kind", "label", "amount", "text"])


def _short(end: Stated) -> str:
    return say("{source}, {day}", source=short(end.source), day=wording.day(end.as_of))


def _alt(found: Bridge) -> str:
    steps = [f"{say(KINDS[item.kind])} {signed(item.amount)}" for item in found.items]
    return say(
        "From {start} to {end}: {steps}",
        start=found.start.number,
        end=found.end.number,
        steps="; ".join(steps),
    )


def _end(library: Library, view: Selection, label: str, end: Stated) -> None:
    source = citing.cite(library, view, [end.figure_id])
    st.markdown(wording.line(f"**{plain(label)}**", f"{plain(end.counts)}:", source))


def _reason(library: Library, view: Selection, number: int, item: Item) -> None:
    kind = say("{n}. {kind}, {amount}.", n=number, kind=say(KINDS[item.kind]),
               amount=signed(item.amount))  # fmt: skip
    st.markdown(wording.line(f"**{plain(kind)}**", plain(item.text)))
    if item.figure_ids:
        st.markdown(citing.small(library, view, item.figure_ids))


def _assumed(library: Library, view: Selection, found: Bridge) -> None:
    """Say what the bridge takes the two numbers to be made of, which nobody states."""
    opened = [end for end in (found.start, found.end) if end.made_of != (end.figure_id,)]
    if not opened:
        return
    read = [
        say(
            "{number} as {parts}",
            number=end.text,
            parts=" + ".join(citing.number(library, view, part) for part in end.made_of),
        )
        for end in opened
    ]
    text = say(
        "Read from the figures that fit; the reports do not say what their numbers are made of. "
        "Taken here: {read}. Lines are those of {file}.",
        read=wording.listing(read),
        file=citing.file_of(library, view),
    )
    st.caption(plain(text))


def _chooser(library: Library, view: Selection) -> None:
    """Let the reader compare any two figures in force."""
    options = _options(library, view)
    if len(options) < 2:
        return
    st.markdown(f"**{say('Compare any two figures in force')}**")
    columns = st.columns(2)
    total = answers.total(library, view)
    shown = [part.figure_id for part in (total.published, *total.parts) if part is not None]
    usual = tuple(id_ for id_ in shown if id_ in options)[:1]
    chosen = view.bridge or usual
    labels = (say("From this figure"), say("To this figure"))
    # Other lists for another figure to begin with: a click made before the browser has heard of it
    # says the one before again, which is no choice.
    keys = tuple("_".join(("choose_bridge", str(number), *usual)) for number in range(len(labels)))
    st.session_state[LISTS] = keys
    for number, (column, label, key) in enumerate(zip(columns, labels, keys, strict=True)):
        st.session_state[key] = chosen[number] if number < len(chosen) else None
        column.selectbox(
            label,
            list(options),
            format_func=lambda id_: option(options[id_]),
            key=key,
            on_change=_compare,
            args=keys,
            placeholder=say("Choose a figure"),
        )
    hint = say(
        "Figures in force on {day}; for a later one, change the day.", day=wording.day(view.day)
    )
    st.caption(plain(hint))


def _compare(*keys: str) -> None:
    """Write the figures chosen into the URL; one alone waits for the other."""
    if keys != st.session_state[LISTS]:
        return
    pair = [st.session_state[key] for key in keys]
    rewrite("bridge", "-".join(dict.fromkeys(filter(None, pair))))


def _options(library: Library, view: Selection) -> dict[str, str]:
    """Return the figures to choose from, those that answer the question first."""
    found = answers.standing(library, view)
    found = found[found["measure"].isin(reasons.family(library, view.measure))]
    first = set(asked(found, view)["figure_id"])
    order = found.assign(
        rank=[id_ not in first for id_ in found["figure_id"]],
        other=found["measure"] != view.measure,
    ).sort_values(["rank", "other", "as_of", "value"], ascending=[True, True, False, False])
    ids = [*view.bridge, *order["figure_id"]]
    return {id_: citing.option(library, view, id_) for id_ in dict.fromkeys(ids)}


def brief(library: Library, view: Selection) -> None:
    """List in short why the day's numbers differ, each with the way to the whole bridge.

    They are those of the day's brief, in its order; the last ones are folded away.
    """
    lines = [_in_short(library, view, one) for one in reasons.told(library, view)]
    none = pieces.small(say("No two numbers of this day call for an explanation."))
    more = wording.say_many("{n} more", "{n} more", len(lines) - MOST)
    pieces.show(
        pieces.heading(say("Why reports differ")),
        pieces.most(lines, MOST, more) or none,
    )


def _in_short(library: Library, view: Selection, found: Bridge) -> str:
    rows = answers.rows(library, view)
    reason = escaped(wording.sentence_case(main_item(found).text))
    text = f"{pieces.strong(question(found, rows))}{pieces.BREAK}{reason}"
    asked = view.of(measure=str(rows[found.start.figure_id]["measure"]), bridge=_ends(found))
    return pieces.listed(text, pieces.onward("reconciliation", say("Every step"), asked))
