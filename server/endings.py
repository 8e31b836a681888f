"""Has a part of a page wait until what the page last said is on its way to the reader.

A page's script ends in a thread of its own; that it has ended, and the last it wrote, is told to
the server's thread, which comes to it in its turn. Where a part of the page asks to be drawn anew
in between (each page looks for new figures every few seconds), Streamlit begins a new thread, takes
all that the one before still had to say for stale, and drops it: the page stays as if it were still
being drawn, its last pieces those of the view before, and nobody looks for new figures any more.
"""

from functools import wraps
from typing import Any

from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import RerunData

# How long a part waits before it tries again, in seconds; the server's thread needs less.
MOMENT = 0.005


def wait_for_endings(session: Any = AppSession) -> None:
    """Have the sessions of a class begin nothing for a part while a script's end is to be told."""
    begin = session._create_scriptrunner
    if hasattr(begin, "__wrapped__"):
        return

    @wraps(begin)
    def begin_in_turn(self: Any, asked: RerunData) -> None:
        # Asked for here, it has stopped: one that still runs takes the wish itself.
        ending = self._scriptrunner
        if asked.fragment_id is None or ending is None:
            begin(self, asked)
            return

        def again() -> None:
            now = self._scriptrunner
            gone = self._state == AppSessionState.SHUTDOWN_REQUESTED
            if gone or not self.has_fragment(asked.fragment_id):
                return
            if now is None or not now.request_rerun(asked):
                begin_in_turn(self, asked)

        self._event_loop.call_later(MOMENT, again)

    session._create_scriptrunner = begin_in_turn
