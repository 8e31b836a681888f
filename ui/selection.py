"""What the reader chose: read from the URL, checked against the library, written back."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd

from figures import Cause, Measure, Population, Rule
from loaders import Library
from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say

T = TypeVar("T")

# The names in the URL, in the order in which a link shows them.
NAMES = (
    "crisis",
    "measure",
    "country",
    "population",
    "cause",
    "day",
    "known",
    "rule",
    "series",
    "bridge",
    "since",
    "source",
)
FLAGS = ("log", "change", "learnt", "doubts", "implied")
# What a new choice makes meaningless: another crisis has other days and other groups.
RESETS = {
    "crisis": ("country", "population", "cause", "day", "known", "rule", "series", "bridge", "since", "source"),
    "measure": ("population", "cause", "series", "bridge"),
    "country": ("series",),
    "population": ("series",),
    "cause": ("series",),
}


@dataclass(frozen=True)
class Selection:
    """One view: every field is valid for the library it was read with.

    ``known`` is ``None`` for everything known today. ``chosen`` holds the names that the link
    gives; the others stand at their defaults and follow new figures.
    """

    crisis: str
    name: str
    countries: tuple[str, ...]
    places: tuple[str, ...]
    measure: str
    population: str
    cause: str
    day: dt.date
    first: dt.date
    last: dt.date
    known: dt.date | None
    rule: str
    series: str = ""
    bridge: tuple[str, ...] = ()
    since: dt.date | None = None
    source: str = ""
    log: bool = False
    change: bool = False
    learnt: bool = False
    doubts: bool = False
    implied: bool = False
    chosen: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """The place as figures name it: ``THA``, or ``KHM+THA`` for a number given for both."""
        return "+".join(sorted(self.places))

    @property
    def place_words(self) -> str:
        """The place as a reader says it."""
        return place_name("+".join(self.places))

    def apply(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return the crisis's figures."""
        return figures[figures["crisis"] == self.crisis]

    def params(self, pinned: bool = False) -> dict[str, str]:
        """Return the query of a link to this view: what was chosen, or with ``pinned`` all of it.

        A pinned link also fixes what was known, so that it shows the same tomorrow.
        """
        known = self.known or (max(wording.today(), self.last) if pinned else None)
        every = {
            "crisis": self.crisis,
            "measure": self.measure,
            "country": "-".join(self.places),
            "population": self.population,
            "cause": self.cause,
            "day": self.day.isoformat(),
            "known": known.isoformat() if known else "",
            "rule": self.rule,
            "series": self.series,
            "bridge": "-".join(self.bridge),
            "since": self.since.isoformat() if self.since else "",
            "source": self.source,
            **{name: "1" if getattr(self, name) else "" for name in FLAGS},
        }
        plain = {"population": "all", "cause": "all", "country": "-".join(self.countries)}
        always = {"crisis", "measure", "day", "known", "rule"} if pinned else {"crisis"}
        return {
            name: value
            for name, value in every.items()
            if value and value != plain.get(name) and (name in self.chosen or name in always)
        }

    def of(self, **changes: Any) -> "Selection":
        """Return the view with other values, which count as chosen."""
        given = {"country" if name == "places" else name for name in changes}
        return replace(self, **{**changes, "chosen": self.chosen | given})


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
            value = check(text)
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
    crisis = query.take("crisis", _one_of(library.crises["crisis"]), newest_crisis(library))
    about = library.crises[library.crises["crisis"] == crisis].iloc[0]
    mine = library.figures[library.figures["crisis"] == crisis]
    known: dt.date | None = query.take("known", _date, None)
    first, last = days_of(mine, known, about["start"].date())
    countries = tuple(str(about["countries"]).split("+"))
    selection = Selection(
        crisis=crisis,
        name=str(about["name"]),
        countries=countries,
        places=query.take("country", _countries(countries), countries),
        measure=query.take("measure", _one_of(Measure), Measure.KILLED.value),
        population=query.take("population", _one_of(groups(mine)), Population.ALL.value),
        cause=query.take("cause", _one_of(Cause), Cause.ALL.value),
        day=query.take("day", _within(first, max(last, wording.today())), last),
        first=first,
        last=last,
        known=known,
        rule=query.take("rule", _one_of(Rule), str(about["rule"])),
        series=query.take("series", str, ""),
        bridge=query.take("bridge", _two_of(mine, known), ()),
        since=query.take("since", _date, None),
        source=query.take("source", _one_of(mine["source"].unique()), ""),
        **{name: query.take(name, _one_of(["1"]), "") == "1" for name in FLAGS},
    )
    return replace(selection, chosen=frozenset(query.chosen)), query.notices


def newest_crisis(library: Library) -> str:
    """Return the crisis that began last, of those with figures if any has."""
    crises = library.crises
    filled = crises[crises["crisis"].isin(library.figures["crisis"].astype(str).unique())]
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
    return mine[put_out <= pd.Timestamp(known)]


def groups(mine: pd.DataFrame) -> list[str]:
    """Return the populations the figures know, everybody first, in the vocabulary's order."""
    found = set(mine["population"].astype(str)) | {Population.ALL.value}
    order = {word.value: number for number, word in enumerate(Population)}
    return sorted(found, key=lambda group: (order.get(group, len(order)), group))


def notice(name: str, text: str, instead: str = "") -> str:
    """Return the sentence that says which value of a link was left aside."""
    brief = text if len(text) <= 40 else text[:39] + "…"
    message = "The link asks for {name} “{value}”, which is not there. {instead}"
    fallback = say("The usual view is shown instead.")
    return say(message, name=name, value=brief, instead=instead or fallback)


def _one_of(words: Iterable[object]) -> Callable[[str], str]:
    allowed = {str(word) for word in words}

    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return check


def _date(text: str) -> dt.date:
    date = dt.date.fromisoformat(text)
    if not 1900 <= date.year <= 2100:
        raise ValueError
    return date


def _within(first: dt.date, last: dt.date) -> Callable[[str], dt.date]:
    def check(text: str) -> dt.date:
        date = _date(text)
        if not first <= date <= last:
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
