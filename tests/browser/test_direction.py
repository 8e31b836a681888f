"""In Arabic the page stands the other way round in a real browser, and in English as always."""

import pytest
from playwright.sync_api import expect

from tests.browser.serving import settle
from tests.browser.test_pages import STORY, choose

pytestmark = pytest.mark.browser
# How far a text of one line is from the left and the right edge of its place.
GAPS = """place => {
  const range = document.createRange();
  range.selectNodeContents(place);
  const [line, box] = [range, place].map(of => of.getBoundingClientRect());
  return [line.left - box.left, box.right - line.right].map(Math.round);
}"""


def test_arabic_runs_from_right_to_left_until_english_is_chosen(page, site):
    page.goto(f"{site.url}/?lang=ar&{STORY}")
    settle(page)
    main = page.locator('[data-testid="stMain"]')
    side = page.locator('[data-testid="stSidebar"]')
    caption = main.locator('[data-testid="stCaptionContainer"] p').first
    columns = main.locator('[data-testid="stColumn"]')

    first, second = columns.nth(0).bounding_box(), columns.nth(1).bounding_box()
    assert first["x"] > second["x"] + second["width"]
    left, right = caption.evaluate(GAPS)
    assert (left > 100, right) == (True, 0)
    assert main.evaluate("e => e.getBoundingClientRect().top") == 0

    page.set_viewport_size({"width": 390, "height": 844})
    expect(side).to_have_attribute("data-collapsed", "true")
    page.get_by_test_id("stExpandSidebarButton").click()
    link = side.get_by_test_id("stPageLink").first
    expect(link).to_be_in_viewport(ratio=1)
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(link).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_test_id("stExpandSidebarButton").click()

    page.set_viewport_size({"width": 1440, "height": 900})
    choose(page, "Language", "English")
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
    first, second = columns.nth(0).bounding_box(), columns.nth(1).bounding_box()
    assert first["x"] + first["width"] < second["x"]
    left, right = caption.evaluate(GAPS)
    assert (left, right > 100) == (0, True)
    assert side.bounding_box()["x"] == 0


def test_on_a_phone_in_arabic_the_chart_to_explore_has_its_numbers_whole(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.url}/trends?lang=ar&{STORY}&explore=1")
    settle(page)
    numbers = page.locator(".ytick text")
    expect(numbers.last).to_have_text("200")
    edge = page.locator(".js-plotly-plot").bounding_box()["x"]
    assert min(number.bounding_box()["x"] for number in numbers.all()) >= edge
