"""The server: files compressed and cached, pages with previews, safe headers, nothing else open."""

import gzip
import io
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import brotli
import httpx
import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st
from websockets.sync.client import connect

import settings
from loaders import load_library
from server import __main__ as starting
from server import guard, headline, preview
from server import starting as unfinished
from server.bundles import WANTED, Shelf, best, packed

ROOT = Path(__file__).parents[1]
STORY = "crisis=tha-khm-2025-12&day=2025-12-24"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE figures; --",
    "../../etc/passwd",
    "%00\x00",
    "\u202egnp.exe",
    "${7*7}{{7*7}}",
    "x" * 3000,
    "=HYPERLINK(1)",
)


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def site(port, tmp_path_factory):
    """Return a client of the server, started as `make run` starts it."""
    log = (tmp_path_factory.mktemp("server") / "log").open("wb")
    command = [sys.executable, "-m", "server", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        try:
            wait(client, process)
            yield client
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) in (0, -signal.SIGTERM)
            log.close()


def wait(client, process):
    for _ in range(150):
        assert process.poll() is None, "the server stopped while starting"
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def script_of(page):
    return re.search(r'src="\.(/static/js/index\.[^"]+)"', page)[1]


def meta(page, name):
    found = re.search(rf'<meta (?:property|name)="{re.escape(name)}" content="([^"]*)"', page)
    return found and found[1]


# Files


@pytest.mark.parametrize(("accepted", "unpacked"), [("br, gzip", brotli.decompress),
                                                    ("gzip", gzip.decompress)])  # fmt: skip
def test_scripts_are_compressed_and_kept_for_good(site, accepted, unpacked):
    path = script_of(site.get("/").text)
    with site.stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
        body = b"".join(answer.iter_raw())
    plain = site.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert unpacked(body) == plain.content
    assert len(body) * 2 < len(plain.content)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/static/js/none.js", "/static/../secrets.toml", "/static/",
                                  "/static/%2e%2e/index.html", "/static/js"])  # fmt: skip
def test_a_file_that_is_not_there_is_a_real_404(site, path):
    answer = site.get(path)
    assert answer.status_code in (400, 404)
    assert "<html" not in answer.text.lower() or "There is no such page" in answer.text


def test_what_has_not_changed_is_not_sent_again(site):
    page = f"/?{STORY}"
    for path in (page, script_of(site.get(page).text), f"/preview.png?{STORY}"):
        tag = site.get(path).headers["etag"]
        again = site.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@given(st.text(max_size=60))
def test_no_accept_encoding_breaks_the_choice(text):
    assert best(text) in ("", "br", "gzip")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [("gzip, deflate, br, zstd", "br"), ("gzip;q=1.0, br;q=0", "gzip"), ("br;q=0.000", ""),
     ("", ""), ("identity", "")],
)  # fmt: skip
def test_the_best_encoding_that_is_accepted_is_chosen(accepted, chosen):
    assert best(accepted) == chosen


@given(st.binary(max_size=500))
def test_what_is_packed_comes_out_the_same(body):
    assert brotli.decompress(packed(body, "br")) == body
    assert gzip.decompress(packed(body, "gzip")) == body
    assert packed(body, "") == body


def test_the_scripts_fetched_early_are_there_and_not_named_twice():
    shelf = Shelf()
    stems = {Path(path).name.partition(".")[0] for path in shelf.early}
    assert set(WANTED) <= stems | stems_in(shelf.index)
    assert all(shelf.holds(path) for path in shelf.early)
    assert not any(Path(path).name in shelf.index for path in shelf.early)


def stems_in(page):
    return {name.partition(".")[0] for name in re.findall(r"static/js/([\w.$-]+\.js)", page)}


# Pages


def test_a_link_says_what_it_is_about(site):
    page = site.get(f"/trends?{STORY}").text
    title = re.search("<title>(.*?)</title>", page)[1]
    assert title.startswith("At least 86")
    assert "Cambodia and Thailand, added up, 24 Dec 2025" in title
    for name in ("og:title", "twitter:title"):
        assert meta(page, name) == title
    for name in ("description", "og:description", "twitter:description"):
        assert "Thailand: at least 65 (Thai government, 24 Dec 2025)" in meta(page, name)
    assert meta(page, "twitter:card") == "summary_large_image"
    host = f"http://127.0.0.1:{site.base_url.port}"
    assert meta(page, "og:image").startswith(f"{host}/preview.png?crisis=tha-khm-2025-12")
    assert f'<link rel="canonical" href="{host}/trends?crisis=' in page
    assert '<html lang="en">' in page


