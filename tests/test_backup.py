"""A data folder is copied whole, lost, and made again from the copy."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest

from loaders import load_library
from publishing import PublishError, history, publish, undo
from publishing.__main__ import main
from publishing.backup import BackupError, backup, unpacked
from publishing.lock import locked
from publishing.restoring import restore
from tests.builders import figure, write_crisis
from tests.publishing_child import change

ROOT = Path(__file__).parents[1]


@pytest.fixture
def root(tmp_path):
    made = write_crisis(tmp_path / "data", figure(figure_id="F0001", value=10))
    publish(made, change("first"), who="Anna", message="first")
    publish(made, change("second"), who="Ben", message="second")
    return made


def numbers(folder):
    return [(v.number, v.kind, v.who, v.message, v.after) for v in history(folder)]


def files(folder):
    """Return every file but the lock, which says who held it last."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_folder_that_was_lost_comes_back_with_its_figures_and_its_history(root, tmp_path):
    (root / ".seen").mkdir()
    (root / ".seen" / "mark.gz").write_bytes(b"what a reader saw")
    (root / "ABOUT.md").write_text("how these were compiled")
    before, versions = files(root), numbers(root)
    fingerprint = load_library(root).fingerprint
    copy = backup(root, tmp_path / "copies")
    shutil.rmtree(root)
    about, kept = restore(copy, root)
    assert about.fingerprint == load_library(root).fingerprint == fingerprint
    assert (about.version, kept) == (3, None)
    assert numbers(root) == versions
    assert [row[2] for row in versions][1:] == ["Anna", "Ben"]
    assert files(root) == before


def test_a_restored_folder_can_be_published_to_and_a_version_taken_back(root, tmp_path):
    copy = backup(root, tmp_path / "copies")
    shutil.rmtree(root)
    restore(copy, root)
    publish(root, change("third"), who="Chan", message="third")
    undo(root, 2, who="Chan", message="wrong day")
    assert [v.number for v in history(root)] == [1, 2, 3, 4, 5]
    assert {"s-second", "s-third"} <= set(load_library(root).sources["source"])
    assert "s-first" not in set(load_library(root).sources["source"])


def test_a_copy_made_while_others_publish_is_always_one_whole_version(root, tmp_path):
    stop, published = threading.Event(), []

    def publisher():
        while not stop.is_set():
            tag = f"more-{len(published)}"
            published.append(publish(root, change(tag), who="Dina", message=tag).number)

    thread = threading.Thread(target=publisher)
    thread.start()
    try:
        copies = []
        while len(copies) < 8 or len(published) < 8:
            copies.append(backup(root, tmp_path / "copies", wait=300))
    finally:
        stop.set()
        thread.join()
    after = {version.number: version.after for version in history(root)}
    seen = set()
    for number, copy in enumerate(copies):
        empty = tmp_path / f"again-{number}"
        about, _ = restore(copy, empty)
        library = load_library(empty)
        assert about.fingerprint == library.fingerprint == after[about.version]
        named = {name.removeprefix("s-") for name in library.sources["source"]} - {"a"}
        assert named == {label.removeprefix("event ") for label in library.events["label"]}
        assert [v.number for v in history(empty)] == list(range(1, about.version + 1))
        seen.add(about.version)
    assert len(seen) > 1, "nobody published between two copies"


def test_a_copy_waits_for_a_publish_and_says_who_publishes(root, tmp_path):
    with (
        locked(root / ".history" / "lock", "Eva"),
        pytest.raises(PublishError, match="Eva"),
    ):
        backup(root, tmp_path / "copies", wait=0.05)
    assert not list((tmp_path / "copies").glob("*"))


def test_a_publish_that_stopped_half_way_is_finished_in_the_copy(root, tmp_path):
    pending = root / ".history" / "pending.json"
    last = root / ".history" / "versions" / "000003.json"
    version = json.loads(last.read_text())
    for file in version["files"]:
        target = root / file["path"]
        content = subprocess.run(
            [
                "gzip",
                "-dc",
                root / ".history/objects" / file["before"][:2] / f"{file['before']}.gz",
            ],
            capture_output=True,
            check=True,
        ).stdout
        target.write_bytes(content)
    last.rename(pending)
    about = unpacked(backup(root, tmp_path / "copies"), tmp_path / "again")
    assert about.version == 3
    assert "s-second" in set(load_library(tmp_path / "again").sources["source"])
    assert not (tmp_path / "again" / ".history" / "pending.json").exists()


