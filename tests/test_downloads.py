"""Files that are made when they are asked for: there until the browser has come for them."""

import threading
from pathlib import PurePosixPath
from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.scriptrunner import add_script_run_ctx

from ui import downloads

FILE, KIND = "figures.csv", "text/csv"


@pytest.fixture
def manager(monkeypatch):
    """Return Streamlit's keeper of files, as a running server has one."""
    keeper = MediaFileManager(MemoryMediaFileStorage("/media"))
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(media_file_mgr=keeper))
    return keeper


def offered(manager, make, wrapped=True):
    """Return the id of a button of the reader called me, whose file ``make`` makes."""
    found = []

    def draw():
        data = downloads.deferred(make, FILE, KIND) if wrapped else make
        found.append(manager.add_deferred(data, KIND, "1", file_name=FILE))

    page = threading.Thread(target=draw)
    add_script_run_ctx(page, SimpleNamespace(session_id="me"))
    page.start()
    page.join()
    return found[0]


def made(manager, button):
    """Return the id of the file that a click makes."""
    return PurePosixPath(manager.execute_deferred(button)).stem


def pages_of_others(manager):
    for _ in range(5):
        manager.remove_orphaned_files()


def test_a_file_is_there_for_the_browser_however_many_pages_of_others_are_drawn_meanwhile(manager):
    file = made(manager, offered(manager, lambda: b"figure_id\n"))
    pages_of_others(manager)
    assert manager.read_file(file).content == b"figure_id\n"


def test_streamlit_alone_takes_such_a_file_away(manager):
    file = made(manager, offered(manager, lambda: b"figure_id\n", wrapped=False))
    pages_of_others(manager)
    assert manager.read_file(file) is None, "then ui.downloads has nothing to mend any more"


def test_a_file_goes_once_its_readers_page_is_drawn_anew(manager):
    file = made(manager, offered(manager, lambda: b"figure_id\n"))
    manager.clear_session_refs("me")
    pages_of_others(manager)
    assert manager.read_file(file) is None
