"""The shapes of countries and provinces: Natural Earth, simplified; read one country at a time.

Longitudes and latitudes are in degrees. A country that crosses the antimeridian goes on beyond
180° in one piece. How shapes.zip was made stands in the README beside it.
"""

import json
import unicodedata
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from charts.boundaries.codes import WITHOUT

ARCHIVE = Path(__file__).with_name("shapes.zip")
GRID = 1000  # steps to a degree
# Words for "province" in names, which are not what tells one from another.
KINDS = ("province", "governorate", "oblast", "state", "region", "district", "wilayat", "of")

Ring: TypeAlias = npt.NDArray[np.float64]  # rows of longitude, latitude; the last is the first

__all__ = ["WITHOUT", "Country", "Province", "Ring", "boxes", "coarse", "country", "disputed"]


@dataclass(frozen=True)
class Province:
    """A province: its name, other spellings, the point to mark it at, and its rings."""

    name: str
    others: tuple[str, ...]
    at: tuple[float, float]
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Country:
    """A country's outline and its provinces; none where the source knows only the whole."""

    code: str
    outline: tuple[Ring, ...]
    provinces: tuple[Province, ...]

    def find(self, name: str) -> Province | None:
        """Return the province of that name, in any spelling the source knows, or ``None``."""
        key = _key(name)
        named = [p for p in self.provinces if _key(p.name) == key]
        other = [p for p in self.provinces if key in {_key(text) for text in p.others}]
        return next(iter(named or other), None) if key else None


@lru_cache(maxsize=64)
def country(code: str) -> Country | None:
    """Return the shapes of the country with an ISO 3166-1 alpha-3 code; ``None`` without any."""
    if code not in boxes():
        return None
    found = _member(f"{code}.json")
    provinces = [
        Province(name, tuple(others), (at[0] / GRID, at[1] / GRID), _rings(rings))
        for name, others, at, rings in found["provinces"]
    ]
    return Country(code, _rings(found["outline"]), tuple(provinces))


@lru_cache(maxsize=1)
def boxes() -> dict[str, tuple[float, ...]]:
    """Return of each country west, south, east, north, and the point to mark it at."""
    found = _member("index.json")
    return {code: tuple(value / GRID for value in row) for code, row in found.items()}


def coarse(code: str) -> tuple[Ring, ...]:
    """Return a country's outline for a map on which a tenth of a degree is hardly seen."""
    return _rings(_world().get(code, []))


@lru_cache(maxsize=1)
def disputed() -> tuple[tuple[str, Ring], ...]:
    """Return the disputed lines: whose claim, and the points."""
    return tuple((name, _rings([steps])[0]) for name, steps in _member("disputed.json"))


@lru_cache(maxsize=1)
def _world() -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = _member("world.json")
    return found


def _member(name: str) -> Any:
    with zipfile.ZipFile(ARCHIVE) as archive:
        return json.loads(archive.read(name))


def _rings(rows: list[list[int]]) -> tuple[Ring, ...]:
    """Return rings from their steps: a first point, then the way to each next one."""
    return tuple(np.cumsum(np.reshape(row, (-1, 2)), axis=0) / GRID for row in rows)


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """Return a name without accents, case, signs and words for "province"."""
    flat = unicodedata.normalize("NFKD", name.casefold().replace("'", "").replace("’", ""))
    letters = "".join(c if c.isalnum() else " " for c in flat if not unicodedata.combining(c))
    words = letters.split()
    return "".join(word for word in words if word not in KINDS) or "".join(words)
