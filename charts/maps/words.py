"""What a map says, in the reader's language: charts know no words of their own."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class MapWords:
    """The words of a map.

    ``country`` names a country by its alpha-3 code, ``number`` writes a number of people,
    ``distance`` writes kilometres. ``notes`` stand under the key: what the numbers leave out.
    """

    no_figure: str
    zero: str
    upper: str
    disputed: str
    zone: str
    disclaimer: str
    credit: str
    country: Callable[[str], str]
    number: Callable[[float], str]
    distance: Callable[[float], str]
    notes: tuple[str, ...] = ()
