"""The dashboard: page config and navigation, nothing else. Start it with `make run`."""

import streamlit as st

import ui

st.set_page_config(page_title=ui.TITLE, page_icon=ui.ICON, layout="wide")
st.navigation([st.Page(**page) for page in (*ui.PAGES, ui.EMBED)], position="hidden").run()