def test_a_preview_of_the_trends_names_the_same_sum_in_its_title_its_text_and_its_picture(site):
    asked = {"crisis": "tha-khm-2025-12", "day": "2026-02-06"}
    page = site.get("/trends", params=asked).text
    start = "47 killed, Cambodia and Thailand, added up (published: at least 101), 6 Feb 2026"
    assert meta(page, "og:title").startswith(start)
    assert re.search("<title>(.*?)</title>", page)[1].startswith(start)
    parts = re.findall(r"(?:Cambodia|Thailand): (\d+) \(", meta(page, "og:description"))
    assert sorted(parts) == ["21", "26"]
    assert headline.headline(asked, load_library("datasets")).number == str(21 + 26)


def test_a_page_in_another_language_says_so(site):
    page = site.get(f"/?{STORY}&lang=fr").text
    assert '<html lang="fr">' in page
    assert "lang=fr" in meta(page, "og:image")


def test_a_reader_without_scripts_is_told_the_figure(site):
    page = site.get(f"/?{STORY}").text
    silent = re.search("<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    assert "At least 86" in silent


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["crisis", "day", "measure", "country", "series", "lang", "x"])
def test_no_link_puts_markup_into_its_page(site, name, text):
    answer = site.get(f"/?{name}={quote(text)}")
    assert answer.status_code == 200
    assert answer.text.count("<script") == site.get("/").text.count("<script")
    assert text not in answer.text or text.isalnum()


@pytest.mark.parametrize("path", ["/nothing", "/a/b", "/trends/x", "/trends/_stcore/x", "/.git/"])
def test_an_unknown_page_is_a_404_that_leads_home(site, path):
    answer = site.get(path)
    assert answer.status_code == 404
    assert '<a href="/">' in answer.text


@pytest.mark.parametrize(("path", "meant"), [("/Trends", "/trends"), ("/trends/", "/trends"),
                                             ("/overview", "/")])  # fmt: skip
def test_nearly_the_right_address_leads_to_the_page(site, path, meant):
    answer = site.get(f"{path}?{STORY}")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{meant}?{STORY}"


def test_nothing_but_reading_is_answered(site):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert site.request(method, "/").status_code == 405


# Pictures


def test_the_picture_of_a_link_is_1200_by_630(site):
    answer = site.get(f"/preview.png?{STORY}")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    size = io.BytesIO(answer.content[16:24])
    assert [int.from_bytes(size.read(4), "big") for _ in range(2)] == [1200, 630]
    other = site.get("/preview.png?crisis=tha-khm-2025-12&day=2025-12-12&measure=displaced")
    assert other.content != answer.content


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_link_gets_the_picture_of_the_usual_view(site, text):
    asked = "&".join(f"{name}={quote(text)}" for name in ("crisis", "measure", "series", "bridge"))
    answer = site.get(f"/preview.png?{asked}")
    assert answer.status_code == 200
    assert answer.content == site.get("/preview.png").content


def test_pictures_cannot_fill_memory(monkeypatch):
    library = load_library(ROOT / "datasets")
    monkeypatch.setattr(preview, "MOST", 2)
    monkeypatch.setattr(preview.charts, "png", lambda svg, scale: svg.encode(), raising=False)
    pictures = preview.Pictures()
    for day in range(10, 16):
        asked = {"crisis": "tha-khm-2025-12", "day": f"2025-12-{day}", "series": "x" * day}
        assert b"<svg" in pictures.of(library, headline.headline(asked, library))
    assert len(pictures) == 2


def test_a_crisis_named_in_markup_shows_as_text_on_its_picture():
    library = load_library(ROOT / "datasets")
    told = headline.headline({"crisis": "tha-khm-2025-12"}, library)
    evil = told.view.of(name="<script>alert(1)</script>")
    svg = preview.card(library, replace(told, view=evil))
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


# Headers


