"""Every figure: to search, to take away, and to hold one's own table against."""

import streamlit as st

import ui
from reconciliation.wording import say

library = ui.library()
view = ui.choose(library, "crisis", "known", "every", "what", "place", "by", "status", "from", "to")

st.title(say("Data"), anchor=False)
st.caption(ui.plain(say("All crises") if view.every else view.name))
ui.contents(found=say("Findings"), check=say("Check your own table"), start=say("Blank table"))

ui.browse(library, view)

st.header(say("What was found in the files"), anchor="found")
ui.findings(library, view)

st.header(say("Check your own table"), anchor="check")
ui.check_table(library, view)

st.header(say("Start a table"), anchor="start")
ui.templates(library)
