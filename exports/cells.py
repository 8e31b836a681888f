"""Cells that a spreadsheet shows as they are, and never runs."""

import re

from loaders.guarding import guarded

# XML has no place for these, and programs written in C take NUL for the end of the text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A change such as +160: digits, with what stands between them in one language or another.
_SIGNED = re.compile(r"[+-][0-9]+(?:[.,\u00a0\u202f][0-9]+)*%?")
_PICTURES = 0x2400
_REPLACEMENT = "\ufffd"


def safe(cell: object) -> object:
    """Return the cell so that a spreadsheet shows it and does not run it as a formula.

    Text that could be a formula gets an apostrophe in front, and text that already begins with
    apostrophes and such a sign gets one more: our loaders take one off again. Characters that
    cannot be printed are shown by their pictures (NUL as ␀). Numbers, dates and empty cells stay
    what they are.
    """
    return guarded(printable(cell)) if isinstance(cell, str) else cell


def typed(cell: object) -> object:
    """Return :func:`safe` for a cell that says it is text: a number with its sign stays bare.

    A workbook keeps such a cell as text whatever it holds; a CSV file has no such cells.
    """
    return cell if isinstance(cell, str) and _SIGNED.fullmatch(cell) else safe(cell)


def printable(text: str) -> str:
    """Return the text with a picture (␀, ␛) in place of each character that cannot be printed."""
    return _UNPRINTABLE.sub(_picture, text)


def _picture(found: "re.Match[str]") -> str:
    code = ord(found[0])
    if code == 0x7F:
        return "\u2421"
    return chr(_PICTURES + code) if code < 0x20 else _REPLACEMENT
