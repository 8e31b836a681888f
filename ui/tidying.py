"""Gives memory back now and then, instead of in the middle of a reader's click."""

import ctypes
import gc
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders import Library
from ui import keeping

# How many seconds pass between two times.
EVERY = 30.0
# Python by itself looks through all that has lived long far less often than this does; each time
# takes a tenth of a second or more, while no page can be drawn.
SELDOM = 1000
# How deep in an answer its tables lie at most; what holds more than so many things holds rows.
DEEP, LONG = 4, 100


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


def tidy(libraries: Collection[Library]) -> None:
    """Give back what nobody needs any more, if it is time to, now that readers see these."""
    kept = _begun()
    if time.monotonic() - kept["last"] > EVERY:
        kept["last"] = time.monotonic()
        keeping.forget_all_but(libraries)
        forget_views(*libraries, *keeping.every())
        gc.collect()
        give_back()


def give_back() -> None:
    """Give the system the pages that are free in the pools of its C library, if that can be told.

    Between what lives long there is much that was freed: without this it stays with the program,
    which grows. It takes 3 ms.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


def forget_views(*values: object) -> None:
    """Have pandas forget the views of tables that are gone; the tables stand in these values.

    It notes each column that is ever looked at, and keeps up to 500 notes for each column of a
    table that stays, for as long as that does: half of all that there was to look through. They
    are not found by listing all objects: that hands out some that other threads still build.
    """
    for table in (table for value in values for table in _tables(value, DEEP)):
        noted = [block.refs for block in table._mgr.blocks]
        noted += [axis._references for axis in (table.index, table.columns)]
        for refs in noted:
            if refs is not None:
                refs.has_reference()


def _tables(value: object, deep: int) -> Iterator[Any]:
    """Yield the tables in a value, or in what it holds, so many levels down."""
    if isinstance(value, pd.DataFrame):
        yield value
    elif deep:
        for inner in _held(value):
            yield from _tables(inner, deep - 1)


def _held(value: object) -> list[object]:
    """Return what an answer is made of."""
    if isinstance(value, Mapping | list | tuple):
        inner = value.values() if isinstance(value, Mapping) else value
        return list(inner) if len(value) <= LONG else []
    return list(vars(value).values()) if hasattr(value, "__dict__") else []
