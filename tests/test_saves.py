"""Saving while people read: no page ever fails, and the last save is what shows."""

import shutil
import threading

from loaders.cache import Cache
from tests.screens import PAGES, ROOT, STORY, opened, text_of


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


def states_made(cache, *states):
    made = []
    for state in states:
        cache.get("figures.csv", state, lambda state=state: made.append(state), lambda _: 1)
    return made


def test_of_a_file_that_is_saved_again_and_again_the_last_states_are_kept():
    cache = Cache(most_states=2)
    assert states_made(cache, 1, 2, 3) == [1, 2, 3]
    assert states_made(cache, 3, 2) == []
    assert states_made(cache, 1) == [1]


def test_a_file_that_is_saved_often_pushes_no_other_out():
    cache = Cache(most_states=2)
    cache.get("sources.csv", 0, lambda: None, lambda _: 1)
    states_made(cache, *range(100))
    assert cache.get("sources.csv", 0, lambda: "read again", lambda _: 1) is None


def test_what_is_kept_of_files_is_bounded_by_its_rows():
    cache = Cache(most_rows=10)
    cache.get("large.csv", 0, lambda: None, lambda _: 8)
    cache.get("small.csv", 0, lambda: None, lambda _: 3)
    assert cache.get("small.csv", 0, lambda: "read again", lambda _: 3) is None
    assert cache.get("large.csv", 0, lambda: "read again", lambda _: 8) == "read again"
