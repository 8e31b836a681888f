"""How many, according to whom, on one day: every measure, what is new, why reports differ."""

import streamlit as st

import ui

MEASURES = ("killed", "injured", "displaced", "evacuated", "sheltered", "missing", "returned")
# How wide the cards are beside what stands at their side.
SHARES = [2.1, 1]

library = ui.library()
view = ui.choose(library, "crisis", "day", "known", "rule")

st.title(ui.plain(view.name), anchor=False)
st.caption(ui.plain(ui.circumstances(view)))

# Two rows of columns, so that on a phone the reasons follow the first card.
first, reasons = st.columns(SHARES, gap="large")
cards, side = st.columns(SHARES, gap="large")
places = st.container()
with side:
    ui.small_chart(library, view.of(measure="killed"))
with places:
    ui.area_map(library, view)
with side:
    ui.side(library, view)
with first:
    absent = ui.measure_cards(library, view, MEASURES[:1])
with cards:
    absent += ui.measure_cards(library, view, MEASURES[1:])
    ui.absent(absent, view)
ui.learnt(library, view)
# What takes longest comes last, so that the rest can be read meanwhile.
with reasons:
    ui.explanations(library, view)
