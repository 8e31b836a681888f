"""Watching: what the log holds, what is measured, which alerts are sent, to real servers."""

import datetime as dt
import io
import json
import logging
import re
import socket
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import anyio
import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import settings
from loaders import load_library
from server import measuring
from settings import load
from tests.builders import figure, write_crisis
from watch import alerts, logs, memory, metrics, running, sending
from watch.__main__ import main
from watch.alerts import Notice
from watch.memory import Condition
from watch.sending import SendError

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "watching.md").read_text(encoding="utf-8")
TODAY = dt.date(2026, 1, 10)
# Ten killed and then four: a running total cannot fall.
FALLING = (
    figure(figure_id="F1", as_of="2026-01-05", published="2026-01-05", value=10),
    figure(figure_id="F2", as_of="2026-01-06", published="2026-01-06", value=4, source="b"),
)


def dataset(root, *rows, **about):
    return write_crisis(root, *rows, **about)


@pytest.fixture
def folder(tmp_path):
    return dataset(tmp_path / "data", FALLING[0])


# The log


@pytest.fixture
def lines():
    """Return a function that sets the log up and gives the stream it writes to."""
    root = logging.getLogger()
    touched = [logging.getLogger(name) for name in (*logs.OURS, *logs.LOUD)]
    before = [(one, one.level, list(one.handlers), one.propagate) for one in (root, *touched)]

    def begin(**environ):
        stream = io.StringIO()
        logs.set_up(load({f"DASHBOARD_{name.upper()}": v for name, v in environ.items()}), stream)
        return stream

    yield begin
    for one, level, handlers, propagate in before:
        one.setLevel(level)
        one.handlers[:] = handlers
        one.propagate = propagate


def test_an_event_is_one_json_object_with_its_facts(lines):
    stream = lines(log_format="json")
    logs.tell("request", path="/trends", status=200, ms=1.5)
    found = json.loads(stream.getvalue())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("time"))
    assert found == {"level": "info", "event": "request", "path": "/trends", "status": 200,
                     "ms": 1.5}  # fmt: skip


def test_a_line_for_people_holds_the_same(lines):
    stream = lines()
    logs.tell("request", path="/trends", status=200)
    assert stream.getvalue().endswith("info    request path=/trends status=200\n")


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_fact_can_forge_a_line_or_steer_a_terminal(lines, kind):
    stream = lines(log_format=kind)
    logs.tell("x\nforged \x1b[31m", path="/\nforged status=200 \x1b[2J\u2028")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize("kind", ["text", "json"])
def test_an_error_is_told_with_its_traceback_and_without_the_reader(lines, kind):
    stream = lines(log_format=kind)
    try:
        raise ValueError("amina@ngo.example from 203.0.113.7 asked /trends?seen=secret")
    except ValueError:
        logging.getLogger("server.x").exception("failed for %s", "2001:db8::17")
    text = stream.getvalue()
    assert "ValueError" in text
    assert not [word for word in ("amina", "203.0.113", "secret", "2001:db8") if word in text]


@pytest.mark.parametrize("text", ["on 127.0.0.1", "at 12:30:05", "a[::2]", "0.0.0.0:80", "v1.2.3",
                                  "::1"])  # fmt: skip
def test_what_is_no_readers_address_stays(text):
    assert logs.blanked(text) == text


def test_the_level_is_that_of_the_settings(lines):
    stream = lines(log_level="warning")
    logs.tell("quiet")
    logging.getLogger("loaders.watch").info("quiet")
    logging.getLogger("somebody.else").info("quiet")
    logging.getLogger("loaders.watch").warning("loud")
    assert [line.split()[-2:] for line in stream.getvalue().splitlines()] == [
        ["loud", "part=loaders.watch"]
    ]


def test_the_server_below_tells_nothing_of_its_connections(lines):
    stream = lines(log_level="debug")
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "203.0.113.7", "/?x")
    logging.getLogger("uvicorn.access").info("203.0.113.7 GET /?x")
    assert stream.getvalue() == ""


# The server's own counting


