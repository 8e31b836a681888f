"""The map as readers use it: drawn, told in words, chosen in the address, legible on a phone."""

import base64
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import choose, in_url, opened

pytestmark = pytest.mark.browser


def the_map(page):
    """Return the map on the Overview: the picture that has places and no course over time."""
    return page.get_by_role("img", name=re.compile(r"^Killed by (country|province)"))


def svg_of(picture):
    """Return the drawing itself, which stands in the address of the picture."""
    address = picture.get_attribute("src")
    assert address.startswith("data:image/svg+xml"), address[:40]
    kind, _, content = address.partition(",")
    return base64.b64decode(content).decode() if kind.endswith("base64") else unquote(content)


def test_the_map_is_drawn_and_says_in_words_what_it_shows(page, site):
    opened(page, site)
    picture = the_map(page)
    expect(picture).to_have_attribute(
        "alt", "Killed by country, 24 Dec 2025: Thailand at least 65; Cambodia 21."
    )
    assert picture.evaluate("e => e.complete && e.naturalWidth > 0")
    drawn = svg_of(picture)
    assert ">at least 65<" in drawn
    assert 'class="zone"' in drawn, "the conflict zone is framed"
    assert "Provinces with figures" in drawn
    assert "do not imply any opinion" in drawn


def test_no_figure_is_told_apart_from_nobody_on_the_map(page, site):
    opened(page, site, query="crisis=tha-khm-2025-12&day=2025-12-24&map=province")
    drawn = svg_of(the_map(page))
    assert "No figure" in drawn
    assert drawn.count("url(#") > 1, "what has no figure is hatched"
    expect(the_map(page)).to_have_attribute("alt", re.compile("No figure: "))
    # Nobody missing would be a mark of its own; there is none where nobody was counted.
    assert ("Counted: nobody" in drawn) == ('class="nought"' in drawn)


def test_provinces_are_chosen_in_the_address_and_back_returns_to_countries(page, site):
    opened(page, site)
    page.get_by_role("button", name="What the map shows").click()
    choose(page, "Places", "By province")
    in_url(page, "map=province")
    expect(page.get_by_role("heading", name="Killed by province")).to_be_visible()
    expect(the_map(page)).to_have_attribute("alt", re.compile("^Killed by province"))
    page.go_back()
    expect(page.get_by_role("heading", name="Killed by country")).to_be_visible()


@pytest.mark.parametrize("level", ["country", "province"])
def test_the_letters_of_the_map_are_legible_on_a_phone(page, site, level):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, site, query=f"crisis=tha-khm-2025-12&day=2025-12-24&map={level}")
    picture = the_map(page)
    drawn = svg_of(picture)
    wide = float(re.search(r'viewBox="0 0 ([\d.]+)', drawn)[1])
    sizes = [float(size) for size in re.findall(r'<text [^>]*font-size="([\d.]+)"', drawn)]
    assert min(sizes) * picture.bounding_box()["width"] / wide >= 10
