"""An event of the timeline, added by form."""

import streamlit as st

from loaders import Library
from publishing import Change
from reconciliation import wording
from reconciliation.wording import say
from ui.editing import changing, fields
from ui.editing.drafts import Draft
from ui.selection import Selection
from ui.text import plain


def event(library: Library, view: Selection) -> None:
    """Let the editor fill in an event, and show what it would change."""
    draft = Draft(view.crisis, "event")
    mine = view.apply(library.events)
    known = sorted({str(kind) for kind in mine["kind"] if kind})
    row = {"date": fields.day(draft, "date", say("Day of the event"))}
    countries = fields.countries(library, view)
    row["country"] = "+".join(sorted(fields.several(draft, "countries", say("Where"), countries)))
    kinds = {kind: kind for kind in known}
    row["kind"] = fields.pick(draft, "kind", say("What kind of event"), kinds, new=True)
    row["label"] = fields.text(draft, "label", say("What happened, in one sentence"))
    row["url"] = fields.text(draft, "url", say("Link to a report"), most=2_000)
    missing = [] if row["date"] else [say("the day")]
    missing += [] if row["label"] else [say("what happened")]
    if missing:
        words = say("Still missing: {what}.", what=wording.listing(missing))
        st.info(plain(words), icon=":material/pending:")
        return
    changing.will_change(library, view, draft, Change(view.crisis, events=(row,)))
