"""One question over time: who said what when, what is shown, how far sources are apart."""

import streamlit as st

import ui
from reconciliation.wording import say

library = ui.library()
view = ui.choose(
    library, "crisis", "measure", "country", "population", "cause", "day", "known", "rule"
)

st.title(ui.plain(ui.heading(view)), anchor=False)
st.caption(ui.plain(ui.circumstances(view)))

series = ui.series(library, view)
if not series:
    ui.nobody(library, view)
    st.stop()

key = ui.pick(view, "series", say("How it counts"), series)
with st.container(horizontal=True, gap="medium"):
    change = ui.flag(view, "change", say("Change from figure to figure"))
    log = not change and ui.flag(view, "log", say("Logarithmic scale"))
    ui.flag(view, "explore", say("Explore: hover and zoom"))

if change:
    ui.change_chart(library, view, key)
else:
    ui.trend_chart(library, view, key, log=log)
ui.events(library, view)
