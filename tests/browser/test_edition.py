"""The static edition in a real browser, from the disk: WCAG, the phone, and nothing asked for."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from edition.__main__ import main
from tests.browser.serving import listen
from tests.browser.test_accessibility import WCAG

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CRISIS = "tha-khm-2025-12"
LITTLE = 30
OPEN = "document.querySelectorAll('details').forEach(e => e.open = true)"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
VISITS = [
    ("index.html", "light", 1440),
    (f"{CRISIS}/index.html", "light", 1440),
    (f"{CRISIS}/index.html", "dark", 390),
    (f"{CRISIS}/trends-killed.html", "dark", 1440),
    (f"{CRISIS}/trends-killed.html", "light", 390),
    (f"{CRISIS}/reconciliation-killed.html", "dark", 1440),
    (f"{CRISIS}/reconciliation-killed.html", "light", 390),
    (f"{CRISIS}/figures-displaced.html", "light", 390),
    (f"{CRISIS}/brief.html", "light", 1440),
    (f"{CRISIS}/sources.html", "dark", 1440),
    (f"{CRISIS}/data.html", "light", 390),
    (f"ar/{CRISIS}/index.html", "light", 1440),
    (f"ar/{CRISIS}/reconciliation-killed.html", "dark", 390),
    ("methods.html", "dark", 390),
    ("404.html", "light", 390),
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Return the address on the disk of an edition in English and Arabic.

    Only the pages of one crisis are looked at: of the other there is little, since all its pages
    take as long to make.
    """
    out = tmp_path_factory.mktemp("edition") / "out"
    data = shutil.copytree(ROOT / "datasets", out.with_name("datasets"))
    other = data / "tha-khm-2025-07" / "figures.csv"
    lines = other.read_text(encoding="utf-8").splitlines(keepends=True)
    other.write_text("".join(lines[:LITTLE]), encoding="utf-8")
    given = ["--datasets", str(data), "--languages", "en,ar", "--no-progress"]
    assert main([str(out), *given]) == 0
    return out.as_uri()


@pytest.fixture
def alone(tab):
    """Return a page; a line in its console or a request that leaves the disk fails the test."""
    trouble = []
    listen(tab, "console", lambda line: trouble.append(line.text))
    listen(tab, "pageerror", lambda error: trouble.append(str(error)))
    listen(tab, "request", lambda one: None if one.url.startswith(("file:", "data:"))
           else trouble.append(one.url))  # fmt: skip
    yield tab
    tab.evaluate("0")
    assert trouble == []


@pytest.mark.parametrize(("path", "theme", "width"), VISITS)
def test_a_page_is_accessible_fits_and_asks_for_nothing(alone, edition, path, theme, width):
    alone.set_viewport_size({"width": width, "height": 900})
    alone.emulate_media(color_scheme=theme)
    alone.goto(f"{edition}/{path}")
    alone.evaluate(OPEN)
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(alone, options=options)
    broken = [(v["id"], n["html"][:200]) for v in found.response["violations"] for n in v["nodes"]]
    assert broken == []
    assert alone.evaluate(WIDE) == 0


def test_a_number_leads_to_its_row_and_on_to_the_report(alone, edition):
    alone.goto(f"{edition}/{CRISIS}/index.html")
    number = alone.locator(".number a").first
    shown = number.inner_text()
    number.click()
    row = alone.locator(":target")
    expect(row).to_contain_text(shown)
    expect(row.locator("a[href^=http]")).to_have_count(1)


def test_the_pages_lead_round_in_both_languages(alone, edition):
    alone.goto(f"{edition}/{CRISIS}/index.html")
    alone.get_by_role("link", name="Trends").click()
    expect(alone.get_by_role("heading", level=1)).to_have_text("Trends")
    alone.get_by_role("link", name="العربية").click()
    expect(alone.locator("html")).to_have_attribute("dir", "rtl")
    alone.get_by_role("link", name="English").click()
    expect(alone.locator("html")).to_have_attribute("dir", "ltr")
