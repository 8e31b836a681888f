"""WCAG 2.2 AA in a real browser: what axe finds, what it cannot see, the keyboard, the phone.

What Streamlit itself does wrong is listed in ``UPSTREAM``, one entry each; an entry that no longer
occurs fails the test, so that the list stays exact.
"""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.serving import settle, tab_of
from tests.browser.test_pages import STORY, in_url, main_of, opened
from ui.choosing import PAGES

pytestmark = pytest.mark.browser
PATHS = tuple(str(page.get("url_path", "")) for page in PAGES)
# Folded parts that are worked out on opening are opened by the link.
EVERYTHING = f"{STORY}&doubts=1&implied=1&ledger=1&habits=1&learnt=1"
# The colours are those of one theme: half of the pages show all of them.
DARK = ("", "reconciliation", "data", "update")
# What a phone's width may do wrong is the same on all pages but for what lies side by side.
PHONE = ("", "reconciliation")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
BEHIND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
DARKNESS = "rgb(17, 22, 29)"
# Rule, part of Streamlit: why it is not ours to mend.
# With the change of Streamlit that brought it, in its repository.
UPSTREAM = {
    ("target-size", "stDateInput"): "the day and month in a date field are 18 pixels wide: "
    "streamlit/streamlit#16232",
    ("scrollable-region-focusable", "stTable"): "a wide table scrolls in a frame without tabindex: "
    "streamlit/streamlit#4934",
}
PART = """target => {
  const found = document.querySelector(target)?.closest('[data-testid^="st"]');
  return found ? found.dataset.testid.replace('FieldsScroller', '') : 'none';
}"""
UNNAMED = """() => {
  const named = e => e.getAttribute('aria-label') || e.getAttribute('alt') || e.title
    || e.getAttribute('aria-labelledby') || e.closest('[aria-label]');
  const kinds = '[data-testid=stImage] img, .js-plotly-plot, [data-testid=stDataFrame] canvas, '
    + '[data-testid=stTable] table';
  return [...document.querySelectorAll(kinds)].filter(e => !named(e)).map(e => e.outerHTML
    .slice(0, 120));
}"""
COLOUR_ALONE = """() => [...document.querySelectorAll('.stMarkdownColoredText, .said .sign')]
  .filter(e => !/[\\p{L}\\p{N}]{2}/u.test(e.textContent.replace(/[a-z]+_[a-z_]+/g, '')))
  .map(e => e.outerHTML.slice(0, 120))"""


@dataclass
class Visit:
    """What one look at a page found."""

    where: str
    broken: list[tuple[str, str, str]] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    colour_alone: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    language: str = ""
    # The widths, in pixels, at which the page could be pushed sideways.
    sideways: list[int] = field(default_factory=list)


def fits(page):
    """Return whether the page is no wider than its window, once its charts have followed that."""
    for _ in range(50):
        if main_of(page).evaluate("e => e.scrollWidth <= e.clientWidth"):
            return True
        page.wait_for_timeout(100)
    return False


