"""A script begins when the one before it has ended; what that said last reaches its reader."""

import asyncio
from inspect import unwrap
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import RerunException, ScriptRunnerEvent, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from ui import endings, loading
from ui.endings import wait_for_endings

PART = "chart-that-can-be-touched"


class Thread:
    def __init__(self):
        self.alive = True

    def is_alive(self):
        return self.alive


class Runner:
    """A script's thread: it takes wishes until it is stopped, and ends some time after."""

    def __init__(self, asked=None):
        self.asked = [] if asked is None else [asked]
        self.stopped = False
        self._script_thread = Thread()

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
        self._scriptrunner = None
        self.begun = []
        self._local_sources_watcher = self._settled = None
        self._run_on_save = False
        self.sent = []

    # As Streamlit has it, whether or not a dashboard was begun in this process before.
    request_rerun = unwrap(AppSession.request_rerun)

    def __del__(self):
        """Leave nothing to be shut down: nothing was begun."""

    def _create_scriptrunner(self, asked):
        self._scriptrunner = Runner(asked)
        self.begun.append(self._scriptrunner)

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
    own = {name: getattr(Session, name) for name in ("_create_scriptrunner", "request_rerun")}
    mended = type("Mended", (Session,), own)
    wait_for_endings(mended)
    return mended


def touch(session):
    session.request_rerun(ClientState(fragment_id=PART))


def look(session, query="", **controls):
    """Ask as a browser does by itself every few seconds, with all that it knows."""
    states = [WidgetState(id=name, string_value=value) for name, value in controls.items()]
    session.request_rerun(
        ClientState(
            fragment_id=PART, is_auto_rerun=True, query_string=query, page_script_hash="p",
            widget_states=WidgetStates(widgets=states),
        )
    )  # fmt: skip


def choose(session, query, *clicked):
    states = WidgetStates(
        widgets=[WidgetState(id=button, trigger_value=True) for button in clicked]
    )
    session.request_rerun(ClientState(query_string=query, widget_states=states))


def end(session):
    """Have the script that a session has begun last end, without it being told."""
    session.begun[-1].stopped = True
    session.begun[-1]._script_thread.alive = False


async def ended_while_a_part_asks(session):
    """Return the session after its script has ended, a part asking before that was heard."""
    choose(session, "")
    end(session)
    session.told(ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)
    session.told(ScriptRunnerEvent.SHUTDOWN, client_state=ClientState(page_script_hash="p"))
    touch(session)
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


def test_a_choice_made_meanwhile_is_drawn_at_once_and_with_it_the_part(sessions):
    async def story():
        session = sessions()
        choose(session, "")
        end(session)
        touch(session)
        choose(session, "day=2025-12-24")
        await asyncio.sleep(0.05)
        return session

    session = asyncio.run(story())
    assert [runner.asked[0].query_string for runner in session.begun] == ["", "day=2025-12-24"]
    assert session._scriptrunner.asked[0].fragment_id_queue == []


def test_a_choice_is_drawn_when_the_script_that_it_stops_has_ended(sessions):
    async def story():
        session = sessions()
        choose(session, "day=2025-12-22")
        choose(session, "day=2025-12-24")
        await asyncio.sleep(0.05)
        before = len(session.begun), session.begun[0].stopped
        end(session)
        await asyncio.sleep(0.05)
        return before, [runner.asked[0].query_string for runner in session.begun]

    before, asked = asyncio.run(story())
    assert before == (1, True)
    assert asked == ["day=2025-12-22", "day=2025-12-24"]


def test_streamlit_itself_draws_both_at_once_so_the_mend_is_still_needed():
    async def story():
        session = Session()
        choose(session, "day=2025-12-22")
        choose(session, "day=2025-12-24")
        return session.begun

    assert len(asyncio.run(story())) == 2


def test_of_choices_that_wait_the_last_is_drawn_and_no_click_is_lost(sessions):
    async def story():
        session = sessions()
        choose(session, "")
        choose(session, "day=2025-12-22", "save")
        touch(session)
        choose(session, "day=2025-12-24")
        end(session)
        await asyncio.sleep(0.05)
        return session.begun[1:]

    (runner,) = asyncio.run(story())
    (asked,) = runner.asked
    assert asked.query_string == "day=2025-12-24"
    assert asked.fragment_id_queue == []
    assert [state.id for state in asked.widget_states.widgets] == ["save"]


