"""The language of each reader: the one their own address asks for with ``lang=``."""

from functools import lru_cache
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import languages
from reconciliation import wording
from ui.controls import changed

NAME = "lang"
# In every language at once: who cannot read the page must still find this.
EVERY_WORD = "Language · Langue · Idioma · اللغة · ภาษา · ភាសា"


def asked() -> str:
    """Return the language code in the address of the reader whose page is being drawn.

    English outside a page. The address belongs to the run (of a page, a part of one or a control's
    reaction), so no other reader's choice can be met here. ``st.query_params`` would say the same,
    thirty times slower, and this is asked for every sentence.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return _in(context.query_string) if context is not None else languages.DEFAULT


@lru_cache(maxsize=1000)
def _in(query: str) -> str:
    return parse_qs(query).get(NAME, [languages.DEFAULT])[-1]


languages.follow(asked)


def picker() -> None:
    """Draw the choice of language, each by its own name, so that a lost reader finds theirs."""
    key = f"choose_{NAME}"
    st.session_state[key] = wording.language()
    st.selectbox(
        EVERY_WORD,
        list(languages.LANGUAGES),
        format_func=languages.LANGUAGES.__getitem__,
        key=key,
        on_change=changed,
        args=(NAME, languages.DEFAULT, None),
        label_visibility="collapsed",
    )
