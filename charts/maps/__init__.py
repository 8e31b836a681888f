"""Maps as SVG, from shapes that come with the app: circles or shades over quiet boundaries."""

from charts.maps.areas import without_shape
from charts.maps.draw import map_svg
from charts.maps.words import MapWords

__all__ = ["MapWords", "map_svg", "without_shape"]
