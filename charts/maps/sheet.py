"""What every part of one map is drawn from."""

from dataclasses import dataclass, field

from charts import boundaries
from charts.boundaries import Ring
from charts.maps.areas import Area, Level, outline, zone_box
from charts.maps.marks import Ink, limits
from charts.maps.paths import seen
from charts.maps.view import Box, View, near, overlap
from charts.maps.words import MapWords

# A frame around more than this share of the map says nothing.
MOST_FRAMED = 0.55


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
    drawn: dict[str, list[Ring]] = field(default_factory=dict)

    @property
    def largest(self) -> float:
        """The largest number on the map, ranges included; nought without any."""
        known = [area for area in self.areas if area.known]
        return max((max(a.value, a.high if a.high == a.high else 0) for a in known), default=0.0)

    @property
    def steps(self) -> list[float]:
        """The numbers at which a darker shade begins."""
        return limits([area.value for area in self.areas if area.known])

    def outline(self, code: str) -> list[Ring]:
        """What is seen of a country, in pixels; worked out once."""
        if code not in self.drawn:
            self.drawn[code] = seen(outline(code, self.view), self.view)
        return self.drawn[code]

    def around(self) -> list[str]:
        """Return the countries around those of the crisis that the view may show."""
        found = []
        for code, (west, south, east, north, *_) in boundaries.boxes().items():
            turn = round((sum(self.view.box[::2]) - west - east) / 720) * 360
            box = (west + turn, south, east + turn, north)
            if code not in self.countries and overlap(box, self.view.box):
                found.append(code)
        return found

    def disputed(self) -> list[Ring]:
        """Return the disputed lines that the view shows."""
        lines = [near(line, self.view) for _, line in boundaries.disputed()]
        return seen(lines, self.view, closed=False) and lines

    def framed(self) -> Box | None:
        """The conflict zone to frame, in degrees; ``None`` where it is most of what is shown."""
        box = zone_box(self.zone) if self.level == "country" else None
        if box is None:
            return None
        left, top, right, bottom = self.view.span(box)
        most = (right - left) * (bottom - top) > MOST_FRAMED * self.view.width * self.view.height
        return None if most else box
