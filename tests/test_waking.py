"""Messages of one drawing are written together, in their order, and none is lost."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server import packing
from server.packing import is_whole, pack, unpack
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
    """Return a message as it goes over a WebSocket."""
    return framed(message.SerializeToString())


def framed(body: bytes) -> bytes:
    """Return what a message carries as it goes over a WebSocket."""
    if len(body) < 126:
        return bytes([0x82, len(body)]) + body
    if len(body) < 65_536:
        return b"\x82\x7e" + len(body).to_bytes(2) + body
    return b"\x82\x7f" + len(body).to_bytes(8) + body


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


def written(
    *messages: bytes, then: float = 0.0, close: bool = False, packed: bool = False
) -> list[bytes]:
    """Return what reaches the connection of some messages, ``then`` seconds later."""

    async def send() -> list[bytes]:
        wire = Wire()
        gathered = Gathered(wire, lambda: packed)
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


# Packs


def carried(frame: bytes) -> bytes:
    """Return what a message carries that went over a WebSocket."""
    assert is_whole(frame)
    return frame[{126: 4, 127: 10}.get(frame[1], 2) :]


def test_a_page_that_asks_for_it_gets_a_drawing_as_one_small_message():
    page = [status(True), *(delta(f"{n} people killed, at least") for n in range(60)), finished()]
    (one,) = written(*page, packed=True)
    assert [framed(body) for body in unpack(carried(one))] == page
    assert len(one) < len(b"".join(page)) / 4


def test_what_is_small_is_not_packed():
    page = [status(True), delta("at least 86"), finished()]
    assert written(*page, packed=True) == [b"".join(page)]


def test_what_is_no_message_goes_out_behind_the_pack():
    page, bye = [status(True), delta("86 " * 1000)], b"\x88\x02\x03\xe8"
    (all_of_it,) = written(*page, bye, packed=True)
    assert all_of_it == framed(pack(page)) + bye


def test_a_message_of_streamlit_never_looks_like_a_pack():
    for message in (delta("at least 86"), status(False), finished()):
        assert unpack(carried(message)) == [carried(message)]


@given(st.lists(st.one_of(st.binary(max_size=200), st.integers(0, 70_000).map(bytes)), min_size=1))
def test_what_is_packed_comes_out_the_same(bodies: list[bytes]):
    one = packing.framed(pack([framed(body) for body in bodies]))
    assert unpack(carried(one)) == bodies
    assert all(is_whole(framed(body)) for body in bodies)
    assert not is_whole(one[:-1])
    assert not is_whole(one + b"more")
