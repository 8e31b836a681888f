"""Clients that take their time: how long a request may take to come in, and how many at once.

Streamlit bounds the size of an upload while it comes in, but not its time: a client that sends a
byte now and then would hold its connection, and what was read, for ever.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/")


@dataclass(frozen=True)
class Limits:
    """How slow a client may be; times in seconds.

    An upload has ``grace``, and a second more for every ``slowest`` bytes that came. Of the uploads
    that are coming in, ``together`` may do so at once, ``each`` of them from one reader's page.
    ``head`` is how long a connection may stand without a whole request on it.
    """

    grace: float = 20.0
    slowest: int = 10_000
    together: int = 24
    each: int = 4
    head: float = 20.0


LIMITS = Limits()


class SlowError(Exception):
    """The upload did not come in fast enough."""


class Uploads:
    """Refuses uploads beyond a number, and ends those that drip in."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self.limits = app, limits
        self.coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; an upload with a clock running."""
        found = _UPLOAD.match(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        session = found[1]
        if self._full(session):
            busy = PlainTextResponse("Too many uploads at once.\n", 503, headers=_closing(5))
            await busy(scope, receive, send)
            return
        self.coming[session] += 1
        try:
            await self._timed(scope, receive, send)
        finally:
            self.coming[session] -= 1
            self.coming += Counter()

    def _full(self, session: str) -> bool:
        together = self.coming.total() >= self.limits.together
        return together or self.coming[session] >= self.limits.each

    async def _timed(self, scope: Scope, receive: Receive, send: Send) -> None:
        clock = _Clock(receive, self.limits)
        try:
            await self.app(scope, clock.receive, send)
        except SlowError:
            slow = PlainTextResponse("The upload was too slow.\n", 408, headers=_closing())
            await slow(scope, receive, send)


def _closing(retry: int = 0) -> dict[str, str]:
    return {"Connection": "close"} | ({"Retry-After": str(retry)} if retry else {})


class _Clock:
    """The body of a request, for as long as it comes in fast enough."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive, self._limits = receive, limits
        self._until = time.monotonic() + limits.grace
        self._done = False

    async def receive(self) -> Message:
        """Return the next part. Raises ``SlowError`` when it does not come in time."""
        if self._done:
            return await self._receive()
        try:
            left = self._until - time.monotonic()
            message = await asyncio.wait_for(self._receive(), max(0.0, left))
        except TimeoutError:
            raise SlowError from None
        self._until += len(message.get("body", b"")) / self._limits.slowest
        self._done = not message.get("more_body", False)
        return message


class _Waiting:
    """The connections that stand without a whole request, each with its clock."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._clocks: dict[Any, asyncio.TimerHandle] = {}

    def look(self, connection: Any) -> None:
        """Start the clock of a connection that the server waits for; stop that of any other."""
        if not is_waiting(connection):
            self.stop(connection)
        elif connection not in self._clocks:
            later = connection.loop.call_later
            self._clocks[connection] = later(self._seconds, self._over, connection)

    def stop(self, connection: Any) -> None:
        """Stop the clock of a connection."""
        clock = self._clocks.pop(connection, None)
        if clock is not None:
            clock.cancel()

    def _over(self, connection: Any) -> None:
        self.stop(connection)
        connection.transport.close()


def is_waiting(connection: Any) -> bool:
    """Return whether the server waits for a request: none is being answered or was handed on."""
    if connection.cycle is not None and not connection.cycle.response_complete:
        return False
    # A connection that became a WebSocket speaks another protocol from then on.
    return connection.transport.get_protocol() is connection


def close_idle(protocol: Any, seconds: float) -> bool:
    """Close connections of this protocol that bring no whole request within ``seconds``.

    uvicorn closes a connection that is silent after an answer, but waits for ever for a first
    request, or for the rest of one whose head drips in. Returns whether the protocol is one of
    those that can be told to.
    """
    if not hasattr(protocol, "connection_made") or not hasattr(protocol, "data_received"):
        return False
    waiting = _Waiting(seconds)
    protocol.connection_made = _then(protocol.connection_made, waiting.look)
    protocol.data_received = _then(protocol.data_received, waiting.look)
    protocol.connection_lost = _then(protocol.connection_lost, waiting.stop)
    return True


def _then(first: Callable[..., None], look: Callable[[Any], None]) -> Callable[..., None]:
    def both(self: Any, given: Any) -> None:
        first(self, given)
        look(self)

    return both
