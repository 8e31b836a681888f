"""What a chart over time is drawn from, sorted out once for every way of drawing it."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from charts.style import MOST_COLOURED

POINTS = ("day", "value", "upper", "quantifier", "source", "words", "steps")
SHOWN = ("day", "value", "lowest", "highest", "words", "text")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _day(value: pd.Timestamp) -> str:
    return f"{value.day} {value:%b %Y}"


@dataclass(frozen=True)
class Words:
    """The words a chart needs, and how it writes numbers and days, in the reader's language.

    ``axis`` is how days stand along the axis of a chart to explore, where month names are English.
    """

    shown: str = "Shown figure"
    band: str = "Range over sources"
    others: str = "Other sources"
    chosen: str = "Chosen day"
    event: str = "Event"
    same: str = "One source"
    between: str = "Two sources"
    axis: str = "%-d %b\n%Y"
    number: Callable[[float], str] = _number
    day: Callable[[pd.Timestamp], str] = _day


@dataclass(frozen=True)
class Course:
    """One question over time: the sources to colour, the rest, the shown figure, its range.

    ``sources`` is at most ``MOST_COLOURED`` names with their points, the fullest first; ``shown``
    holds its last number until the last day; each of ``bands`` is a stretch without a gap.
    """

    sources: list[tuple[str, pd.DataFrame]]
    rest: pd.DataFrame
    shown: pd.DataFrame
    bands: list[pd.DataFrame]


def course(points: pd.DataFrame, shown: pd.DataFrame, until: pd.Timestamp) -> Course:
    """Return what to draw of the points and the shown figure, up to the day ``until``."""
    # What a chart does not need makes picking rows slow.
    points = points[[name for name in POINTS if name in points]]
    shown = shown[[name for name in SHOWN if name in shown]]
    points = points.sort_values("day", kind="stable")
    found = points.groupby("source", observed=True, sort=False).indices
    places = {name: [int(at) for at in where] for name, where in found.items()}
    order = sorted(places, key=lambda name: (-len(places[name]), str(name)))
    sources = [(str(name), points.take(places[name])) for name in order[:MOST_COLOURED]]
    rest = points.take(sorted(at for name in order[MOST_COLOURED:] for at in places[name]))
    through = held(shown[shown["day"] <= until], until) if len(shown) else shown
    return Course(sources, rest, through, bands(through))


def held(frame: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Return the rows with the last one repeated on the last day, where its number still holds."""
    if frame.empty or frame["day"].iloc[-1] >= until:
        return frame
    last = frame.iloc[[-1]]
    return pd.concat([frame, last.assign(day=until)], ignore_index=True)


def bands(shown: pd.DataFrame) -> list[pd.DataFrame]:
    """Return each stretch of days with a range: a fill must not bridge unknown days."""
    known = shown["lowest"].notna()
    stretch = (~known).cumsum()[known]
    return [part for _, part in shown[known].groupby(stretch)]
