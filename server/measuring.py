"""Counts and logs what is asked of the server, and answers programs that collect metrics."""

import logging
import time
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, logger

import settings
from settings import PROXY_HEADERS, is_loopback
from settings.model import FIELDS
from ui import keeping, loading
from watch import logs, metrics
from watch.logs import tell

# Requests of these are counted and not logged one by one: they say nothing that a page does not.
QUIET = ("/static/", "/_stcore/", "/media/", "/component/", "/healthz", "/metrics")
GROUPS = ("/static/", "/media/", "/component/", "/auth/", "/api/", "/_stcore/")
SINGLE = ("/preview.png", "/healthz", "/metrics", "/oauth2callback")
STREAM = "/_stcore/stream"
UNKNOWN = "(other)"


class Measured:
    """Counts requests and open sessions, and logs each page that was asked for.

    ``pages`` are the paths of the dashboard's pages.
    """

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app, self.pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note what came of it."""
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            await self._session(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken_in = False

        async def noted(message: Message) -> None:
            nonlocal taken_in
            if message["type"] == "websocket.accept" and not taken_in:
                taken_in = True
                metrics.sessions.inc()
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            if taken_in:
                metrics.sessions.dec()

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            took = time.perf_counter() - started
            path = template(scope["path"], self.pages)
            metrics.requests.labels(path, str(status)).inc()
            metrics.request_seconds.labels(path).observe(took)
            if not path.startswith(QUIET):
                # The name of the page or the kind of address: what else somebody wrote there may
                # say who they are.
                tell("request", path=path, status=status, ms=round(took * 1000, 1))


@lru_cache(maxsize=256)
def template(path: str, pages: frozenset[str]) -> str:
    """Return what kind of address a path is: one of a few, whatever is asked for."""
    if path in pages or path in SINGLE:
        return path
    return next((f"{group}*" for group in GROUPS if path.startswith(group)), UNKNOWN)


def begin() -> None:
    """Log our way from now on, count what is kept, and say that the server starts."""
    chosen = settings.current()
    metrics.kept.set_function(keeping.count)
    logs.set_up(chosen)
    # Streamlit gives each of its loggers a handler, whose lines are not ours, when it is first
    # used.
    logger.setup_formatter = _through_ours  # type: ignore[assignment]
    chosen_by_hand = sum(map(chosen.is_set, FIELDS))
    tell("server started", host=str(config.get_option("server.address")),
         port=config.get_option("server.port"), settings=chosen_by_hand)  # fmt: skip


def _through_ours(one: logging.Logger) -> None:
    one.propagate = True
    one.setLevel(logging.WARNING)


def answering(request: Request) -> Response:
    """Answer with the metrics; as if there were none to those who may not read them."""
    allowed = settings.current().metrics
    if allowed == "off" or (allowed == "loopback" and not is_here(request)):
        return PlainTextResponse("Not found.\n", 404)
    return Response(metrics.text(_figures()), media_type=metrics.KIND)


def is_here(request: Request) -> bool:
    """Return whether a program on this machine asks, and no proxy for somebody else."""
    headers = Headers(scope=request.scope)
    behind = any(headers.get(name) for name in PROXY_HEADERS)
    return not behind and request.client is not None and is_loopback(request.client.host)


@lru_cache(maxsize=1)
def _figures() -> metrics.Figures:
    return metrics.Figures(
        metrics.Source(
            library=loading.current,
            looked=lambda: loading.times()[0],
            read=lambda: loading.times()[1],
            alerts=settings.current().alert_state,
        )
    )
