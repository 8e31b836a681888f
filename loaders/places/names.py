"""Two spellings of one name brought to one key, so that matching can be exact."""

import re
import unicodedata

# Arabic vowel signs, the letter stretcher and invisible marks: ornament, dropped everywhere.
_ORNAMENT = re.compile(
    "[\u0610-\u061a\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_DIACRITICS = re.compile("[\u0300-\u036f\u0653-\u0655]")
_APOSTROPHES = re.compile("['‘’ʻʼʿʾ`´′]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
    | {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا"}
)
_WORDS = {"st": "saint", "rep": "republic", "dem": "democratic"}


def fold(text: str) -> str:
    """Return the key of a name: lower case, no punctuation, no "the"; accents stay.

    "Congo (the Democratic Republic of the)" gives "congo democratic republic of".
    """
    text = unicodedata.normalize("NFKC", _ORNAMENT.sub("", text)).casefold()
    text = _INITIALS.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = _APOSTROPHES.sub("", text).replace("&", " and ")
    words = "".join(_letter_or_space(char) for char in text).split()
    kept = [_WORDS.get(word, word) for word in words if word != "the"]
    return unicodedata.normalize("NFC", " ".join(kept))


def bare(key: str) -> str:
    """Return a folded key without accents: "côte divoire" gives "cote divoire"."""
    plain = _DIACRITICS.sub("", unicodedata.normalize("NFD", key))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def _letter_or_space(char: str) -> str:
    """Keep letters, digits and the vowel signs of scripts that need them; the rest parts words."""
    return char if unicodedata.category(char)[0] in "LMN" else " "
