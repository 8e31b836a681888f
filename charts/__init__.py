"""Frames in, pictures out: nothing here loads, counts or decides."""

from charts.steps import steps
from charts.style import SYMBOLS, label, palette
from charts.trend import Words, changes, trend
from charts.waterfall import waterfall

__all__ = ["SYMBOLS", "Words", "changes", "label", "palette", "steps", "trend", "waterfall"]
