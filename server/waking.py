"""Lets a page's script run on while the server's own thread sends what it wrote.

For each element of a page, of which there are some hundreds, Streamlit wakes the server's thread by
a byte on a socket. Each time the script lets go of Python's one lock, the server's thread takes it,
and the script waits to get it back: half of the time of a rerun was spent so. Here the thread is
woken once, and then looks again by itself after a moment, during which it need not be woken.
"""

import asyncio
from collections.abc import Callable
from typing import Any

# For how long one call does for all, in seconds: far less than a reader notices.
MOMENT = 0.004
# Messages are sent when none has come for a pause, or when the first has waited long enough.
PAUSE, LONGEST = 0.007, 0.045


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
    """A connection to which the messages of one burst are written together.

    A page is some hundred small messages. Each would be a call of the operating system, which took
    a third of what a rerun costs; and a browser draws the whole page anew for each handful that
    comes by itself, which took it far longer than the page takes to write.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []
        self._first = self._last = 0.0

    def __getattr__(self, name: str) -> Any:
        """Be the connection itself in everything else."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep a message until its burst is over."""
        self._last = self._loop.time()
        if not self._waiting:
            self._first = self._last
            self._loop.call_later(PAUSE, self._look)
        self._waiting.append(data)

    def close(self) -> None:
        """Send what has gathered and close."""
        self._send()
        self._transport.close()

    def _look(self) -> None:
        """Send when the burst is over; else look again when it may be."""
        over = min(self._last + PAUSE, self._first + LONGEST)
        if self._loop.time() >= over:
            self._send()
        else:
            self._loop.call_at(over, self._look)

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and not self._transport.is_closing():
            self._transport.write(b"".join(waiting))


def gather_messages(protocol: Any) -> bool:
    """Have each connection of a WebSocket protocol gather its messages; return whether it will."""
    made = getattr(protocol, "connection_made", None)
    if made is None:
        return False

    def connected(self: Any, transport: asyncio.Transport) -> None:
        made(self, Gathered(transport))

    protocol.connection_made = connected
    return True
