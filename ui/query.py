"""The choice in a link: read from the URL and checked against the library."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TypeVar

import pandas as pd

from figures import Cause, Measure, Population, Rule, Status
from languages import LANGUAGES
from loaders import Library
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, keeping
from ui.data import asked
from ui.selection import FLAGS, TABS, Selection, notice

T = TypeVar("T")
# No value of a link is longer, except by accident or to do harm.
LONGEST = 300
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEEN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8,12}")


class BadValueError(ValueError):
    """A value in the URL that does not fit; the message says what is shown instead."""


class _Query:
    """The query of a link, read name by name; keeps what was given and what did not fit."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self._params = params
        self.chosen: set[str] = set()
        self.notices: list[str] = []

    def take(self, name: str, check: Callable[[str], T], default: T) -> T:
        """Return the checked value, or the default where none is given or it does not fit."""
        text = self._params.get(name, "").strip()
        if not text:
            return default
        try:
            value = check(text) if len(text) <= LONGEST else _too_long()
        except ValueError as error:
            self.notices.append(
                notice(name, text, str(error) if isinstance(error, BadValueError) else "")
            )
            return default
        self.chosen.add(name)
        return value


def read(params: Mapping[str, str], library: Library) -> tuple[Selection, list[str]]:
    """Return the view that the query asks for, and what of it had to be left aside, in words."""
    query = _Query(params)
    newest = keeping.answer(lambda: newest_crisis(library), "newest crisis", library.fingerprint)
    crisis = query.take("crisis", _one_of(library.crises["crisis"]), newest)
    about = keeping.answer(lambda: _about(library, crisis), "about", library.mark(crisis), crisis)
    mine = answers.figures(library, crisis)
    known: dt.date | None = query.take("known", _date, None)
    first, last = about.days if known is None else days_of(mine, known, about.start)
    selection = Selection(
        crisis=crisis,
        name=about.name,
        countries=about.countries,
        places=query.take("country", _countries(about.countries), about.countries),
        measure=query.take("measure", _one_of(Measure), Measure.KILLED.value),
        population=query.take("population", _one_of(about.groups), Population.ALL.value),
        cause=query.take("cause", _one_of(Cause), Cause.ALL.value),
        day=query.take("day", _within(first, last), last),
        first=first,
        last=last,
        known=known,
        rule=query.take("rule", _one_of(Rule), about.rule),
        series=query.take("series", str, ""),
        bridge=query.take("bridge", _two_of(mine, known), ()),
        since=query.take("since", _date, None),
        source=query.take("source", _one_of(about.sources), ""),
        seen=query.take("seen", _seen, ""),
        lang=query.take("lang", _one_of(LANGUAGES), ""),
        map=query.take("map", _one_of(["country", "province"]), ""),
        tab=query.take("tab", _one_of(TABS), "import"),
        asked=_asked(query, library),
        pin=max(wording.today(), about.days[1], about.reported),
    )
    flags: dict[str, Any] = {name: query.take(name, _one_of(["1"]), "") == "1" for name in FLAGS}
    view = replace(selection, **flags)
    return replace(view, chosen=frozenset(query.chosen)), query.notices


@dataclass(frozen=True)
class _About:
    """What every link to a crisis is checked against; ``days`` are its first and last day."""

    name: str
    countries: tuple[str, ...]
    rule: str
    start: dt.date
    days: tuple[dt.date, dt.date]
    reported: dt.date
    groups: list[str]
    sources: frozenset[str]


def _about(library: Library, crisis: str) -> _About:
    row = library.crises[library.crises["crisis"] == crisis].iloc[0]
    mine = answers.figures(library, crisis)
    start = row["start"].date()
    return _About(
        name=str(row["name"]),
        countries=tuple(str(row["countries"]).split("+")),
        rule=str(row["rule"]),
        start=start,
        days=days_of(mine, None, start),
        reported=newest_report(mine),
        groups=groups(mine),
        sources=frozenset(mine["source"].astype(str)),
    )


