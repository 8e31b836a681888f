"""The brief in a real browser: the file by itself without a network, and the page it comes from."""

import datetime as dt

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import brief
from loaders import load_library
from tests.browser.serving import settle, watch

pytestmark = pytest.mark.browser
STORY = "crisis=tha-khm-2025-12&day=2025-12-24"
# What the test itself reads from disk; anything else would have left the file.
OWN = "file://"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Return the shipped crisis's brief as a file, as a reader has it in a folder."""
    library = load_library("datasets")
    one = brief.compose(library, crisis="tha-khm-2025-12", day=dt.date(2025, 12, 24))
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    path.write_text(brief.html(one), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(1000, "light"), (390, "dark")])
def test_the_file_opens_alone_and_is_accessible(browser, file, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    trouble = [line for line in watch(page) if "left this machine" not in line]
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Situation brief")
    expect(page.get_by_role("img", name="Killed over time")).to_be_visible()
    expect(page.get_by_text("at least 86", exact=True).first).to_be_visible()
    found = Axe().run(page)
    assert [one["id"] for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(OWN)] == []
    assert trouble == []
    context.close()


def test_the_page_gives_the_sentence_to_copy_and_the_pdf(page, site):
    page.goto(f"{site.url}/brief?{STORY}")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Situation brief")
    page.get_by_text("Sentences to cite").first.click()
    expect(
        page.get_by_test_id("stCode").filter(has_text="At least 86 people killed").first
    ).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF, Letter").click()
    reader = pypdf.PdfReader(waiting.value.path())
    assert float(reader.pages[0].mediabox.width) == 612
    assert "at least 86" in reader.pages[0].extract_text()