def test_a_folder_that_holds_something_is_left_alone_unless_asked(root, tmp_path):
    copy = backup(root, tmp_path / "copies")
    publish(root, change("third"), who="Chan", message="third")
    before = files(root)
    with pytest.raises(BackupError, match="--replace"):
        restore(copy, root)
    assert files(root) == before
    about, kept = restore(copy, root, replace=True)
    assert load_library(root).fingerprint == about.fingerprint
    assert [v.number for v in history(root)] == [1, 2, 3]
    assert files(kept) == before
    assert "s-third" in set(load_library(kept).sources["source"])
    # What was put aside is no data: neither the library nor the next copy holds it.
    again = backup(root, tmp_path / "copies")
    with tarfile.open(again) as packed:
        assert not [name for name in packed.getnames() if ".before-restore" in name]


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("checksum", [True, False])
def test_a_damaged_copy_is_refused_and_nothing_is_touched(root, tmp_path, at, checksum):
    copy = backup(root, tmp_path / "copies")
    content = bytearray(copy.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    copy.write_bytes(content)
    if not checksum:
        Path(f"{copy}.sha256").unlink()
    before = files(root)
    with pytest.raises(BackupError, match=copy.name):
        restore(copy, root, replace=True)
    assert files(root) == before


def test_a_copy_cut_off_is_refused(root, tmp_path):
    copy = backup(root, tmp_path / "copies")
    copy.write_bytes(copy.read_bytes()[:-200])
    Path(f"{copy}.sha256").unlink()
    with pytest.raises(BackupError, match="damaged"):
        restore(copy, tmp_path / "empty")
    assert not list((tmp_path / "empty").iterdir())


@pytest.mark.parametrize("name", ["datasets/../outside.csv", "/etc/outside", "other/x", "datasets"])
def test_a_copy_made_to_write_elsewhere_is_refused(tmp_path, name):
    copy = tmp_path / "figures-made-up.tar.gz"
    listed = tmp_path / "backup.json"
    about = {"made": "2025-12-24T00:00:00Z", "version": 1, "fingerprint": "f", "files": {}}
    listed.write_text(json.dumps(about))
    with tarfile.open(copy, "w:gz") as packed:
        packed.add(listed, "backup.json")
        packed.add(listed, name)
    with pytest.raises(BackupError, match="it holds"):
        restore(copy, tmp_path / "data" / "empty")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "backup.json",
        "data",
        "figures-made-up.tar.gz",
    ]


def test_a_copy_with_a_link_in_it_is_refused(tmp_path):
    copy, listed = tmp_path / "figures-made-up.tar.gz", tmp_path / "backup.json"
    about = {"made": "2025-12-24T00:00:00Z", "version": 1, "fingerprint": "f", "files": {}}
    listed.write_text(json.dumps(about))
    link = tarfile.TarInfo("datasets/crises.csv")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(copy, "w:gz") as packed:
        packed.add(listed, "backup.json")
        packed.addfile(link)
    with pytest.raises(BackupError, match="it holds"):
        restore(copy, tmp_path / "empty")


def test_copies_do_not_lie_in_the_folder_they_copy(root):
    with pytest.raises(BackupError, match="data folder itself"):
        backup(root, root / "copies")


def test_only_the_newest_copies_stay_where_a_number_is_given(root, tmp_path):
    made = [backup(root, tmp_path / "copies", keep=2) for _ in range(4)]
    stay = sorted((tmp_path / "copies").iterdir())
    names = [made[2].name, f"{made[2].name}.sha256", made[3].name, f"{made[3].name}.sha256"]
    assert [path.name for path in stay] == names


def test_the_checksum_is_one_that_other_programs_read(root, tmp_path):
    copy = backup(root, tmp_path / "copies")
    sum_, name = Path(f"{copy}.sha256").read_text().split()
    assert (sum_, name) == (hashlib.sha256(copy.read_bytes()).hexdigest(), copy.name)


def test_the_commands_copy_check_and_restore(root, tmp_path, capsys):
    assert main(["backup", str(root), str(tmp_path / "copies")]) == 0
    (copy,) = (tmp_path / "copies").glob("*.tar.gz")
    assert main(["check", str(copy)]) == 0
    assert "version 3" in capsys.readouterr().out
    assert main(["restore", str(copy), str(root)]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", str(copy), str(root), "--replace"]) == 0
    assert "before-restore" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "figures-none.tar.gz")]) == 1


def test_the_command_runs_as_the_documents_say(root, tmp_path):
    command = [sys.executable, "-m", "publishing", "backup", root, tmp_path / "copies"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path / "copies" / "figures-"))
