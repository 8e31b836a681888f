"""Lets a page's script run on while the server's own thread sends what it wrote.

For each element of a page, of which there are some hundreds, Streamlit wakes the server's thread by
a byte on a socket. Each time the script lets go of Python's one lock, the server's thread takes it,
and the script waits to get it back: half of the time of a rerun was spent so. Here the thread is
woken once, and then looks again by itself after a moment, during which it need not be woken.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from google.protobuf.message import DecodeError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server import packing
from server.packing import SHORT

# For how long one call does for all, in seconds: far less than a reader notices.
MOMENT = 0.004
# While a page is drawn its messages are sent this often, else a moment after they came.
DRAWN, ELSE = 0.06, 0.004


def gather(loop: asyncio.AbstractEventLoop) -> bool:
    """Wake the loop at most once in a moment; return whether it is one that can be told to.

    Whoever hands work to the loop puts it into the loop's list first and wakes the loop then. While
    ``woken`` is set the loop is certain to read its list once more, so nothing is left lying.
    """
    wake: Callable[[], None] | None = getattr(loop, "_write_to_self", None)
    if wake is None:
        return False
    woken = False

    def again() -> None:
        nonlocal woken
        woken = False

    def seldom() -> None:
        nonlocal woken
        if not woken:
            woken = True
            loop.call_soon_threadsafe(loop.call_later, MOMENT, again)
            wake()

    try:
        loop._write_to_self = seldom  # type: ignore[attr-defined]
    except AttributeError:  # a loop that is not written in Python wakes in a way of its own
        return False
    return True


class Gathered:
    """A connection to which the messages of one drawing of a page are written together.

    A page is some hundred small messages. Each would be a call of the operating system, which took
    a third of what a rerun costs; and a browser draws the whole page anew for each handful that
    comes by itself, which took it far longer than the server takes for all. A page that takes its
    time is sent piece by piece. Where the page asks for it, they are one message
    (:mod:`server.packing`).
    """

    def __init__(self, transport: asyncio.Transport, packed: Callable[[], bool]) -> None:
        self._transport = transport
        self._packed = packed
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []
        self._timer: asyncio.TimerHandle | None = None
        self._drawing = False

    def __getattr__(self, name: str) -> Any:
        """Be the connection itself in everything else."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep a message until the page is drawn or a moment is over; send all else at once."""
        self._waiting.append(data)
        drawing = self._drawing
        if not packing.is_whole(data) or self._ends(data):
            self._send()
        elif self._timer is None or self._drawing > drawing:
            self._later(DRAWN if self._drawing else ELSE)

    def _later(self, wait: float) -> None:
        """Send what has gathered after so many seconds, and not before."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(wait, self._send)

    def close(self) -> None:
        """Send what has gathered and close."""
        self._send()
        self._transport.close()

    def _ends(self, data: bytes) -> bool:
        """Note where the drawing of a page begins; return whether a message is where it ends."""
        if len(data) < 2 or data[1] >= SHORT:
            return False
        try:
            message = ForwardMsg.FromString(data[2:])
        except DecodeError:
            return False
        kind = message.WhichOneof("type")
        if kind == "session_status_changed":
            self._drawing = message.session_status_changed.script_is_running
            return not self._drawing
        return bool(kind == "script_finished")

    def _send(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        if waiting and not self._transport.is_closing():
            self._transport.write(self._joined(waiting))

    def _joined(self, waiting: list[bytes]) -> bytes:
        """Return what waits as it is written: what is no message can only be the last of it."""
        ends = len(waiting) if packing.is_whole(waiting[-1]) else len(waiting) - 1
        messages = waiting[:ends]
        if sum(map(len, messages)) < packing.LEAST or not self._packed():
            return b"".join(waiting)
        return b"".join([packing.framed(packing.pack(messages)), *waiting[ends:]])


def gather_messages(protocol: Any) -> bool:
    """Have each connection of a WebSocket protocol gather its messages; return whether it will."""
    made = getattr(protocol, "connection_made", None)
    if made is None:
        return False

    def connected(self: Any, transport: asyncio.Transport) -> None:
        def packed() -> bool:
            asked: bytes = self.scope["query_string"]
            return packing.ASKED in asked

        made(self, Gathered(transport, packed))

    protocol.connection_made = connected
    return True
