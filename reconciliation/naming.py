"""Names of places, groups and measures as a reader says them."""

from functools import cache

from babel import Locale
from babel.core import get_global

from reconciliation.wording import language, listing, say

_GROUPS = {
    "all": "people",
    "civilian": "civilians",
    "military": "soldiers",
    "men": "men",
    "women": "women",
    "boys": "boys",
    "girls": "girls",
    "children": "children",
    "adults": "adults",
    "children_unknown": "children of unknown sex",
    "adults_unknown": "adults of unknown sex",
    "migrant_workers": "migrant workers",
    "prisoners": "prisoners",
}
_CAUSES = {"direct": "killed by the fighting", "indirect": "who died of indirect causes"}
_HURT = {"direct": "hurt by the fighting", "indirect": "hurt by indirect causes"}
_CAUSE_WORDS = {"direct": "direct causes", "indirect": "indirect causes"}


def place_name(place: str) -> str:
    """Return a place in words: Cambodia, Cambodia and Thailand, Surin (Thailand).

    ``place`` is a code, several joined by ``+``, or ``THA/Surin`` for a province.
    """
    codes, _, province = place.partition("/")
    names = listing(_country(code, language()) for code in codes.split("+"))
    return say("{province} ({country})", province=province, country=names) if province else names


@cache
def _country(code: str, spoken: str) -> str:
    short = {"XKX": "XK"}.get(code) or get_global("territory_aliases").get(code, [code])[0]
    return str(Locale.parse(spoken).territories.get(short, code))


def group_name(population: str) -> str:
    """Return who is counted: civilians, soldiers, migrant workers."""
    return say(_GROUPS.get(population, population.replace("_", " ")))


def definition(measure: str, population: str, cause: str) -> str:
    """Return who is counted and of what, as in "civilians who died of indirect causes"."""
    group = group_name(population)
    if cause == "all":
        return group
    words = _CAUSES if measure == "killed" else _HURT
    return say("{group} {cause}", group=group, cause=say(words[cause]))


def cause_name(cause: str) -> str:
    """Return a cause in words: direct causes, indirect causes."""
    return say(_CAUSE_WORDS.get(cause, "all causes"))
