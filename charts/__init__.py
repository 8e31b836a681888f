"""Frames in, pictures out: nothing here loads, counts or decides."""

from charts.changes_svg import changes_svg
from charts.course import Words
from charts.drawing import fitted
from charts.framing import framed, png
from charts.maps import MapWords, map_svg, without_shape
from charts.scripts import by_script
from charts.steps import steps
from charts.style import SYMBOLS, label, palette
from charts.trend import changes, trend
from charts.trend_svg import trend_svg
from charts.waterfall import waterfall

__all__ = [
    "SYMBOLS",
    "MapWords",
    "Words",
    "by_script",
    "changes",
    "changes_svg",
    "fitted",
    "framed",
    "label",
    "map_svg",
    "palette",
    "png",
    "steps",
    "trend",
    "trend_svg",
    "waterfall",
    "without_shape",
]
