"""Sends each request to the server's own answers or on to Streamlit."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server import bundles, documents, measuring
from server.answering import Answers, health, origin_of
from ui import EMBED, PAGES

# What is left to Streamlit.
HOST_CONFIG = "/_stcore/host-config"
ITS_OWN = ("/_stcore/", "/media/", "/component/", "/auth/", "/oauth2callback")
# What is worked out beside the server's own thread.
REPORTS = {"/healthz": health, "/metrics": measuring.answering}


class Front:
    """Sends each request to our own answers or on to Streamlit."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self.app, self.answers = app, answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or pass it on."""
        if scope["type"] != "http" or is_its_own(scope["path"]):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if scope["method"] not in {"GET", "HEAD"}:
            answer: Response = PlainTextResponse("Only GET.\n", 405, headers={"Allow": "GET, HEAD"})
        else:
            answer = await self._answer(request)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        if path.startswith(bundles.PREFIX):
            return await self.answers.file(request)
        if path == HOST_CONFIG:
            return JSONResponse(documents.host_config(origin_of(request)))
        if path in paths():
            return await self.answers.page(request)
        if path == "/preview.png":
            return await self.answers.picture(request)
        if path in REPORTS:
            return await run_in_threadpool(REPORTS[path], request)
        meant = _meant(path)
        if meant is not None:
            asked = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(meant + asked, 308)
        return await self.answers.missing(request)


def is_its_own(path: str) -> bool:
    """Return whether a path is left to Streamlit."""
    return path.startswith(ITS_OWN) and path != HOST_CONFIG


def paths() -> set[str]:
    """Return the paths of the dashboard's pages."""
    return {"/" + str(page.get("url_path", "")) for page in (*PAGES, EMBED)}


def _meant(path: str) -> str | None:
    """Return the page that a slightly different path means: `/Trends/` is `/trends`."""
    likely = "/" + path.strip("/").lower()
    likely = "/" if likely == "/overview" else likely
    return likely if likely in paths() and likely != path else None
