"""What a page says last reaches its reader though a part of it asks to be drawn anew meanwhile."""

import asyncio

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from server.endings import wait_for_endings

PART = "looks-for-new-figures"


class Runner:
    """A script's thread: it takes wishes until it stops."""

    def __init__(self, asked=None):
        self.asked = [] if asked is None else [asked]
        self.stopped = False

    def request_rerun(self, asked):
        if not self.stopped:
            self.asked.append(asked)
        return not self.stopped

    def request_stop(self):
        self.stopped = True


class Session(AppSession):
    """A reader's session whose threads are told what to do."""

    def __init__(self):
        self._state = AppSessionState.APP_IS_RUNNING
        self._event_loop = asyncio.get_running_loop()
        self._fragment_storage = MemoryFragmentStorage()
        self._fragment_storage.register(PART, lambda: None)
        self._client_state = ClientState()
        self._scriptrunner = Runner()
        self._local_sources_watcher = self._settled = None
        self._run_on_save = False
        self.sent = []

    def __del__(self):
        """Leave nothing to be shut down: nothing was begun."""

    def _create_scriptrunner(self, asked):
        self._scriptrunner = Runner(asked)

    def _enqueue_forward_msg(self, message):
        self.sent.append(message)

    def told(self, event, **more):
        """Tell, as a script's thread does, what has become of it."""
        self._on_scriptrunner_event(self._scriptrunner, event, **more)

    def finished(self):
        return [m.script_finished for m in self.sent if m.WhichOneof("type") == "script_finished"]


@pytest.fixture
def sessions():
    """A class of sessions of its own, mended."""
    mended = type("Mended", (Session,), {"_create_scriptrunner": Session._create_scriptrunner})
    wait_for_endings(mended)
    return mended


def look(session):
    session.request_rerun(ClientState(fragment_id=PART, is_auto_rerun=True))


async def ended_while_a_part_asks(session):
    """Return the session after its script has ended, a part asking before that was heard."""
    session._scriptrunner.request_stop()
    session.told(ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)
    session.told(ScriptRunnerEvent.SHUTDOWN, client_state=ClientState(page_script_hash="p"))
    look(session)
    await asyncio.sleep(0.05)
    return session


def test_the_end_of_a_page_is_told_before_its_part_is_drawn_anew(sessions):
    async def story():
        return await ended_while_a_part_asks(sessions())

    session = asyncio.run(story())
    assert session.finished() == [ForwardMsg.FINISHED_SUCCESSFULLY]
    assert [asked.fragment_id for asked in session._scriptrunner.asked] == [PART]


def test_without_the_mend_streamlit_drops_it_so_the_mend_is_still_needed():
    async def story():
        return await ended_while_a_part_asks(Session())

    assert asyncio.run(story()).finished() == []


def test_a_choice_made_meanwhile_is_drawn_and_the_part_after_it(sessions):
    async def story():
        session = sessions()
        session._scriptrunner.request_stop()
        look(session)
        session.request_rerun(ClientState(query_string="day=2025-12-24"))
        await asyncio.sleep(0.05)
        return session._scriptrunner.asked

    chosen, part = asyncio.run(story())
    assert chosen.query_string == "day=2025-12-24"
    assert part.fragment_id == PART


@pytest.mark.parametrize("gone", ["part", "reader"])
def test_nothing_is_drawn_for_who_has_gone(sessions, gone):
    async def story():
        session = sessions()
        session._scriptrunner.request_stop()
        look(session)
        if gone == "part":
            session._fragment_storage.delete(PART)
        else:
            session._state = AppSessionState.SHUTDOWN_REQUESTED
        session.told(ScriptRunnerEvent.SHUTDOWN)
        await asyncio.sleep(0.05)
        return session._scriptrunner

    runner = asyncio.run(story())
    assert runner is None or runner.asked == []


def test_a_page_is_begun_at_once(sessions):
    async def story():
        session = sessions()
        session._scriptrunner = None
        session.request_rerun(ClientState(query_string="a=b"))
        return session._scriptrunner.asked

    assert asyncio.run(story())[0].query_string == "a=b"


def test_mended_twice_is_mended_once(sessions):
    before = sessions._create_scriptrunner
    wait_for_endings(sessions)
    assert sessions._create_scriptrunner is before