def broken(page, rules=()):
    """Return what axe finds that is serious, by all rules or some: rule, part of the page, HTML."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    return [
        (rule["id"], page.evaluate(PART, node["target"][0]), node["html"][:160])
        for rule in Axe().run(page, options=options).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def unfolded(page, site, path):
    """Open everything there is to open on a page."""
    opened(page, site, path, EVERYTHING)
    page.evaluate(
        "document.querySelectorAll('details:not([open]) > summary').forEach(e => e.click())"
    )
    settle(page)


def look(page, site, path):
    """Look at a page at its full width, then at a tablet's and a phone's."""
    page.set_viewport_size({"width": 1440, "height": 900})
    unfolded(page, site, path)
    visit = Visit(f"/{path} light 1440", broken(page), page.evaluate(UNNAMED))
    visit.colour_alone = page.evaluate(COLOUR_ALONE)
    levels = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => +e.tagName[1])"
    visit.headings = page.evaluate(levels)
    visit.language = page.evaluate("document.documentElement.lang")
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        if not fits(page):
            visit.sideways.append(width)
    if path in PHONE:
        visit.broken += broken(page)
        visit.unnamed += page.evaluate(UNNAMED)
        visit.colour_alone += page.evaluate(COLOUR_ALONE)
    return visit


def look_in_the_dark(page, site, path):
    """Look at the colours of a page once more, in the dark theme; all else is as in the light."""
    unfolded(page, site, path)
    return Visit(f"/{path} dark 1440", broken(page, COLOURS))


@pytest.fixture(scope="module")
def visits(browser, site):
    """Return what was found on every page: light, at three widths, and dark."""
    page = tab_of(browser)
    found = [look(page, site, path) for path in PATHS]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    found += [look_in_the_dark(page, site, path) for path in DARK]
    assert page.evaluate(BEHIND) == DARKNESS, "the pages were not dark"
    page.context.close()
    return found


@pytest.fixture(scope="module")
def in_light(visits):
    """Return what was found on every page in its light theme, all that was looked at there."""
    return [visit for visit in visits if "light" in visit.where]


def test_axe_finds_nothing_serious_but_what_is_streamlits_own(visits):
    ours = {
        found[:2]: (visit.where, found[2])
        for visit in visits
        for found in visit.broken
        if found[:2] not in UPSTREAM
    }
    assert ours == {}
    seen = {found[:2] for visit in visits for found in visit.broken}
    assert set(UPSTREAM) - seen == set(), "no longer so: take it off the list"


def test_every_picture_chart_and_table_has_a_name_in_words(in_light):
    assert [(visit.where, visit.unnamed) for visit in in_light if visit.unnamed] == []


def test_headings_go_down_one_step_at_a_time_from_one_title(in_light):
    for visit in in_light:
        assert visit.headings[0] == 1, visit.where
        assert visit.headings.count(1) == 1, visit.where
        steps = zip(visit.headings, visit.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), visit.where


def test_every_page_says_which_language_it_is_in(in_light):
    assert {visit.language for visit in in_light} == {"en"}


def test_nothing_is_said_by_colour_alone(in_light):
    assert [(visit.where, visit.colour_alone) for visit in in_light if visit.colour_alone] == []


LOOKS = """e => [0, 1, 2, 3].map(() => {
  const s = getComputedStyle(e); e = e.parentElement;
  return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecoration, s.color];
}).join()"""


def tab_to(page, wanted, most=120):
    """Press Tab until ``wanted`` has the focus; fail if that cannot be seen on it."""
    before = wanted.evaluate(LOOKS)
    for _ in range(most):
        if wanted.evaluate("e => e === document.activeElement"):
            page.wait_for_timeout(300)
            assert wanted.evaluate(LOOKS) != before, "the focus cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def test_by_keyboard_alone_a_reader_gets_from_the_overview_to_a_figures_row_and_report(page, site):
    opened(page, site)
    tab_to(page, page.get_by_role("link", name="Trends", exact=True))
    page.keyboard.press("Enter")
    settle(page)
    in_url(page, "/trends?")
    tab_to(page, page.get_by_role("combobox", name="Measure"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)
    in_url(page, "measure=")
    folded = page.get_by_text("The figures behind this chart").locator("xpath=ancestor::summary")
    tab_to(page, folded)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stExpander").locator("details[open]")).to_have_count(1)
    tab_to(page, page.get_by_role("link", name="Overview", exact=True))
    page.keyboard.press("Enter")
    settle(page)
    tab_to(page, page.get_by_role("link", name="Every step").first)
    page.keyboard.press("Enter")
    settle(page)
    in_url(page, "bridge=")
    report = main_of(page).locator("a[href^=http]").first
    tab_to(page, report)
    expect(report).to_have_attribute("target", "_blank")
    expect(report.locator("xpath=ancestor::p")).to_contain_text("line")


def test_nothing_moves_for_those_who_asked_for_it(page, site):
    page.emulate_media(reduced_motion="reduce")
    moving = "document.getAnimations().filter(a => a.playState === 'running').length"
    for path in ("", "trends", "data"):
        opened(page, site, path)
        assert page.evaluate(moving) == 0
        assert page.locator("animate, animateTransform").count() == 0


def test_on_a_phone_the_answer_is_on_the_first_screen_and_the_reasons_follow_it(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, site)
    number = main_of(page).get_by_text("at least 86", exact=True).first
    assert number.bounding_box()["y"] < 844
    order = [
        page.get_by_role("heading", name=name, exact=True).bounding_box()["y"]
        for name in ("Killed", "Why reports differ", "Injured")
    ]
    assert order == sorted(order)


def test_no_page_scrolls_sideways(in_light):
    assert len(in_light) == len(PATHS)
    assert [(visit.where, visit.sideways) for visit in in_light if visit.sideways] == []


@pytest.mark.parametrize("chart", ["trend", "map"])
def test_a_chart_alone_in_a_frame_has_a_name_and_nothing_serious_wrong(page, site, chart):
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(f"{site.url}/embed?{STORY}&embed=true&chart={chart}")
        expect(main_of(page).get_by_role("link", name="the whole view")).to_be_visible()
        assert broken(page) == []
        assert page.evaluate(UNNAMED) == []


def test_how_a_card_adds_up_is_unfolded_and_folded_by_keyboard(page, site):
    opened(page, site)
    folded = page.locator("summary", has_text="How this adds up: 21 (Cambodia)").first
    # Below the sum of each place stand its parts, with who counted them.
    sums = main_of(page).get_by_text("Thailand: 1 + 41 + 23 = 65").first
    parts = folded.locator("xpath=..").get_by_role("listitem")
    expect(sums).to_be_hidden()
    tab_to(page, folded)
    page.keyboard.press("Enter")
    expect(sums).to_be_visible()
    for number in ("1", "41", "23"):
        expect(parts.filter(has=page.get_by_text(number, exact=True)).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(sums).to_be_hidden()
