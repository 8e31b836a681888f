"""The dashboard served for a test, and the browser that looks at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from tests.browser.find import FLAGS, found

ROOT = Path(__file__).parents[2]
# Streamlit looks for itself under the page's own path first, and finds itself one level up.
OWN_404 = ("/_stcore/health", "/_stcore/host-config")


def launch(playwright: Playwright) -> Browser:
    """Start the browser on this machine; say how to get one where there is none."""
    path = browser_path()
    if path is None:
        raise RuntimeError("no browser found; run: python -m tests.browser.find")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@cache
def browser_path() -> str | None:
    """Return where the browser is; looked up before playwright runs, which it may ask."""
    return found()


# For how many milliseconds a page of a busy machine is waited for; nothing is waited for in vain.
PATIENCE = 120_000
# How many milliseconds without any change count as rest.
QUIET_FOR = 600
STILL = """wanted => {
  const app = document.querySelector('[data-test-script-state]');
  const seen = location.href + (app ? app.dataset.testScriptState + app.innerHTML.length : '');
  const now = performance.now();
  if (window.seenBefore !== seen) { window.seenBefore = seen; window.seenSince = now; }
  return app?.dataset.testScriptState === 'notRunning' && now - window.seenSince >= wanted;
}"""


@dataclass
class Site:
    """A running dashboard and the folder of figures it shows."""

    url: str
    datasets: Path


@contextlib.contextmanager
def served(folder: Path, extra: Mapping[str, str] | None = None, port: int = 0) -> Iterator[Site]:
    """Serve the dashboard as `make run` does, on a free port, with a copy of the data sets."""
    datasets = folder / "datasets"
    shutil.copytree(ROOT / "datasets", datasets)
    for path in [datasets, *datasets.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    port = port or free_port()
    command = [sys.executable, "-m", "server", "--port", str(port)]
    environment = os.environ | {"DATASETS": str(datasets)} | dict(extra or {})
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            answers(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield Site(f"http://127.0.0.1:{port}", datasets)
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """Return a port of this machine that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers; say so when it stops instead."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server stopped while starting; see its log")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=1).close()
            return
        time.sleep(0.2)
    raise RuntimeError(f"nothing answered at {address}")


def settle(page: Page) -> None:
    """Wait until the page is written, its script rests, and nothing has changed for a while.

    A click reaches the script only after a while, more so on a busy machine: that the script rests
    is not enough, so what is on screen and the address must also have stayed the same.
    """
    page.wait_for_selector("h1", timeout=PATIENCE)
    page.wait_for_function(STILL, arg=QUIET_FOR, polling=100, timeout=PATIENCE)


def watch(page: Page) -> list[str]:
    """Collect what goes wrong on the page from now on: errors, failures, foreign requests."""
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(f"page error: {error}"))
    page.on("console", lambda line: _console(line, trouble))
    page.on("response", lambda answer: _response(answer, trouble))
    page.on("request", lambda request: _request(request, trouble))
    return trouble


def _console(line: object, trouble: list[str]) -> None:
    kind, text = line.type, line.text  # type: ignore[attr-defined]
    if kind == "error" and "status of 404" not in text:
        trouble.append(f"console: {text}")


def _response(answer: object, trouble: list[str]) -> None:
    status, url = answer.status, answer.url  # type: ignore[attr-defined]
    if status >= 400 and not url.endswith(OWN_404):
        trouble.append(f"{status}: {url}")


def _request(request: object, trouble: list[str]) -> None:
    url = request.url  # type: ignore[attr-defined]
    if not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")):
        trouble.append(f"left this machine: {url}")
