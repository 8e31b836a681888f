"""The one visual language of all charts: colours, marks, and text that cannot be markup."""

import html
import re
from dataclasses import dataclass
from typing import Literal

# Told apart by people with any colour vision, and at 3:1 or more on every ground, light and dark.
SERIES = ("#D55E00", "#009E73", "#8C6EE6", "#C06EA8", "#965A28", "#E0406A")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
# With the shown figure, in the colour of emphasis, that makes seven.
MOST_COLOURED = len(SERIES)
# The reader's own fonts first; the Noto fonts are what the server draws files with.
FONT = "'Source Sans', 'Source Sans Pro', 'Noto Sans', sans-serif"

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

_UNFIT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
    r"\ud800-\udfff]"
)

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
    """Return text that Plotly and SVG show letter for letter: both read tags in labels.

    Signs that no XML file may hold, and those that turn the direction of text, are left out.
    """
    escaped = html.escape(" ".join(_UNFIT.sub("", str(text)).split()), quote=True)
    # Plotly knows quotation marks by their number only.
    return escaped.replace("&quot;", "&#34;")
