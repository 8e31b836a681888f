"""How many, according to whom, on one day: every measure, what is new, why reports differ."""

import streamlit as st

import ui
from reconciliation.wording import say

MEASURES = ("killed", "injured", "displaced", "evacuated", "sheltered", "missing", "returned")

library = ui.library()
view = ui.choose(library, "crisis", "day", "known", "rule")

st.title(ui.plain(view.name), anchor=False)
st.caption(ui.plain(ui.circumstances(view)))

cards, side = st.columns([2.1, 1], gap="large")
with side:
    ui.small_chart(library, view.of(measure="killed"))
    st.header(say("Why reports differ"), anchor=False)
    explanations = st.container()
    st.header(say("New on this day"), anchor=False)
    ui.whats_new(library, view)
    st.header(say("Where sources differ most"), anchor=False)
    ui.conflicts(library, view)
with cards:
    absent = [word for word in MEASURES if not ui.measure_card(library, view.of(measure=word))]
    ui.absent(absent, view)
ui.learnt(library, view)
# What takes longest comes last, so that the rest can be read meanwhile.
with explanations:
    ui.explanations(library, view, ("killed", "displaced"))
