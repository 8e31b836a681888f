"""Has a script of a reader's session wait until the one before it has ended, and told so.

A page's script, and each part of it that is drawn anew by itself, runs in a thread of its own; that
it has ended, and the last it wrote, is told to the server's thread, which comes to it in its turn.
Streamlit begins the next script at once, and two faults follow:

* A choice stops the script that runs and begins the next. One that has just begun then says, after
  the next one did, which page was asked for and with which words: the reader gets a page with the
  choices of another.
* Each page looks for new figures every few seconds. Where it does between the end of a script and
  its telling, all that the script still had to say is taken for stale, and dropped: the page stays
  as if it were still being drawn, its last pieces those of the view before, and nobody looks for
  new figures any more.

Such a look also says again what the browser knew when it asked: the address and each control. After
a click, before its answer has come, those are of the view before; Streamlit would take them for a
choice, and the click be undone. A look by itself chooses nothing here.
"""

import time
from functools import wraps
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

# How long a script waits before it tries again, in seconds: stopped, most end sooner.
MOMENT = 0.002
# How long a page waits at most for a script that was stopped and does not end, in seconds.
PATIENCE = 1.0


class Turn:
    """What is to be drawn next in a session, as soon as what is drawn has ended."""

    def __init__(self, session: Any, begin: Any) -> None:
        self._session, self._begin = session, begin
        self._runner: Any = None
        # What came while a script was waited for, and since when it waits.
        self._asked: RerunData | None = None
        self._since = 0.0

    def ask(self, asked: RerunData) -> None:
        """Have it drawn: at once, or with what else is asked for until it is its turn."""
        if self._asked is not None:
            if _parts(self._asked) and not _parts(asked):
                self._since = time.monotonic()
            self._asked = _together(self._asked, asked)
        elif self._is_free(asked):
            self._draw(asked)
        else:
            self._asked, self._since = asked, time.monotonic()
            self._later()

    def _is_free(self, asked: RerunData) -> bool:
        """Return whether the script before has ended; for a part also whether that was told."""
        if _parts(asked) and self._session._scriptrunner is not None:
            return False
        return self._runner is None or not self._runner._script_thread.is_alive()

    def _draw(self, asked: RerunData) -> None:
        self._asked = None
        self._begin(self._session, asked)
        self._runner = self._session._scriptrunner

    def _later(self) -> None:
        self._session._event_loop.call_later(MOMENT, self._again)

    def _again(self) -> None:
        asked = self._asked
        if asked is None or self._session._state == AppSessionState.SHUTDOWN_REQUESTED:
            return
        parts = _parts(asked)
        if parts and not any(self._session.has_fragment(part) for part in parts):
            self._asked = None
        elif self._is_free(asked) or self._is_overdue(asked):
            self._draw(asked)
        else:
            self._later()

    def _is_overdue(self, asked: RerunData) -> bool:
        """Return whether a page has waited long enough for a script that does not end."""
        return not _parts(asked) and time.monotonic() - self._since > PATIENCE


def _together(waiting: RerunData, asked: RerunData) -> RerunData:
    """Return two wishes as one, as Streamlit puts those together that wait for a script."""
    requests = ScriptRequests()
    requests.request_rerun(waiting)
    requests.request_rerun(asked)
    return requests.on_scriptrunner_ready().rerun_data


def _parts(asked: RerunData) -> list[str]:
    """Return the parts of a page that are to be drawn anew; none where the whole page is."""
    return asked.fragment_id_queue or ([asked.fragment_id] if asked.fragment_id else [])


def wait_for_endings(session: Any = AppSession) -> None:
    """Have the sessions of a class begin each script when the one before has ended."""
    begin, ask = session._create_scriptrunner, session.request_rerun
    if hasattr(begin, "__wrapped__"):
        return

    @wraps(begin)
    def begin_in_turn(self: Any, asked: RerunData) -> None:
        if not hasattr(self, "_turn"):
            self._turn = Turn(self, begin)
        self._turn.ask(asked)

    @wraps(ask)
    def ask_for_choices(self: Any, said: ClientState | None) -> None:
        if said is None or not said.is_auto_rerun:
            ask(self, said)
        elif self._scriptrunner is None:
            ask(self, _without_choice(said, self._client_state))
        # While a page is drawn it looks for new figures itself; the next look comes soon.

    session._create_scriptrunner = begin_in_turn
    session.request_rerun = ask_for_choices


def _without_choice(said: ClientState, known: ClientState) -> ClientState:
    """Return a look for new figures at the address that the session knows, and with no control."""
    look = ClientState()
    look.CopyFrom(said)
    look.query_string = known.query_string
    look.ClearField("widget_states")
    return look
