"""What the pages share: the library, the choice in the URL, cards, tables, charts."""

from ui.bridging import brief as explanations
from ui.bridging import why
from ui.cards import measure as measure_card
from ui.choosing import ICON, PAGES, TITLE, choose, flag, link_to, pick
from ui.comparing import answer, in_force_table, parts, rules_table
from ui.deciding import decisions
from ui.doubting import contradictions, implied
from ui.lists import absent, conflicts, small_chart, whats_new
from ui.loading import library, notes
from ui.methods import (
    ages,
    glossary,
    identities,
    limits,
    reasons_explained,
    rules_explained,
    steps,
    verdicts_explained,
)
from ui.questions import series
from ui.revising import facts as revision_facts
from ui.revising import ledger as revision_ledger
from ui.revising import news as learnt
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
    "ages",
    "answer",
    "change_chart",
    "choose",
    "circumstances",
    "conflicts",
    "contradictions",
    "counting_sources",
    "decisions",
    "events",
    "explanations",
    "flag",
    "glossary",
    "heading",
    "identities",
    "implied",
    "in_force_table",
    "learnt",
    "library",
    "limits",
    "link_to",
    "measure_card",
    "nobody",
    "notes",
    "parts",
    "pick",
    "plain",
    "reasons_explained",
    "relaying_sources",
    "revision_facts",
    "revision_ledger",
    "rules_explained",
    "rules_table",
    "series",
    "small_chart",
    "steps",
    "trend_chart",
    "unattributed_sources",
    "verdicts_explained",
    "whats_new",
    "why",
]
