"""A real web server on loopback that fails on purpose: late, wrong, half, in circles, never."""

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Fault = Callable[["Handler", bytes], None]


class Site:
    """What is served, which fault each path has, and what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: dict[str, Fault] = {}
        self.asked: list[tuple[str, int, int]] = []
        self.headers: list[dict[str, str]] = []
        self.before: Callable[[str], None] = lambda path: None
        self.etags = True

    def start(self, port: int = 0) -> None:
        """Begin to serve; at the port it had before, when it is begun again."""
        site = self

        class Bound(Handler):
            pass

        Bound.site = site
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Bound)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving: connections are refused from now on."""
        self.server.shutdown()
        self.server.server_close()

    def sent(self) -> int:
        """Return how many bytes of files were sent, and forget what was asked."""
        total = sum(size for _, _, size in self.asked)
        self.asked.clear()
        return total


class Handler(BaseHTTPRequestHandler):
    """Serves the files of a folder with an ETag each, but for what a fault does instead."""

    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        self.site.headers.append(dict(self.headers))
        self.site.before(path)
        file = self.site.folder / path
        content = file.read_bytes() if file.is_file() else b""
        fault = self.site.faults.get(path) or self.site.faults.get("*")
        with contextlib.suppress(ConnectionError):
            if fault:
                self.site.asked.append((path, 0, 0))
                fault(self, content)
            elif not file.is_file():
                self.answer(404, b"not here")
            else:
                self.serve(content)

    def serve(self, content: bytes) -> None:
        etag = f'"{hashlib.md5(content).hexdigest()}"'
        if self.site.etags and self.headers["If-None-Match"] == etag:
            self.answer(304, b"")
        else:
            self.answer(200, content, ETag=etag)

    def answer(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        """Send an answer; ``length`` may lie about how much there is."""
        self.site.asked.append((self.path.lstrip("/"), status, len(body) if status == 200 else 0))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def status(code: int, **headers: str) -> Fault:
    return lambda handler, content: handler.answer(code, b"no", **headers)


def instead(body: bytes, kind: str = "text/html") -> Fault:
    return lambda handler, content: handler.answer(200, body, Content_Type=kind)


def cut(handler: Handler, content: bytes) -> None:
    """Promise all and send half."""
    handler.answer(200, content[: len(content) // 2], length=len(content))


def silent(handler: Handler, content: bytes) -> None:
    """Take the question and say nothing for as long as anybody waits."""
    handler.connection.settimeout(30)
    with contextlib.suppress(OSError):
        handler.connection.recv(1)
    handler.close_connection = True


def dripping(part: str) -> Fault:
    """Send a byte now and then for ever: of the head or of the body."""

    def drip(handler: Handler, content: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\n" + (
            b"Content-Length: 100000\r\n\r\n" if part == "body" else b""
        )
        handler.wfile.write(head)
        with contextlib.suppress(OSError):
            for _ in range(3_000):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.02)
        handler.close_connection = True

    return drip


def to(address: str) -> Fault:
    return lambda handler, content: handler.answer(302, b"", Location=address)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Site]:
    site = Site(folder)
    site.start()
    try:
        yield site
    finally:
        site.stop()
