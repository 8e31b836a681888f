"""What the server answers itself: pages with their headline, pictures, files, health, 404."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit import config

import languages
from reconciliation import wording
from server import bundles, documents, headline
from server.bundles import Shelf
from server.documents import Documents
from server.guard import is_embedded
from server.headline import Headline
from server.preview import Pictures
from ui import loading, warming

T = TypeVar("T")
log = logging.getLogger(__name__)
# How long a page waits for its headline; a program that makes a preview has more time.
BROWSER_WAITS, PROGRAM_WAITS = 0.05, 3.0
# How many headlines and pictures may wait to be worked out; one is at a time.
MOST_WAITING = 16
# How many letters of a query are read.
LONGEST_QUERY = 4000
HTML = "text/html; charset=utf-8"


class BusyError(Exception):
    """Too much is waiting to be worked out already."""


Telling = Callable[[Mapping[str, str], str], Headline]


class Answers:
    """The server's own answers; one for each server.

    ``telling`` returns the headline of a query in a language.
    """

    def __init__(self, shelf: Shelf, pages: Documents, telling: Telling) -> None:
        self.shelf, self.pages, self.pictures = shelf, pages, Pictures()
        self._telling = telling
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="headline")
        self._waiting = 0

    async def _worked_out(self, work: Callable[[], T]) -> T:
        """Return what ``work`` gives, worked out beside the server's own thread.

        Raises:
            BusyError: when too many wait already.
        """
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        future = asyncio.get_running_loop().run_in_executor(self._worker, copy_context().run, work)
        future.add_done_callback(lambda _: self._done())
        return await asyncio.shield(future)

    def _done(self) -> None:
        self._waiting -= 1

    async def page(self, request: Request) -> Response:
        """Answer with a page of the dashboard."""
        told = await self._headline(request)
        embedded = is_embedded(request.scope["query_string"])
        with languages.speak(language(request)):
            text = self.pages.page(told, addresses(request, told), embedded=embedded)
        return compressed(request, text.encode(), HTML)

    async def _headline(self, request: Request) -> Headline:
        params, spoken = query(request), language(request)
        browser = request.headers.get("sec-fetch-mode") == "navigate"
        try:
            return await asyncio.wait_for(
                self._worked_out(lambda: self._telling(params, spoken)),
                BROWSER_WAITS if browser else PROGRAM_WAITS,
            )
        except (BusyError, TimeoutError):
            pass
        except Exception:  # a page without a headline is better than none
            log.exception("no headline for %s", request.url.path)
        with languages.speak(spoken):
            return headline.plain()

    async def picture(self, request: Request) -> Response:
        """Answer with the picture of a link."""
        params, spoken = query(request), language(request)
        try:
            body = await self._worked_out(lambda: self._drawn(params, spoken))
        except BusyError:
            return PlainTextResponse("Busy.\n", 503, headers={"Retry-After": "5"})
        except Exception:
            log.exception("no picture for %s", request.url.path)
            return PlainTextResponse("The picture could not be drawn.\n", 500)
        return tagged(request, body, {"Content-Type": "image/png", "Cache-Control": "no-cache"})

    def _drawn(self, params: Mapping[str, str], spoken: str) -> bytes:
        with languages.speak(spoken):
            library = loading.current()
            return self.pictures.of(library, headline.headline(params, library))

    async def file(self, request: Request) -> Response:
        """Answer with one of Streamlit's own files, compressed."""
        path = request.url.path
        if not self.shelf.holds(path):
            return PlainTextResponse("Not found.\n", 404, headers={"Cache-Control": "no-store"})
        encoding = self.shelf.encoding(path, request.headers.get("accept-encoding", ""))
        body = self.shelf.ready(path, encoding)
        if body is None:
            body = await run_in_threadpool(self.shelf.body, path, encoding)
        headers = {"Content-Type": self.shelf.kind(path), "Cache-Control": bundles.FOREVER}
        return tagged(request, body, headers | _encoded(encoding))

    async def missing(self, request: Request) -> Response:
        """Answer that there is nothing at an address."""
        with languages.speak(language(request)):
            return Response(documents.missing(), 404, media_type=HTML)


def health(_: Request) -> Response:
    """Say that the server answers, and whether it has figures."""
    try:
        found = len(loading.current().figures) > 0
    except Exception:
        log.exception("the data sets cannot be read")
        found = False
    return PlainTextResponse("ok\n" if found else "no figures\n", 200 if found else 503)


def headline_of(params: Mapping[str, str], spoken: str) -> Headline:
    """Return the headline of a link, in a language."""
    asked = tuple(sorted(params.items()))
    return _told(loading.current().fingerprint, wording.today(), spoken, asked)


@lru_cache(maxsize=256)
def _told(_content: str, _today: date, spoken: str, asked: tuple[tuple[str, str], ...]) -> Headline:
    with languages.speak(spoken):
        return headline.headline(dict(asked), loading.current())


def query(request: Request) -> dict[str, str]:
    """Return the query of a link; nothing of one that is longer than any link of ours."""
    if len(request.url.query) > LONGEST_QUERY:
        return {}
    return dict(request.query_params)


def language(request: Request) -> str:
    """Return the language that a link asks for."""
    return languages.known(request.query_params.get("lang", ""))


def addresses(request: Request, told: Headline) -> tuple[str, str] | None:
    """Return the full addresses of a view and of its picture.

    Only where the names of the server are known: whoever asks may write any name into a request.
    """
    if told.view is None or not config.get_option("server.allowedHosts"):
        return None
    asked = f"?{urlencode(told.view.params())}"
    base = origin_of(request)
    return f"{base}{request.url.path}{asked}", f"{base}/preview.png{asked}"


def origin_of(request: Request) -> str:
    """Return scheme, host and port under which a request came."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _encoded(encoding: str) -> dict[str, str]:
    vary = {"Vary": "Accept-Encoding"}
    return vary | {"Content-Encoding": encoding} if encoding else vary


def compressed(request: Request, body: bytes, kind: str) -> Response:
    """Return a text compressed lightly, since it is made anew each time."""
    encoding = bundles.best(request.headers.get("accept-encoding", ""))
    headers = {"Content-Type": kind, "Cache-Control": "no-cache"} | _encoded(encoding)
    return tagged(request, bundles.packed(body, encoding, 4), headers)


def tagged(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """Return the body with a mark of its content, or only that it is the same as before."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    marked = {**headers, "ETag": tag}
    if tag in bundles.marks(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=marked)
    return Response(body, headers=marked)


def prepare(shelf: Shelf) -> None:
    """Do once, in the background, what the first readers would wait for."""
    started = time.perf_counter()
    try:
        shelf.prepare()
        told = headline_of({}, languages.DEFAULT)
        if told.view is not None:
            for work in warming.answers_for(loading.current(), told.view):
                work()
    except Exception:
        log.exception("not everything could be prepared")
    log.info("prepared in %.1f s", time.perf_counter() - started)