@pytest.mark.parametrize("path", ["/", "/trends", "/nothing", "/healthz", "/_stcore/health",
                                  "/static/js/none.js", "/preview.png"])  # fmt: skip
def test_every_answer_carries_the_safe_headers(site, path):
    headers = site.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    rules = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in rules
    assert "unsafe-eval" not in rules
    scripts = re.search("script-src ([^;]*)", rules)[1]
    assert scripts.startswith("'self'")
    assert "unsafe-inline" not in scripts


def test_only_an_embedded_chart_may_stand_in_somebody_elses_page(site):
    headers = site.get(f"/embed?embed=true&{STORY}").headers
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


@pytest.mark.parametrize(
    "path", ["metrics", "agent/openapi.json", "agent/mcp", "script-health-check"]
)
def test_streamlits_inner_reports_are_closed(site, path):
    assert site.get(f"/_stcore/{path}").status_code == 404


def test_streamlit_is_told_to_obey_no_other_page(site):
    found = site.get("/_stcore/host-config").json()
    assert found["allowedOrigins"] == [str(site.base_url)]
    assert found["enableCustomParentMessages"] is False


def test_another_name_for_this_machine_is_refused(site):
    assert site.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("http://127.0.0.1:{port}", True),
        ("http://localhost:1", False),
        ("http://127.0.0.1:1", False),
        ("https://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_our_own_page_opens_a_connection(site, port, origin, opens):
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    headers = {"Origin": origin.format(port=port)}
    if opens:
        with connect(address, additional_headers=headers, subprotocols=["streamlit"]) as wire:
            assert wire.subprotocol == "streamlit"
        return
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        connect(address, additional_headers=headers, subprotocols=["streamlit"])
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.2", False), ("example.org", False)],
)  # fmt: skip
def test_only_this_machine_counts_as_this_machine(host, own):
    assert guard.is_loopback(host) is own


def test_a_taken_port_is_told_plainly(site, port):
    done = subprocess.run(
        [sys.executable, "-m", "server", "--port", str(port)],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"Cannot serve on 127.0.0.1, port {port}" in done.stderr
    assert "make run PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_another_machine_is_told_as_such():
    # 192.0.2.1 is kept for examples: no machine has it.
    told = starting.taken("192.0.2.1", 8501)
    assert told.startswith("Cannot serve on 192.0.2.1, port 8501: ")
    assert "HOST has to be an address of this machine" in told


def test_a_folder_that_is_not_there_stops_the_start(tmp_path):
    gone = str(tmp_path / "gone")
    told = starting.missing(settings.load({"DATASETS": gone}))
    assert told.startswith(f"There is no folder {gone!r}; DATASETS (")
    assert starting.missing(settings.load({"DATASETS": str(tmp_path)})) == ""


def test_a_folder_for_copies_that_cannot_be_made_stops_the_start(tmp_path):
    file = tmp_path / "file"
    file.write_text("in the way")
    asked = {"DATASETS": "https://example.org/figures/", "DASHBOARD_REMOTE_CACHE": str(file / "x")}
    assert starting.missing(settings.load(asked)).startswith("Copies of the figures cannot be writ")
    fine = asked | {"DASHBOARD_REMOTE_CACHE": str(tmp_path / "copies")}
    assert starting.missing(settings.load(fine)) == ""


POOLS = """
import ctypes, sys, threading
from server.__main__ import share_memory
if sys.argv[2] == "shared":
    share_memory()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
met = threading.Barrier(9)
def work():
    bytes(5000)
    met.wait()
for _ in range(8):
    threading.Thread(target=work, daemon=True).start()
met.wait()
library.malloc_info(0, out)
library.fclose(out)
"""


@pytest.mark.skipif(not platform.libc_ver()[0], reason="only glibc keeps a pool for each thread")
def test_threads_share_two_pools_of_memory(tmp_path):
    def pools(how):
        told = tmp_path / f"{how}.xml"
        subprocess.run([sys.executable, "-c", POOLS, str(told), how], check=True, cwd=ROOT)
        return told.read_text().count("<heap ")

    assert pools("shared") <= 2 < pools("apart")


def test_a_server_starts_while_the_store_of_its_figures_is_away(monkeypatch):
    monkeypatch.setattr("ui.loading.data_path", lambda: "nobody://figures")
    unfinished.finish_publish()
