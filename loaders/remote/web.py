"""Asking a web server for a file: only if it changed, not for too long, and all of it."""

import http.client
import math
import socket
import ssl
import time
import urllib.error
import urllib.request
import zlib
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from loaders.remote.address import WEB
from loaders.remote.problems import RemoteError

# A file that comes more slowly than this, in bytes a second, counts as not coming at all.
SLOWEST = 8_192
PIECE = 1 << 16
LONGEST_WAIT = 3_600.0
BY_STATUS = {401: "refused", 403: "refused", 404: "missing", 407: "refused", 410: "missing",
             429: "busy", 503: "busy"}  # fmt: skip


class Mark(NamedTuple):
    """What a server says of the state of a file: its ETag and when it was last modified."""

    etag: str = ""
    modified: str = ""


class Answer(NamedTuple):
    """The content of a file and its mark."""

    content: bytes
    mark: Mark


class _Patience(socket.socket):
    """A connection that gives up on a server that sends nothing, or next to nothing."""

    deadline = math.inf

    def recv_into(self, *args: Any) -> int:
        """Receive, within the time that is left; what arrives buys a little more."""
        self.settimeout(_left(self.deadline))
        received = super().recv_into(*args)
        self.deadline += received / SLOWEST
        return received


class _SafePatience(_Patience, ssl.SSLSocket):
    """The same, encrypted."""


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the server is too slow")
    return left


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        plain = _Patience(fileno=self.sock.detach())
        plain.deadline = time.monotonic() + float(self.timeout or math.inf)
        self.sock = plain


class _Safe(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        assert isinstance(self.sock, _SafePatience)
        self.sock.deadline = time.monotonic() + float(self.timeout or math.inf)


class _Http(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_Plain, request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self) -> None:
        self._trusted = ssl.create_default_context()
        self._trusted.sslsocket_class = _SafePatience
        super().__init__(context=self._trusted)

    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_Safe, request, context=self._trusted)


class _Redirect(urllib.request.HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Follow to the web only, and never from an encrypted address to an open one."""
        scheme = urlsplit(newurl).scheme.lower()
        if scheme not in WEB or (req.type == "https" and scheme == "http"):
            fp.close()
            raise RemoteError("redirect")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Client:
    """Asks web servers. ``timeout`` is in seconds: for an answer to begin, and to go on."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            _Http(),
            _Https(),
            _Redirect(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)

    def get(
        self, url: str, mark: Mark, file: str, most: int, headers: dict[str, str] | None = None
    ) -> Answer | None:
        """Return the file; nothing where it still is what ``mark`` says.

        Raises :class:`RemoteError`, which names ``file``, also for more than ``most`` bytes.
        """
        try:
            request = _request(url, mark, headers or {})
            with self._opener.open(request, timeout=self._timeout) as response:
                content = _body(response, file, most)
                found = response.headers
                return Answer(content, Mark(found["ETag"] or "", found["Last-Modified"] or ""))
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304:
                    return None
                raise _of_status(error, file) from None
        except RemoteError as error:
            raise RemoteError(error.reason, file, error.wait) from None
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise RemoteError(_reason(error), file) from None


def _request(url: str, mark: Mark, headers: dict[str, str]) -> urllib.request.Request:
    request = urllib.request.Request(url)
    request.add_header("Accept-Encoding", "gzip")
    request.add_header("User-Agent", "DisplacementDashboard")
    if mark.etag:
        request.add_header("If-None-Match", mark.etag)
    elif mark.modified:
        request.add_header("If-Modified-Since", mark.modified)
    for name, value in headers.items():
        # Not sent on to where the server may point.
        request.add_unredirected_header(name, value)
    return request


def _body(response: http.client.HTTPResponse, file: str, most: int) -> bytes:
    told = response.headers["Content-Length"]
    expected = int(told) if told is not None and not response.chunked else None
    if expected is not None and expected > most:
        raise RemoteError("too_large", file)
    coding = (response.headers["Content-Encoding"] or "identity").lower()
    if coding not in ("identity", "gzip"):
        raise RemoteError("other", file)
    raw = _received(response, expected, file, most)
    return raw if coding == "identity" else _unpacked(raw, file, most)


def _received(
    response: http.client.HTTPResponse, expected: int | None, file: str, most: int
) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while expected is None or size < expected:
        piece = response.read1(PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise RemoteError("too_large", file)
    if expected is not None and size != expected:
        raise RemoteError("truncated", file)
    return b"".join(pieces)


def _unpacked(raw: bytes, file: str, most: int) -> bytes:
    packed = zlib.decompressobj(31)
    content = packed.decompress(raw, most + 1)
    if len(content) > most:
        raise RemoteError("too_large", file)
    if not packed.eof:
        raise RemoteError("truncated", file)
    return content


def _of_status(error: urllib.error.HTTPError, file: str) -> RemoteError:
    if 300 <= error.code < 400:
        return RemoteError("redirect", file)
    usual = "server" if error.code >= 500 else "other"
    return RemoteError(BY_STATUS.get(error.code, usual), file, _wait(error.headers["Retry-After"]))


def _wait(told: str | None) -> float:
    """Return how many seconds the server asks us to wait; a date in words counts as nothing."""
    return min(float(told), LONGEST_WAIT) if told and told.strip().isdecimal() else 0.0


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (TimeoutError, "timeout"),
        (ssl.SSLCertVerificationError, "certificate"),
        ((http.client.IncompleteRead, zlib.error), "truncated"),
        ((ValueError, http.client.HTTPException), "other"),
    )
    return next((reason for kind, reason in kinds if isinstance(cause, kind)), "unreachable")
