"""One question on one day: every figure in force, every rule, and whether the parts add up."""

import streamlit as st

import ui
from reconciliation.wording import say

library = ui.library()
view = ui.choose(
    library, "crisis", "measure", "country", "population", "cause", "day", "known", "rule"
)

st.title(ui.plain(ui.heading(view)), anchor=False)
st.caption(ui.plain(ui.circumstances(view)))

ui.answer(library, view)

rules, parts = st.columns(2, gap="large")
with rules:
    st.header(say("What each rule would show"), anchor=False)
    ui.rules_table(library, view)
with parts:
    st.header(say("Do the parts add up?"), anchor=False)
    ui.parts(library, view)

st.header(say("Every figure in force"), anchor=False)
ui.in_force_table(library, view)
