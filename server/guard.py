"""What every answer of the server carries, and what never reaches Streamlit.

A content security policy and its companions go on everything. A request under a name that is not
the server's own, a connection from another site's page, and Streamlit's inner reports are refused.
"""

from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

import settings
from settings import is_loopback

# Streamlit tells these to anyone: its counters, its agent interface, and whether scripts run.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
# What a page may not use; nothing here asks for any of it.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A file that somebody wrote or uploaded: shown, never run.
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


# The names of this machine for itself.
LOOPBACK = ["localhost", "127.0.0.1", "::1"]


def narrow_hosts() -> None:
    """Answer under the names of the settings; else of Streamlit's; else see below.

    Where only this machine can reach the server, it answers under the machine's own names only:
    else another site could reach it through a reader's browser, under a name of its own.
    """
    named = settings.current().allowed_hosts
    if named:
        config.set_option("server.allowedHosts", list(named))
    host = str(config.get_option("server.address") or "")
    if is_loopback(host) and not config.get_option("server.allowedHosts"):
        config.set_option("server.allowedHosts", LOOPBACK)


def limit_uploads() -> None:
    """Take tables of at most the size of the settings; where they say none, of Streamlit's."""
    if settings.current().is_set("upload_megabytes"):
        config.set_option("server.maxUploadSize", settings.current().upload_megabytes)


def policy(hashes: str, embedded: bool) -> str:
    """Return the content security policy of a page; ``hashes`` are of the scripts written in it.

    Styles are written into the page by Streamlit as it runs, so those in it are allowed.
    """
    parts = {
        "default-src": "'self'",
        "script-src": f"'self' {hashes}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "*" if embedded else "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def is_embedded(query: bytes) -> bool:
    """Return whether a page is asked for as a frame in somebody else's page."""
    return parse_qs(query.decode("latin-1")).get("embed", [""])[0].lower() == "true"


def host_allowed(host: str) -> bool:
    """Return whether the server answers under this name: any, unless server.allowedHosts says."""
    allowed = [name.strip().lower() for name in config.get_option("server.allowedHosts")]
    if not allowed or "*" in allowed:
        return True
    name = _hostname(f"//{host}")
    return any(name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in allowed)


def _hostname(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def origin_allowed(origin: str | None, host: str) -> bool:
    """Return whether a page from ``origin`` may open a connection: only one of our own.

    Streamlit would also take any page of this machine, whatever its port. A program that is no
    browser sends no origin.
    """
    if origin is None:
        return True
    netloc = urlsplit(origin).netloc.lower()
    extra = {text.strip().lower() for text in config.get_option("server.corsAllowedOrigins")}
    return bool(netloc) and (netloc == host.lower() or origin.lower() in extra)


class Guard:
    """Refuses what must not come in; adds the headers to what goes out."""

    def __init__(self, app: ASGIApp, hashes: str) -> None:
        self.app = app
        self.policies = {embedded: policy(hashes, embedded) for embedded in (True, False)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is refused."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refused = _refused(scope)
        if scope["type"] == "websocket":
            await _connect(self.app if refused is None else None, scope, receive, send)
            return
        answer = self.app if refused is None else refused
        await answer(scope, receive, self._with_headers(scope, send))

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope)
            await send(message)

        return sent

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        embedded = is_embedded(scope["query_string"])
        for name, value in COMMON.items():
            headers.setdefault(name, value)
        if scope["path"].startswith(("/media/", "/component/")):
            headers["Content-Security-Policy"] = INERT
        else:
            headers.setdefault("Content-Security-Policy", self.policies[embedded])
        if not embedded:
            headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        if scope["scheme"] == "https":
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def _refused(scope: Scope) -> Response | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not host_allowed(host):
        text = "This server does not answer under that name; see the setting allowed_hosts.\n"
        return PlainTextResponse(text, 421)
    if scope["path"].startswith(CLOSED):
        return PlainTextResponse("Not found.\n", 404)
    if scope["type"] == "websocket" and not origin_allowed(headers.get("origin"), host):
        return PlainTextResponse("Refused.\n", 403)
    return None


async def _connect(app: ASGIApp | None, scope: Scope, receive: Receive, send: Send) -> None:
    """Let a connection be opened, or close it before it is."""
    if app is not None:
        await app(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": 1008})
