"""In plain words: how a number gets on screen, the words used, the rules, the limits."""

import streamlit as st

import ui
from reconciliation.wording import say

library = ui.library()
view = ui.choose(library, "crisis", "day", "known")

st.title(say("How a number gets on screen"), anchor=False)
ui.steps(library, view)

st.header(say("Rules for choosing"), anchor=False)
ui.rules_explained()
ui.decisions(library, view)

st.header(say("How old is too old"), anchor=False)
ui.ages(library)

st.header(say("Differences, contradictions, implied ranges"), anchor=False)
ui.reasons_explained()

st.header(say("What sources say together"), anchor=False)
ui.verdicts_explained()

st.header(say("What must add up"), anchor=False)
ui.identities(library)

st.header(say("Words"), anchor=False)
ui.glossary()

st.header(say("Limits"), anchor=False)
ui.limits()
