"""Settings: which source wins, what is refused and how it is told, the documents made of them."""

import os
import re
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import settings
from settings import SettingsError, is_loopback, load, telling
from settings.model import FIELDS, default, told, variable

ROOT = Path(__file__).parents[1]
SECRETS = ["alert_webhook", "smtp_password"]


def write(folder, text, name="dashboard.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(environ=None, path=None, flags=None):
    with pytest.raises(SettingsError) as found:
        load(environ or {}, path, flags)
    return found.value.problems


# Which source wins


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(tmp_path):
    path = write(tmp_path, 'port = 1001\nhost = "::1"\nstale_days = 3\n')
    found = load({"PORT": "1002", "HOST": "10.0.0.1"}, path, {"port": "1003", "host": None})
    assert (found.port, found.host, found.stale_days, found.log_level) == (
        1003, "10.0.0.1", 3, "info",
    )  # fmt: skip
    assert [found.origin(name) for name in ("port", "host", "stale_days", "log_level")] == [
        "flag --port",
        "environment variable HOST",
        "dashboard.toml, line 3",
        "default",
    ]


def test_a_variable_set_to_nothing_counts_as_not_set():
    found = load({"DATASETS": "", "EDITING": " ", "PORT": ""})
    assert not any(map(found.is_set, FIELDS))


def test_the_variables_of_old_keep_their_names():
    names = {
        "DATASETS": "/d",
        "HOST": "h",
        "PORT": "9",
        "EDITING": "off",
        "EDITORS": "a@b.c, d@e.f",
    }
    found = load(names)
    assert (found.datasets, found.host, found.port, found.editing, found.editors) == (
        "/d", "h", 9, False, ("a@b.c", "d@e.f"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "editing"),
    [("off", False), ("OFF", False), ("0", False), ("no", False), ("false", False), ("on", True),
     ("1", True), ("yes", True)],
)  # fmt: skip
def test_editing_is_switched_by_a_word(text, editing):
    assert load({"EDITING": text}).editing is editing


def test_a_misspelt_word_does_not_leave_editing_on():
    assert "expected true or false" in refused({"EDITING": "of"})[0]


def test_the_file_is_named_by_the_environment(tmp_path):
    path = write(tmp_path, "port = 7\n", "mine.toml")
    found = load({"DASHBOARD_SETTINGS": str(path)})
    assert (found.port, found.origin("port")) == (7, "mine.toml, line 1")


def test_a_relative_path_is_meant_from_the_folder_of_the_file(tmp_path):
    path = write(tmp_path, 'datasets = "figures"\nremote_cache = "cache"\n')
    found = load({}, path)
    assert found.datasets == str(tmp_path / "figures")
    assert found.remote_cache == tmp_path / "cache"
    assert load({"DATASETS": "figures"}).datasets == "figures"


def test_a_url_is_no_relative_path(tmp_path):
    path = write(tmp_path, 'datasets = "s3://bucket/figures"\n')
    assert load({}, path).datasets == "s3://bucket/figures"


def test_a_file_saved_by_notepad_is_read(tmp_path):
    path = tmp_path / "dashboard.toml"
    path.write_bytes("port = 7\r\n".encode("utf-8-sig"))
    assert load({}, path).port == 7


def test_current_follows_the_variables_of_old(monkeypatch):
    monkeypatch.setenv("DATASETS", "/one")
    assert settings.current().datasets == "/one"
    assert settings.current() is settings.current()
    monkeypatch.setenv("DATASETS", "/two")
    assert settings.current().datasets == "/two"


# What is refused


@pytest.mark.parametrize(
    ("line", "found", "expected"),
    [
        ("port = 70000", "70000", "from 1 to 65535"),
        ('port = "8080"', '"8080"', "a whole number"),
        ("port = 1.5", "1.5", "a whole number"),
        ("port = true", "true", "a whole number"),
        ('editing = "off"', '"off"', "true or false"),
        ("refresh_seconds = nan", "nan", "a number from 0.5"),
        ('metrics = "all"', '"all"', "loopback, everyone or off"),
        ('allowed_hosts = ["https://a.org"]', '["https://a.org"]', "without https://"),
        ("editors = [1]", "[1]", "e-mail addresses"),
        ('editors = ["amina"]', '["amina"]', "e-mail addresses"),
        ('host = "999.1.1.1"', '"999.1.1.1"', "an address of this machine"),
        ('host = "http://a.org"', '"http://a.org"', "an address of this machine"),
        ('public_address = "a.org"', '"a.org"', "begins with https://"),
        ('public_address = "javascript:x"', '"javascript:x"', "begins with https://"),
        ('smtp_from = "a@b.c\\nBcc: x@y.z"', '"a@b.c\\nBcc: x@y.z"', "an e-mail address"),
        ('alert_emails = ["nobody"]', '["nobody"]', "e-mail addresses"),
    ],
)
def test_a_wrong_value_is_told_with_its_line_and_what_is_right(tmp_path, line, found, expected):
    name = line.partition(" ")[0]
    (problem,) = refused(path=write(tmp_path, f"# mine\n\n{line}\n"))
    assert problem.startswith(f"dashboard.toml, line 3: {found} cannot be used for {name}; ")
    assert expected in problem
    assert f"Write {name} = " in problem


@pytest.mark.parametrize("host", ["::1", "0.0.0.0", "localhost", "figures.example.org"])
def test_an_address_and_a_name_can_be_served_on(host):
    assert load({"HOST": host}).host == host


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_example_that_a_message_gives_is_right_itself(name, tmp_path):
    if told(FIELDS[name]).example == "…":
        return
    together = {"alert_emails": 'smtp_host = "h"\nsmtp_from = "a@b.c"\n'}.get(name, "")
    from settings.reading import _example

    path = write(tmp_path, f"{together}{_example(name)}\n")
    assert load({}, path).is_set(name)
    environ = {"DASHBOARD_SMTP_HOST": "h", "DASHBOARD_SMTP_FROM": "a@b.c"} if together else {}
    assert load(environ | {variable(name): told(FIELDS[name]).example}).is_set(name)


@pytest.mark.parametrize(
    ("text", "told_"),
    [
        ("alowed_hosts = []", "line 1: there is no setting 'alowed_hosts'; did you mean allowed_"),
        ("colour = 1", "line 1: there is no setting 'colour'; python -m settings lists all"),
        ("port = 1\n[server]\nport = 2", "line 2: there are no sections such as [server]"),
        ("port = \n", "Invalid value (at line 1, column 8)"),
        ("port = 1\nport = 2\n", "(at line 2"),
    ],
)
def test_what_is_no_setting_is_told(tmp_path, text, told_):
    assert told_ in "\n".join(refused(path=write(tmp_path, text)))


@pytest.mark.parametrize(
    ("name", "meant"),
    [("DASHBOARD_ALOWED_HOSTS", "DASHBOARD_ALLOWED_HOSTS"), ("DASHBOARD_PORT", "PORT"),
     ("DASHBOARD_METRIC", "DASHBOARD_METRICS")],
)  # fmt: skip
def test_a_misspelt_variable_is_told(name, meant):
    (problem,) = refused({name: "1"})
    assert problem.startswith(f"environment variable {name}: ")
    assert f"did you mean {meant}?" in problem


def test_what_kubernetes_says_of_a_service_is_passed_over():
    spoken = {"DASHBOARD_PORT": "tcp://10.0.0.1:80", "DASHBOARD_SERVICE_HOST": "10.0.0.1",
              "DASHBOARD_PORT_80_TCP_ADDR": "10.0.0.1"}  # fmt: skip
    assert load(spoken).port == 8501
    assert "DASHBOARD_SERVICE_HOST" in telling.in_force(load(spoken), spoken)


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    path = write(tmp_path, "port = 0\nx = 1\n")
    assert len(refused({"DASHBOARD_METRICS": "x"}, path, {"host": ""})) == 4


@pytest.mark.parametrize(
    ("content", "told_"),
    [(None, "cannot be read"), (b"\xff\xfe", "not UTF-8"), ("folder", "cannot be read")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, told_):
    path = tmp_path / "dashboard.toml"
    if content == "folder":
        path.mkdir()
    elif content:
        path.write_bytes(content)
    assert told_ in refused({"DASHBOARD_SETTINGS": str(path)})[0]


def test_alerts_by_mail_need_a_server_and_a_sender():
    problems = refused({"DASHBOARD_ALERT_EMAILS": "a@b.c"})
    assert [word in problem for word, problem in zip(("smtp_host", "smtp_from"), problems,
                                                     strict=True)] == [True, True]  # fmt: skip


def test_a_password_never_goes_unencrypted_over_a_network():
    mail = {"DASHBOARD_SMTP_PASSWORD": "geheim", "DASHBOARD_SMTP_TLS": "none"}
    (problem,) = refused(mail | {"DASHBOARD_SMTP_HOST": "mail.example"})
    assert "readable" in problem
    assert load(mail | {"DASHBOARD_SMTP_HOST": "127.0.0.1"}).smtp_tls == "none"


@pytest.mark.parametrize("address", ["http://a.example/x", "ftp://a.example", "https://", "x"])
def test_alerts_are_posted_only_where_nobody_listens_on_the_way(address):
    (problem,) = refused({"DASHBOARD_ALERT_WEBHOOK": address})
    assert "https://" in problem
    assert load({"DASHBOARD_ALERT_WEBHOOK": "http://127.0.0.1:9/x"}).alert_webhook


# Secrets


def test_the_secrets_are_those_marked_so():
    assert [name for name in FIELDS if told(FIELDS[name]).secret] == SECRETS


def test_no_secret_is_printed(tmp_path):
    environ = {"DASHBOARD_SMTP_PASSWORD": "geheim", "DASHBOARD_ALERT_WEBHOOK": "https://x.y/geheim"}
    text = telling.in_force(load(environ), environ)
    assert "geheim" not in text
    assert text.count("set, not shown") == 2
    wrong = write(tmp_path, 'smtp_password = ["geheim"]\nalert_webhook = "http://x.y/geheim"\n')
    problems = refused(path=wrong)
    assert len(problems) == 2
    assert "geheim" not in "".join(problems)


# Laws


@given(st.dictionaries(st.sampled_from([*map(variable, FIELDS), "DASHBOARD_X"]), st.text()))
def test_any_environment_gives_settings_or_an_error_of_ours(environ):
    environ = {name: text for name, text in environ.items() if name != "DASHBOARD_SETTINGS"}
    found = None
    with suppress(SettingsError):
        found = load(environ)
    if found is not None:
        assert all(found.is_set(n) == bool(environ.get(variable(n), "").strip()) for n in FIELDS)


@given(st.lists(st.text(st.characters(exclude_characters=",", exclude_categories=["Cs"]))))
def test_what_is_written_as_toml_reads_as_it_was(words):
    from settings.toml import written

    text = f"x = {written(tuple(words))}\ny = {written(1.5)}\nz = {written(True)}\n"
    assert tomllib.loads(text) == {"x": words, "y": 1.5, "z": True}


# The documents


def test_the_example_file_is_as_the_settings_are():
    assert telling.EXAMPLE.read_text(encoding="utf-8") == telling.example(), (
        "run python -m settings write"
    )


def test_the_example_file_with_every_mark_taken_away_holds_every_default(tmp_path):
    lines = re.sub(r"(?m)^# (?=\w+ = )", "", telling.example())
    found = load({}, write(tmp_path, lines))
    for name, field in FIELDS.items():
        assert found.is_set(name), name
        if not told(field).usual:
            assert getattr(found, name) == default(field), name


def test_the_table_of_the_documents_is_as_the_settings_are():
    text = telling.TABLE.read_text(encoding="utf-8")
    assert text == telling.with_table(text), "run python -m settings write"
    assert all(f"`{variable(name)}`" in text for name in FIELDS)


# Addresses


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_by_any_name_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "10.0.0.1", "localhost.example", "1"])
def test_other_addresses_are_not(host):
    assert not is_loopback(host)


# The start


def run(*command, **environ):
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environ, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_server_with_wrong_settings_does_not_start_and_says_why():
    done = run("-m", "server", "--port", "70000", DASHBOARD_METRICS="all")
    assert done.returncode == 2
    assert "flag --port" in done.stderr
    assert "environment variable DASHBOARD_METRICS" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_settings_are_printed_with_where_they_came_from():
    done = run("-m", "settings", PORT="8123", DASHBOARD_SMTP_PASSWORD="geheim")
    assert done.returncode == 0, done.stderr
    assert "port = 8123    (environment variable PORT)" in done.stdout
    assert "geheim" not in done.stdout
    assert all(f"\n{name} = " in f"\n{done.stdout}" for name in FIELDS)


def test_plain_streamlit_shows_what_is_wrong_with_the_settings(monkeypatch):
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("EDITING", "of")
    app = AppTest.from_file(str(ROOT / "dashboard.py")).run()
    assert not app.exception
    assert "environment variable EDITING" in app.text[0].value