def get(path, host="127.0.0.1", **headers):
    """Ask an application that is measured, with /metrics as the server has it."""
    routes = [
        Route("/metrics", measuring.answering),
        Route("/trends", lambda _: PlainTextResponse("x")),
    ]
    app = measuring.Measured(Starlette(routes=routes), pages=frozenset({"/", "/trends"}))

    async def ask():
        transport = httpx.ASGITransport(app, client=(host, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get(path, headers=headers)

    return anyio.run(ask)


@pytest.fixture
def measured(folder, tmp_path, monkeypatch):
    """Have the metrics be of a folder of ours; return a function that sets who may read them."""
    measuring._figures.cache_clear()
    monkeypatch.setenv("DATASETS", str(folder))
    monkeypatch.setenv("DASHBOARD_ALERT_STATE", str(tmp_path / "alerts.json"))

    def allow(who):
        monkeypatch.setenv("DASHBOARD_METRICS", who)
        settings.forget()

    allow("everyone")
    yield allow
    measuring._figures.cache_clear()
    monkeypatch.undo()
    settings.forget()


def values(text):
    """Return the value of each sample by its name and labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_request_is_counted_and_logged_by_its_page_alone(measured, lines):
    stream = lines(log_format="json")
    before = values(get("/metrics").text)
    get("/trends?seen=secret", "203.0.113.7", **{"User-Agent": "somebody"})
    get("/amina@ngo.example")
    after = values(get("/metrics").text)
    for key in (("/trends", "200"), ("(other)", "404")):
        name = ("dashboard_requests_total", *key)
        assert after[name] == before.get(name, 0) + 1
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(t["path"], t["status"]) for t in told if t["event"] == "request"] == [
        ("/trends", 200), ("(other)", 404),
    ]  # fmt: skip
    for word in ("secret", "somebody", "amina", "203.0.113.7"):
        assert word not in stream.getvalue()


@pytest.mark.parametrize(
    ("who", "host", "headers", "status"),
    [
        ("loopback", "127.0.0.1", {}, 200),
        ("loopback", "::1", {}, 200),
        ("loopback", "203.0.113.7", {}, 404),
        ("loopback", "127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 404),
        ("loopback", "127.0.0.1", {"Forwarded": "for=x"}, 404),
        ("everyone", "203.0.113.7", {}, 200),
        ("off", "127.0.0.1", {}, 404),
    ],
)
def test_only_those_who_may_read_the_metrics(measured, who, host, headers, status):
    measured(who)
    answer = get("/metrics", host, **headers)
    assert answer.status_code == status
    assert ("dashboard_" in answer.text) is (status == 200)


def test_a_session_is_counted_while_it_is_open():
    async def app(scope, receive, send):
        await send({"type": "websocket.accept"})
        during.append(metrics.sessions._value.get())
        raise ConnectionError

    async def send(message):
        pass

    async def play():
        with pytest.raises(ConnectionError):
            await measuring.Measured(app, frozenset())(
                {"type": "websocket", "path": "/_stcore/stream"}, None, send
            )

    during, before = [], metrics.sessions._value.get()
    anyio.run(play)
    assert during == [before + 1]
    assert metrics.sessions._value.get() == before


def test_a_rerun_is_measured_however_it_ends():
    name = ("dashboard_rerun_seconds_count", "/test")
    for count in (1, 2):
        with pytest.raises(KeyError), metrics.rerun("/test"):
            raise KeyError
        assert values(metrics.generate_latest(metrics.registry).decode())[name] == count


def test_the_figures_are_measured(tmp_path):
    root = dataset(tmp_path, *FALLING, end="", start="2025-12-07")
    library = load_library(root)
    source = metrics.Source(lambda: library, lambda: 5.0, lambda: None, tmp_path / "none.json")
    figures = metrics.Figures(source)
    first = values(metrics.text(figures).decode())
    assert ("dashboard_contradictions", "test") not in first
    figures.settle()
    found = values(metrics.text(figures).decode())
    days = (dt.date.today() - dt.date(2026, 1, 6)).days
    assert found["dashboard_figures", "test"] == 2
    assert found["dashboard_crisis_active", "test"] == 1
    assert found["dashboard_newest_age_days", "test"] == days
    assert found["dashboard_published_age_days", "test"] == days
    assert found["dashboard_contradictions", "test"] == 1
    assert found["dashboard_library_looked_timestamp_seconds",] == 5
    assert ("dashboard_library_read_timestamp_seconds",) not in found


def test_every_metric_is_documented(tmp_path):
    library = load_library(dataset(tmp_path, *FALLING))
    source = metrics.Source(lambda: library, lambda: 5.0, lambda: 5.0, tmp_path / "none.json")
    text = metrics.text(metrics.Figures(source)).decode()
    names = {family.name for family in text_string_to_metric_families(text)}
    assert len(names) > 15
    assert [name for name in sorted(names) if f"`{name}" not in DOCUMENT] == []


def test_every_metric_in_the_rules_for_prometheus_is_there(tmp_path):
    library = load_library(dataset(tmp_path, *FALLING))
    source = metrics.Source(lambda: library, lambda: 5.0, lambda: 5.0, tmp_path / "none.json")
    names = set(re.findall(r"# TYPE (\w+)", metrics.text(metrics.Figures(source)).decode()))
    rules = DOCUMENT.partition("```yaml\ngroups:")[2].partition("```")[0]
    used = set(re.findall(r"dashboard_\w+", rules))
    assert len(used) >= 4
    assert {name.removesuffix("_bucket") for name in used} <= names


# What is wrong with the figures


def look(root, today=TODAY, days=7):
    return alerts.look(partial(load_library, root), today, days)


def kinds(found):
    return sorted(condition.kind for condition in found.conditions.values())


@pytest.mark.parametrize(
    ("published", "end", "wrong"),
    [
        ("2026-01-03", "", []),
        ("2026-01-02", "", ["stale"]),
        ("2026-01-02", "2026-01-10", ["stale"]),
        ("2026-01-02", "2026-01-09", []),
    ],
)
def test_an_active_crisis_without_new_figures_for_too_long_is_stale(
    tmp_path, published, end, wrong
):
    row = figure(as_of="2026-01-01", published=published)
    assert kinds(look(dataset(tmp_path, row, end=end))) == wrong


def test_a_contradiction_is_known_by_its_figures(tmp_path):
    found = look(dataset(tmp_path, *FALLING))
    assert list(found.conditions) == ["contradiction:test:F1+F2"]
    assert found.conditions["contradiction:test:F1+F2"].day == "2026-01-06"


@pytest.mark.parametrize("cause", [OSError("no route"), ValueError("x"), PermissionError("no")])
def test_whatever_keeps_the_figures_from_being_read_is_told(cause):
    def read():
        raise cause

    found = alerts.look(read, TODAY, 7)
    assert kinds(found) == ["unreadable"]
    assert found.blind


def test_a_folder_that_is_gone_and_a_file_that_is_damaged_are_told(tmp_path):
    assert kinds(look(tmp_path / "none")) == ["unreadable"]
    root = dataset(tmp_path / "data", *FALLING)
    (root / "test" / "figures.csv").write_bytes(b"")
    found = look(root)
    assert list(found.conditions) == ["unreadable:test/figures.csv"]
    assert ("contradiction", "test") in found.unsure


# What of it is told


class Wire:
    """A channel that keeps what it is sent, and fails as often as it is told to."""

    def __init__(self, failures=0):
        self.sent, self.failures = [], failures

    def __call__(self, notices):
        if self.failures:
            self.failures -= 1
            raise SendError("down")
        self.sent.append([(notice.state, notice.condition.kind) for notice in notices])


def watch_once(root, file, wire, today=TODAY, **options):
    return running.run(
        partial(load_library, root), {"wire": wire}, file, stale_days=7, today=today, **options
    )


def test_an_alert_is_sent_once_and_its_end_once(tmp_path):
    root, file, wire = tmp_path / "data", tmp_path / "state.json", Wire()
    dataset(root, FALLING[0])
    watch_once(root, file, wire)
    dataset(root, *FALLING)
    for _ in range(3):
        watch_once(root, file, wire)
    dataset(root, FALLING[0])
    for _ in range(3):
        watch_once(root, file, wire)
    assert wire.sent == [[("new", "contradiction")], [("resolved", "contradiction")]]
    assert memory.read(file).channels["wire"].sent == 2


def test_contradictions_that_are_there_at_the_first_run_are_not_new(tmp_path):
    root, file, wire = tmp_path / "data", tmp_path / "state.json", Wire()
    dataset(root, *FALLING)
    watch_once(root, file, wire)
    dataset(root, FALLING[0])
    watch_once(root, file, wire)
    assert wire.sent == []
    dataset(root, *FALLING)
    watch_once(root, file, wire)
    assert wire.sent == [[("new", "contradiction")]]


def test_what_is_stale_at_the_first_run_is_told(tmp_path):
    root, file, wire = tmp_path / "data", tmp_path / "state.json", Wire()
    dataset(root, FALLING[0])
    watch_once(root, file, wire, today=dt.date(2026, 2, 1))
    dataset(root, FALLING[0], figure(as_of="2026-01-31", published="2026-01-31", value=11))
    watch_once(root, file, wire, today=dt.date(2026, 2, 1))
    assert wire.sent == [[("new", "stale")], [("resolved", "stale")]]


def test_what_could_not_be_sent_is_sent_at_the_next_run_to_that_channel_alone(tmp_path):
    root, file = tmp_path / "data", tmp_path / "state.json"
    dataset(root, FALLING[0])
    good, bad = Wire(), Wire(failures=2)
    read = partial(load_library, root)
    outcomes = [
        running.run(read, {"good": good, "bad": bad}, file, stale_days=7,
                    today=dt.date(2026, 2, 1))
        for _ in range(4)
    ]  # fmt: skip
    assert [list(outcome.failed) for outcome in outcomes] == [["bad"], ["bad"], [], []]
    assert good.sent == bad.sent == [[("new", "stale")]]
    assert memory.read(file).channels["bad"].failed == 2


def test_a_first_run_that_fails_does_not_make_old_contradictions_new(tmp_path):
    root, file, wire = tmp_path / "data", tmp_path / "state.json", Wire(failures=1)
    dataset(root, *FALLING)
    for _ in range(2):
        watch_once(root, file, wire, today=dt.date(2026, 2, 1))
    assert wire.sent == [[("new", "stale")]]


def test_while_a_file_is_damaged_nothing_else_of_it_is_said_to_have_ended(tmp_path):
    root, file, wire = tmp_path / "data", tmp_path / "state.json", Wire()
    dataset(root, FALLING[0])
    watch_once(root, file, wire)
    dataset(root, *FALLING)
    watch_once(root, file, wire)
    whole = (root / "crises.csv").read_bytes()
    (root / "crises.csv").write_bytes(b"")
    watch_once(root, file, wire)
    (root / "crises.csv").write_bytes(whole)
    watch_once(root, file, wire)
    assert wire.sent == [[("new", "contradiction")], [("new", "unreadable")],
                         [("resolved", "unreadable")]]  # fmt: skip


def test_a_dry_run_sends_and_notes_nothing(tmp_path):
    root, file, wire = tmp_path / "data", tmp_path / "state.json", Wire()
    dataset(root, FALLING[0])
    outcome = watch_once(root, file, wire, today=dt.date(2026, 2, 1), dry=True)
    assert [notice.condition.kind for notice in outcome.notices["wire"]] == ["stale"]
    assert (wire.sent, file.exists()) == ([], False)


def test_nothing_is_sent_where_it_cannot_be_noted(tmp_path):
    (tmp_path / "file").write_text("")
    wire = Wire()
    dataset(tmp_path / "data", FALLING[0])
    with pytest.raises(OSError, match="file"):
        watch_once(tmp_path / "data", tmp_path / "file" / "x.json", wire)
    assert wire.sent == []


def test_a_damaged_note_counts_as_none(tmp_path):
    (tmp_path / "state.json").write_text('{"channels": [')
    assert memory.read(tmp_path / "state.json") == memory.Memory()


# Webhook, to a real server


@contextmanager
def hook(*statuses):
    """Serve a webhook that answers with each status in turn; yield its address and what came."""
    left, came = list(statuses), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            came.append((self.headers["Content-Type"], json.loads(self.rfile.read(length))))
            self.send_response(left.pop(0))
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hooks/geheim", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def condition(**overrides):
    given = {"key": "contradiction:test:F1+F2", "kind": "contradiction", "title": "Two differ",
             "text": "10, yet 4", "crisis": "test", "day": "2026-01-06",
             "figure_ids": ("F1", "F2")}  # fmt: skip
    return Condition(**given | overrides)


def with_hook(address):
    return load({"DASHBOARD_ALERT_WEBHOOK": address,
                 "DASHBOARD_PUBLIC_ADDRESS": "https://figures.example.org"})  # fmt: skip


def test_a_webhook_that_fails_and_recovers_gets_the_alert():
    waited = []
    with hook(500, 200) as (address, came):
        sending.post(with_hook(address), [Notice("new", condition())], wait=waited.append)
    assert len(came) == 2
    assert waited == [1.0]
    kind, body = came[1]
    assert kind == "application/json"
    assert (body["version"], body["dashboard"]) == (1, "https://figures.example.org")
    assert body["text"] == "Two differ: 10, yet 4"
    assert body["alerts"] == [
        {
            "key": "contradiction:test:F1+F2",
            "state": "new",
            "kind": "contradiction",
            "crisis": "test",
            "day": "2026-01-06",
            "title": "Two differ",
            "text": "10, yet 4",
            "figure_ids": ["F1", "F2"],
            "link": "https://figures.example.org/reconciliation?crisis=test&day=2026-01-06",
        }
    ]
    for name in body["alerts"][0]:
        assert f"`{name}`" in DOCUMENT


@pytest.mark.parametrize(
    ("statuses", "tries"), [((404,), 1), ((302,), 1), ((500, 503, 429), 3), ((401,), 1)]
)
def test_a_webhook_that_goes_on_failing_is_given_up_without_telling_its_address(statuses, tries):
    with hook(*statuses) as (address, came), pytest.raises(SendError) as told:
        sending.post(with_hook(address), [Notice("new", condition())], wait=lambda _: None)
    assert len(came) == tries
    assert str(told.value) == f"the webhook answered {statuses[-1]}"


def test_a_webhook_that_is_not_there_is_told_without_its_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}/geheim"
    with pytest.raises(SendError) as told:
        sending.post(with_hook(address), [Notice("new", condition())], wait=lambda _: None)
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("text", ["<!channel>", "@everyone", "![x](http://evil.example/x.png)",
                                  "www.evil.example", "<http://evil.example|click>"])  # fmt: skip
def test_what_a_cell_says_calls_nobody_and_fetches_nothing_in_a_chat(text):
    shown = sending.inert(text)
    for mark in ("<", ">", "@e", "](", "://", "www."):
        assert mark not in shown


# E-mail, to a real server


class Box:
    """A mail server's inbox."""

    def __init__(self):
        self.came = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.came.append((envelope, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("refused"):
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@contextmanager
def post_office(**options):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_mail(port, **more):
    environ = {
        "ALERT_EMAILS": "desk@ngo.example, second@ngo.example",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_TLS": "none",
        "SMTP_FROM": "board@ngo.example",
    } | more
    return load({f"DASHBOARD_{name}": text for name, text in environ.items()})  # fmt: skip


def test_alerts_come_by_mail_as_plain_text():
    notices = [Notice("new", condition()), Notice("resolved", condition(title="Trỗi dậy ភ"))]
    with post_office() as (box, port):
        sending.mail(with_mail(port), notices)
    ((envelope, message),) = box.came
    assert envelope.rcpt_tos == ["desk@ngo.example", "second@ngo.example"]
    assert envelope.mail_from == "board@ngo.example"
    assert message["Subject"] == "Two differ, and 1 more"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    text = message.get_content().replace("\r\n", "\n")
    assert "Two differ\n10, yet 4\n" in text
    assert "Ended: Trỗi dậy ភ" in text


def test_no_title_adds_a_header():
    title = "x\r\nBcc: everybody@elsewhere.example\r\n\r\nforged"
    message = sending.letter(with_mail(25), [Notice("new", condition(title=title))])
    assert message["Bcc"] is None
    assert message["Subject"] == "x Bcc: everybody@elsewhere.example forged"


def test_the_account_is_used():
    seen = []

    def check(server, session, envelope, mechanism, data):
        seen.append((data.login, data.password))
        return AuthResult(success=data.password == b"geheim")

    options = {"authenticator": check, "auth_require_tls": False}
    account = {"SMTP_USER": "board", "SMTP_PASSWORD": "geheim"}
    with post_office(**options) as (box, port):
        sending.mail(with_mail(port, **account), [Notice("new", condition())])
        with pytest.raises(SendError) as told:
            sending.mail(with_mail(port, **account | {"SMTP_PASSWORD": "falsch"}),
                         [Notice("new", condition())])  # fmt: skip
    assert len(box.came) == 1
    assert set(seen) == {(b"board", b"geheim"), (b"board", b"falsch")}
    assert "falsch" not in str(told.value)
    assert str(told.value).startswith("the mail server failed")


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for():
    with post_office() as (box, port), pytest.raises(SendError, match="SMTPNotSupportedError"):
        sending.mail(with_mail(port, SMTP_TLS="starttls"), [Notice("new", condition())])
    assert box.came == []


def test_a_mail_server_that_is_not_there_is_told():
    with pytest.raises(SendError, match="ConnectionRefusedError"):
        sending.mail(with_mail(free_port()), [Notice("new", condition())])


def test_one_bad_address_does_not_keep_the_others_from_their_mail():
    addresses = {"ALERT_EMAILS": "desk@ngo.example,refused@ngo.example"}
    with post_office() as (box, port):
        sending.mail(with_mail(port, **addresses), [Notice("new", condition())])
    assert box.came[0][0].rcpt_tos == ["desk@ngo.example"]
    with post_office() as (box, port), pytest.raises(SendError, match="Refused"):
        sending.mail(with_mail(port, ALERT_EMAILS="refused@ngo.example"),
                     [Notice("new", condition())])  # fmt: skip


# The command


@pytest.fixture
def commanded(tmp_path, monkeypatch, lines):
    lines()
    monkeypatch.setenv("DASHBOARD_ALERT_STATE", str(tmp_path / "state.json"))
    settings.forget()

    def run(root, *given, **environ):
        monkeypatch.setenv("DATASETS", str(root))
        for name, text in environ.items():
            monkeypatch.setenv(name, text)
        settings.forget()
        return main(list(given))

    yield run
    monkeypatch.undo()
    settings.forget()


def test_the_command_sends_to_the_webhook_once(commanded, tmp_path):
    with hook(500, 200) as (address, came):
        missing = tmp_path / "none"
        codes = [commanded(missing, DASHBOARD_ALERT_WEBHOOK=address) for _ in range(2)]
    assert codes == [0, 0]
    assert [body["alerts"][0]["kind"] for _, body in came] == ["unreadable", "unreadable"]


def test_the_command_says_what_it_would_send(commanded, tmp_path, capsys):
    root = dataset(tmp_path / "data", FALLING[0], end="")
    given = {"DASHBOARD_ALERT_WEBHOOK": "http://127.0.0.1:9/geheim"}
    assert commanded(root, "--dry-run", **given) == 0
    said = capsys.readouterr()
    assert "webhook: 1 to tell\n  new stale: The newest figure of Test was published" in said.out
    assert "geheim" not in said.out + said.err


def test_the_command_refuses_wrong_settings(commanded, tmp_path, capsys):
    assert commanded(tmp_path, DASHBOARD_STALE_DAYS="0") == 2
    assert "stale_days" in capsys.readouterr().err


def test_a_first_visit_to_any_page_is_drawn_by_the_dashboard_and_so_measured(monkeypatch):
    from streamlit.runtime.pages_manager import PagesManager

    from server.app import build

    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    build()
    # Else Streamlit runs the file in pages/ by itself until somebody has been at the first page.
    assert PagesManager(str(ROOT / "dashboard.py")).uses_pages_directory is False