def _asked(query: _Query, library: Library) -> asked.Asked:
    """Return which figures the Data page is asked for."""
    # The words of a column, which need no look at a million rows.
    words = {name: library.figures[name].cat.categories for name in ("country", "source")}
    places = {str(place).replace("+", "-"): str(place) for place in words["country"]}
    named = {*library.sources["source"], *words["source"]}
    return asked.Asked(
        q=query.take("q", asked.search, ""),
        what=query.take("what", _one_of(Measure), ""),
        place=places.get(query.take("place", _one_of(places), ""), ""),
        by=query.take("by", _one_of(named), ""),
        status=query.take("status", _one_of(Status), ""),
        first=query.take("from", _date, None),
        last=query.take("to", _date, None),
        sort=query.take("sort", _one_of(asked.SORTS), asked.USUAL),
        page=query.take("page", asked.page_number, 1),
    )


def newest_crisis(library: Library) -> str:
    """Return the crisis that began last, of those with figures if any has."""
    crises = library.crises
    filled = crises[crises["crisis"].isin(library.figures["crisis"].unique())]
    found = (filled if len(filled) else crises).sort_values(["start", "crisis"])
    return str(found["crisis"].iloc[-1])


def days_of(mine: pd.DataFrame, known: dt.date | None, start: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that the crisis's figures describe, as known then."""
    mine = put_out_by(mine, known)
    if mine.empty:
        return start, start
    return min(start, mine["as_of"].min().date()), max(start, mine["as_of"].max().date())


def put_out_by(mine: pd.DataFrame, known: dt.date | None) -> pd.DataFrame:
    """Return the figures that were out on a day; all of them without one."""
    if known is None:
        return mine
    put_out = mine["published"].fillna(mine["as_of"]).dt.normalize()
    out: pd.DataFrame = mine[put_out <= pd.Timestamp(known)]
    return out


def groups(mine: pd.DataFrame) -> list[str]:
    """Return the populations the figures know, everybody first, in the vocabulary's order."""
    found = set(mine["population"].astype(str)) | {Population.ALL.value}
    order = {word.value: number for number, word in enumerate(Population)}
    return sorted(found, key=lambda group: (order.get(group, len(order)), group))


def newest_report(mine: pd.DataFrame) -> dt.date:
    """Return the day of the newest report, which may be ahead of this machine's clock."""
    newest = mine["published"].max()
    return dt.date.min if pd.isna(newest) else newest.date()


def _too_long() -> NoReturn:
    raise ValueError


def _one_of(words: Iterable[object]) -> Callable[[str], str]:
    allowed = {str(word) for word in words}

    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return check


def _seen(text: str) -> str:
    """Return the day and the mark of a pinned link as they are, if they can be ones."""
    found = _SEEN.fullmatch(text)
    if found is None:
        raise ValueError
    _date(found[1])
    return text


def _date(text: str) -> dt.date:
    if not _DAY.fullmatch(text):
        raise ValueError
    date = dt.date.fromisoformat(text)
    if not 1900 <= date.year <= 2100:
        raise ValueError
    return date


def _within(first: dt.date, last: dt.date) -> Callable[[str], dt.date]:
    """Return a check of a day: from the first figure on, and up to the last or to this day."""
    until = max(last, wording.today())

    def check(text: str) -> dt.date:
        date = _date(text)
        if not first <= date <= until:
            message = "The figures run from {first} to {last}; the last day is shown."
            raise BadValueError(say(message, first=wording.day(first), last=wording.day(last)))
        return date

    return check


def _two_of(mine: pd.DataFrame, known: dt.date | None) -> Callable[[str], tuple[str, ...]]:
    def check(text: str) -> tuple[str, ...]:
        there = set(put_out_by(mine, known)["figure_id"].astype(str))
        if text in there:
            return (text,)
        # An id may hold dashes of its own.
        cuts = [at for at, sign in enumerate(text) if sign == "-"]
        for at in cuts:
            one, other = text[:at], text[at + 1 :]
            if one != other and {one, other} <= there:
                return one, other
        raise BadValueError(say("Two figures that are not among those known cannot be compared."))

    return check


def _countries(allowed: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    def check(text: str) -> tuple[str, ...]:
        asked = {code.upper() for code in text.replace("+", "-").replace(" ", "-").split("-")}
        if not asked <= set(allowed):
            raise ValueError
        return tuple(code for code in allowed if code in asked)

    return check
