"""What every part of one map is drawn from."""

from dataclasses import dataclass
from functools import lru_cache

from charts import boundaries
from charts.boundaries import Ring
from charts.maps.areas import Area, Level, outline, zone_box
from charts.maps.marks import Ink, limits
from charts.maps.paths import path, pen, seen
from charts.maps.view import Box, View, near, overlap
from charts.maps.words import MapWords

# A frame around more than this share of the map says nothing.
MOST_FRAMED = 0.55
# Shapes kept as drawn: they hang on the view alone, of which a crisis has a handful.
KEPT = 1024


@dataclass(frozen=True)
class Sheet:
    """What every part of one map is drawn from."""

    areas: list[Area]
    countries: tuple[str, ...]
    zone: tuple[str, ...]
    level: Level
    view: View
    ink: Ink
    words: MapWords
    shaded: bool
    prefix: str

    @property
    def largest(self) -> float:
        """The largest number on the map, ranges included; nought without any."""
        known = [area for area in self.areas if area.known]
        return max((max(a.value, a.high if a.high == a.high else 0) for a in known), default=0.0)

    @property
    def steps(self) -> list[float]:
        """The numbers at which a darker shade begins."""
        return limits([area.value for area in self.areas if area.known])

    def outline(self, code: str) -> tuple[Ring, ...]:
        """What is seen of a country, in pixels."""
        return _outline(code, self.view)

    def way(self, code: str) -> str:
        """Return the same as a path, in half pixels."""
        return _way(code, self.view)

    def around(self) -> list[str]:
        """Return the countries around those of the crisis that the view may show."""
        found = []
        for code, (west, south, east, north, *_) in boundaries.boxes().items():
            turn = round((sum(self.view.box[::2]) - west - east) / 720) * 360
            box = (west + turn, south, east + turn, north)
            if code not in self.countries and overlap(box, self.view.box):
                found.append(code)
        return found

    def disputed(self) -> str:
        """Return the disputed lines that the view shows as a path, in half pixels."""
        return _disputed(self.view)

    def framed(self) -> Box | None:
        """The conflict zone to frame, in degrees; ``None`` where it is most of what is shown."""
        box = zone_box(self.zone) if self.level == "country" else None
        if box is None:
            return None
        left, top, right, bottom = self.view.span(box)
        most = (right - left) * (bottom - top) > MOST_FRAMED * self.view.width * self.view.height
        return None if most else box


@lru_cache(maxsize=KEPT)
def _outline(code: str, view: View) -> tuple[Ring, ...]:
    return tuple(seen(outline(code, view), view))


@lru_cache(maxsize=KEPT)
def _way(code: str, view: View) -> str:
    return pen(_outline(code, view))


@lru_cache(maxsize=KEPT)
def _disputed(view: View) -> str:
    return path([near(line, view) for _, line in boundaries.disputed()], view, closed=False)
