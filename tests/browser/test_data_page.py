"""The Data page in a real browser: find a figure, take figures away, hold a table against them."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.serving import settle
from tests.browser.test_pages import in_url, main_of, opened

pytestmark = pytest.mark.browser
CRISIS = "crisis=tha-khm-2025-12"


def rows(page):
    return main_of(page).locator(".rows details")


def test_a_figure_is_found_read_to_its_link_and_taken_away_as_a_workbook(page, site):
    opened(page, site, "data", CRISIS)
    expect(rows(page)).to_have_count(50)
    box = page.get_by_role("textbox", name="Search")
    box.fill("at least 65")
    box.press("Enter")
    in_url(page, "q=at+least+65")
    row = rows(page).filter(has_text="24 Dec 2025").first
    row.locator("summary").click()
    expect(row.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    settle(page)
    count = rows(page).count()
    page.get_by_role("button", name="Download").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel", exact=True).click()
    assert re.fullmatch(
        r"figures-tha-khm-2025-12-chosen-[0-9-]+\.xlsx", waiting.value.suggested_filename
    )
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert book.sheetnames == ["Figures", "Sources", "Code book", "About"]
    table = [[cell.value for cell in line] for line in book["Figures"].iter_rows()]
    assert len(table) == count + 1
    found = [dict(zip(table[0], line, strict=True)) for line in table[1:]]
    assert any((line["value"], line["country"]) == (65, "THA") for line in found)
    told = {str(line[0].value): str(line[1].value) for line in book["About"].iter_rows()}
    assert "q=at+least+65" in told["Link"]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_table_of_ones_own_is_checked_and_tried_out(page, site, width, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "figure_id,country,measure,counting,as_of,value,source\n"
        "N1,THA,killed,cumulative,2025-12-28,170,tha-mod\n"
        "N2,KHM,killed,cumulative,2025-12-28,1O0,khm-moi\n",
        encoding="utf-8",
    )
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, site, "data", f"{CRISIS}&day=2025-12-28")
    page.locator("input[type=file]").first.set_input_files(path)
    main = main_of(page)
    expect(main).to_contain_text("1 figure was read. 1 is new. 1 problem keeps rows or cells out.")
    bad = rows(page).filter(has_text="mine.csv, line 3, value")
    bad.locator("summary").click()
    expect(bad).to_contain_text("figure_id: N2")
    expect(main.get_by_role("table").first).to_contain_text("170")
    settle(page)
    page.get_by_text("Show the pages with your figures").click()
    expect(main).to_contain_text("A preview with your figures added. Only you see it.")
    settle(page)
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
