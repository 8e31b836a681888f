"""Saving while people read: no page ever fails, and the last save is what shows."""

import shutil
import threading

from tests.test_pages import PAGES, ROOT, STORY, opened, text_of


def test_fifty_saves_during_fifty_page_views_never_fail(monkeypatch, tmp_path):
    folder = tmp_path / "datasets"
    shutil.copytree(ROOT / "datasets", folder)
    path = folder / STORY["crisis"] / "figures.csv"
    path.parent.chmod(0o755)
    path.chmod(0o644)
    monkeypatch.setenv("DATASETS", str(folder))
    whole = path.read_text(encoding="utf-8")
    row = next(line for line in whole.splitlines() if line.startswith("F0637,"))
    views = threading.Semaphore(0)

    def save():
        for number in range(50):
            views.acquire(timeout=30)
            text = whole.replace(row, row.replace(",21,", f",{22 + number},", 1))
            # A file is first seen half-written, as a slow editor leaves it.
            path.write_text(text[: len(text) // 2], encoding="utf-8")
            path.write_text(text, encoding="utf-8")

    writer = threading.Thread(target=save)
    writer.start()
    apps = {page: opened(page, **STORY) for page in PAGES}
    for number in range(50):
        views.release()
        app = apps[PAGES[number % len(PAGES)]].run()
        assert not app.exception
    writer.join(timeout=60)
    overview = apps["overview"].run()
    assert not overview.exception
    assert ">71<" in text_of(overview)
