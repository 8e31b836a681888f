"""Make the pictures in docs/screenshots: `python -m tests.browser.screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.serving import ROOT, browser_path, launch, served, settle

FOLDER = ROOT / "docs" / "screenshots"
STORY = "crisis=tha-khm-2025-12&day=2025-12-24"
QUERIES = {"bridge": "crisis=tha-khm-2025-12&day=2025-12-27&bridge=F0695-F0647"}
VIEWS = (
    ("overview", "", 1440, 900, "light"),
    ("trends", "trends", 1440, 1000, "light"),
    ("reconciliation", "reconciliation", 1440, 1000, "light"),
    ("bridge", "reconciliation", 1440, 1000, "light"),
    ("overview-dark", "", 1440, 900, "dark"),
    ("overview-phone", "", 390, 844, "light"),
)


def main() -> None:
    """Take every picture anew."""
    browser_path()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for name, path, width, height, theme in VIEWS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
            page.goto(f"{site.url}/{path}?{QUERIES.get(name, STORY)}")
            settle(page)
            if name == "overview":
                page.get_by_text("How this adds up").first.click()
            page.wait_for_timeout(1200)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
