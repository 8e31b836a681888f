"""Provinces, in the spelling of their country's list.

A list is a file provinces/<alpha-3>.csv with the columns `name` (the spelling we keep) and
`variants` (other spellings and scripts, joined by |). A further country is a further file.
"""

import csv
import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from loaders.places.names import bare, fold

FOLDER = Path(__file__).parent / "provinces"
LONGEST = 200
_COUNTRY_CODE = re.compile(r"[A-Z]{3}")
# Words for "province", which go: some stand alone, some are written on to the name.
_KIND = re.compile(r"\b(?:provinces?|prov|of|changwat|jangwat|khaet|khett?|tỉnh|tinh|provinsi)\b")
_KIND_PREFIX = re.compile(r"^\s*(?:จังหวัด|จ\.|ខេត្ត|រាជធានី)\s*")


def parse_province(text: str, country: str) -> str:
    """Return a province as its country's list spells it: "Srisaket" in THA gives "Si Sa Ket".

    country is alpha-3. Without a list for it, the text comes back with its spaces cleaned. Raises
    ValueError, naming close spellings, for a province that is not in the list.
    """
    cleaned = " ".join(text.split())
    if len(cleaned) > LONGEST:
        raise ValueError(f"{cleaned[:40]!r}… is too long for a province; write its name alone")
    provinces = _provinces(country)
    if not cleaned or not provinces:
        return cleaned
    key = _key(cleaned)
    if key not in provinces:
        raise ValueError(_problem(cleaned, key, country))
    return provinces[key]


def _key(text: str) -> str:
    """Return a name without the word for province, spaces, accents and case."""
    words = _KIND.sub(" ", fold(_KIND_PREFIX.sub("", text)))
    return bare(words).replace(" ", "")


def _problem(text: str, key: str, country: str) -> str:
    """Return the message for an unknown province, with the spellings that come near."""
    provinces = _provinces(country)
    close = get_close_matches(key, provinces, n=5, cutoff=0.6) if len(key) <= 60 else []
    names = list(dict.fromkeys(provinces[near] for near in close))[:3]
    remedy = f"write {' or '.join(names)}" if names else f"write a name of provinces/{country}.csv"
    return f"{text!r} is not a province of {country}; {remedy}"


@lru_cache(maxsize=256)
def _provinces(country: str) -> dict[str, str]:
    """Return key → spelling for a country, empty when there is no list."""
    path = FOLDER / f"{country}.csv"
    if not _COUNTRY_CODE.fullmatch(country) or not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        _key(name): row["name"]
        for row in rows
        for name in [row["name"], *row["variants"].split("|")]
    }
