"""Figures kept elsewhere: cheap to look at, taken whole, and never lost to somebody's fault."""

import datetime as dt
import io
import json
import logging
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import settings
from figures.codebook import data_package
from figures.findings import CATALOGUE
from loaders import Watcher, load_library
from loaders.remote import REASONS, Address, Limits, Mirror, RemoteWatcher
from loaders.remote.address import MANIFEST
from loaders.remote.mirror import FIRST_WAIT, LONGEST_WAIT
from loaders.remote.web import SLOWEST, Client, Mark
from tests.builders import figure, source, write_crisis, write_figures, write_table
from tests.faulty_site import cut, dripping, instead, served, silent, status, to
from ui import loading

ROOT = Path(__file__).parents[1]
FIGURES = "test/figures.csv"
PAGE = b"<!DOCTYPE html><html><body><form>Sign in to go on</form></body></html>"
REFUSAL = b'{"error": "not authorised", "code": 403}'


@pytest.fixture
def data(tmp_path):
    """Return a folder of data sets with ten killed, as somebody would put it on a server."""
    return listed(write_crisis(tmp_path / "data", figure(figure_id="F1", value=10)))


@pytest.fixture
def site(data):
    with served(data) as site:
        yield site


@pytest.fixture
def limits(tmp_path):
    return Limits(cache=tmp_path / "cache", poll=60, timeout=2.0, most=5 << 20)


def listed(folder, hashes=False):
    """Make the list of files anew, as ``python -m figures write`` does."""
    (folder / MANIFEST).write_text(data_package(folder, hashes), encoding="utf-8")
    return folder


def save(folder, value):
    """Save another number under the same id."""
    write_figures(folder / FIGURES, figure(figure_id="F1", value=value))


def values(mirror):
    """Return the numbers that the library of a mirror shows."""
    return sorted(read(mirror).figures["value"])


def read(mirror):
    return Watcher(mirror).current()


def until(condition):
    """Wait for a condition; a test that waits in vain fails by its own assertion."""
    for _ in range(1_500):
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def paths(site):
    return [path for path, *_ in site.asked]


# Looking


