"""The dashboard in a real browser: every page drawn, every choice in the URL, nothing broken."""

import contextlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

from tests.browser.serving import led, settle

pytestmark = pytest.mark.browser
PAGES = ("", "trends", "reconciliation", "sources", "data", "update", "methods")
STORY = "crisis=tha-khm-2025-12&day=2025-12-24"


def opened(page, site, path="", query=STORY):
    led(page, f"{site.url}/{path}?{query}")
    settle(page)
    assert page.get_by_text("encountered an error").count() == 0
    assert page.locator('[data-testid="stException"]').count() == 0
    return page


def main_of(page):
    return page.locator('[data-testid="stMain"]')


def in_url(page, part):
    expect(page).to_have_url(re.compile(re.escape(part)))


def not_in_url(page, part):
    expect(page).not_to_have_url(re.compile(re.escape(part)))


def picked(page, label, option):
    wanted = page.get_by_role("option", name=option, exact=True).first
    # A list closes again when the page is drawn anew just then: open it until the option is there.
    for _ in range(5):
        page.get_by_role("combobox", name=label).first.click()
        with contextlib.suppress(PlaywrightTimeoutError):
            wanted.click(timeout=6_000)
            break


def choose(page, label, option):
    picked(page, label, option)
    settle(page)


def search(page, label, typed, beginning):
    """Choose from a long list as a reader does: type, then click what begins so."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(typed)
    page.get_by_role("option", name=re.compile("^" + re.escape(beginning))).first.click()
    settle(page)


def drawn(page, path):
    """Return whether what the page is for is there."""
    if path in ("", "trends"):
        return page.locator("[data-testid=stImage] img").first.evaluate("e => e.naturalWidth") > 0
    others = {"methods": "stTable", "data": "stHtml", "update": "stFileUploader"}
    wanted = others.get(path, "stDataFrame")
    page.wait_for_selector(f'[data-testid="{wanted}"]')
    return True


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_drawn_without_an_error(page, site, path):
    assert drawn(opened(page, site, path), path)


def test_the_first_page_asks_for_no_script_once_its_figures_can_come(tab, site):
    # Each would be a round to the server and back before the numbers can be read.
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("websocket", lambda wire: asked.append(wire.url))
    opened(tab, site)
    assert drawn(tab, "")
    begins = next(at for at, address in enumerate(asked) if address.startswith("ws://"))
    assert any(address.endswith(".js") for address in asked[:begins])
    assert [address for address in asked[begins:] if address.endswith(".js")] == []


def test_a_choice_is_in_the_url_and_survives_reload_page_change_and_back(page, site):
    opened(page, site, "trends")
    choose(page, "Measure", "Injured")
    choose(page, "Place", "Thailand")
    choose(page, "Who is counted", "Civilians")
    choose(page, "Where sources differ, show", "Highest figure")
    for part in ("measure=injured", "country=THA", "population=civilian", "rule=highest"):
        in_url(page, part)
    title = page.locator("h1").inner_text()
    page.reload()
    settle(page)
    assert title == "Injured: civilians, Thailand"
    expect(page.locator("h1")).to_have_text(title)
    page.get_by_role("link", name="Reconciliation").first.click()
    settle(page)
    in_url(page, "/reconciliation?")
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    settle(page)
    page.go_back()
    settle(page)
    not_in_url(page, "rule=")
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    settle(page)
    expect(page.locator("h1")).to_have_text("Injured, Thailand")
    page.go_forward()
    settle(page)
    expect(page.locator("h1")).to_have_text(title)


def test_what_was_known_then_is_in_the_url(page, site):
    opened(page, site)
    page.get_by_text("As known on a past day").click()
    settle(page)
    in_url(page, "known=2025-12-24")
    expect(page.get_by_text("as known on 24 Dec 2025").first).to_be_visible()
    page.get_by_text("As known on a past day").click()
    settle(page)
    not_in_url(page, "known")


def test_a_link_to_share_pins_the_day_and_what_is_known(page, site):
    opened(page, site, query="crisis=tha-khm-2025-12")
    page.get_by_role("button", name="Link to this view").click()
    link = page.locator('[data-testid="stCode"] code').first.inner_text()
    assert re.search(r"day=\d{4}-\d\d-\d\d&known=\d{4}-\d\d-\d\d&rule=latest", link)
    page.goto(link)
    settle(page)
    expect(page.locator("h1")).not_to_be_empty()


def test_a_bad_link_falls_back_with_a_notice(page, site):
    opened(page, site, "trends", "crisis=x&day=2025-99-99&rule=%3Cimg%20src=x%3E")
    expect(page.locator('[data-testid="stAlert"]')).to_have_count(3)


def test_the_story_of_24_december_is_on_the_first_screen(page, site):
    opened(page, site)
    sums = main_of(page).get_by_text("Thailand: 1 + 41 + 23 = 65").first
    expect(sums).to_be_hidden()
    page.get_by_text("How this adds up: 21 (Cambodia) + at least 65 (Thailand)").click()
    expect(sums).to_be_visible()
    for part in ("at least 86", "equals the sum"):
        expect(main_of(page).get_by_text(part).first).to_be_visible()


def test_the_file_of_a_chart_holds_its_figures(page, site):
    opened(page, site, "trends")
    page.get_by_text("The figures behind this chart").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Data (CSV)").click()
    with open(waiting.value.path(), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    assert lines[0].startswith("figure_id,country")
    assert any("business-times-sg" in line and ",86," in line for line in lines)


def test_on_a_phone_the_reasons_follow_the_first_card_without_a_gap(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, site)
    reasons = page.get_by_role("heading", name="Why reports differ").bounding_box()
    card = page.locator(".said section").first.bounding_box()
    assert 0 < reasons["y"] - (card["y"] + card["height"]) <= 24


def test_why_47_became_86_is_found_by_choosing_the_two_figures(page, site):
    opened(page, site, query="crisis=tha-khm-2025-12&day=2025-12-27")
    page.get_by_role("link", name="Reconciliation").first.click()
    settle(page)
    search(page, "From this figure", "at least 47", "at least 47: Walaw Press, 27 Dec 2025;")
    search(page, "To this figure", "at least 86", "at least 86: The Business Times, 24 Dec 2025;")
    in_url(page, "bridge=F0695-F0647")
    main = main_of(page)
    expect(main).to_contain_text("41 civilians in Thailand who died of indirect causes")
    expect(main).to_contain_text("Read from the figures that fit")
    picture = (
        page.get_by_alt_text(re.compile(re.escape("Definition +41"))).filter(visible=True).first
    )
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.naturalWidth") > 0
    settle(page)
    text = main.inner_text()
    page.reload()
    settle(page)
    assert main.inner_text() == text


def test_an_explanation_on_the_overview_opens_its_bridge(page, site):
    opened(page, site)
    page.get_by_role("link", name="Every step").nth(1).click()
    settle(page)
    in_url(page, "/reconciliation?")
    in_url(page, "bridge=F0647-")
    expect(main_of(page)).to_contain_text("41 civilians in Thailand who died of indirect causes")


def test_contradictions_open_on_a_click_and_stay_in_the_link(page, site):
    opened(page, site, "reconciliation")
    page.get_by_text("Look for contradictions on this day").click()
    page.get_by_text("The fewest figures to set aside").first.wait_for()
    in_url(page, "doubts=1")
    page.get_by_text("Look for contradictions on this day").click()
    not_in_url(page, "doubts")


def test_a_chart_is_a_picture_until_the_reader_asks_to_explore_it(page, site):
    opened(page, site, "trends")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    main_of(page).get_by_text("Explore: hover and zoom").click()
    in_url(page, "explore=1")
    expect(page.locator(".js-plotly-plot .scatterlayer path.js-line").first).to_be_attached()
    main_of(page).get_by_text("Explore: hover and zoom").click()
    not_in_url(page, "explore")
    expect(main_of(page).locator("[data-testid=stImage] img")).to_have_count(1)


def test_each_file_of_a_chart_can_be_had_and_says_where_it_is_from(page, site):
    opened(page, site, "trends")
    page.get_by_text("The figures behind this chart").first.click()
    starts = {"Picture (PNG)": b"\x89PNG", "Drawing (SVG)": b"<svg", "Data (CSV)": b"\xef\xbb\xbf",
              "Data (Excel)": b"PK"}  # fmt: skip
    for label, start in starts.items():
        with page.expect_download() as found:
            page.get_by_role("button", name=label).click()
        assert found.value.suggested_filename.startswith("tha-khm-2025-12-killed-khm-tha")
        content = Path(found.value.path()).read_bytes()
        assert content.startswith(start)
        if start in (b"<svg", b"\xef\xbb\xbf"):
            assert b"known=" in content
            assert b"at least 86 on 24 Dec 2025" in content
