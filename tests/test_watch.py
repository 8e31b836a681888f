"""A running dashboard: what is saved is shown, and what is broken does not take figures away."""

import datetime as dt
import os
import shutil
import threading
import time

import pytest

from loaders import Watcher, building
from tests.builders import figure, write_crisis, write_figures

FILE = "test/figures.csv"


@pytest.fixture
def root(tmp_path):
    return write_crisis(tmp_path / "data", figure(value=10))


def aged(path):
    """Make a file look as if it had been written long ago."""
    os.utime(path, (time.time() - 60, time.time() - 60))


def values(library):
    return sorted(library.figures["value"])


def codes(library):
    return list(library.findings["code"])


def test_nothing_is_read_again_while_nothing_changes(root, monkeypatch):
    for path in root.rglob("*.csv"):
        aged(path)
    watcher = Watcher(root)
    first = watcher.current()
    monkeypatch.setattr(watcher._folder.files, "cat_file", None)
    assert watcher.current() is first
    assert not watcher.changed()


def test_an_edit_is_shown(root):
    watcher = Watcher(root)
    assert values(watcher.current()) == [10]
    write_figures(root / FILE, figure(value=11))
    assert watcher.changed()
    assert values(watcher.current()) == [11]


def test_an_edit_of_the_same_size_within_one_tick_of_the_clock_is_shown(root):
    watcher = Watcher(root)
    watcher.current()
    stat = (root / FILE).stat()
    before = (root / FILE).read_text()
    (root / FILE).write_text(before.replace(",10,", ",99,"))
    os.utime(root / FILE, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert values(watcher.current()) == [99]


def test_a_file_that_is_touched_but_says_the_same_changes_nothing(root):
    watcher = Watcher(root)
    first = watcher.current()
    os.utime(root / FILE)
    assert watcher.current() is first


def test_a_crisis_that_is_added_or_taken_away_comes_and_goes(root):
    watcher = Watcher(root)
    watcher.current()
    write_figures(root / "other" / "figures.csv", figure(value=7))
    assert values(watcher.current()) == [7, 10]
    shutil.rmtree(root / "other")
    assert values(watcher.current()) == [10]
    (root / FILE).unlink()
    assert values(watcher.current()) == []
    assert codes(watcher.current()) == ["missing-file"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:40],
        lambda content: content[:-30],
        lambda content: b"\xff\xfe\x00broken" + content,
        lambda content: content.replace(b",value,", b",", 1),
        lambda content: content + b'"F9,THA',
    ],
    ids=["empty", "half a header", "half a row", "garbled", "no value column", "open quote"],
)
def test_a_broken_file_leaves_its_last_good_figures_with_a_notice(root, damage):
    watcher = Watcher(root)
    watcher.current()
    good = (root / FILE).read_bytes()
    (root / FILE).write_bytes(damage(good))
    library = watcher.current()
    assert values(library) == [10]
    assert "last-good-shown" in codes(library)
    shown = library.findings[library.findings["code"] == "last-good-shown"].iloc[0]
    assert shown["file"] == FILE
    assert FILE in shown["problem"]
    assert watcher.kept_on(FILE) == dt.datetime.now(dt.UTC).date()
    assert f"of {watcher.kept_on(FILE)}, is shown" in shown["problem"]
    assert len(codes(library)) >= 2, "what is wrong with the file is said too"
    assert "error" not in set(library.findings["severity"]), "its figures are not left out"
    cause = library.instead[FILE]
    assert cause.code in set(codes(library)) - {"last-good-shown"}
    assert shown["problem"].endswith(f"because {cause.problem}")
    (root / FILE).write_bytes(good)
    assert codes(watcher.current()) == []
    assert watcher.current().instead == {}


def test_a_restart_while_a_file_is_broken_still_comes_up(root):
    Watcher(root).current()
    (root / FILE).write_bytes(b"figure_id,coun")
    building.cache.clear()
    library = Watcher(root).current()
    assert values(library) == [10]
    assert "last-good-shown" in codes(library)


