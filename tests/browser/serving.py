"""The dashboard served for a test, and the browser that looks at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

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
# As wide as a laptop.
WIDTH, HEIGHT = 1440, 900
# How many milliseconds without any change count as rest: fewer where the script has run since the
# page last asked the server for something, and no part of it is still to come.
QUIET_FOR, QUIET_AFTER_RUN = 600, 350
# Stands in a page before all else: notes when it changed, asked the server, and its script ran.
NOTES = """() => {
  const rest = {changed: performance.now(), asked: Infinity, ran: 0};
  const state = 'data-test-script-state';
  let app = null;
  const look = () => {
    rest.changed = performance.now();
    if (!app?.isConnected) app = document.querySelector(`[${state}]`);
    if (app && app.getAttribute(state) !== 'notRunning') rest.ran = rest.changed;
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true,
    characterData: true, attributeFilter: [state, 'src', 'href', 'value', 'open']});
  window.WebSocket = class extends window.WebSocket {
    send(message) { rest.asked = performance.now(); super.send(message); }
  };
  return rest;
}"""
STILL = """([quiet, quietAfterRun]) => {
  const rest = window.rest ??= (NOTES)(), now = performance.now();
  if (rest.seen !== location.href) [rest.seen, rest.changed] = [location.href, now];
  const app = document.querySelector('[data-test-script-state]');
  const whole = rest.ran > rest.asked && !document.querySelector('[data-testid=stSkeleton]');
  return app?.dataset.testScriptState === 'notRunning'
    && now - rest.changed >= (whole ? quietAfterRun : quiet);
}""".replace("NOTES", NOTES)
# What moves without end is drawn sixty times a second by a machine that has other things to do: it
# comes to its end at once, unless the reader asked for no motion, where our own rules must do.
CALM = """const calm = new CSSStyleSheet();
calm.replaceSync(`@media (prefers-reduced-motion: no-preference) {
  *, ::before, ::after { animation-duration: 1ms !important; animation-delay: 0s !important;
    animation-iteration-count: 1 !important } }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, calm];"""
# As the app leads from page to page by itself: without loading anew.
LEAD = """address => {
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""


@dataclass
class Site:
    """A running dashboard and the folder of figures it shows."""

    url: str
    datasets: Path


@contextlib.contextmanager
def served(folder: Path, extra: Mapping[str, str] | None = None, port: int = 0) -> Iterator[Site]:
    """Serve the dashboard as `make run` does, on a free port, with a copy of the data sets."""
    site, process = begun(folder, extra, port)
    try:
        answers(f"{site.url}/_stcore/health", process)
        yield site
    finally:
        ended(process)


def begun(
    folder: Path, extra: Mapping[str, str] | None = None, port: int = 0
) -> "tuple[Site, subprocess.Popen[bytes]]":
    """Begin to serve the dashboard, and return at once; :func:`answers` waits for it."""
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
    return Site(f"http://127.0.0.1:{port}", datasets), process


def ended(process: "subprocess.Popen[bytes]") -> None:
    """Stop a server."""
    process.terminate()
    process.wait(timeout=20)


def free_port() -> int:
    """Return a port of this machine that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait until the server answers; say so when it stops instead."""
    for _ in range(600):
        if process is not None and process.poll() is not None:
            raise RuntimeError("the server stopped while starting; see its log")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=1).close()
            return
        time.sleep(0.2)
    raise RuntimeError(f"nothing answered at {address}")


def settle(page: Page, quiet: int = QUIET_FOR) -> None:
    """Wait until the page is written, its script rests, and nothing has changed for a while.

    A click reaches the script only after a while, more so on a busy machine: that the script rests
    is not enough, so what is on screen and the address must also have stayed the same.
    """
    page.wait_for_selector("h1", timeout=PATIENCE)
    limits = [quiet, min(quiet, QUIET_AFTER_RUN)]
    page.wait_for_function(STILL, arg=limits, polling=50, timeout=PATIENCE)


def tab_of(browser: Browser) -> Page:
    """Return a page in a new window, with notes in it from which :func:`settle` reads."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    context.set_default_timeout(PATIENCE)
    noted(context)
    return context.new_page()


def noted(context: BrowserContext) -> None:
    """Have every page of a window take the notes, and come to rest sooner."""
    context.add_init_script(f"window.rest = ({NOTES})(); {{ {CALM} }}")


def led(page: Page, address: str) -> None:
    """Lead to an address: from another page of the same dashboard as the app itself does.

    To load a page takes a browser three times as much work. It is loaded where it would be the same
    page, on which something may be open or chosen, and for one chart alone, which is no page of
    those that lead to one another.
    """
    here, there = urlsplit(page.url), urlsplit(address)
    same = (here.scheme, here.netloc) == (there.scheme, there.netloc)
    if not same or here.path == there.path or "/embed" in here.path + there.path:
        page.goto(address)
    else:
        follow(page, address)


def follow(page: Page, address: str) -> None:
    """Follow a link as the app itself does, without loading the page anew."""
    page.evaluate(LEAD, address)


def listen(page: Page, event: str, hear: Callable[..., object]) -> None:
    """Have a function hear of what happens on a page, until :func:`wiped`."""
    page.on(event, hear)  # type: ignore[call-overload]
    _listening.setdefault(page, []).append((event, hear))


_listening: dict[Page, list[tuple[str, Callable[..., object]]]] = {}


def wiped(page: Page) -> Page:
    """Return a page as if it were new: nobody listens, nothing is open, stored or set."""
    for event, hear in _listening.pop(page, []):
        page.remove_listener(event, hear)
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear() } catch {} }")
    page.context.clear_cookies()
    page.goto("about:blank")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return page


def watch(page: Page) -> list[str]:
    """Collect what goes wrong on the page from now on: errors, failures, foreign requests."""
    trouble: list[str] = []
    listen(page, "pageerror", lambda error: trouble.append(f"page error: {error}"))
    listen(page, "console", lambda line: _console(line, trouble))
    listen(page, "response", lambda answer: _response(answer, trouble))
    listen(page, "request", lambda request: _request(request, trouble))
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
