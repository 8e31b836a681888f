"""The controls at the side, one per name in the URL; each click rewrites the URL."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from figures import Cause, Measure, Rule
from loaders import Library
from reconciliation import wording
from reconciliation.naming import group_name, place_name
from reconciliation.wording import say
from ui import answers, keeping
from ui.direction import option
from ui.query import groups
from ui.selection import FLAGS, NAMES, RESETS, Selection
from ui.words import RULES

# The addresses that clicks have left behind one after another, and the one they have led to; as
# many as anybody can click before an answer comes.
PAST, MOST = "addresses_clicked", 10


@dataclass(frozen=True)
class Control:
    """What a control is drawn from."""

    name: str
    selection: Selection
    library: Library

    @property
    def key(self) -> str:
        """The control's place in the session."""
        return f"choose_{self.name}"


def changed(name: str, default: str, yes: str | None) -> None:
    """Write a new choice into the URL, without what it makes meaningless."""
    value = st.session_state[f"choose_{name}"]
    text = (yes if value else "") if yes is not None else "" if value is None else str(value)
    rewrite(name, "" if text == default else text)


def rewrite(name: str, text: str) -> None:
    """Put ``name`` into the URL as ``text``, or take it out, with what it makes meaningless.

    A click says at which address it was made. Where it came before the browser had heard of the
    click before, that is an address which was left since: what was chosen there stays chosen.
    """
    said, past = st.query_params.to_dict(), st.session_state.get(PAST, [])
    past = past if said in past else [said]
    asked = past[-1]
    keep = {n: asked[n] for n in (*NAMES, *FLAGS) if n in asked}
    params = {n: v for n, v in keep.items() if n != name and n not in RESETS.get(name, ())}
    if text:
        params[name] = text
    after = {n: params[n] for n in (*NAMES, *FLAGS) if n in params}
    st.session_state[PAST] = [*past, after][-MOST:]
    st.query_params.from_dict(after)


def led(asked: dict[str, str]) -> None:
    """Note that the page is drawn for an address: other than the last click's, it was led there."""
    if st.session_state.get(PAST, [asked])[-1] != asked:
        del st.session_state[PAST]


def select(control: Control, label: str, options: dict[str, str], now: str, usual: str) -> None:
    """Draw a choice among ``options`` (value: words); ``usual`` is what the URL leaves out."""
    st.session_state[control.key] = now
    st.selectbox(
        label,
        list(options),
        format_func=lambda value: option(options[value]),
        key=control.key,
        on_change=changed,
        args=(control.name, usual, None),
    )


def _select(control: Control, label: str, options: dict[str, str], default: str) -> None:
    select(control, label, options, getattr(control.selection, control.name), default)


def _crisis(control: Control) -> None:
    crises = control.library.crises

    def work() -> dict[str, str]:
        found = crises.sort_values(["start", "crisis"], ascending=False).to_dict("records")
        # When it began comes first: there is no room for the whole of a long name.
        return {
            str(row["crisis"]): option(
                say("{month}: {name}", month=wording.month(row["start"]), name=row["name"]),
                str(row["name"]),
            )
            for row in found
        }

    options = keeping.answer(work, "crises", control.library.fingerprint)
    _select(control, say("Crisis"), options, "")


def _measure(control: Control) -> None:
    library, view = control.library, control.selection

    def work() -> set[str]:
        return set(answers.figures_of(library, view)["measure"].astype(str))

    mine = keeping.answer(work, "measures of", *keeping.of_crisis(library, view))
    words = [m.value for m in Measure if m.value in mine or m.value == view.measure]
    _select(control, say("Measure"), {word: say(word.capitalize()) for word in words}, "")


def _country(control: Control) -> None:
    view = control.selection
    every = "-".join(view.countries)
    options = {every: place_name("+".join(view.countries))}
    options |= {"-".join(view.places): view.place_words}
    options |= {code: place_name(code) for code in view.countries}
    key = control.key
    st.session_state[key] = "-".join(view.places)
    st.selectbox(
        say("Place"),
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=changed,
        args=("country", every, None),
    )


def _population(control: Control) -> None:
    library, view = control.library, control.selection

    def work() -> list[str]:
        mine = answers.figures_of(library, view)
        return groups(mine[mine["measure"] == view.measure])

    found = keeping.answer(work, "groups", *keeping.of_crisis(library, view), view.measure)
    now = control.selection.population
    words = found if now in found else [*found, now]
    options = {word: wording.sentence_case(group_name(word)) for word in words}
    options["all"] = say("Everybody")
    _select(control, say("Who is counted"), options, "all")


def _cause(control: Control) -> None:
    options = {
        Cause.ALL.value: say("Any cause"),
        Cause.DIRECT.value: say("The fighting itself"),
        Cause.INDIRECT.value: say("Because of the crisis, indirectly"),
    }
    _select(control, say("Cause"), options, "all")


def _day(control: Control) -> None:
    view = control.selection
    st.session_state[control.key] = view.day
    st.date_input(
        say("Day"),
        key=control.key,
        min_value=view.first,
        max_value=max(view.last, wording.today()),
        format="YYYY-MM-DD",
        on_change=changed,
        args=("day", view.last.isoformat(), None),
        help=say("The state of things on this day. Without a choice: the last day reported on."),
    )
    latest = say("The latest figures are of {day}.", day=wording.day(view.last))
    st.caption(latest)


def _known(control: Control) -> None:
    view = control.selection
    st.session_state["choose_past"] = view.known is not None
    st.toggle(
        say("As known on a past day"),
        key="choose_past",
        on_change=_past,
        args=(view.day.isoformat(),),
        help=say("Leaves out what was published later: what could be known then."),
    )
    if view.known is None:
        return
    st.session_state[control.key] = view.known
    st.date_input(
        say("Known by"),
        key=control.key,
        max_value=max(wording.today(), view.last, view.known),
        min_value=min(view.first, view.known),
        format="YYYY-MM-DD",
        on_change=changed,
        args=("known", "", None),
    )


def _past(day: str) -> None:
    st.session_state["choose_known"] = day if st.session_state["choose_past"] else None
    changed("known", "", None)


def _rule(control: Control) -> None:
    library, crisis = control.library, control.selection.crisis
    rules = library.crises

    def work() -> str:
        return str(rules.set_index("crisis")["rule"].get(crisis, "latest"))

    usual = keeping.answer(work, "usual rule", library.fingerprint, crisis)
    options = {rule.value: say(RULES[rule]) for rule in Rule}
    _select(control, say("Where sources differ, show"), options, usual)


CONTROLS: dict[str, Callable[[Control], None]] = {
    "crisis": _crisis,
    "measure": _measure,
    "country": _country,
    "population": _population,
    "cause": _cause,
    "day": _day,
    "known": _known,
    "rule": _rule,
}