def test_a_broken_file_that_was_never_good_gives_findings_only(root):
    (root / FILE).write_bytes(b"figure_id,coun")
    library = Watcher(root).current()
    assert values(library) == []
    assert "last-good-shown" not in codes(library)
    assert library.instead == {}


def lost_while_it_is_read(monkeypatch, watcher):
    """Return the library of a file that is replaced between its listing and its reading."""
    with monkeypatch.context() as patch:

        def gone(path, contents):
            if path == FILE:
                raise OSError(f"{path} was changed while it was read")
            return Watcher._content(watcher, path, contents)

        patch.setattr(watcher, "_content", gone)
        building.cache.clear()
        return watcher.current()


def test_a_file_that_is_lost_while_it_is_read_is_read_the_next_time(root, monkeypatch):
    assert values(lost_while_it_is_read(monkeypatch, Watcher(root))) == []
    assert values(Watcher(root).current()) == [10]


def test_what_was_made_of_a_file_that_was_lost_does_not_pass_for_what_it_holds(root, monkeypatch):
    whole = Watcher(root).current()
    write_figures(root / FILE, figure(value=20))
    instead = lost_while_it_is_read(monkeypatch, Watcher(root))
    now = Watcher(root).current()
    assert [values(library) for library in (whole, instead, now)] == [[10], [10], [20]]
    assert len({library.fingerprint for library in (whole, instead, now)}) == 3
    assert len({library.mark("test") for library in (whole, instead, now)}) == 3


def test_a_row_that_cannot_be_read_does_not_bring_back_the_old_file(root):
    watcher = Watcher(root)
    watcher.current()
    write_figures(root / FILE, figure(value="x"), figure(value=12))
    assert values(watcher.current()) == [12]
    assert codes(watcher.current()) == ["not-a-number"]


def test_a_broken_list_of_sources_keeps_the_old_one(root):
    watcher = Watcher(root)
    watcher.current()
    (root / "sources.csv").write_bytes(b"sou")
    library = watcher.current()
    assert list(library.sources["source"]) == ["a"]
    assert values(library) == [10]


def test_a_folder_that_cannot_be_written_to_is_served_all_the_same(root, monkeypatch):
    def refuse(*args, **more):
        raise PermissionError("read-only")

    monkeypatch.setattr("loaders.kept.tempfile.mkstemp", refuse)
    assert values(Watcher(root).current()) == [10]


def test_copies_of_good_files_are_hidden_beside_the_data_and_never_read_as_data(root):
    Watcher(root).current()
    assert (root / ".last-good" / FILE).read_bytes() == (root / FILE).read_bytes()
    assert values(Watcher(root).current()) == [10]


def test_a_folder_that_is_not_there_yet_is_picked_up_when_it_comes(tmp_path):
    watcher = Watcher(tmp_path / "data")
    assert "missing-folder" in codes(watcher.current())
    write_crisis(tmp_path / "data", figure(value=5))
    assert values(watcher.current()) == [5]


def test_fifty_saves_during_fifty_reads_never_fail(root):
    watcher = Watcher(root)
    watcher.current()
    failures, seen = [], []

    def save():
        for number in range(50):
            # Written in place and in two halves, as the worst of programs do.
            rows = [figure(figure_id=f"F{n}", source=f"s{n}") for n in range(1 + number % 5)]
            target = root / FILE
            write_figures(root / "whole.tmp", *rows)
            content = (root / "whole.tmp").read_bytes()
            target.write_bytes(content[: len(content) // 2])
            with target.open("ab") as file:
                file.write(content[len(content) // 2 :])

    def read():
        try:
            for _ in range(50):
                seen.append(len(watcher.current().figures))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=save), *(threading.Thread(target=read) for _ in range(3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert min(seen) >= 1, "figures never vanish while a file is being saved"
    assert len(watcher.current().figures) == 5
