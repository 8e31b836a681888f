"""What the pages share: the library, the choice in the URL, cards, tables, charts."""

from ui.cards import measure as measure_card
from ui.choosing import ICON, PAGES, TITLE, choose, flag, link_to, pick
from ui.library import library
from ui.lists import absent, conflicts, small_chart, whats_new
from ui.selection import Selection
from ui.text import plain
from ui.words import circumstances, subject

__all__ = [
    "ICON",
    "PAGES",
    "TITLE",
    "Selection",
    "absent",
    "choose",
    "circumstances",
    "conflicts",
    "flag",
    "library",
    "link_to",
    "measure_card",
    "pick",
    "plain",
    "small_chart",
    "subject",
    "whats_new",
]
