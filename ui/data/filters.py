"""The filters of the Data page, drawn at the side as other choices are."""

from collections.abc import Callable

import streamlit as st

from figures import Measure, Status
from figures.cells import FIRST_DAY, LAST_DAY
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, keeping
from ui.controls import Control, changed, select
from ui.data.asked import SORTS, USUAL

# What each status is called (translatable).
STATUSES = {
    Status.CONFIRMED: "Confirmed",
    Status.UNCONFIRMED: "Unconfirmed",
    Status.WITHDRAWN: "Withdrawn",
}


def _select(control: Control, label: str, options: dict[str, str], now: str, usual: str) -> None:
    select(control, label, options, now if now in options else usual, usual)


def _every(control: Control) -> None:
    st.session_state[control.key] = control.selection.every
    st.toggle(
        say("Figures of all crises"), key=control.key, on_change=changed, args=("every", "", "1")
    )


def _what(control: Control) -> None:
    options = {"": say("All measures")}
    options |= {word.value: say(word.value.capitalize()) for word in Measure}
    _select(control, say("Measure"), options, control.selection.asked.what, "")


def _place(control: Control) -> None:
    library, view = control.library, control.selection

    def work() -> dict[str, str]:
        mine = library.figures if view.every else view.apply(library.figures)
        found = {str(place) for place in mine["country"].unique()}
        return dict(sorted(((p.replace("+", "-"), place_name(p)) for p in found), key=_by_name))

    key = ("places", library.fingerprint, "" if view.every else view.crisis)
    options = {"": say("All places"), **keeping.answer(work, *key)}
    now = view.asked.place
    options |= {now.replace("+", "-"): place_name(now)} if now else {}
    _select(control, say("Place"), options, now.replace("+", "-"), "")


def _by(control: Control) -> None:
    library, view = control.library, control.selection

    def work() -> dict[str, str]:
        mine = library.figures if view.every else view.apply(library.figures)
        found = {str(s) for name in ("source", "publisher") for s in mine[name].unique() if s}
        return dict(sorted(((s, answers.full_name(library, s)) for s in found), key=_by_name))

    key = ("bodies", library.fingerprint, "" if view.every else view.crisis)
    options = {"": say("All sources"), **keeping.answer(work, *key)}
    now = view.asked.by
    options |= {now: answers.full_name(library, now)} if now else {}
    _select(control, say("Counted or carried by"), options, now, "")


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _status(control: Control) -> None:
    options = {"": say("Whatever its status")}
    options |= {word.value: say(label) for word, label in STATUSES.items()}
    _select(control, say("Status"), options, control.selection.asked.status, "")


def _from(control: Control) -> None:
    _day(control, say("As of, from"))


def _to(control: Control) -> None:
    _day(control, say("As of, up to"))


def _day(control: Control, label: str) -> None:
    asked, view = control.selection.asked, control.selection
    now = asked.first if control.name == "from" else asked.last
    days = [day for day in (view.first, view.last, asked.first, asked.last) if day]
    every = view.every
    st.session_state[control.key] = now
    st.date_input(
        label,
        key=control.key,
        min_value=min(days) if not every else min(*days, FIRST_DAY),
        max_value=max(days) if not every else max(*days, LAST_DAY),
        format="YYYY-MM-DD",
        on_change=changed,
        args=(control.name, "", None),
    )


def _sort(control: Control) -> None:
    options = {code: say(label) for code, label in SORTS.items()}
    _select(control, say("Order"), options, control.selection.asked.sort, USUAL)


FILTERS: dict[str, Callable[[Control], None]] = {
    "every": _every,
    "what": _what,
    "place": _place,
    "by": _by,
    "status": _status,
    "from": _from,
    "to": _to,
    "sort": _sort,
}
