"""One server and one browser for all browser tests; a clean page for each."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.serving import PATIENCE, browser_path, launch, served, watch
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


@pytest.fixture
def page(browser):
    """Return a page as wide as a laptop; what goes wrong on it fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    found = context.new_page()
    trouble = watch(found)
    yield found
    context.close()
    assert trouble == []


@pytest.fixture
def trap(browser):
    """Return a page with a trap; whatever is caught in it fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    found = laid(context.new_page(), LINKED)
    yield found
    caught = found.look()
    context.close()
    assert caught == []
