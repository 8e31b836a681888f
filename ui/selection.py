"""What the reader chose: one view, and the link to it."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from reconciliation import wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui.data.asked import EVERYTHING, Asked
from ui.data.asked import NAMES as BROWSING

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
    "seen",
    "lang",
    "map",
    "tab",
    *BROWSING,
)
# The screens of the page for editors (translatable).
TABS = {
    "import": "Bring in a table",
    "form": "One figure",
    "decision": "Decision",
    "event": "Event",
    "history": "History",
}
# What a reader knows a choice by: the words of its control (translatable).
LABELS = {
    "crisis": "Crisis",
    "measure": "Measure",
    "country": "Place",
    "population": "Who is counted",
    "cause": "Cause",
    "day": "Day",
    "known": "Known by",
    "rule": "Where sources differ, show",
    "series": "How it counts",
    "since": "Since",
    "source": "Show the revisions of",
    "map": "Places",
    "what": "Measure",
    "place": "Place",
    "by": "Counted or carried by",
    "status": "Status",
    "from": "As of, from",
    "to": "As of, up to",
    "sort": "Order",
}
FLAGS = (
    "shade",
    "log",
    "change",
    "explore",
    "learnt",
    "doubts",
    "implied",
    "ledger",
    "habits",
    "every",
    "found",
)
# What a new choice makes meaningless: another crisis has other days and other groups.
RESETS = {
    "crisis": (
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
        "seen",
        *BROWSING,
    ),
    # Other rows: back to the first page of them.
    **{name: ("page",) for name in (*BROWSING, "every") if name != "page"},
    "known": ("seen", "page"),
    "measure": ("population", "cause", "series", "bridge"),
    "country": ("series",),
    "population": ("series",),
    "cause": ("series",),
}


@dataclass(frozen=True)
class Selection:
    """One view: every field is valid for the library it was read with.

    ``known`` is ``None`` for everything known today, which a pinned link fixes as ``pin``.
    ``chosen`` holds the names that the link gives; the others stand at their defaults and follow
    new figures. ``seen`` is the day the link was made and the mark of what its maker saw, ``mark``
    that of what is there now; ``chart`` names the one chart that is shown alone.
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
    seen: str = ""
    lang: str = ""
    map: str = ""
    tab: str = "import"
    shade: bool = False
    log: bool = False
    change: bool = False
    explore: bool = False
    learnt: bool = False
    doubts: bool = False
    implied: bool = False
    ledger: bool = False
    habits: bool = False
    every: bool = False
    found: bool = False
    asked: Asked = EVERYTHING
    chosen: frozenset[str] = frozenset()
    pin: dt.date | None = None
    mark: str = field(default="", compare=False)
    chart: str = ""

    @property
    def place(self) -> str:
        """The place as figures name it: ``THA``, or ``KHM+THA`` for a number given for both."""
        return "+".join(sorted(self.places))

    @property
    def place_words(self) -> str:
        """The place as a reader says it."""
        return place_name("+".join(self.places))

    @property
    def pinned_to(self) -> dt.date:
        """The day up to which a pinned link knows things: at least today."""
        return self.known or self.pin or max(wording.today(), self.last)

    def apply(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return the crisis's figures."""
        return figures[figures["crisis"] == self.crisis]

    def params(self, pinned: bool = False) -> dict[str, str]:
        """Return the query of a link to this view: what was chosen, or with ``pinned`` all of it.

        A pinned link also fixes what was known, so that it shows the same tomorrow, and carries
        the mark of what is shown, so that a later change of it can be told.
        """
        known = self.known or (self.pinned_to if pinned else None)
        seen = f"{wording.today().isoformat()}-{self.mark}" if self.mark else ""
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
            "seen": seen if pinned else self.seen,
            "lang": self.lang,
            "map": self.map,
            "tab": self.tab,
            **self.asked.params(),
            **{name: "1" if getattr(self, name) else "" for name in FLAGS},
        }
        plain = {
            "tab": "import",
            "population": "all",
            "cause": "all",
            "country": "-".join(self.countries),
        }
        always = {"crisis", "measure", "day", "known", "rule", "seen"} if pinned else {"crisis"}
        return {
            name: value
            for name, value in every.items()
            if value and value != plain.get(name) and (name in self.chosen or name in always)
        }

    def of(self, **changes: Any) -> "Selection":
        """Return the view with other values, which count as chosen."""
        given = {"country" if name == "places" else name for name in changes}
        return replace(self, **{**changes, "chosen": self.chosen | given})


def notice(name: str, text: str, instead: str = "") -> str:
    """Return the sentence that says which value of a link was left aside."""
    brief = text if len(text) <= 40 else text[:39] + "…"
    instead = instead or say("The usual view is shown instead.")
    if name in LABELS:
        message = "For “{name}” the link asks for “{value}”, which is not there. {instead}"
        return say(message, name=say(LABELS[name]), value=brief, instead=instead)
    message = "The link asks for {name} “{value}”, which is not there. {instead}"
    return say(message, name=name, value=brief, instead=instead)
