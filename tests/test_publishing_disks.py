"""Publishing on a real disk that is full or read-only, where one may be mounted for a test."""

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@functools.cache
def alone():
    """Return the command that gives a program mounts of its own; nothing where there is none."""
    for command in (["unshare", "-m"], ["unshare", "-rm"]):
        if shutil.which("unshare") is None:
            return ()
        asked = [*command, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(ROOT / "tests")]
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return tuple(command)
    return ()


def published_on(kind, folder):
    if not alone():
        pytest.skip("needs the right to mount a disk (root, or user namespaces)")
    done = subprocess.run(
        [*alone(), sys.executable, "-m", "tests.publishing_mounts", kind, str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_disk_that_is_full_loses_nothing_and_takes_the_publish_once_there_is_room(tmp_path):
    told = published_on("full", tmp_path)
    assert told["code"] == "disk-full"
    assert told["figures"] == 1 + told["published"]
    assert (told["mended"], told["after"]) == ("", told["figures"] + 1)
    assert told["messages"] == [*(f"t{n}" for n in range(told["published"])), "later"]


def test_a_disk_that_is_read_only_is_read_and_left_as_it_is(tmp_path):
    told = published_on("read-only", tmp_path)
    assert (told["code"], told["published"], told["same"]) == ("read-only", 0, True)
    assert (told["mended"], told["after"], told["messages"]) == ("", 2, ["later"])
