"""Which figures a reader looks at on the Data page: filters, order and page, as in the URL."""

import datetime as dt
from dataclasses import dataclass

# The names in the URL, in the order in which a link shows them.
NAMES = ("q", "what", "place", "by", "status", "from", "to", "sort", "page")
# What each order is called (translatable).
SORTS = {
    "newest": "Newest day first",
    "oldest": "Oldest day first",
    "published": "Last published first",
    "first-published": "First published first",
    "highest": "Highest number first",
    "lowest": "Lowest number first",
    "file": "As in the files",
}
USUAL = "newest"
ROWS_ON_A_PAGE = 50
LONGEST_SEARCH = 120
LAST_PAGE = 1_000_000


@dataclass(frozen=True)
class Asked:
    """The choices of the Data page; an empty one leaves nothing out.

    ``place`` is a place as figures name it (``KHM+THA``), ``by`` a source who counted or carried.
    """

    q: str = ""
    what: str = ""
    place: str = ""
    by: str = ""
    status: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    sort: str = USUAL
    page: int = 1

    def params(self) -> dict[str, str]:
        """Return the choices as the URL has them; what stands at its default is empty."""
        return {
            "q": self.q,
            "what": self.what,
            "place": self.place.replace("+", "-"),
            "by": self.by,
            "status": self.status,
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
            "sort": "" if self.sort == USUAL else self.sort,
            "page": "" if self.page == 1 else str(self.page),
        }

    def is_filtered(self) -> bool:
        """Return whether anything is left out."""
        return any(text for name, text in self.params().items() if name not in ("sort", "page"))


EVERYTHING = Asked()


def search(text: str) -> str:
    """Return a text to look for as it is. Raises ``ValueError`` where it is too long."""
    if len(text) > LONGEST_SEARCH:
        raise ValueError
    return text


def page_number(text: str) -> int:
    """Return a page number, 1 or more. Raises ``ValueError``."""
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= LAST_PAGE):
        raise ValueError
    return int(text)
