import streamlit as st

import ui

library = ui.library()
selection = ui.choose(library, "crisis", "measure", "country", "population", "cause", "day", "known", "rule")
st.title("sources")
st.write(selection)
