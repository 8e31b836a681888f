"""What the pages share: the library, the choice in the URL, cards, tables, charts."""

from ui.bridging import brief as explanations
from ui.bridging import why
from ui.briefing import situation
from ui.cards import measures as measure_cards
from ui.checking.screen import check as check_table
from ui.choosing import EMBED, ICON, PAGES, TITLE, choose, flag, fold, link_to, pick
from ui.comparing import answer, in_force_table, parts, rules_table
from ui.data.browsing import browse, contents
from ui.data.files import templates
from ui.data.noted import findings
from ui.deciding import decisions
from ui.describing import heading
from ui.doubting import contradictions, implied
from ui.editing.deciding import decision as decision_form
from ui.editing.figure_form import figure as figure_form
from ui.editing.importing import table as import_table
from ui.editing.past import versions
from ui.editing.screen import for_viewers, tab
from ui.editing.screen import who as who_edits
from ui.editing.timeline import event as event_form
from ui.embedding import one_chart
from ui.lists import absent, side, small_chart
from ui.loading import notes
from ui.mapping import area_map
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
from ui.pieces import styled
from ui.questions import series
from ui.revising import facts as revision_facts
from ui.revising import ledger as revision_ledger
from ui.revising import news as learnt
from ui.selection import Selection
from ui.sourcing import counting_sources, relaying_sources, unattributed_sources
from ui.starting import library
from ui.text import plain
from ui.trending import change_chart, events, nobody, trend_chart
from ui.turns import turn
from ui.words import circumstances

__all__ = [
    "EMBED",
    "ICON",
    "PAGES",
    "TITLE",
    "Selection",
    "absent",
    "ages",
    "answer",
    "area_map",
    "browse",
    "change_chart",
    "check_table",
    "choose",
    "circumstances",
    "contents",
    "contradictions",
    "counting_sources",
    "decision_form",
    "decisions",
    "event_form",
    "events",
    "explanations",
    "figure_form",
    "findings",
    "flag",
    "fold",
    "for_viewers",
    "glossary",
    "heading",
    "identities",
    "implied",
    "import_table",
    "in_force_table",
    "learnt",
    "library",
    "limits",
    "link_to",
    "measure_cards",
    "nobody",
    "notes",
    "one_chart",
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
    "side",
    "situation",
    "small_chart",
    "steps",
    "styled",
    "tab",
    "templates",
    "trend_chart",
    "turn",
    "unattributed_sources",
    "verdicts_explained",
    "versions",
    "who_edits",
    "why",
]
