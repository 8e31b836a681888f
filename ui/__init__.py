"""What the pages share: the library, the choice in the URL, cards, tables, charts."""

from ui.bridging import brief as explanations
from ui.bridging import why
from ui.cards import measure as measure_card
from ui.choosing import ICON, PAGES, TITLE, choose, flag, link_to, pick
from ui.comparing import answer, in_force_table, parts, rules_table
from ui.lists import absent, conflicts, small_chart, whats_new
from ui.loading import library, notes
from ui.methods import glossary, identities, limits, rules_explained, steps, verdicts_explained
from ui.questions import series
from ui.selection import Selection
from ui.sourcing import counting_sources, relaying_sources, unattributed_sources
from ui.text import plain
from ui.trending import change_chart, events, heading, nobody, trend_chart
from ui.words import circumstances

__all__ = [
    "ICON",
    "PAGES",
    "TITLE",
    "Selection",
    "absent",
    "answer",
    "change_chart",
    "choose",
    "circumstances",
    "conflicts",
    "counting_sources",
    "events",
    "flag",
    "glossary",
    "heading",
    "identities",
    "in_force_table",
    "library",
    "limits",
    "link_to",
    "measure_card",
    "nobody",
    "notes",
    "parts",
    "pick",
    "plain",
    "relaying_sources",
    "rules_explained",
    "rules_table",
    "series",
    "small_chart",
    "steps",
    "trend_chart",
    "unattributed_sources",
    "verdicts_explained",
    "whats_new",
]
