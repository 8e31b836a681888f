"""Write codes.csv and index.csv, the tables that parse_place reads.

    python -m loaders.places.build

Names come from the CLDR (through Babel, every locale), from country_converter's data file and
from names.csv, our own table. A name that means several countries is left out, unless a better
source settles it: ours and English first, then the languages most read here, then all others.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

from loaders.places.names import bare, fold

FOLDER = Path(__file__).parent
# The names of regions (M49) and groups in the CLDR: they never stand for a country.
REGION = "-"
MAJOR = (
    "fr es ar ru zh yue th km vi id ja de pt it nl ko tr uk pl sv da nb hi bn ur fa ms my lo fil"
    " sw am ne ta he el ro cs hu"
)
_PARENTHESES = re.compile(r"\s*[(（][^()（）]*[)）]\s*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

Named = tuple[str, str, int]  # name, ISO 3166-1 alpha-3 or REGION, tier (0 settles before 1, 2)


def countries() -> list[dict[str, str]]:
    """Return country_converter's rows for ISO 3166-1 and Kosovo, without former states.

    The file is read as text: its own class turns Namibia's "NA" into a missing value and then
    fails under pandas 3. Its ISO2 column is a pattern for two countries ("^GB$|^UK$").
    """
    text = (files("country_converter") / "country_data.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    for row in rows:
        row["ISO2"] = row["ISO2"].strip("^$")[:2]
    return [row for row in rows if row["ISO2"] and not row["obsolete"]]


def code_rows(rows: Iterable[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Return (code, alpha-3, kind): alpha-3, alpha-2, three-digit M49, and what agencies write.

    The codes of agencies (UNHCR's among them) are the rows of names.csv in the language "code";
    one that is an ISO code of its own stays out, since the ISO reading wins.
    """
    coded: dict[str, tuple[str, str]] = {}
    for row in rows:
        coded[row["ISO3"]] = row["ISO3"], "iso3"
        coded[row["ISO2"]] = row["ISO3"], "iso2"
        # 412 is no UN code for Kosovo.
        if row["ISOnumeric"] and row["ISO3"] != "XKX":
            coded[row["ISOnumeric"].zfill(3)] = row["ISO3"], "m49"
    for code, iso3 in _listed(codes=True):
        coded.setdefault(code, (iso3, "agency"))
    return sorted((code, *meaning) for code, meaning in coded.items())


def cldr_names(iso3_of: dict[str, str]) -> Iterator[Named]:
    """Yield every territory name of every CLDR locale; what is no country yields as REGION."""
    for identifier in sorted(locale_identifiers()):
        language = identifier.split("_")[0]
        tier = 0 if language == "en" else 1 if language in MAJOR.split() else 2
        for code, name in Locale.parse(identifier).territories.items():
            iso3 = iso3_of.get(code, REGION)
            rank = min(tier, 1) if iso3 == REGION else tier
            yield name, iso3, rank
            yield _PARENTHESES.sub(" ", name), iso3, rank
            if language == "de":
                yield name.translate(_UMLAUTS), iso3, rank


def own_names() -> Iterator[Named]:
    """Yield the names of names.csv, which settle before all others."""
    for name, iso3 in _listed(codes=False):
        yield name, iso3, -1


def _listed(codes: bool) -> Iterator[tuple[str, str]]:
    """Yield (name, alpha-3) of the rows of names.csv that are codes, or of those that are not."""
    with (FOLDER / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["language"] == "code") == codes:
                yield from ((name, row["iso3"]) for name in row["names"].split("|"))


def converter_names(rows: Iterable[dict[str, str]]) -> Iterator[Named]:
    """Yield the English short and official names of country_converter."""
    for row in rows:
        yield row["name_short"], row["ISO3"], 0
        yield row["name_official"], row["ISO3"], 0


def settle(named: Iterable[tuple[str, str, int]]) -> dict[str, tuple[str, int]]:
    """Return key → (alpha-3, tier) for keys whose best tier means one country, REGION included."""
    best: dict[str, int] = {}
    meant: dict[str, set[str]] = defaultdict(set)
    for key, iso3, tier in named:
        if tier < best.get(key, 9):
            best[key] = tier
            meant[key] = set()
        if tier == best[key]:
            meant[key].add(iso3)
    return {key: (min(of), best[key]) for key, of in meant.items() if key and len(of) == 1}


def index_rows() -> list[tuple[str, str]]:
    """Return (key, alpha-3) pairs, sorted by key: names with their accents, then without.

    A key without accents never overrides a name that is written so, nor the code of another
    country: "Mỹ" is the United States in Vietnamese, "my" is Malaysia.
    """
    rows = countries()
    codes = {code: iso3 for code, iso3, _ in code_rows(rows)}
    iso3_of = {row["ISO2"]: row["ISO3"] for row in rows}
    named = [*own_names(), *converter_names(rows), *cldr_names(iso3_of)]
    full = settle((fold(name), iso3, tier) for name, iso3, tier in named)
    plain = settle((bare(key), iso3, tier) for key, (iso3, tier) in full.items())
    kept = {key: iso3 for key, (iso3, tier) in plain.items() if _safe_bare(key, tier, codes)}
    kept |= {key: iso3 for key, (iso3, tier) in full.items() if _safe(key, iso3, tier, codes)}
    refused = _refused()
    return sorted((k, iso3) for k, iso3 in kept.items() if iso3 != REGION and k not in refused)


def _safe(key: str, iso3: str, tier: int, codes: dict[str, str]) -> bool:
    """Say whether a name may be matched: short Latin ones of little-read languages may not.

    "Pero" is Peru and "Man" the Isle of Man somewhere; in most tables they are other words.
    """
    if tier < 2:
        return True
    return codes.get(key.upper(), iso3) == iso3 and (len(key) > 4 or not bare(key).isascii())


def _safe_bare(key: str, tier: int, codes: dict[str, str]) -> bool:
    """Say whether a name may be matched without its accents: only if long and well known."""
    return tier < 2 and len(key) > 3 and key.upper() not in codes


def _refused() -> set[str]:
    """Return the keys of not_countries.csv, with and without accents."""
    with (FOLDER / "not_countries.csv").open(encoding="utf-8", newline="") as file:
        keys = {fold(name) for row in csv.DictReader(file) for name in row["names"].split("|")}
    return keys | {bare(key) for key in keys}


def write(folder: Path = FOLDER) -> None:
    """Write codes.csv and index.csv into a folder, as UTF-8 with LF line ends."""
    for name, header, rows in (
        ("codes.csv", ("code", "iso3", "kind"), code_rows(countries())),
        ("index.csv", ("key", "iso3"), index_rows()),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)


if __name__ == "__main__":
    write()
