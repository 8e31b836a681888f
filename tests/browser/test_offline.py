"""No internet: with only this machine in reach, every page works and nothing leaves."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.find import FLAGS
from tests.browser.serving import browser_path, led, served, settle, tab_of, watch
from ui import PAGES

pytestmark = pytest.mark.browser
STORY = "crisis=tha-khm-2025-12&day=2025-12-24"
# No name but this machine's own can be looked up, and no other address reached.
ALONE = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>;127.0.0.1",
]
# The same for the server: Python reads this module first, whatever it runs.
HOOK = """
import os, sys

def hook(event, values):
    if event in {"socket.connect", "socket.sendto"} and isinstance(values[1], tuple):
        there = str(values[1][0])
        if not there.startswith("127.") and there not in {"::1", "localhost"}:
            with open(os.environ["LEFT"], "a") as file:
                file.write(f"{event} {values[1]}\\n")
            raise OSError("this machine is alone")
    elif event == "socket.getaddrinfo" and values[0] not in {None, "127.0.0.1", "localhost", "::1"}:
        with open(os.environ["LEFT"], "a") as file:
            file.write(f"{event} {values[0]}\\n")
        raise OSError("this machine is alone")

sys.addaudithook(hook)
"""


@pytest.fixture(scope="module")
def lonely(tmp_path_factory):
    """Return the dashboard on a machine without internet, and where its attempts are noted."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    left = folder / "left"
    left.touch()
    with served(folder, {"PYTHONPATH": str(folder), "LEFT": str(left)}) as site:
        yield site, left


@pytest.fixture(scope="module")
def own(browser):
    """Return a browser without internet."""
    found = browser.browser_type.launch(executable_path=browser_path(), args=[*FLAGS, *ALONE])
    yield found
    found.close()


@pytest.fixture
def alone(own):
    """Return a page of a browser without internet; what goes wrong on it fails the test."""
    found = tab_of(own)
    trouble = watch(found)
    yield found
    found.evaluate("0")
    assert trouble == []
    found.context.close()


def outside(page):
    """Return whether the page can reach something outside; it must not be able to."""
    return page.evaluate(
        "() => fetch('http://192.0.2.1/', {mode: 'no-cors', signal: AbortSignal.timeout(3000)})"
        ".then(() => true, () => false)"
    )


def test_every_page_works_without_internet_and_nothing_leaves(alone, lonely):
    site, left = lonely
    paths = [str(page.get("url_path", "")) for page in PAGES]
    assert len(paths) >= 5
    for path in paths:
        led(alone, f"{site.url}/{path}?{STORY}")
        settle(alone)
        expect(alone.locator("[data-testid=stMain] h1").first).not_to_be_empty()
        expect(alone.locator('[data-testid="stException"]')).to_have_count(0)
    assert left.read_text() == ""


def test_the_chart_to_explore_works_without_internet(alone, lonely):
    site, left = lonely
    alone.goto(f"{site.url}/trends?{STORY}&explore=1")
    settle(alone)
    expect(alone.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    alone.locator(".js-plotly-plot").first.hover()
    expect(alone.locator("[data-testid=stMain]")).to_contain_text(re.compile("Killed", re.I))
    assert left.read_text() == ""


def test_the_hook_and_the_browser_really_block(own, tmp_path, lonely):
    page = own.new_page()
    page.goto("about:blank")
    assert not outside(page)
    page.close()
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    (tmp_path / "left").touch()
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    environment = {"PYTHONPATH": str(tmp_path), "LEFT": str(tmp_path / "left")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert "192.0.2.1" in (tmp_path / "left").read_text()
