"""Updating figures in a real browser: bring in a table, mend it, publish, see it, take it back."""

import pytest
from playwright.sync_api import expect

from tests.browser.serving import served, settle
from tests.browser.test_pages import main_of, opened

pytestmark = pytest.mark.browser
CRISIS = "tha-khm-2025-12"
LINK = "https://example.org/report"


@pytest.fixture
def desk(tmp_path):
    """Return a dashboard of one's own, since this test changes its figures."""
    with served(tmp_path) as found:
        yield found


def test_a_table_is_mended_published_seen_on_the_overview_and_taken_back(page, desk, tmp_path):
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
