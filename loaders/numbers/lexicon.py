"""The word tables of all languages as one: what each phrase can mean."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import ModuleType
from typing import NamedTuple

from figures import Quantifier
from loaders.numbers.clean import simplify
from loaders.numbers.words import arabic, english, french, khmer, spanish, thai

LANGUAGES = (english, french, spanish, arabic, thai, khmer)
# Short scales count only directly behind digits: 720k, 2.75m, 5.5 mln.
SUFFIXES = {
    10**3: "k|tsd",
    10**5: "lac|lakh|l",
    10**6: "m|mn|mln|mio|mill|mil.|mm|million|millions",
    10**7: "cr",
    10**9: "b|bn|bln|md|mds|mrd|mrds|mlrd",
}
MARKS = {
    "dash": "-|--|---",
    "break": ",|;|:|(|)|.|!|¤|/|[|]|*|?|but|mais|pero|لكن|แต่|ប៉ុន្តែ|including|incl|incl.|y compris"
    "|incluidos|dont|inclusive|بينهم|รวมถึง|รวมทั้ง|ในจำนวนนี้|ក្នុងនោះ",
    "comma": ",",
    "tilde": "~",
}


class Sense(NamedTuple):
    """One thing a phrase can mean: a value, or a quantifier, or just its part of speech."""

    value: Fraction = Fraction(0)
    quantifier: Quantifier | None = None
    approximate: bool = False


Senses = Mapping[str, Sense]


def _split(phrases: str) -> Iterator[str]:
    return (simplify(phrase) for phrase in phrases.split("|") if phrase.strip())


def _numbers(table: ModuleType) -> Iterator[tuple[str, str, Sense]]:
    """Yield phrase, part of speech and sense of the words that have a value."""
    kinds = {"number": "NUMBERS", "scale": "SCALES", "plural": "PLURALS", "loose": "LOOSE"}
    kinds |= {"dual": "DUALS", "fraction": "FRACTIONS"}
    for kind, name in kinds.items():
        for value, phrases in getattr(table, name, {}).items():
            for phrase in _split(phrases):
                yield phrase, kind, Sense(Fraction(value))
    for phrase in _split(getattr(table, "TEENS", "")):
        yield phrase, "teen", Sense(Fraction(10))


def _quantified(word: str) -> Sense:
    """Return the sense of a quantifier; a tilde behind it makes it approximate as well."""
    quantifier = Quantifier(word.rstrip("~"))
    loose = word.endswith("~") or quantifier in (Quantifier.ABOUT, Quantifier.NEARLY)
    return Sense(Fraction(0), quantifier, loose)


def _phrases(table: Mapping[str, str]) -> Iterator[tuple[str, str, Sense]]:
    """Yield phrase, part of speech and sense of the words around a number."""
    for key, phrases in table.items():
        place, _, word = key.partition(" ")
        quantified = place in ("before", "after", "either", "plus")
        sense = _quantified(word) if quantified else Sense()
        kinds = ("before", "after") if place == "either" else (place if quantified else key,)
        for phrase in _split(phrases):
            for kind in kinds:
                yield phrase, kind, sense


def _read() -> dict[str, dict[str, Sense]]:
    lexicon: dict[str, dict[str, Sense]] = {}
    for table in LANGUAGES:
        for phrase, kind, sense in (*_numbers(table), *_phrases(table.PHRASES)):
            lexicon.setdefault(phrase, {}).setdefault(kind, sense)
    for phrase, kind, sense in _phrases(MARKS):
        lexicon.setdefault(phrase, {}).setdefault(kind, sense)
    return lexicon


LEXICON = _read()
SHORT = {s: Sense(Fraction(value)) for value, words in SUFFIXES.items() for s in _split(words)}


def _by_start() -> dict[str, tuple[str, ...]]:
    """Return the phrases by their first character, the longest first."""
    starts: dict[str, list[str]] = {}
    for phrase in sorted(LEXICON, key=len, reverse=True):
        starts.setdefault(phrase[:2], []).append(phrase)
        if len(phrase) == 1:
            starts.setdefault(phrase, []).append(phrase)
    return {start: tuple(phrases) for start, phrases in starts.items()}


STARTS = _by_start()
