"""What a cell becomes in each column of a figure: a country, a word of ours, an id, a text."""

import re
from collections.abc import Callable

from figures import Population, Quantifier
from figures.vocabulary import WORDS
from loaders.mapping import words
from loaders.mapping.coded import Coded, Problem, joined, sentence
from loaders.mapping.model import MappingModel
from loaders.mapping.sheet import Sheet, folded
from loaders.numbers import parse_number
from loaders.places import parse_place, parse_province

Read = Callable[[str], str | Problem]
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:\-]{0,79}")
_SYNONYMS = {
    "measure": words.MEASURES,
    "population": words.POPULATIONS,
    "counting": words.COUNTINGS,
}
_UNITS = {
    **dict.fromkeys(("people", "persons", "individuals", "individual", "ind"), "person"),
    **dict.fromkeys(("households", "families", "family", "hh"), "household"),
}
_EXACT = ("total", "exact", "exactly", "none", "confirmed", "reported")
_ALL = ("total", "both", "both sexes", "everyone", "overall")


def understood(column: Coded, name: str, mapping: MappingModel, sheet: Sheet) -> Coded:
    """Return a column of texts as the column ``name`` of a figure writes them."""
    translated = {folded(theirs): ours for theirs, ours in mapping.names.get(name, {}).items()}
    known = _READERS.get(name, _text)

    def read(text: str) -> str | Problem:
        if (key := folded(text)) in translated:
            return translated[key]
        # NA is Namibia's code, and no mark for a missing value where countries stand.
        silent = sheet.says_nothing(text) and not (name == "country" and key == "na")
        return "" if silent else known(text)

    return column.map(lambda texts: [read(text) for text in texts])


def _country(text: str) -> str | Problem:
    try:
        return parse_place(text)
    except ValueError as error:
        problem, _, remedy = str(error).partition("; ")
        return Problem("unknown-country", problem, sentence(remedy))


def _word(name: str) -> Read:
    allowed = [word.value for word in WORDS[name]]

    def read(text: str) -> str | Problem:
        key = folded(text).replace(" ", "_")
        if key in allowed:
            return key
        synonym = words.named(text, _SYNONYMS[name]) if name in _SYNONYMS else ""
        if name == "unit":
            synonym = _UNITS.get(folded(text), "")
        if name == "quantifier":
            synonym = _quantifier(text)
        return synonym or _untranslated(text, name, allowed)

    return read


def _untranslated(text: str, name: str, allowed: list[str]) -> Problem:
    remedy = f"Say in the mapping which of our words it is: {', '.join(allowed)}."
    return Problem("unknown-name", f"{text[:60]!r} is no word for the {name}", remedy)


def _quantifier(text: str) -> str:
    if folded(text) in _EXACT:
        return Quantifier.EXACT.value
    for phrase in (f"{text} 100", f"{text} than 100"):
        try:
            amount = parse_number(phrase)
        except ValueError:
            continue
        # Words that the reader of numbers passes over say nothing about how it is meant.
        if amount.value == 100 and amount.quantifier != Quantifier.EXACT:
            return str(amount.quantifier)
    return ""


def _population(text: str) -> str | Problem:
    if folded(text) in _ALL:
        return Population.ALL.value
    known = _word("population")(text)
    if isinstance(known, str):
        return known
    # A crisis may add groups of its own; their names only need the form of a word.
    own = re.sub(r"\W+", "_", folded(text)).strip("_")
    return own if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", own) else known


def _id(name: str) -> Read:
    def read(text: str) -> str | Problem:
        if _ID.fullmatch(text):
            return text
        remedy = f"Say in the mapping which id of sources.csv is the {name}."
        return Problem("unknown-name", f"{text[:60]!r} is no id of a source", remedy)

    return read


def _text(text: str) -> str | Problem:
    return " ".join(text.split())


_READERS: dict[str, Read] = {
    "country": _country,
    **{name: _word(name) for name in WORDS},
    "population": _population,
    "source": _id("source"),
    "publisher": _id("publisher"),
    "supersedes": _id("supersedes"),
}


def provinces(admin1: Coded, country: Coded, known: dict[str, str]) -> Coded:
    """Return the provinces in the spelling of their country's list, as printed where it has none.

    A name that the list does not have is kept, and written down in ``known`` with what is wrong.
    """

    def spelled(cells: tuple[str, ...]) -> str:
        name, code = cells
        if not name:
            return ""
        try:
            return parse_province(name, code)
        except ValueError as error:
            known[name] = str(error)
            return name

    return joined([admin1, country], spelled)
