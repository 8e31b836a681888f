"""The dashboard: page config and navigation, nothing else. Start it with `make run`."""

import streamlit as st

import settings

try:
    settings.current()
except settings.SettingsError as wrong:
    # Only where Streamlit itself was started: `python -m server` says so before it serves.
    st.text(wrong)
    st.stop()

import ui
from ui import direction
from watch import metrics

st.set_page_config(page_title=ui.TITLE, page_icon=ui.ICON, layout="wide")
page = st.navigation([st.Page(**page) for page in (*ui.PAGES, ui.EMBED)], position="hidden")
ui.styled()
direction.follow()
with ui.turn(), metrics.rerun(f"/{page.url_path}"):
    page.run()
