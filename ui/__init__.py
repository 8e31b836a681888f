"""What the pages share: the library, the choice in the URL, cards, tables, charts."""

from ui.choosing import ICON, PAGES, TITLE, choose, flag, link_to, pick
from ui.library import library
from ui.selection import Selection
from ui.text import csv_safe, plain, safe_link, short

__all__ = [
    "ICON",
    "PAGES",
    "TITLE",
    "Selection",
    "choose",
    "csv_safe",
    "flag",
    "library",
    "link_to",
    "pick",
    "plain",
    "safe_link",
    "short",
]
