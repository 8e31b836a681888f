"""On a line whose answers come late: what was clicked stays, whatever the browser then says."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.serving import PATIENCE, settle, tab_of
from tests.browser.test_pages import in_url, not_in_url, opened, picked

pytestmark = pytest.mark.browser


class Line:
    """The line between a page and its server, whose answers can be held back."""

    def __init__(self, page):
        self.held, self.waiting, self.sent = False, [], 0
        page.route_web_socket("**/_stcore/stream*", self._joined)

    def _joined(self, near):
        far = near.connect_to_server()
        near.on_message(lambda said: self._asked(far, said))
        far.on_message(lambda said: self._answered(near, said))

    def _asked(self, far, said):
        self.sent += 1
        far.send(said)

    def _answered(self, near, said):
        if self.held:
            self.waiting.append((near, said))
        else:
            near.send(said)

    def freed(self):
        """Let through what was held back, and all that comes."""
        self.held = False
        for near, said in self.waiting:
            near.send(said)
        self.waiting = []


@pytest.fixture
def slow(page):
    """Return a page in a window of its own, and its line."""
    mine = tab_of(page.context.browser)
    yield mine, Line(mine)
    mine.context.close()


def test_a_look_for_new_figures_before_the_answer_comes_undoes_no_click(slow, site):
    page, line = slow
    opened(page, site, "reconciliation")
    line.held = True
    picked(page, "Measure", "Injured")
    before = line.sent
    # The page looks for new figures every few seconds: with what it knew before the click.
    deadline = time.monotonic() + PATIENCE / 1000
    while line.sent < before + 2:
        assert time.monotonic() < deadline, "the page does not look for new figures"
        page.wait_for_timeout(200)
    line.freed()
    settle(page)
    expect(page.locator("h1")).to_have_text("Injured, Cambodia and Thailand")
    in_url(page, "measure=injured")
    not_in_url(page, "bridge=")


def test_of_two_clicks_before_an_answer_both_stay(slow, site):
    page, line = slow
    opened(page, site, "reconciliation")
    line.held = True
    for label, option in (("Measure", "Injured"), ("Where sources differ, show", "Highest figure")):
        picked(page, label, option)
        page.wait_for_timeout(1500)
    line.freed()
    settle(page)
    in_url(page, "measure=injured")
    in_url(page, "rule=highest")
    not_in_url(page, "bridge=")
    expect(page.locator("h1")).to_have_text("Injured, Cambodia and Thailand")