def test_a_script_that_does_not_end_is_waited_for_no_longer_than_patience(sessions, monkeypatch):
    monkeypatch.setattr(endings, "PATIENCE", 0.02)

    async def story():
        session = sessions()
        choose(session, "")
        choose(session, "day=2025-12-24")
        await asyncio.sleep(0.2)
        return session.begun

    assert len(asyncio.run(story())) == 2


@pytest.mark.parametrize("gone", ["part", "reader"])
def test_nothing_is_drawn_for_who_has_gone(sessions, gone):
    async def story():
        session = sessions()
        choose(session, "")
        end(session)
        touch(session)
        if gone == "part":
            session._fragment_storage.delete(PART)
        else:
            session._state = AppSessionState.SHUTDOWN_REQUESTED
        session.told(ScriptRunnerEvent.SHUTDOWN)
        await asyncio.sleep(0.05)
        return session

    session = asyncio.run(story())
    assert len(session.begun) == 1
    assert session._scriptrunner is None


def test_a_page_can_be_chosen_after_its_part_has_gone(sessions):
    async def story():
        session = sessions()
        choose(session, "")
        end(session)
        touch(session)
        session._fragment_storage.delete(PART)
        session.told(ScriptRunnerEvent.SHUTDOWN)
        await asyncio.sleep(0.05)
        choose(session, "day=2025-12-24")
        return session.begun

    assert len(asyncio.run(story())) == 2


def ended_at(session, query):
    """Have the script of a session end, and tell at which address."""
    state = ClientState(page_script_hash="p", query_string=query)
    end(session)
    session.told(ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)
    session.told(ScriptRunnerEvent.SHUTDOWN, client_state=state)


async def looked_too_early(sessions):
    """Return the script of a look that a browser takes before it has heard what a click led to."""
    session = sessions()
    choose(session, "measure=killed")
    ended_at(session, "measure=injured")
    await asyncio.sleep(0.05)
    look(session, "measure=killed", figure="more than 200")
    return session.begun[-1]


def test_a_look_before_the_answer_to_a_click_has_come_does_not_undo_the_click(sessions):
    (asked,) = asyncio.run(looked_too_early(sessions)).asked
    assert asked.fragment_id == PART
    assert asked.query_string == "measure=injured"
    assert list(asked.widget_states.widgets) == []


def test_streamlit_itself_takes_a_look_for_a_choice_so_the_mend_is_still_needed():
    (asked,) = asyncio.run(looked_too_early(Session)).asked
    assert asked.query_string == "measure=killed"
    assert [state.id for state in asked.widget_states.widgets] == ["figure"]


def test_a_look_while_a_page_is_drawn_is_left_to_the_next_one(sessions):
    async def story():
        session = sessions()
        choose(session, "measure=injured")
        look(session, "measure=killed", figure="more than 200")
        return session.begun

    (runner,) = asyncio.run(story())
    assert [asked.query_string for asked in runner.asked] == ["measure=injured"]


def test_a_page_is_begun_at_once(sessions):
    async def story():
        session = sessions()
        choose(session, "a=b")
        return session.begun

    assert asyncio.run(story())[0].asked[0].query_string == "a=b"


def test_mended_twice_is_mended_once(sessions):
    before = sessions._create_scriptrunner, sessions.request_rerun
    wait_for_endings(sessions)
    assert (sessions._create_scriptrunner, sessions.request_rerun) == before


@pytest.fixture
def requests(monkeypatch):
    """What is asked of the script that looks for new figures."""
    requests = ScriptRequests()

    def give_way():
        if requests.on_scriptrunner_yield():
            raise StopException

    context = SimpleNamespace(
        yield_check=give_way,
        query_string="day=2025-12-22",
        page_script_hash="trends",
        cached_message_hashes=frozenset(),
        context_info=None,
    )
    monkeypatch.setattr(loading, "get_script_run_ctx", lambda: context)
    return requests


def test_new_figures_draw_the_page_anew_as_it_was_asked_for(requests):
    with pytest.raises(RerunException) as asked:
        loading._draw_anew()
    assert asked.value.rerun_data.query_string == "day=2025-12-22"


def test_new_figures_draw_nothing_once_a_choice_has_stopped_the_page(requests):
    requests.request_stop()
    with pytest.raises(StopException):
        loading._draw_anew()
