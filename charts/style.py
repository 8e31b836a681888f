"""The one visual language of all charts: colours, marks, and text that cannot be markup."""

import html
from dataclasses import dataclass
from typing import Literal

# Told apart by people with any colour vision, and at 3:1 or more on white and on the dark ground.
SERIES = ("#D55E00", "#009E73", "#C1699B", "#8C6D31", "#7B5EA7", "#3B9AB2", "#A6761D")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "dash")
MOST_COLOURED = 7
FONT = "'Source Sans', 'Source Sans Pro', sans-serif"

# What a marker says of its number besides its height.
SYMBOLS = {
    "exact": "circle",
    "at_least": "triangle-up",
    "more_than": "triangle-up",
    "at_most": "triangle-down",
    "less_than": "triangle-down",
    "about": "diamond",
    "nearly": "diamond",
    "range": "line-ew-open",
}

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """The colours that differ between light and dark."""

    emphasis: str
    text: str
    quiet: str
    grid: str
    ground: str


PALETTES: dict[str, Palette] = {
    "light": Palette("#0B5C8F", "#111417", "#5D6770", "#DDE3E8", "#FFFFFF"),
    "dark": Palette("#5AB0E2", "#EDF1F4", "#A3AEB8", "#2C3742", "#11161D"),
}


def palette(theme: str) -> Palette:
    """Return the colours of the theme; light where it is not known."""
    return PALETTES.get(theme, PALETTES["light"])


def label(text: object) -> str:
    """Return text that Plotly and SVG show letter for letter: both read tags in labels."""
    return html.escape(" ".join(str(text).split()), quote=True)
