"""What a cell looks like: a number, a date, a word for 'total', a mark for 'nothing known'."""

import re
from functools import lru_cache

_NUMBER = re.compile(
    r"[<>≤≥~≈±+\-−–]?\s?[$€£]?\d[\d\s.,'’٬٫\u00a0\u202f]*(?:e\+?\d+)?\s?%?\+?", re.IGNORECASE
)
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.]+.*)?"
    r"|\d{1,2}[-/. ]\w{3,12}\.?[-/. ,]+\d{2,4}|\w{3,12}\.? \d{1,2},? \d{4}|\d{4}-\d\d"
)
_YEAR = re.compile(r"(?:19|20)\d\d|25[4-9]\d")
_TOTALS = re.compile(
    r"(?:grand[\s-]|sub[\s-]?|overall\s)?total(?:s|e|es)?(?:\sgénéral|\sgeneral|\snational)?"
    r"|overall|ensemble|totaal|gesamt|insgesamt|summe|sum|suma|итого|всего|разом|المجموع|الإجمالي"
    r"|الاجمالي|مجموع|جمع|รวม|รวมทั้งหมด|ยอดรวม|សរុប|ລວມ|合计|总计|總計|合計|toplam|jumla|tổng"
    r"|tổng cộng|jumlah|စုစုပေါင်း",
    re.IGNORECASE,
)
# What offices write where they know nothing. "0" and "nil" say that there was nobody.
_MARKS = (
    "null n/a na n.a. n.a n/d nd n.d. n.d s/d s.d. s/o - – — -- --- . .. ... … ? nan none"
    " #n/a n/k <na> (null) (blank)"
)
MISSING = frozenset(_MARKS.split())
# Words for the same; where a cell is read as text they are kept as text.
MISSING_WORDS = frozenset(
    ("unknown", "inconnu", "desconocido", "غير متوفر", "ไม่มีข้อมูล", "គ្មានទិន្នន័យ")
)


@lru_cache(maxsize=50_000)
def is_datum(cell: str) -> bool:
    """Return whether the cell looks like a number or a date rather than a word."""
    text = cell.strip()
    return bool(text) and bool(_NUMBER.fullmatch(text) or _DATE.fullmatch(text))


@lru_cache(maxsize=50_000)
def is_period(cell: str) -> bool:
    """Return whether the cell looks like a date or a year, as columns of a wide table are named."""
    text = cell.strip()
    return bool(_DATE.fullmatch(text) or _YEAR.fullmatch(text))


def is_missing(cell: str) -> bool:
    """Return whether the cell says that nothing is known: blank, N/A, NULL, a dash."""
    text = cell.strip()
    key = text.casefold()
    return not text or key in MISSING or key in MISSING_WORDS


def is_word(cell: str) -> bool:
    """Return whether the cell holds a word: no number, no date, no mark for a missing value."""
    return not is_missing(cell) and not is_datum(cell)


@lru_cache(maxsize=50_000)
def is_total(cell: str) -> bool:
    """Return whether the cell is a word for a total, and nothing but that."""
    return bool(_TOTALS.fullmatch(cell.strip(" \t\u00a0:*.-–")))
