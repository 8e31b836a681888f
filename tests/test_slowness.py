"""Clients that drip: the real server ends them, in bounded number, and goes on serving readers."""

import contextlib
import os
import select
import shutil
import socket
import subprocess
import sys
import urllib.request

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from publishing import PublishError, publish
from publishing import store as stores
from tests.browser.serving import ROOT, answers, free_port
from tests.publishing_child import change

CRISIS = "tha-khm-2025-12"
BOUNDARY = "xxxx"
# How long a client waits for an end that must come: far longer than the server's patience.
PATIENT = 60


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder in which a publish was stopped after its promise."""
    folder = tmp_path_factory.mktemp("slow") / "datasets"
    shutil.copytree(ROOT / "datasets", folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stores.Store, "finish", _stopped)
        patched.setattr(stores.Store, "take_back", _stopped)
        with pytest.raises(PublishError):
            publish(folder, change("left", CRISIS), who="Anna", message="left", wait=5)
    assert (folder / ".history/pending.json").exists()
    return folder


def _stopped(store, *_):
    if (store.home / "pending.json").exists():
        raise OSError(5, "stopped here")


@pytest.fixture(scope="module")
def port(data):
    """The port of a server with little patience."""
    found = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.slow_server", str(found)],
        cwd=ROOT, env=os.environ | {"DATASETS": str(data)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answers(f"http://127.0.0.1:{found}/_stcore/health", process)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextlib.contextmanager
def reader(port):
    """Open a page; give the address of its uploads and the headers that these need."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=20) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"],
                 max_size=None) as wire:  # fmt: skip
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        wire.send(ask.SerializeToString())
        while True:
            told = ForwardMsg.FromString(wire.recv(timeout=PATIENT))
            if told.WhichOneof("type") == "new_session":
                break
        session = told.new_session.initialize.session_id
        headers = {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}
        yield f"/_stcore/upload_file/{session}/", headers


def body(content):
    """Return an upload of one file as browsers send it."""
    start = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    return start.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def begun(port, path, headers, length):
    """Return a connection on which an upload has begun of which nothing comes."""
    wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENT)
    lines = [f"PUT {path} HTTP/1.1", f"Host: 127.0.0.1:{port}",
             f"Content-Type: multipart/form-data; boundary={BOUNDARY}"]  # fmt: skip
    lines += [f"Content-Length: {length}"] if length is not None else ["Transfer-Encoding: chunked"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    return wire


def end(wire):
    """Return what a server says until it closes the connection: the status of its answer, or 0."""
    told = b""
    with contextlib.suppress(ConnectionError):
        while part := wire.recv(65536):
            told += part
    wire.close()
    return int(told.split(b" ")[1]) if told else 0


def test_a_publish_that_was_stopped_is_in_place_when_the_server_answers(port, data):
    assert not (data / ".history/pending.json").exists()
    assert "s-left-0" not in (data / "sources.csv").read_text(encoding="utf-8")
    assert "s-left," in (data / "sources.csv").read_text(encoding="utf-8")


def test_an_upload_that_comes_at_once_is_taken(port):
    content = body(b"a,b\n1,2\n")
    with reader(port) as (path, headers):
        wire = begun(port, path + "1", {**headers, "Connection": "close"}, len(content))
        wire.sendall(content)
        assert end(wire) == 204


def test_an_upload_that_drips_in_is_ended_while_others_read(port):
    with reader(port) as (path, headers):
        wire = begun(port, path + "1", headers, 1_000_000)
        wire.sendall(body(b"")[:60])
        # Readers are served while it hangs.
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENT) as page:
            assert page.status == 200
        assert end(wire) == 408


def test_a_byte_now_and_then_does_not_keep_an_upload_alive(port):
    with reader(port) as (path, headers):
        wire = begun(port, path + "1", headers, 1_000_000)
        wire.sendall(body(b"").partition(b"\r\n--")[0])
        wire.settimeout(0.2)
        told = b""
        for _ in range(PATIENT * 5):
            with contextlib.suppress(TimeoutError):
                told = wire.recv(65536)
                break
            wire.sendall(b"-")
        assert told.startswith(b"HTTP/1.1 408 ")
        wire.close()


def test_uploads_beyond_a_number_are_refused_and_taken_again_later(port):
    with reader(port) as (path, headers), reader(port) as (other, others):
        mine = [begun(port, f"{path}{n}", headers, 1_000_000) for n in range(2)]
        assert end(begun(port, path + "3", headers, 1_000_000)) == 503
        theirs = [begun(port, other + "1", others, 1_000_000)]
        assert end(begun(port, other + "2", others, 1_000_000)) == 503
        assert [end(wire) for wire in (*mine, *theirs)] == [408, 408, 408]
        content = body(b"a,b\n1,2\n")
        wire = begun(port, path + "4", {**headers, "Connection": "close"}, len(content))
        wire.sendall(content)
        assert end(wire) == 204


def test_an_upload_that_does_not_say_how_large_it_is_ends_at_the_limit(port):
    part = b"x" * (1 << 20)
    with reader(port) as (path, headers):
        wire = begun(port, path + "1", headers, None)
        start = body(b"").partition(b"\r\n--")[0]
        wire.sendall(f"{len(start):x}\r\n".encode() + start + b"\r\n")
        sent = 0
        while sent < 200 and not select.select([wire], [], [], 0)[0]:
            wire.sendall(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            sent += 1
        # 50 MB are allowed, and the machine holds some on the way.
        assert 50 <= sent < 120
        assert wire.recv(13).startswith(b"HTTP/1.1 413")
        wire.close()


@pytest.mark.parametrize("head", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "])
def test_a_connection_without_a_whole_request_is_closed(port, head):
    wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENT)
    wire.sendall(head)
    assert end(wire) == 0


def test_a_head_that_drips_in_is_cut_off(port):
    wire = socket.create_connection(("127.0.0.1", port), timeout=0.2)
    wire.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ")
    cut = False
    for _ in range(PATIENT * 5):
        try:
            cut = wire.recv(100) == b""
        except TimeoutError:
            pass
        except ConnectionError:
            cut = True
        if cut:
            break
        with contextlib.suppress(ConnectionError):
            wire.sendall(b"a")
    assert cut
    wire.close()


def test_an_open_page_is_not_cut_off(port):
    with reader(port):
        pass
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"],
                 max_size=None) as wire:  # fmt: skip
        other = socket.create_connection(("127.0.0.1", port), timeout=PATIENT)
        assert end(other) == 0
        # The page was opened before the other connection, which has been closed by now.
        wire.ping().wait(PATIENT)
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        wire.send(ask.SerializeToString())
        assert wire.recv(timeout=PATIENT)
