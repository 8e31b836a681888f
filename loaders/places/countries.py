"""Country names and codes, in any language, to ISO 3166-1 alpha-3."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from loaders.places.names import bare, fold
from loaders.places.titles import TITLE_MATTERS, without_title

FOLDER = Path(__file__).parent
LONGEST = 200
REMEDY = "write an ISO 3166-1 code such as KHM, or several joined by +, such as KHM+THA"

# Words that are also codes: only in capitals do they stand for Norway, Namibia, India …
_WORDS = "no na in is it at as am be by do me my so to and are can nor per ago"
_WORD_KINDS = frozenset({"iso2", "iso3"})
_ARTICLES = re.compile(r"^(?:l['’]\s*|(?:la|le|les|el|los|las|o|os|as|die|der|das|nước)\s+)", re.I)
_COUNTRY = re.compile(r"^(?:ประเทศ|ប្រទេស)\s*")
_AND = re.compile(
    r"\s*&\s*|\s+(?:and|et|y|e|und|en|och|и|i|та|dan|và|ve|na)\s+|\s+و\s*"
    r"|\s*(?:และ|និង|和|与|與|及|と|및)\s*",
    re.I,
)
_TWO_PARTS = re.compile(r"(.+?)\s*(?:,|，|،|\(|（|\[)\s*([^()（）\[\],，،]+)[)）\]]?")


def parse_place(text: str) -> str:
    """Return the alpha-3 code of a country, or several sorted and joined by "+".

    "Lao PDR" gives "LAO", "Thailand and Cambodia" gives "KHM+THA". Names are matched whole,
    never in part. Raises ValueError, with the remedy, for anything that is not a country:
    regions, cities, former states, "total".
    """
    code, problem = _answer(text)
    if problem:
        raise ValueError(problem)
    return code


@lru_cache(maxsize=65536)
def _answer(text: str) -> tuple[str, str]:
    """Return (codes, "") or ("", what is wrong); kept, since columns repeat their places."""
    if len(text) > LONGEST:
        return "", f"{text[:40]!r}… is too long for a place; {REMEDY}"
    found: set[str] = set()
    for part in text.split("+"):
        codes = _group(part.strip())
        if not codes:
            return "", _problem(text, part.strip())
        found |= codes
    return "+".join(sorted(found)), ""


@lru_cache(maxsize=4096)
def _group(text: str) -> frozenset[str]:
    """Return the codes of "A", or of "A and B and C"; empty when any of them is no country."""
    if one := _one(text):
        return frozenset({one})
    if _refusal(text):
        return frozenset()
    for joint in _AND.finditer(text):
        left = _one(text[: joint.start()])
        right = _group(text[joint.end() :]) if left else frozenset()
        if right:
            return right | {left}
    return frozenset()


def _one(text: str) -> str:
    """Return the code of one country, or ""."""
    text = text.strip()
    if found := _exact(text) or _of_two_parts(text):
        return found
    return "" if _refusal(text) else _undressed(_COUNTRY.sub("", _ARTICLES.sub("", text)))


def _undressed(text: str) -> str:
    """Return the country of a name, with or without its title ("République d'Angola"), or ""."""
    if found := _named(text):
        return found
    found = _named(without_title(text))
    return "" if found in TITLE_MATTERS else found


def _exact(text: str) -> str:
    """Return the code that a code or a whole name stands for, or ""."""
    # A code is written in one case; "Nga" is a name: Russia, in Vietnamese.
    one_case = text.isupper() or text.islower() or text.isdecimal()
    return (_code(text) if one_case else "") or _named(text)


def _named(text: str) -> str:
    """Return the code that a whole name stands for, or ""."""
    key = fold(text)
    return _index().get(key) or _index().get(bare(key), "")


def _code(text: str) -> str:
    """Return the country of an ISO, M49 or agency code, or ""."""
    if text.isdecimal():
        return _codes().get(f"{int(text):03d}", ("", ""))[0] if len(text) <= 3 else ""
    iso3, kind = _codes().get(text.upper(), ("", ""))
    as_a_word = not text.isupper()
    if as_a_word and (text.casefold() in _WORDS.split() or kind not in _WORD_KINDS):
        return ""
    return iso3


def _of_two_parts(text: str) -> str:
    """Return the country of "Iran (Islamic Republic of)", "Korea, South", "Aruba (Netherlands)".

    The second part must come first in a name we know, or name the same country or its sovereign:
    "Georgia (USA)" is no country.
    """
    parts = _TWO_PARTS.fullmatch(text)
    if not parts:
        return ""
    whole = f"{parts[2]} {parts[1]}"
    if _refusal(whole):
        return ""
    first, second = _exact(parts[1]), _exact(parts[2])
    related = first and second and second in (first, _sovereigns().get(first))
    return _exact(whole) or (first if related else "")


def _problem(text: str, part: str) -> str:
    """Return what is wrong with a text of which a part is no country."""
    if not text.strip():
        return f"the place is empty; {REMEDY}"
    of_it = "" if part == text.strip() else f" (in {text!r})"
    if refusal := _refusal(part):
        return f"{part!r}{of_it} is not one country ({refusal[0]}); {refusal[1]}"
    return f"{part!r}{of_it} is not a country we know; {REMEDY}"


def _refusal(text: str) -> tuple[str, str] | None:
    """Return (kind, remedy) of a text known to be no country: a region, a former state."""
    key = fold(text)
    return (_refusals().get(key) or _refusals().get(bare(key))) if key else None


def _read(name: str) -> list[list[str]]:
    """Return the rows of one of this package's tables, without its header."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@lru_cache(maxsize=1)
def _index() -> dict[str, str]:
    """Return folded name → alpha-3, read once (about 40,000 names)."""
    return dict(_read("index.csv"))


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, str]]:
    """Return code → (alpha-3, kind of code)."""
    return {code: (iso3, kind) for code, iso3, kind in _read("codes.csv")}


@lru_cache(maxsize=1)
def _sovereigns() -> dict[str, str]:
    """Return territory → the state that agencies print beside it in parentheses."""
    return dict(_read("territories.csv"))


@lru_cache(maxsize=1)
def _refusals() -> dict[str, tuple[str, str]]:
    """Return folded name → (kind, remedy) of what is known to be no country."""
    rows = _read("not_countries.csv")
    return {fold(name): (kind, remedy) for names, kind, remedy in rows for name in names.split("|")}
