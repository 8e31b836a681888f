"""The controls at the side: navigation, what to choose, and the link to share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from figures import Cause, Measure, Rule
from loaders import Library
from reconciliation import wording
from reconciliation.naming import group_name, place_name
from reconciliation.wording import say
from ui.selection import FLAGS, NAMES, RESETS, Selection, groups, read
from ui.text import plain

TITLE = "How many, according to whom?"
ICON = str(Path(__file__).with_name("icon.svg"))
PAGES = (
    {"page": "pages/overview.py", "title": "Overview", "default": True},
    {"page": "pages/trends.py", "title": "Trends", "url_path": "trends"},
    {"page": "pages/reconciliation.py", "title": "Reconciliation", "url_path": "reconciliation"},
    {"page": "pages/sources.py", "title": "Sources", "url_path": "sources"},
    {"page": "pages/methods.py", "title": "Methods", "url_path": "methods"},
)


def choose(library: Library, *names: str) -> Selection:
    """Return the view the URL asks for; draw the navigation and the controls called ``names``.

    The URL alone remembers: a control shows what it says, and a click rewrites it. So reloading,
    the back button and another page show the same, and a link shows what its sender saw.
    """
    given = {name: st.query_params[name] for name in (*NAMES, *FLAGS) if name in st.query_params}
    selection, notices = read(given, library)
    for notice in notices:
        st.warning(plain(notice), icon=":material/link_off:")
    with st.sidebar:
        _navigation(selection)
        for name in names:
            _CONTROLS[name](Control(name, selection, library))
        _share(selection)
        _freshness(library, selection)
    return selection


def flag(selection: Selection, name: str, label: str, help_text: str) -> bool:
    """Draw a switch for a yes-or-no choice in the URL, where the page wants it."""
    key = f"choose_{name}"
    st.session_state[key] = getattr(selection, name)
    return st.toggle(label, key=key, help=help_text, on_change=_changed, args=(name, "", "1"))


def pick(selection: Selection, name: str, label: str, options: dict[str, str]) -> str:
    """Draw a choice among ``options`` (value: words), where the page wants it."""
    key, values = f"choose_{name}", list(options)
    now = getattr(selection, name)
    st.session_state[key] = now if now in options else values[0]
    args = (name, values[0], None)
    return str(
        st.selectbox(label, values, format_func=options.get, key=key, on_change=_changed, args=args)
    )


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


def link_to(page: str, label: str, selection: Selection, **options: object) -> None:
    """Draw a link to another page that shows the same view."""
    params = selection.params()
    st.page_link(f"pages/{page}.py", label=label, query_params=params, **options)  # type: ignore[arg-type]


def _navigation(selection: Selection) -> None:
    with st.container(gap="xxsmall"):
        for page in PAGES:
            st.page_link(
                str(page["page"]),
                label=say(str(page["title"])),
                query_params=selection.params(),
                width="stretch",
            )


def _changed(name: str, default: str, yes: str | None) -> None:
    """Write a new choice into the URL, without what it makes meaningless."""
    value = st.session_state[f"choose_{name}"]
    text = (yes if value else "") if yes is not None else _as_text(value)
    keep = {n: st.query_params[n] for n in (*NAMES, *FLAGS) if n in st.query_params}
    params = {n: v for n, v in keep.items() if n != name and n not in RESETS.get(name, ())}
    if text and text != default:
        params[name] = text
    order = (*NAMES, *FLAGS)
    st.query_params.from_dict({n: params[n] for n in order if n in params})


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _select(control: Control, label: str, options: dict[str, str], default: str) -> None:
    now = getattr(control.selection, control.name)
    st.session_state[control.key] = now
    st.selectbox(
        label,
        list(options),
        format_func=options.get,
        key=control.key,
        on_change=_changed,
        args=(control.name, default, None),
    )


def _crisis(control: Control) -> None:
    crises = control.library.crises.sort_values(["start", "crisis"], ascending=False)
    options = dict(zip(crises["crisis"].astype(str), crises["name"].astype(str), strict=True))
    _select(control, say("Crisis"), options, "")


def _measure(control: Control) -> None:
    mine = set(control.selection.apply(control.library.figures)["measure"].astype(str))
    words = [m.value for m in Measure if m.value in mine or m.value == control.selection.measure]
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
        format_func=options.get,
        key=key,
        on_change=_changed,
        args=("country", every, None),
    )


def _population(control: Control) -> None:
    mine = control.selection.apply(control.library.figures)
    mine = mine[mine["measure"] == control.selection.measure]
    found = groups(mine)
    now = control.selection.population
    words = found if now in found else [*found, now]
    options = {word: group_name(word).capitalize() for word in words}
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
        on_change=_changed,
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
        on_change=_changed,
        args=("known", "", None),
    )


def _past(day: str) -> None:
    st.session_state["choose_known"] = day if st.session_state["choose_past"] else None
    _changed("known", "", None)


def _rule(control: Control) -> None:
    usual = str(
        control.library.crises.set_index("crisis")["rule"].get(control.selection.crisis, "latest")
    )
    options = {
        Rule.LATEST.value: say("Newest figure"),
        Rule.PRIORITY.value: say("Source listed first"),
        Rule.MEDIAN.value: say("Middle figure"),
        Rule.HIGHEST.value: say("Highest figure"),
        Rule.LOWEST.value: say("Lowest figure"),
    }
    _select(control, say("Where sources differ, show"), options, usual)


def _share(selection: Selection) -> None:
    with st.popover(say("Link to this view"), icon=":material/link:", width="stretch"):
        st.markdown(
            say("This link keeps the day and what is known now; it shows the same tomorrow.")
        )
        base = (st.context.url or "").split("?")[0]
        st.code(f"{base}?{urlencode(selection.params(pinned=True))}", language=None, wrap_lines=True)


def _freshness(library: Library, selection: Selection) -> None:
    mine = selection.apply(library.figures)
    st.caption(
        say(
            "{figures} figures by {sources} sources. New files show by themselves.",
            figures=wording.number(len(mine)),
            sources=wording.number(mine["source"].nunique()),
        )
    )


_CONTROLS: dict[str, Callable[[Control], None]] = {
    "crisis": _crisis,
    "measure": _measure,
    "country": _country,
    "population": _population,
    "cause": _cause,
    "day": _day,
    "known": _known,
    "rule": _rule,
}