def test_the_figures_of_a_web_server_are_those_of_the_folder(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    assert mirror.look() == limits.poll
    assert mirror.trouble is None
    assert read(mirror).fingerprint == load_library(data).fingerprint


def test_the_shipped_list_names_everything_the_shipped_library_needs(tmp_path, limits):
    shipped = ROOT / "datasets"
    with served(shipped) as site:
        mirror = Mirror(Address.of(site.url), limits)
        mirror.look()
    assert read(mirror).fingerprint == load_library(shipped).fingerprint
    package = json.loads((shipped / MANIFEST).read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} == set(mirror.listing())


def test_a_second_look_downloads_nothing(site, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert site.sent() > 0
    mirror.look()
    assert {status for _, status, _ in site.asked} == {304}
    assert site.sent() == 0


def test_a_list_with_hashes_makes_a_look_one_request(site, data, limits):
    listed(data, hashes=True)
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    site.asked.clear()
    mirror.look()
    assert site.asked == [(MANIFEST, 304, 0)]


def test_a_change_is_fetched_alone(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    site.asked.clear()
    save(data, 11)
    mirror.look()
    assert values(mirror) == [11]
    assert [path for path, status, _ in site.asked if status == 200] == [FIGURES]


def test_a_server_without_etags_still_changes_nothing_while_nothing_changes(site, limits):
    site.etags = False
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    before = read(mirror).fingerprint, mirror._taken
    mirror.look()
    assert (read(mirror).fingerprint, mirror._taken) == before


def test_without_a_list_the_crises_that_crises_csv_names_are_found(site, data, limits):
    (data / MANIFEST).unlink()
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert values(mirror) == [10]


def test_a_list_that_was_not_made_anew_hides_no_crisis(site, data, limits):
    other = write_crisis(data.parent / "other", figure(value=7), crisis="other")
    shutil.copytree(other / "other", data / "other")
    rows = (other / "crises.csv").read_text().splitlines(True)[1:]
    with (data / "crises.csv").open("a", newline="") as file:
        file.writelines(rows)
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert values(mirror) == [7, 10]


def test_a_mapped_table_is_in_the_list_with_its_mapping(data, limits):
    shutil.copy(data / FIGURES, data / "test" / "report.csv")
    (data / "test" / "report.toml").write_text("")
    listed(data)
    paths = [r["path"] for r in json.loads((data / MANIFEST).read_text())["resources"]]
    assert paths[-2:] == ["test/report.csv", "test/report.toml"]
    assert "test/decisions.csv" in paths
    (data / "test" / "decisions.csv").unlink()
    assert "test/decisions.csv" not in data_package(data)


@pytest.mark.parametrize(
    "path",
    ["../secret.csv", "/etc/figures.csv", "a/b/c.csv", "C:\\x.csv", "http://h/x.csv", ".x/y.csv"],
)
def test_a_list_cannot_name_what_is_no_file_of_the_folder(site, data, limits, path):
    package = json.loads((data / MANIFEST).read_text())
    package["resources"].append({"path": path})
    (data / MANIFEST).write_text(json.dumps(package))
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert mirror.trouble is None
    assert set(mirror.listing()) == {r["path"] for r in package["resources"]} - {path}


def test_a_token_in_the_address_goes_along_and_an_account_signs_in(site, limits):
    with_both = site.url.replace("//", "//amina:s%40fe@") + "?token=abc"
    mirror = Mirror(Address.of(with_both), limits)
    mirror.look()
    assert values(mirror) == [10]
    assert {headers["Authorization"] for headers in site.headers} == {"Basic YW1pbmE6c0BmZQ=="}
    assert all(path.endswith("?token=abc") for path in paths(site))


# Faults: the last good figures stay

ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as _archive:
    _archive.writestr("figures.csv", "figure_id,country\nF1,THA\n")
FAULTS = {
    "time-out": (silent, "timeout"),
    "an error of the server": (status(500), "server"),
    "too busy": (status(503, Retry_After="7"), "busy"),
    "no longer allowed": (status(403), "refused"),
    "taken away": (status(404), "missing"),
    "half a body": (cut, "truncated"),
    "a sign-in page": (instead(PAGE), "wrong_kind"),
    "an error as JSON": (instead(REFUSAL, "application/json"), "wrong_kind"),
    "an archive": (instead(ZIP.getvalue(), "text/csv"), "wrong_kind"),
    "an error in words": (instead(b"Service unavailable", "text/plain"), "damaged"),
    "nothing at all": (instead(b"", "text/csv"), "damaged"),
    "a table of something else": (instead(b"a,b\n1,2\n", "text/csv"), "damaged"),
    "a drip of the head": (dripping("head"), "timeout"),
    "a drip of the body": (dripping("body"), "timeout"),
    "a redirect in a circle": (to(f"/{FIGURES}"), "redirect"),
    "a redirect to a file": (to("file:///etc/passwd"), "redirect"),
    "a redirect to another kind of server": (to("ftp://127.0.0.1/x.csv"), "redirect"),
    "too much": (instead(b"x" * (6 << 20), "text/csv"), "too_large"),
}


@pytest.mark.parametrize(("fault", "reason"), FAULTS.values(), ids=FAULTS)
def test_no_fault_takes_the_last_good_figures_away(site, data, limits, fault, reason):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    good, checked = read(mirror).fingerprint, mirror.checked
    # A change of another file must not come through alone either.
    write_table(data / "sources.csv", ["source", "name", "kind"], [source(name="Renamed")])
    site.faults[FIGURES] = fault
    wait = [mirror.look(), mirror.look()][-1]
    assert read(mirror).fingerprint == good
    assert mirror.trouble is not None
    assert mirror.trouble.reason == reason
    assert mirror.trouble.file == FIGURES
    assert mirror.trouble.since == checked
    assert wait >= (7 if reason == "busy" else 0)
    site.faults.clear()
    mirror.look()
    assert mirror.trouble is None
    assert list(read(mirror).sources["name"]) == ["Renamed"]


@pytest.mark.parametrize("part", ["*", MANIFEST, "crises.csv", "sources.csv", "test/events.csv"])
@pytest.mark.parametrize("body", [PAGE, REFUSAL], ids=["page", "JSON"])
def test_a_sign_in_page_in_place_of_any_file_is_refused(site, limits, part, body):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    good = read(mirror).fingerprint
    site.faults[part] = instead(body)
    mirror.look()
    assert mirror.trouble is not None
    assert mirror.trouble.reason == "wrong_kind"
    assert read(mirror).fingerprint == good


def test_a_sign_in_page_at_the_very_first_look_is_no_library(site, limits):
    site.faults["*"] = instead(PAGE)
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert mirror.listing() == {}
    assert mirror.trouble is not None
    assert Mirror(Address.of(site.url), limits).listing() == {}, "nothing is kept of it"


def test_two_files_are_taken_together_or_not_at_all(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    save(data, 11)
    write_table(data / "sources.csv", ["source", "name", "kind"], [source(name="Renamed")])
    site.faults["sources.csv"] = status(500)
    mirror.look()
    library = read(mirror)
    assert (list(library.figures["value"]), list(library.sources["name"])) == ([10], ["A"])
    site.faults.clear()
    mirror.look()
    library = read(mirror)
    assert (list(library.figures["value"]), list(library.sources["name"])) == ([11], ["Renamed"])


def test_a_file_that_changes_after_it_was_read_is_read_again(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()

    def publish(path):
        # The crises were asked for before; both files are saved in the middle of the look.
        if path == FIGURES:
            site.before = lambda path: None
            write_crisis(data, figure(figure_id="F1", value=12), name="Renamed")

    site.before = publish
    mirror.look()
    library = read(mirror)
    assert (list(library.figures["value"]), list(library.crises["name"])) == ([12], ["Renamed"])


def test_files_that_never_stand_still_are_not_taken(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    numbers = iter(range(100, 1_000))
    site.before = lambda path: save(data, next(numbers)) if path == FIGURES else None
    [mirror.look(), mirror.look()]
    assert mirror.trouble is not None
    assert mirror.trouble.reason == "changing"
    assert values(mirror) == [10]


def test_a_new_crisis_whose_figures_are_not_there_yet_waits_for_them(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    with (data / "crises.csv").open("a") as file:
        file.write("next,Next,THA,2025-12-07\n".replace("\n", "," * 5 + "\n"))
    mirror.look()
    assert mirror.trouble is not None
    assert (mirror.trouble.reason, mirror.trouble.file) == ("missing", "next/figures.csv")
    assert list(read(mirror).crises["crisis"]) == ["test"]


def test_a_file_that_is_not_the_listed_one_is_not_taken(site, data, limits):
    listed(data, hashes=True)
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    old = (data / FIGURES).read_bytes()
    save(data, 11)
    mirror.look()
    assert values(mirror) == [10], "the list does not name it yet"
    listed(data, hashes=True)
    new = (data / FIGURES).read_bytes()
    (data / FIGURES).write_bytes(old)
    [mirror.look(), mirror.look()]
    assert mirror.trouble is not None
    assert mirror.trouble.reason == "checksum"
    (data / FIGURES).write_bytes(new)
    mirror.look()
    assert values(mirror) == [11]


def test_a_row_that_cannot_be_read_is_a_finding_and_no_fault(site, data, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    write_figures(data / FIGURES, figure(value="x"), figure(value=12))
    mirror.look()
    assert mirror.trouble is None
    assert values(mirror) == [12]
    assert list(read(mirror).findings["code"]) == ["not-a-number"]


# Waiting


def test_one_passing_failure_is_told_to_nobody(site, limits):
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    site.faults["*"] = status(500)
    mirror.look()
    assert mirror.trouble is None
    mirror.look()
    assert mirror.trouble is not None


def test_each_failure_waits_longer_and_never_longer_than_the_longest(site, limits):
    mirror = Mirror(Address.of(site.url), limits)
    site.stop()
    waits = [mirror.look() for _ in range(12)]
    site.start(site.port)
    for number, wait in enumerate(waits):
        most = min(LONGEST_WAIT, FIRST_WAIT * 2**number)
        assert most / 2 <= wait <= most
    assert len(set(waits)) == len(waits), "no two servers ask in step"


def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path):
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x"]
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    run = ["openssl", *made, "-keyout", str(key), "-out", str(certificate)]
    if shutil.which("openssl") is None or subprocess.run(run, capture_output=True).returncode:
        pytest.skip("no openssl here")
    with served(tmp_path) as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
        client = Client(5)
        with pytest.raises(OSError, match=REASONS["certificate"]):
            client.get(f"https://127.0.0.1:{site.port}/x", Mark(), "x", 1_000)


def test_a_large_file_may_take_its_time_as_long_as_it_comes():
    assert SLOWEST * 20 < 1 << 20, "a megabyte has more than 20 seconds on top of the time limit"


# A restart


def test_a_restart_without_the_server_shows_the_last_good_and_then_the_new(site, data, limits):
    Mirror(Address.of(site.url), limits).look()
    site.stop()
    save(data, 11)
    mirror = Mirror(Address.of(site.url), limits)
    assert values(mirror) == [10], "before anybody asks the network"
    mirror.look()
    assert mirror.trouble is not None
    assert mirror.trouble.reason == "unreachable"
    assert mirror.trouble.since is not None
    assert values(mirror) == [10]
    site.start(site.port)
    mirror.look()
    assert mirror.trouble is None
    assert values(mirror) == [11]


def test_a_restart_downloads_nothing_that_is_kept(site, limits):
    Mirror(Address.of(site.url), limits).look()
    site.sent()
    Mirror(Address.of(site.url), limits).look()
    assert site.sent() == 0


def test_a_damaged_copy_on_disk_is_fetched_again(site, limits):
    Mirror(Address.of(site.url), limits).look()
    for path in limits.cache.rglob("objects/*"):
        path.write_bytes(b"damaged")
    mirror = Mirror(Address.of(site.url), limits)
    assert mirror.listing() == {}
    mirror.look()
    assert values(mirror) == [10]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"files": {"a.csv": [1]}, "taken": "x"}'])
def test_a_damaged_list_on_disk_is_made_anew(site, limits, content):
    Mirror(Address.of(site.url), limits).look()
    next(limits.cache.rglob("current.json")).write_text(content)
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert values(mirror) == [10]


def test_a_disk_that_cannot_be_written_to_serves_figures_all_the_same(site, data, limits):
    limits.cache.write_text("a file where a folder should be")
    mirror = Mirror(Address.of(site.url), limits)
    mirror.look()
    assert values(mirror) == [10]
    save(data, 11)
    mirror.look()
    assert values(mirror) == [11]


def test_what_was_last_looked_at_is_the_server_and_not_the_copy(site, limits):
    watcher = RemoteWatcher(site.url, limits)
    watcher.current()
    assert watcher.looked == watcher.mirror.checked.timestamp()
    site.stop()
    watcher.mirror.look()
    before = watcher.looked
    watcher.mirror.look()
    assert watcher.current().figures["value"].tolist() == [10]
    assert watcher.looked == before
    watcher.close()


def test_two_addresses_share_no_copy(site, data, limits):
    Mirror(Address.of(site.url), limits).look()
    assert Mirror(Address.of(f"{site.url}/elsewhere"), limits).listing() == {}


# Secrets

SECRET = "https://amina:s3cret@files.example.org/share/k3y/data?token=t0ken#crisis=x"


def test_no_secret_of_an_address_is_shown_logged_or_written_down(caplog, tmp_path):
    address = Address.of(SECRET.replace("files.example.org", "127.0.0.1:1"))
    with caplog.at_level(logging.DEBUG):
        mirror = Mirror(address, Limits(cache=tmp_path / "cache", timeout=0.2))
        mirror.look()
        watcher = RemoteWatcher(SECRET.replace("files.example.org", "127.0.0.1:1"), mirror._limits)
        findings = watcher.current().findings
        watcher.close()
    told = [str(address), repr(address), repr(mirror.trouble), caplog.text, findings.to_csv()]
    told += [str(path) for path in tmp_path.rglob("*")]
    assert findings["code"].tolist() == ["not-fetched"]
    for secret in ("s3cret", "k3y", "t0ken", "amina"):
        assert not [text for text in told if secret in text]


def test_the_settings_in_force_are_printed_without_what_signs_in():
    run = [sys.executable, "-m", "settings"]
    environment = os.environ | {"DATASETS": SECRET}
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "files.example.org" in done.stdout
    assert not [secret for secret in ("s3cret", "t0ken", "amina") if secret in done.stdout]


def test_each_reason_is_told_and_each_finding_has_an_entry():
    assert {"not-refreshed", "not-fetched"} <= CATALOGUE.keys()
    assert all(reason[0].islower() and not reason.endswith(".") for reason in REASONS.values())


# One published table

SHEET = "pub?output=csv"


def sheet(folder, *rows, columns=None):
    """Publish one table, as a spreadsheet program on the web does."""
    names = columns or [name for name in figure() if name != "crisis"]
    return write_table(folder / "pub", names, [figure(**row) for row in rows])


def test_a_published_spreadsheet_is_a_library(tmp_path, limits):
    known = {"source": "who", "country": "KHM+THA"}
    sheet(tmp_path, {"as_of": "2025-12-20"}, {"value": 11, **known})
    with served(tmp_path) as site:
        mirror = Mirror(Address.of(f"{site.url}/{SHEET}#crisis=floods&name=The floods"), limits)
        mirror.look()
        site.asked.clear()
        mirror.look()
        assert [status for _, status, _ in site.asked] == [304]
    library = read(mirror)
    assert mirror.trouble is None
    assert sorted(library.figures["value"]) == [10, 11]
    about = library.crises.iloc[0]
    assert (about["crisis"], about["name"], about["countries"]) == (
        "floods",
        "The floods",
        "KHM+THA",
    )
    assert f"{about['start']:%Y-%m-%d}" == "2025-12-20"
    assert len(library.identities) > 5, "what must add up is as for the shipped figures"


def test_a_column_tells_crises_apart_and_findings_name_the_published_line(tmp_path, limits):
    rows = [{"crisis": "a"}, {"crisis": "b", "value": 7}, {"crisis": "b", "value": "x"}]
    sheet(tmp_path, *rows, columns=list(figure()))
    with served(tmp_path) as site:
        mirror = Mirror(Address.of(f"{site.url}/{SHEET}"), limits)
        mirror.look()
    library = read(mirror)
    assert sorted(library.crises["crisis"]) == ["a", "b"]
    assert dict(zip(library.figures["crisis"], library.figures["value"], strict=True)) == {
        "a": 10,
        "b": 7,
    }
    wrong = library.findings[library.findings["code"] == "not-a-number"]
    assert list(wrong["line"]) == [4]


def test_other_sheets_are_given_beside_the_first(tmp_path, limits):
    sheet(tmp_path, {})
    write_table(tmp_path / "sources", ["source", "name", "kind"], [source(name="Ministry")])
    with served(tmp_path) as site:
        beside = f"sources={site.url}/sources"
        mirror = Mirror(Address.of(f"{site.url}/{SHEET}#crisis=x&{beside}"), limits)
        mirror.look()
        assert list(read(mirror).sources["name"]) == ["Ministry"]
        write_table(tmp_path / "sources", ["source", "name", "kind"], [source(name="Office")])
        mirror.look()
    assert list(read(mirror).sources["name"]) == ["Office"]


def test_a_spreadsheet_that_is_no_longer_published_leaves_its_figures(tmp_path, limits):
    sheet(tmp_path, {})
    with served(tmp_path) as site:
        mirror = Mirror(Address.of(f"{site.url}/{SHEET}"), limits)
        mirror.look()
        for body in (PAGE, b"", b"a,b\n1,2\n"):
            site.faults["pub"] = instead(body)
            mirror.look()
            assert mirror.trouble is not None
            assert values(mirror) == [10]


# A bucket, and a share


@pytest.fixture(scope="module")
def store():
    """Return the files of a real object store on loopback."""
    moto = pytest.importorskip("moto.server", reason="needs requirements-dev.txt")
    s3fs = pytest.importorskip("s3fs")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    port = server.get_host_and_port()[1]
    given = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    files = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    files.mkdir("figures")
    yield files
    server.stop()
    for name, value in before.items():
        os.environ.pop(name)
        if value is not None:
            os.environ[name] = value


@pytest.fixture
def bucket(store, data):
    """Return the address of a folder in the bucket, and how to upload a folder to it."""
    address = "s3://figures/now"

    def upload():
        store.put(f"{data}/", "figures/now/", recursive=True)

    upload()
    yield address, upload
    store.rm("figures/now", recursive=True)


def test_the_figures_of_a_bucket_are_those_of_the_folder(bucket, data, limits):
    address, upload = bucket
    mirror = Mirror(Address.of(address), replace(limits, timeout=20))
    mirror.look()
    assert mirror.trouble is None
    assert read(mirror).fingerprint == load_library(data).fingerprint
    save(data, 11)
    upload()
    mirror.look()
    assert values(mirror) == [11]


def test_a_look_at_a_bucket_reads_no_file_while_nothing_changes(bucket, limits, monkeypatch):
    mirror = Mirror(Address.of(bucket[0]), replace(limits, timeout=20))
    mirror.look()
    monkeypatch.setattr(mirror._place, "_read", None)
    mirror.look()
    assert mirror.trouble is None


def test_a_bucket_that_loses_its_files_does_not_lose_the_figures(bucket, store, data, limits):
    mirror = Mirror(Address.of(bucket[0]), replace(limits, timeout=20))
    mirror.look()
    store.rm(f"figures/now/{FIGURES}")
    mirror.look()
    assert mirror.trouble is not None
    assert (mirror.trouble.reason, mirror.trouble.file) == ("missing", FIGURES)
    assert values(mirror) == [10]
    store.pipe(f"figures/now/{FIGURES}", PAGE)
    mirror.look()
    assert mirror.trouble.reason == "wrong_kind"
    assert values(mirror) == [10]
    bucket[1]()
    mirror.look()
    assert mirror.trouble is None


def test_a_store_that_answers_nothing_is_given_up_after_the_time_limit(site, limits, monkeypatch):
    pytest.importorskip("s3fs")
    monkeypatch.setenv("AWS_ENDPOINT_URL", site.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "y")
    site.faults["*"] = silent
    mirror = Mirror(Address.of("s3://figures/now"), limits)
    mirror.look()
    assert mirror.trouble is not None
    assert mirror.trouble.reason == "timeout"


def test_a_share_that_goes_away_leaves_the_last_good_figures(data, limits):
    mirror = Mirror(Address.of(f"file://{data}"), limits)
    mirror.look()
    assert values(mirror) == [10]
    save(data, 11)
    mirror.look()
    assert values(mirror) == [11]
    data.rename(data.with_name("unmounted"))
    mirror.look()
    assert mirror.trouble is not None
    assert values(mirror) == [11]


def test_a_kind_of_address_that_nothing_reads_says_so(limits):
    mirror = Mirror(Address.of("gopher://example.org/x"), limits)
    mirror.look()
    assert mirror.trouble is not None
    assert mirror.trouble.reason == "support"


# On screen


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """Return a page of the dashboard over an address, looked at often."""
    monkeypatch.setenv("DASHBOARD_REMOTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DASHBOARD_REMOTE_POLL_SECONDS", "1")
    monkeypatch.setenv("DASHBOARD_REMOTE_TIMEOUT_SECONDS", "2")
    monkeypatch.setattr("loaders.remote.mirror.FIRST_WAIT", 0.1)
    monkeypatch.setattr("loaders.remote.mirror.LONGEST_WAIT", 0.1)

    def open_(address, page="pages/overview.py"):
        monkeypatch.setenv("DATASETS", address)
        settings.forget()
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.run()
        return app if page == "pages/overview.py" else app.switch_page(page).run()

    yield open_
    if isinstance(watcher := loading._watcher(loading.data_path()), RemoteWatcher):
        watcher.close()
    loading._watcher.clear()
    monkeypatch.undo()
    settings.forget()


def warned(app):
    assert not app.exception
    return " ".join(part.value for part in app.warning).replace("\\", "")


def test_the_screen_says_that_figures_are_not_renewed_and_stops_when_they_are(site, data, opened):
    app = opened(site.url)
    assert warned(app) == ""
    site.faults["*"] = instead(PAGE)
    assert until(lambda: "not-refreshed" in codes())
    app.run()
    today = dt.datetime.now(dt.UTC)
    assert "The figures could not be refreshed since" in warned(app)
    assert REASONS["wrong_kind"] in warned(app)
    assert "UTC stay on screen" in warned(app)
    assert str(today.year) in warned(app)
    save(data, 4321)
    site.faults.clear()
    assert until(lambda: 4321 in list(loading.current().figures["value"]))
    app.run()
    assert warned(app) == ""
    shown = [part.value for part in app.markdown]
    shown += [element.proto.body for element in app.get("html")]
    assert any("4,321" in text for text in shown)


def codes():
    return list(loading.current().findings["code"])


def test_the_screen_says_that_figures_were_never_fetched(opened):
    app = opened("http://127.0.0.1:1/data")
    assert "The figures could not be fetched yet: the server cannot be reached" in warned(app)
    assert not app.info


def test_nobody_edits_figures_that_are_kept_elsewhere(site, opened, monkeypatch):
    monkeypatch.setattr("ui.rights.at_the_desk", lambda: True)
    app = opened(site.url, "pages/update.py")
    said = " ".join(part.value for part in app.info).replace("\\", "")
    assert "These figures are kept elsewhere and cannot be changed here." in said
    assert not app.text_input


def test_a_reader_asks_the_server_nothing(site, opened):
    app = opened(site.url)
    watcher = loading._watcher(loading.data_path())
    watcher.close()
    assert until(lambda: not watcher._thread.is_alive())
    site.asked.clear()
    app.run()
    app.switch_page("pages/data.py").run()
    assert not app.exception
    assert site.asked == []


def test_a_script_reads_an_address_as_it_reads_a_folder(site, data):
    assert load_library(site.url).fingerprint == load_library(data).fingerprint


def test_the_command_line_reads_an_address(site):
    run = [sys.executable, "-m", "loaders", "check", site.url]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    assert "0 error" in done.stdout


def test_readers_see_the_old_set_or_the_new_while_it_is_replaced(site, data, limits):
    """Each set's number is also the name of its source: a mixture would differ."""

    def publish(number):
        rows = [source(name=str(number))]
        write_table(data / "sources.csv", ["source", "name", "kind"], rows)
        save(data, number)

    publish(0)
    listed(data, hashes=True)
    watcher = RemoteWatcher(site.url, limits)
    assert list(watcher.current().figures["value"]) == [0]
    seen, failures, done = set(), [], threading.Event()

    def watch():
        while not done.is_set():
            library = watcher.current()
            shown = list(library.figures["value"]), list(library.sources["name"])
            seen.add(shown[0][0])
            if [str(number) for number in shown[0]] != shown[1]:
                failures.append(shown)
            done.wait(0.002)

    readers = [threading.Thread(target=watch) for _ in range(2)]
    for reader in readers:
        reader.start()
    assert until(lambda: 0 in seen)
    for number in range(1, 5):
        publish(number)
        # The list comes last; until then the server holds half of a change.
        watcher.mirror.look()
        listed(data, hashes=True)
        watcher.mirror.look()
        assert until(lambda number=number: number in seen)
    done.set()
    for reader in readers:
        reader.join()
    watcher.close()
    assert failures == []
    assert seen == set(range(5))
