"""Messages of one drawing are written together, in their order, and none is lost."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server.waking import Gathered


class Wire:
    """Stands for the connection: keeps what was written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def frame(message: ForwardMsg) -> bytes:
    """Return a message as it goes over a WebSocket, where it is short."""
    body = message.SerializeToString()
    assert len(body) < 126
    return bytes([0x82, len(body)]) + body


def status(running: bool) -> bytes:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = running
    return frame(message)


def delta(text: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = text
    return frame(message)


def finished() -> bytes:
    message = ForwardMsg()
    message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return frame(message)


def written(*messages: bytes, then: float = 0.0, close: bool = False) -> list[bytes]:
    """Return what reaches the connection of some messages, ``then`` seconds later."""

    async def send() -> list[bytes]:
        wire = Wire()
        gathered = Gathered(wire)
        for message in messages:
            gathered.write(message)
        if close:
            gathered.close()
        await asyncio.sleep(then)
        return wire.written

    return asyncio.run(send())


def test_a_drawn_page_is_written_in_one_piece_as_soon_as_it_ends():
    page = [status(True), delta("at least 86"), delta("21"), finished()]
    assert written(*page) == [b"".join(page)]


def test_what_comes_before_a_page_is_said_to_be_drawn_waits_for_the_rest_of_it():
    before, page = delta("new session"), [status(True), delta("at least 86")]
    assert written(before, *page, then=0.02) == []
    assert written(before, *page, finished()) == [b"".join([before, *page, finished()])]


def test_a_page_that_takes_its_time_is_sent_piece_by_piece():
    page = [status(True), delta("at least 86")]
    assert written(*page) == []
    assert written(*page, then=0.5) == [b"".join(page)]


def test_what_is_no_message_goes_out_at_once_and_takes_what_waits_along():
    greeting = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"
    assert written(greeting) == [greeting]
    assert written(delta("21"), greeting) == [delta("21") + greeting]


def test_a_message_of_no_drawing_waits_but_a_moment():
    assert written(delta("uploaded"), then=0.5) == [delta("uploaded")]


def test_what_waits_is_sent_before_the_connection_closes():
    assert written(status(True), delta("21"), close=True) == [status(True) + delta("21")]


kinds = st.sampled_from([status(True), status(False), finished(), b"\x89\x00", b"", b"\x82\x03abc"])


@given(st.lists(st.one_of(kinds, st.text(max_size=20).map(delta), st.binary(max_size=40))))
def test_nothing_is_lost_and_nothing_changes_its_place(messages: list[bytes]):
    assert b"".join(written(*messages, close=True)) == b"".join(messages)
