"""One server and one browser for all browser tests; a clean page for each."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.serving import browser_path, launch, served, tab_of, watch, wiped
from tests.browser.trap import LINKED, laid

# A busy machine answers late; what is wrong stays wrong.
expect.set_options(timeout=40_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the running dashboard."""
    with served(tmp_path_factory.mktemp("site")) as found:
        yield found


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
