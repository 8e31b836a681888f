"""Update figures: bring in a table, enter one figure, note a decision, see and undo."""

import streamlit as st

import ui
from reconciliation.wording import say

library = ui.library()
view = ui.choose(library, "crisis", "day")

st.title(say("Update figures"), anchor=False)
st.caption(ui.plain(view.name))

editor = ui.who_edits(library, view)
screen = ui.tab(view) if editor else ""

if editor is None:
    ui.for_viewers(view)
    st.header(say("What was changed"), anchor=False)
    ui.versions(library, view, None)
elif screen == "import":
    st.header(say("Bring in a table"), anchor=False)
    ui.import_table(library, view)
elif screen == "form":
    st.header(say("Add or correct one figure"), anchor=False)
    ui.figure_form(library, view)
elif screen == "decision":
    st.header(say("Record a decision"), anchor=False)
    ui.decision_form(library, view, editor)
elif screen == "event":
    st.header(say("Add an event to the timeline"), anchor=False)
    ui.event_form(library, view)
else:
    st.header(say("What was changed"), anchor=False)
    ui.versions(library, view, editor)
