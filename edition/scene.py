"""One crisis in one language: the view every page of it shows, and where its pages are."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from brief.composing import MEASURES
from edition.markup import Html, a
from edition.options import Options
from languages import LANGUAGES
from loaders import Library
from reconciliation import wording
from ui import answers, citing
from ui.query import read
from ui.selection import Selection
from ui.text import file_name

# What a folder of a crisis may not be called: folders of the edition, and names Windows keeps.
TAKEN = {"data", "feeds", "con", "prn", "aux", "nul", "com1", "lpt1", *LANGUAGES}
LONGEST = 60


def slugs(crises: Iterable[str]) -> dict[str, str]:
    """Return a folder name for each crisis: its own where that is safe anywhere, else marked."""
    return {crisis: _slug(crisis) for crisis in crises}


def _slug(crisis: str) -> str:
    name = file_name(crisis)
    if name == crisis and name not in TAKEN and len(name) <= LONGEST:
        return name
    return f"{name[:LONGEST]}-{hashlib.sha256(crisis.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Site:
    """What all pages of one language share."""

    library: Library
    options: Options
    language: str
    slugs: dict[str, str]

    @property
    def folder(self) -> str:
        """The folder of the language: nothing for the main one."""
        return "" if self.language == self.options.main else f"{self.language}/"


@dataclass(frozen=True)
class Scene:
    """One crisis as it is shown: ``view`` holds its day, ``known`` is never open.

    ``pages`` says on which page each figure stands.
    """

    site: Site
    view: Selection
    slug: str
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        """The library."""
        return self.site.library

    @property
    def known(self) -> dt.date:
        """The day up to which things are known."""
        return self.view.known or self.view.last

    def figure(self, words: str, figure_id: str) -> Html | str:
        """Return words that lead to the row of a figure."""
        page = self.pages.get(figure_id)
        return a(words, f"{page}#{mark(figure_id)}") if page else words

    def cite(self, figure_ids: Iterable[str]) -> list[Html | str]:
        """Return each figure named in full, leading to its row."""
        rows = answers.rows(self.library, self.view)
        ids = [one for one in dict.fromkeys(figure_ids) if one in rows]
        return [self.figure(citing.named(self.library, self.view, one), one) for one in ids]


def mark(figure_id: str) -> str:
    """Return what links to a figure's row lead to: its id, or a mark of it."""
    if figure_id.isascii() and figure_id.replace("-", "").replace("_", "").isalnum():
        return figure_id
    return f"x{hashlib.sha256(figure_id.encode()).hexdigest()[:12]}"


def put_out(figures: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """Return when each figure was put out: the day published, or the day it describes."""
    found: pd.Series[pd.Timestamp] = figures["published"].fillna(figures["as_of"])
    return found


def newest(library: Library, crisis: str) -> dt.date:
    """Return the day of the newest report, figure or decision of a crisis."""
    mine = library.figures[library.figures["crisis"] == crisis]
    decided = library.decisions[library.decisions["crisis"] == crisis]["decided_on"]
    start = library.crises.loc[library.crises["crisis"] == crisis, "start"].iloc[0]
    days = [put_out(mine).max(), mine["as_of"].max(), pd.to_datetime(decided).max(), start]
    return max(pd.Timestamp(day) for day in days if not pd.isna(day)).date()


def view_of(site: Site, crisis: str) -> Selection:
    """Return the view of a crisis: its newest day unless told, as known then."""
    options = site.options
    known = options.known_on or newest(site.library, crisis)
    view, _ = read({"crisis": crisis, "known": known.isoformat()}, site.library)
    return view.of(day=options.on) if options.on else view


def measures(scene: Scene) -> list[str]:
    """Return the measures with any figure, the most wanted first."""
    said = set(answers.said(scene.library, scene.view)["measure"].astype(str))
    return [word for word in MEASURES if word in said]


def version(site: Site, crisis: str = "") -> str:
    """Return the short mark of the data: of a crisis's own, or of all."""
    return site.library.mark(crisis)[:12]


def day(value: object) -> str:
    """Return a day in words; nothing where there is none."""
    return "" if value is None or pd.isna(value) else wording.day(value)  # type: ignore[call-overload]
