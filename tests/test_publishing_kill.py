"""A publish that is stopped at any instant leaves the library as it was or as it becomes."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from loaders import load_library
from publishing import history, publish, recover
from tests.builders import figure, write_crisis
from tests.publishing_child import change

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
KILLS = 200


@pytest.fixture(scope="module")
def server():
    """A process that forks publishers."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.publishing_child"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield started
    started.stdin.close()
    started.wait()
    started.stdout.close()


def start(server, *orders):
    server.stdin.write(json.dumps(orders) + "\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline())


def ends(server):
    return json.loads(server.stdout.readline())


@pytest.fixture
def root(tmp_path):
    return write_crisis(tmp_path / "data", figure(figure_id="F0001"))


def tags(library):
    """Return which changes the library holds; fail where it holds one in part."""
    named = {name.removeprefix("s-") for name in library.sources["source"]} - {"a"}
    scopes = {text.removeprefix("scope ") for text in library.figures["scope"]} - {""}
    events = {text.removeprefix("event ") for text in library.events["label"]}
    assert named == scopes == events
    assert len(library.figures) == len(scopes) + 1
    return named


def assert_whole(root, before):
    """Assert that the library is as it was or as it becomes, and that the history agrees."""
    seen = load_library(root)
    found = tags(seen)
    assert found >= before
    versions = history(root)
    published = [v for v in versions if v.kind == "publish"]
    assert {v.message for v in published} == found
    assert [v.number for v in versions] == list(range(1, len(versions) + 1))
    assert not versions or versions[-1].after == seen.fingerprint
    return found


def test_killed_at_random_instants_the_library_is_whole(server, root):
    chance = random.Random(6)
    found = set()
    for kill in range(KILLS):
        [pid] = start(server, {"folder": str(root), "tag": f"k{kill}", "times": 100})
        time.sleep(chance.random() * 0.15)
        os.kill(pid, signal.SIGKILL)
        assert ends(server) == [signal.SIGKILL]
        found = assert_whole(root, found)
    publish(root, change("last"), who="me", message="last", wait=1)
    assert_whole(root, found | {"last"})


@pytest.mark.parametrize("call", ["replace", "fsync", "write", "open"])
def test_stopped_at_each_call_in_turn_the_library_is_whole(server, root, call):
    deaths, found = 0, set()
    for left in range(1, 300):
        start(server, {"folder": str(root), "tag": f"d{left}", "call": call, "left": left})
        [status] = ends(server)
        found = assert_whole(root, found)
        if os.waitstatus_to_exitcode(status) == 0:
            break
        assert os.waitstatus_to_exitcode(status) == 99
        deaths += 1
        recover(root)
        recover(root)
        assert assert_whole(root, found) == found
    else:
        pytest.fail("it never came to its end")
    assert deaths >= 5


def test_two_processes_publish_twenty_five_times_each(server, root):
    start(
        server,
        {"folder": str(root), "tag": "one", "times": 25},
        {"folder": str(root), "tag": "two", "times": 25},
    )
    assert ends(server) == [0, 0]
    assert assert_whole(root, set()) == {f"{who}-{n}" for who in ("one", "two") for n in range(25)}
    assert len(history(root)) == 51
    assert load_library(root).figures["figure_id"].is_unique


def test_as_on_windows_two_processes_publish_five_times_each(server, root):
    orders = [{"folder": str(root), "tag": tag, "times": 5, "windows": True} for tag in "AB"]
    start(server, *orders)
    assert ends(server) == [0, 0]
    assert assert_whole(root, set()) == {f"{tag}-{n}" for tag in "AB" for n in range(5)}


def test_as_on_windows_a_publisher_that_was_stopped_keeps_nobody_out(server, root):
    stopped = {"folder": str(root), "tag": "one", "call": "replace", "left": 2, "windows": True}
    start(server, stopped)
    assert [os.waitstatus_to_exitcode(status) for status in ends(server)] == [99]
    start(server, {"folder": str(root), "tag": "two", "windows": True})
    assert ends(server) == [0]
    assert "two-0" in assert_whole(root, set())


def test_readers_never_see_half_of_a_publish(server, root):
    start(server, {"folder": str(root), "tag": "w", "times": 25})
    seen, stop, problems = set(), threading.Event(), []

    def read():
        before = set()
        try:
            while not stop.is_set():
                found = tags(load_library(root))
                assert found >= before
                before = found
                seen.add(len(found))
        except BaseException as error:
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    status = ends(server)
    stop.set()
    for reader in readers:
        reader.join()
    assert status == [0]
    assert not problems
    assert len(seen) > 1
