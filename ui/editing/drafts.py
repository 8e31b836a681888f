"""What an editor has filled in and not published: kept in the session, and nowhere else.

A field that is not drawn in a run (another tab, another page) is forgotten by Streamlit; here it is
kept and put back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

FIELD, KEPT, ROUND = "editing_in/", "editing_kept", "editing_round/"
DONE = "editing_done"


@dataclass(frozen=True)
class Draft:
    """The draft of one crisis and one tab."""

    crisis: str
    tab: str

    @property
    def start(self) -> str:
        """What the names of its fields begin with: others after each ``clear``."""
        number = st.session_state.get(f"{ROUND}{self.crisis}/{self.tab}", 0)
        return f"{FIELD}{self.crisis}/{self.tab}/{number}/"

    def key(self, name: str) -> str:
        """Return the place of a field in the session."""
        return self.start + name

    def get(self, name: str, default: Any = None) -> Any:
        """Return what a field holds."""
        return st.session_state.get(self.key(name), default)

    def put(self, name: str, value: Any) -> None:
        """Fill in a field; one that is on screen only before it is drawn."""
        st.session_state[self.key(name)] = value

    def begin(self, name: str, value: Any) -> str:
        """Fill in a field that holds nothing yet, and return its place in the session."""
        return begun(self.key(name), value)

    def drop(self, name: str) -> None:
        """Forget a field."""
        _forget([self.key(name)])

    def clear(self) -> None:
        """Empty the draft.

        Its fields get new names: a browser keeps what was typed into a field of the same name.
        """
        fields = {*st.session_state.setdefault(KEPT, {}), *st.session_state}
        _forget([key for key in fields if str(key).startswith(self.start)])
        name = f"{ROUND}{self.crisis}/{self.tab}"
        st.session_state[name] = st.session_state.get(name, 0) + 1


def _forget(keys: Iterable[Any]) -> None:
    kept = st.session_state.setdefault(KEPT, {})
    for key in keys:
        kept.pop(key, None)
        st.session_state.pop(key, None)


def begun(key: str, value: Any) -> str:
    """Fill in a place of the session that holds nothing yet, and return it."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def keep() -> None:
    """Keep all fields, and put back those that were not drawn in the last run."""
    kept = st.session_state.setdefault(KEPT, {})
    kept |= {k: v for k, v in st.session_state.items() if str(k).startswith(FIELD)}
    for key, value in kept.items():
        if key not in st.session_state:
            st.session_state[key] = value
