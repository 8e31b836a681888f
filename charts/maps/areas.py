"""The areas of a map: what is known of each, its shape, and what the map shows as a whole."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from charts import boundaries
from charts.boundaries import Ring
from charts.maps.view import WIDTH, Box, View, around, extent

Level = Literal["country", "province"]
# Below this many pixels to a degree the coarse outlines are as good as the fine ones.
COARSE_BELOW = 12.0


@dataclass(frozen=True)
class Area:
    """A place with a shape: its number, if it has one, and where it lies."""

    place: str
    name: str
    value: float
    high: float
    number: str
    at: tuple[float, float]
    rings: tuple[Ring, ...]

    @property
    def known(self) -> bool:
        """Whether somebody published a figure; nought is one."""
        return not math.isnan(self.value)


def areas_of(rows: pd.DataFrame) -> list[Area]:
    """Return the rows that have a shape, in their order."""
    found = []
    for row in rows.to_dict("records"):
        shape = shape_of(str(row["place"]))
        if shape is None:
            continue
        value = float(row["value"]) if row["state"] == "figure" else math.nan
        words = (str(row["place"]), str(row["name"]))
        found.append(Area(*words, value, float(row["value_high"]), str(row["number"]), *shape))
    return found


def shape_of(place: str) -> tuple[tuple[float, float], tuple[Ring, ...]] | None:
    """Return where to mark ``THA`` or ``THA/Surin``, and its rings; ``None`` without a shape."""
    code, _, name = place.partition("/")
    country = boundaries.country(code)
    if country is None:
        return None
    if not name:
        x, y = boundaries.boxes()[code][4:]
        return (x, y), country.outline
    province = country.find(name)
    return (province.at, province.rings) if province else None


def without_shape(places: Iterable[str]) -> list[str]:
    """Return the places that no map can show."""
    return [place for place in places if shape_of(place) is None]


def zone_box(zone: Iterable[str]) -> Box | None:
    """Return the box of the conflict zone, in degrees; ``None`` without one."""
    shapes = [shape for shape in map(shape_of, zone) if shape]
    return extent([ring for _, rings in shapes for ring in rings], 1.0) if shapes else None


def countries_box(countries: Sequence[str]) -> Box | None:
    """Return the box of the countries without their far-off islets; ``None`` without any."""
    shapes = [shape for shape in map(shape_of, countries) if shape]
    rings = [ring for _, outline in shapes for ring in outline]
    return extent(rings) if rings else None


def view_of(
    countries: Sequence[str], zone: Sequence[str], level: Level, width: float = WIDTH
) -> View | None:
    """Return what the map shows: the countries whole, or the conflict zone with a margin."""
    near = zone_box(zone) if level == "province" else None
    if near:
        return around(near, 0.12, width)
    whole = countries_box(countries)
    return around(whole, 0.05, width) if whole else None


def outline(code: str, view: View) -> Sequence[Ring]:
    """Return a country's outline, as fine as the view can show it."""
    if view.scale < COARSE_BELOW:
        return boundaries.coarse(code)
    country = boundaries.country(code)
    return country.outline if country else ()
