"""Which way a piece of text runs, told with marks that every word processor knows.

Sentences in a script that runs from right to left set pieces of other scripts apart with Unicode
isolates. LibreOffice has no room for these: it swallows the spaces beside them and draws words over
one another. The older marks of direction say the same of the pieces that there are in a brief.
"""

import re
import unicodedata

ISOLATES = ("\u2066", "\u2067", "\u2068")
END = "\u2069"
LEFT, RIGHT = "\u200e", "\u200f"
_PIECE = re.compile(f"[{''.join(ISOLATES)}]([^{''.join(ISOLATES)}{END}]*){END}")


def marked(text: str) -> str:
    """Return text without isolates; where there were any, what runs to the right is marked."""
    while True:
        # The innermost pieces first: what holds them is a sentence from right to left.
        found = _PIECE.sub(lambda piece: _set_apart(piece[1]), text)
        if found == text:
            return re.sub(f"[{''.join(ISOLATES)}{END}]", "", found)
        text = found


def _set_apart(piece: str) -> str:
    return f"{RIGHT}{LEFT}{piece}{LEFT}{RIGHT}" if _runs_to_the_right(piece) else piece


def _runs_to_the_right(piece: str) -> bool:
    """Say whether the first letter of a piece is of a script that runs from left to right."""
    ways = (unicodedata.bidirectional(sign) for sign in piece)
    return next((way for way in ways if way in {"L", "R", "AL"}), "") == "L"
