"""The views that simulated readers choose among, and what each must show.

What must be shown is worked out from the files, the Overview's by ``reconciliation.add_up``,
without the server and without its caches: a page that shows anything else is wrong.
"""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from loaders import Library, load_library
from reconciliation import Total, add_up, wording
from ui import keeping, titles
from ui.query import read

CRISES = ("tha-khm-2025-12", "tha-khm-2025-07")
# Days that readers look at, as many days after the first figure; the busiest weeks of a crisis.
DAYS = range(1, 21, 2)
ASKED = ("killed", "injured", "displaced", "evacuated")
# The figure that the soak run changes: nobody counts the missing in the shipped files.
MOVING_CRISIS, MOVING_DAY = "tha-khm-2025-12", dt.date(2025, 12, 24)
MOVING_CARD, MOVING_FOR = "Missing", dt.timedelta(days=6)


@dataclass(frozen=True)
class View:
    """A page with what its address asks for, and what it must show.

    ``begins`` and ``ends`` are what its title in the browser begins and ends with, ``killed`` the
    large numbers of the first card; ``moving`` says that the changing figure is on it.
    """

    page: str
    query: str
    begins: str
    ends: str
    killed: list[str] = field(default_factory=list)
    moving: bool = False

    def is_titled(self, title: str) -> bool:
        """Return whether a page of this title is this view, and not another one."""
        return title.startswith(self.begins) and title.endswith(self.ends)

    def wrong(self, cards: dict[str, list[str]], allowed: Sequence[str] = ()) -> str:
        """Return what is wrong about the numbers of a page, in words; nothing where they are right.

        ``allowed`` are the values that the changing figure may have; "" stands for none.
        """
        if self.page:
            return ""
        shown = cards.get("Killed", [])
        if shown != self.killed:
            return f"{self.query}: {shown} killed, not {self.killed}"
        moved = cards.get(MOVING_CARD, [])
        if self.moving and allowed and not set(moved or [""]) & set(allowed):
            return f"{self.query}: {moved} missing, not one of {list(allowed)}"
        return ""

    def plain(self) -> dict[str, Any]:
        """Return the view as JSON can hold it."""
        return asdict(self)


def views(folder: Path) -> list[View]:
    """Return the views of both crises: the Overview of many days, the Trends of four measures."""
    library = load_library(folder)
    return [view for crisis in CRISES for view in _of(library, crisis)]


def _of(library: Library, crisis: str) -> list[View]:
    figures = library.figures[library.figures["crisis"] == crisis]
    first = figures["as_of"].min().date()
    days = [first + dt.timedelta(days=number) for number in DAYS]
    if crisis == MOVING_CRISIS:
        days.append(MOVING_DAY)
    days = sorted(set(days))
    found = [_overview(library, crisis, day) for day in days]
    trends = [_trend(library, crisis, measure, day) for measure in ASKED for day in days[-2:]]
    return found + [view for view in trends if view is not None]


def _name(library: Library, crisis: str) -> str:
    return str(library.crises.set_index("crisis")["name"][crisis])


def _total(library: Library, crisis: str, measure: str, day: dt.date) -> Total:
    figures = library.figures[library.figures["crisis"] == crisis]
    countries = library.crises.set_index("crisis")["countries"][crisis]
    return add_up(
        figures, library.sources, measure=measure, places=str(countries).split("+"), on=day,
        crisis=crisis, identities=library.identities, decisions=library.decisions,
    )  # fmt: skip


def _overview(library: Library, crisis: str, day: dt.date) -> View:
    total = _total(library, crisis, "killed", day)
    told = {part.place: part.text for part in total.parts}
    countries = str(library.crises.set_index("crisis")["countries"][crisis]).split("+")
    each = [told.get(country, "–") for country in countries]
    together = [total.text] if total.parts else []
    together += [total.published.text] if total.published is not None else []
    killed = [*together, *each]
    nobody = not total.parts and total.published is None
    return View(
        page="",
        query=f"crisis={crisis}&day={day.isoformat()}",
        begins="Overview",
        ends=f"{wording.day(day)}: {_name(library, crisis)}",
        killed=[] if nobody else killed,
        moving=crisis == MOVING_CRISIS and MOVING_DAY <= day <= MOVING_DAY + MOVING_FOR,
    )


def _trend(library: Library, crisis: str, measure: str, day: dt.date) -> View | None:
    asked = {"crisis": crisis, "measure": measure, "day": day.isoformat()}
    if not _total(library, crisis, measure, day).parts:
        return None
    with keeping.apart({}):
        title = titles.charted(library, read(asked, library)[0])
    ends = f"{wording.day(day)}: {_name(library, crisis)}"
    return View(page="trends", query=urlencode(asked), begins=title.removesuffix(ends), ends=ends)


def another(found: Sequence[View], now: View | None, chance: random.Random) -> View:
    """Return a view at random, another one than now."""
    view = chance.choice(found)
    while view is now and len(found) > 1:
        view = chance.choice(found)
    return view
