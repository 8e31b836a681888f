"""The machine interface over HTTP: beside the server's own thread, compressed, for any site."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

import settings
from api import PREFIX, Reply, answer, problems, refusal
from api.asking import CACHE, HTML, JSON
from api.openapi import document
from api.page import POLICY, page
from server import bundles

log = logging.getLogger(__name__)
ROOT = "/api"
# How many questions are worked out at once, and how many may wait; a screen must not.
AT_ONCE, MOST_WAITING = 2, 32
METHODS = "GET, HEAD, OPTIONS"
# Any site's page may read what anybody may read; no cookie is asked for.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}
INERT = "default-src 'none'; frame-ancestors 'none'"


def is_machine(path: str) -> bool:
    """Return whether a path belongs to the machine interface."""
    return path == ROOT or path.startswith(ROOT + "/")


class Machine:
    """Answers what is asked under /api; passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="api")
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or pass it on."""
        if scope["type"] != "http" or not is_machine(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._answer(request)
        for name, value in SHARED.items():
            response.headers[name] = value
        if request.method == "HEAD":
            response.body = b""  # the length in the headers stays that of the answer
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        if request.method not in {"GET", "HEAD"}:
            refused = _packed(request, refusal(problems.only_reading()))
            refused.headers["Allow"] = METHODS
            return refused
        path = request.url.path
        if path in (ROOT, ROOT + "/", PREFIX.rstrip("/")):
            return RedirectResponse(PREFIX, 308)
        return _packed(request, await self._reply(request, path))

    async def _reply(self, request: Request, path: str) -> Reply:
        if path in (PREFIX, PREFIX + "openapi.json") and settings.current().api:
            headers = {"Cache-Control": CACHE}
            if path == PREFIX:
                return Reply(200, page(), HTML, headers | {"Content-Security-Policy": POLICY})
            return Reply(200, document(), JSON, headers)
        if self._waiting >= MOST_WAITING:
            return refusal(problems.busy())
        self._waiting += 1
        work, held = copy_context().run, _held(request)
        loop, query = asyncio.get_running_loop(), request.url.query
        future = loop.run_in_executor(self._workers, work, _safely, path, query, held)
        future.add_done_callback(lambda _: self._done())
        return await asyncio.shield(future)

    def _done(self) -> None:
        self._waiting -= 1


def _safely(path: str, query: str, held: frozenset[str]) -> Reply:
    """Answer, or say that the fault is ours."""
    try:
        return answer(path, query, held)
    except Exception:
        log.exception("no answer for %s", path)
        return refusal(problems.failed())


def _held(request: Request) -> frozenset[str]:
    """Return the marks of the answers that the asker has."""
    marks = bundles.marks(request.headers.get("if-none-match", ""))
    return frozenset(f"W/{mark}" for mark in marks)


def _packed(request: Request, reply: Reply) -> Response:
    headers = {"Content-Security-Policy": INERT, **reply.headers, "Vary": "Accept-Encoding"}
    if reply.status == 304:
        return Response(status_code=304, headers=headers)
    encoding = bundles.best(request.headers.get("accept-encoding", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
    body = bundles.packed(reply.body, encoding, 4)
    return Response(body, reply.status, headers | {"Content-Type": reply.kind})
