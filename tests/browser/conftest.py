"""One server for all browser tests that only read, a browser for each worker, a clean page each."""

import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.serving import (
    Site,
    answers,
    begun,
    browser_path,
    ended,
    launch,
    served,
    tab_of,
    watch,
    wiped,
)
from tests.browser.trap import LINKED, laid

# A busy machine answers late; what is wrong stays wrong.
expect.set_options(timeout=40_000)


# Held by the process that starts the workers: the folder and the server that they share.
SHARED = pytest.StashKey()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell each worker of one server; three would work out three times what a page shows."""
    config = node.config
    if SHARED not in config.stash:
        folder = tempfile.TemporaryDirectory(prefix="dashboard-", ignore_cleanup_errors=True)
        config.stash[SHARED] = folder, *begun(Path(folder.name))
    _, found, _ = config.stash[SHARED]
    node.workerinput["shared"] = found.url, str(found.datasets)


def pytest_unconfigure(config):
    """Stop the server that the workers shared."""
    if SHARED in config.stash:
        folder, _, process = config.stash[SHARED]
        ended(process)
        folder.cleanup()


@pytest.fixture(scope="session")
def site(request, tmp_path_factory):
    """Return the running dashboard, whose figures no test changes: others look at it too."""
    shared = getattr(request.config, "workerinput", {}).get("shared")
    if shared is None:
        with served(tmp_path_factory.mktemp("site")) as found:
            yield found
        return
    url, datasets = shared
    answers(f"{url}/_stcore/health")
    yield Site(url, Path(datasets))


@pytest.fixture(scope="session")
def browser():
    """Return the browser."""
    browser_path()
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def tabs():
    """Return what is kept from test to test: one page at most, none after a failure."""
    return []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Leave no page in use on which a test failed."""
    report = yield
    if report.failed and "tabs" in getattr(item, "funcargs", {}):
        item.funcargs["tabs"].clear()
    return report


@pytest.fixture
def tab(browser, tabs):
    """Return a page as wide as a laptop, clean; opening a window anew for each costs seconds."""
    found = tabs[0] if tabs else tab_of(browser)
    tabs[:] = [found]
    yield found
    if tabs:
        wiped(found)
    else:
        found.context.close()


@pytest.fixture
def page(tab):
    """Return a page; what goes wrong on it fails the test."""
    trouble = watch(tab)
    yield tab
    tab.evaluate("0")
    assert trouble == []


@pytest.fixture
def trap(tab):
    """Return a page with a trap; whatever is caught in it fails the test."""
    found = laid(tab, LINKED)
    yield found
    assert found.look() == []
