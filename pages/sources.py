"""Who counts, who passes on, how fresh: the sources of one crisis, and notes on its files."""

import streamlit as st

import ui
from reconciliation.wording import say

library = ui.library()
view = ui.choose(library, "crisis", "day", "known")

st.title(say("Sources"), anchor=False)
st.caption(ui.plain(view.name))

st.header(say("Who counts"), anchor=False)
st.markdown(say("These bodies make counts of their own, as far as what was read shows."))
ui.counting_sources(library, view)

st.header(say("Who passes on"), anchor=False)
st.markdown(
    say("What these print leads back to others. Ten outlets that repeat one ministry are one.")
)
ui.relaying_sources(library, view)

st.header(say("Whose counts are not known"), anchor=False)
st.markdown(say("Nothing read shows where these have their numbers from."))
ui.unattributed_sources(library, view)

st.header(say("What was revised"), anchor=False)
st.markdown(say("What each source said late, changed, or took back, in the order it came out."))
ui.revision_ledger(library, view)

st.header(say("How late and how often"), anchor=False)
st.markdown(say("Facts, no ranking: a source that corrects itself may be the more careful one."))
ui.revision_facts(library, view)

st.header(say("Notes on the data"), anchor=False)
ui.notes(library)
