"""A date in any language brought to digits and month marks: "24 ธ.ค. 2568" to "24 <12> 2568"."""

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u0652<>~]")
_ACCENTS = re.compile("[\u0300-\u036f\u0653-\u0655]")
_LONG_DASH = re.compile("[–—―]")
_DASH = re.compile("[‐‑‒−]")
_CJK_WEEKDAY = re.compile(
    r"\([月火水木金土日一二三四五六월화수목금토일]\)"
    r"|(?:星期|礼拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?"
)
_CJK_YEAR = re.compile(r"(\d)\s*[年년]")
_CJK_MONTH = re.compile(r"(\d{1,2})\s*[月월]")
_CJK_DAY = re.compile(r"(\d)\s*[日号號일]")
_NUMBERED_MONTH = re.compile(r"(?:thang|เดือน|ខែ)\s*(\d{1,2})(?!\d)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|o|a|e|\.o)(?![^\W\d_])")
_TWICE = re.compile(r"<(\d+)>\s*/?\s*<\1>")
_EITHER = re.compile(r"<~(\d+)>")
_LEADING_WEEKDAY = re.compile(r"^<~\d+>[\s.,]*(?=\d{1,2}[\s.]*<)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """Return a text in lower case, with ASCII digits, plain letters and one kind of dash."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _LONG_DASH.sub(" - ", _DASH.sub("-", _HIDDEN.sub("", text)))
    text = "".join(_ascii_digit(char) for char in text)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def mark(folded: str) -> str:
    """Return a folded text with months as <1> to <12>, eras as <be> or <ce>, the rest of it bare.

    Weekdays and words such as "of" go; words that are no part of a date stay, and spoil it later.
    """
    text = _CJK_WEEKDAY.sub(" ", folded)
    text = _CJK_DAY.sub(r"\1 ", _CJK_MONTH.sub(r" <\1> ", _CJK_YEAR.sub(r"\1 ", text)))
    text = _NUMBERED_MONTH.sub(r" <\1> ", text)
    text = _ORDINAL.sub("", _pattern().sub(_replaced, text))
    text = re.sub(r"[\s,،;()\[\]]+", " ", text).strip(" .-/")
    text = _TWICE.sub(r"<\1>", _without_weekday(text))
    return re.sub(r"\s+", " ", text).strip(" .-/")


def _without_weekday(text: str) -> str:
    """Read a word that may be a weekday ("mar") as one only before a day and a month."""
    return _EITHER.sub(r"<\1>", _LEADING_WEEKDAY.sub("", text))


def _ascii_digit(char: str) -> str:
    """Return a digit of any script as an ASCII digit, and other characters as they are."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _replaced(match: re.Match[str]) -> str:
    """Return the mark that stands for a word."""
    kind, value = _words()[match[1] or match[2]]
    marks = {"month": f" <{value}> ", "either": f" <~{value}> "}
    marks |= {"buddhist": " <be> ", "gregorian": " <ce> "}
    return marks.get(kind, " ")


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, str]]:
    """Return word → (kind, value), read once."""
    with (FOLDER / "words.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: (row["kind"], row["value"]) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all words, longest first; scripts without spaces need no word ends."""
    longest = sorted(_words(), key=len, reverse=True)
    joined = "|".join(re.escape(word) for word in longest if _UNSPACED.search(word))
    spaced = "|".join(re.escape(word) for word in longest if not _UNSPACED.search(word))
    return re.compile(rf"(?:({joined})|(?<![^\W\d_])({spaced})(?![^\W\d_]))\.?")
