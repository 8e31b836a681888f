"""One question on one day: why reports differ, every rule, what cannot be true, every figure."""

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

st.header(say("Why do reports differ?"), anchor=False)
ui.why(library, view)

rules, parts = st.columns([1.15, 1], gap="large")
with rules:
    st.header(say("What each rule would show"), anchor=False)
    ui.rules_table(library, view)
with parts:
    st.header(say("Do the parts add up?"), anchor=False)
    ui.parts(library, view)

st.header(say("Which figures cannot all be true?"), anchor=False)
doubts = st.container()

st.header(say("Every figure in force"), anchor=False)
ui.in_force_table(library, view)

# What takes longest comes last, so that the rest can be read meanwhile.
with doubts:
    ui.contradictions(library, view)
    ui.implied(library, view)
