"""Gives memory back now and then, instead of in the middle of a reader's click."""

import gc
import time

import streamlit as st
from pandas._libs.internals import BlockValuesRefs

# How many seconds pass between two times.
EVERY = 30.0
# Python by itself looks through all that has lived long far less often than this does; each time
# takes a tenth of a second or more, while no page can be drawn.
SELDOM = 1000


@st.cache_resource(show_spinner=False)
def _begun() -> dict[str, float]:
    """Set what was imported apart from what is looked through, once; return when it was last done.

    Streamlit's own collection after every run is switched off in config.toml: it took most of a
    busy server's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], SELDOM)
    return {"last": time.monotonic()}


def begin() -> None:
    """Take over from Python when memory is looked through."""
    _begun()


def tidy() -> None:
    """Give back what nobody needs any more, if it is time to."""
    kept = _begun()
    if time.monotonic() - kept["last"] > EVERY:
        kept["last"] = time.monotonic()
        forget_views()
        gc.collect()


def forget_views() -> None:
    """Have pandas forget the views of tables that are gone.

    It notes each column that is ever looked at, and keeps up to 500 notes for each column of a
    table that stays, for as long as that does: half of all there is to look through.
    """
    for kept in gc.get_objects():
        if type(kept) is BlockValuesRefs:
            kept.has_reference()
