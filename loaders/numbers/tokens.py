"""A plain phrase → tokens, each with everything it can mean."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from loaders.numbers.amount import NumberError
from loaders.numbers.lexicon import LEXICON, SHORT, STARTS, Sense, Senses

_NUMBER = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]{1,2}(?!\w)"
    r"|[0-9]+(?:[.,][0-9]+)? ?[x×*·] ?10 ?\^ ?[0-9]{1,2}(?![0-9])"
    r"|[0-9]+ ?/ ?[0-9]+"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?(?![0-9]|[.,' ][0-9])"
    r"|[0-9]+(?:[.,'_][0-9]+)*"
)
_SUFFIX = re.compile(r" ?([a-z]+\.?)")
_LATIN = re.compile(r"[a-z]+(?:-?[0-9]+)?")
_WORD = re.compile(r"[^\W\d_]+")
_LOOSE_COMMA = re.compile(r"[0-9], [0-9]{3}(?![0-9])")
_ORDINALS = frozenset(["st", "nd", "rd", "th", "er", "re", "e", "eme"])
_NOUNS = frozenset(["hh", "hhs", "pp", "p", "pax", "ish", "x"])
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1780-\u17ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
# Arabic writes "and", "with", "for", "so" and "the" onto the next word.
_PREFIXES = ("ال", "وال", "لل", "و", "ب", "ل", "ف", "ك")
TOO_MANY_DIGITS = 18


class Token(NamedTuple):
    """A stretch of the phrase: its text, its place and the senses it can have.

    ``tight`` says that no space stands before it.
    """

    text: str
    start: int
    end: int
    tight: bool
    senses: Senses

    def get(self, kind: str) -> Sense | None:
        """Return the sense of this kind, or None."""
        return self.senses.get(kind)

    def can(self, *kinds: str) -> bool:
        """Say whether the token can be any of these parts of speech."""
        return any(kind in self.senses for kind in kinds)


Tokens = list[Token]
_NOISE: Senses = {"noise": Sense()}
_FILLER: Senses = {"filler": Sense()}


def tokenise(text: str) -> Tokens:
    """Return the tokens of a plain phrase (see `clean`); raise NumberError on broken digits."""
    if _LOOSE_COMMA.search(text):
        raise NumberError(
            f"'{text}' has a space behind a comma, so it is one number or two",
            "write the number without the space, such as 1,234",
        )
    tokens: Tokens = []
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        for end, senses in _next(text, place):
            tight = place > 0 and text[place - 1] != " "
            tokens.append(Token(text[place:end], place, end, tight, senses))
            place = end
    return _merge_fractions(_merge_noise(tokens))


def _next(text: str, place: int) -> Iterator[tuple[int, Senses]]:
    """Yield the ends and senses of the one or two tokens that begin at ``place``."""
    if text[place].isdecimal():
        yield from _number(text, place)
    elif phrase := _phrase(text, place):
        yield place + len(phrase), LEXICON[phrase]
    elif _ARABIC.match(text, place):
        yield from _arabic(text, place)
    elif _UNSPACED.match(text, place):
        yield place + 1, _NOISE
    else:
        found = _LATIN.match(text, place) or _WORD.match(text, place)
        yield (found.end() if found else place + 1), _NOISE


def _phrase(text: str, place: int, glued: bool = False) -> str | None:
    """Return the longest phrase of the lexicon that begins at ``place``."""
    if not glued and _in_word(text, place):
        return None
    starts = (*STARTS.get(text[place : place + 2], ()), *STARTS.get(text[place], ()))
    for phrase in starts:
        if text.startswith(phrase, place) and not _in_word(text, place + len(phrase)):
            return phrase
    return None


def _in_word(text: str, place: int) -> bool:
    """Say whether ``place`` has letters on both sides, in a script that spaces its words."""
    if not 0 < place < len(text) or _UNSPACED.match(text, place):
        return False
    before, after = text[place - 1], text[place]
    return before.isalpha() and after.isalpha() and not _UNSPACED.match(before)


def _arabic(text: str, place: int) -> Iterator[tuple[int, Senses]]:
    """Yield the Arabic word at ``place``: what is written onto it first, if the rest is known."""
    found = _WORD.match(text, place)
    word = found[0] if found else text[place]
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest and rest != word and (phrase := _phrase(text, place + len(prefix), glued=True)):
            end = place + len(prefix)
            yield end, LEXICON.get(prefix, _FILLER)
            yield end + len(phrase), LEXICON[phrase]
            return
    yield place + len(word), _NOISE


def _number(text: str, place: int) -> Iterator[tuple[int, Senses]]:
    found = _NUMBER.match(text, place)
    assert found, "a decimal digit begins a number"
    end = found.end()
    if sum(map(str.isdecimal, found[0])) > TOO_MANY_DIGITS:
        raise NumberError(f"'{found[0]}' has too many digits for a number of people")
    if "/" in found[0]:
        yield end, _fraction(found[0])
        return
    suffix = _SUFFIX.match(text, end)
    yield from _with_suffix(found[0], end, suffix)


def _fraction(text: str) -> Senses:
    above, below = (int(part) for part in text.split("/"))
    proper = 0 < above < below <= 10
    return {"fraction": Sense(Fraction(above, below))} if proper else {"broken": Sense()}


def _with_suffix(
    digits: str, end: int, suffix: re.Match[str] | None
) -> Iterator[tuple[int, Senses]]:
    """Yield the digits, and the letters directly behind them where these are not a word."""
    letters = suffix[1].rstrip(".") if suffix else ""
    spaced = bool(suffix and suffix[0][0] == " ")
    plain: Senses = {"digits": Sense()}
    if not suffix or (spaced and (letters not in SHORT or len(letters) > 5)):
        yield end, plain
    elif letters in SHORT and not (spaced and letters in ("b", "l")):
        yield end, plain
        yield suffix.end(), {"scale": SHORT[letters]}
    elif letters == "s" and set(digits.replace(",", "")[1:]) == {"0"} and digits[0] == "1":
        value = Fraction(int(digits.replace(",", "")))
        yield suffix.end(), {"plural": Sense(value)}
    elif letters in _ORDINALS:
        yield suffix.end(), _NOISE
    else:
        yield end, plain if _is_noun(letters) else {"broken": Sense()}


def _is_noun(letters: str) -> bool:
    """Say whether letters glued to digits are a word, and not a letter O among the digits."""
    known = letters in _NOUNS or (letters in LEXICON and letters not in ("o", "l", "i", "s"))
    return len(letters) > 2 or known


def _merge_noise(tokens: Tokens) -> Tokens:
    """Return the tokens with adjoining unknown letters as one word."""
    merged: Tokens = []
    for token in tokens:
        if merged and token.tight and token.senses is _NOISE and merged[-1].senses is _NOISE:
            last = merged.pop()
            token = Token(last.text + token.text, last.start, token.end, last.tight, _NOISE)
        merged.append(token)
    return merged


def _merge_fractions(tokens: Tokens) -> Tokens:
    """Return the tokens with "three quarters" as one fraction, 3/4."""
    merged: Tokens = []
    for token in tokens:
        part = token.get("fraction")
        counts = merged[-2:] if merged and merged[-1].can("dash") else merged[-1:]
        count = counts[0].get("number") if counts else None
        if part and count and "/" not in token.text and 2 <= count.value < 1 / part.value:
            del merged[-len(counts) :]
            value = count.value * part.value
            start, tight = counts[0].start, counts[0].tight
            senses = {"fraction": Sense(value)}
            token = Token(str(value), start, token.end, tight, senses)
        merged.append(token)
    return merged
