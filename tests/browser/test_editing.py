"""Figures that change, in a real browser: by a saved file, by publishing, under a pinned link."""

import contextlib
import re

import pytest
from playwright.sync_api import expect

from tests.browser.serving import served, settle
from tests.browser.test_links import links_of
from tests.browser.test_pages import main_of, opened

pytestmark = pytest.mark.browser
CRISIS = "tha-khm-2025-12"
LINK = "https://example.org/report"


@pytest.fixture
def desk(tmp_path):
    """Return a dashboard of one's own, since what a test publishes stays in its history."""
    with served(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a dashboard whose files are changed, and changed back."""
    with served(tmp_path_factory.mktemp("folder")) as found:
        yield found


@pytest.fixture
def corrected(folder):
    """Return what saves one figure as another in a file on the disk, for a while: 29, not 21."""
    path = folder.datasets / CRISIS / "figures.csv"
    before = path.read_text(encoding="utf-8")
    row = next(line for line in before.splitlines() if line.startswith("F0637,"))

    @contextlib.contextmanager
    def corrected():
        try:
            path.write_text(before.replace(row, row.replace(",21,", ",29,", 1)), encoding="utf-8")
            yield
        finally:
            path.write_text(before, encoding="utf-8")

    return corrected


def test_a_table_is_mended_published_seen_on_the_overview_and_taken_back(desk, page, tmp_path):
    figures = desk.datasets / CRISIS / "figures.csv"
    before = figures.read_bytes()
    table = tmp_path / "evening.csv"
    table.write_text(
        "country,measure,counting,as_of,value,source,url,figure_id\n"
        f"THA,killed,cumulative,2026-02-06,17O,tha-mod,{LINK},N1\n",
        encoding="utf-8",
    )
    opened(page, desk, "update", f"crisis={CRISIS}")
    main = main_of(page)
    page.locator("input[type=file]").set_input_files(table)
    cell = page.get_by_role("textbox", name="Line 2, value")
    cell.fill("170")
    cell.press("Enter")
    expect(main).to_contain_text("1 new row.")
    expect(main.get_by_role("table").last).to_contain_text("170")
    assert figures.read_bytes() == before
    settle(page)
    page.get_by_role("textbox", name="What you changed").fill("evening count")
    page.get_by_role("button", name="Publish").click()
    expect(main).to_contain_text("Version 2: Added 1 figure.")
    assert figures.read_bytes().startswith(before)
    settle(page)
    page.get_by_role("link", name="See it on the Overview").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Update figures")
    expect(main_of(page)).to_contain_text("170")
    opened(page, desk, "update", f"crisis={CRISIS}&tab=history")
    box = page.get_by_role("combobox", name="Version to take back")
    box.click()
    page.get_by_role("option", name="Added 1 figure").click()
    page.get_by_text("Yes, take this version back").click()
    page.get_by_role("button", name="Undo").click()
    expect(main_of(page)).to_contain_text("Version 2 undone.")
    assert figures.read_bytes() == before


def test_a_saved_file_is_on_screen_within_seconds(page, folder, corrected):
    opened(page, folder)
    with corrected():
        page.get_by_text("29 (Cambodia) + at least 65 (Thailand)").wait_for()
    page.get_by_text("21 (Cambodia) + at least 65 (Thailand)").wait_for()


def test_a_pinned_link_tells_a_figure_corrected_after_it_was_made(page, folder, corrected):
    pinned = links_of(opened(page, folder))[0]
    with corrected():
        page.goto(pinned)
        settle(page)
        expect(main_of(page)).to_contain_text("1 change since this link was made on")
        expect(main_of(page)).to_contain_text("29 (Cambodia) + at least 65 (Thailand)")
        cells = page.get_by_test_id("stDataFrame").first.locator("td")
        expect(cells.filter(has_text=re.compile("^21$"))).to_have_count(1)
        expect(cells.filter(has_text=re.compile("^29$"))).to_have_count(1)
