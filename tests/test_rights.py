"""Who may change figures: the desk, the allow list, and everybody else."""

import datetime as dt
from types import SimpleNamespace

import pytest

from ui import rights, signing_out

NOW = dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)
EDITORS = frozenset({"amina@ngo.example"})


def claims(**overrides):
    return {
        "is_logged_in": True,
        "sub": "1",
        "email": "amina@ngo.example",
        "iat": NOW.timestamp() - 60,
        "exp": NOW.timestamp() + 3600,
    } | overrides


@pytest.fixture(autouse=True)
def nobody_signed_out(tmp_path, monkeypatch):
    monkeypatch.setenv("DATASETS", str(tmp_path))
    monkeypatch.delenv("EDITING", raising=False)
    monkeypatch.delenv("EDITORS", raising=False)
    signing_out._here.clear()
    yield tmp_path
    signing_out._here.clear()


def test_an_editor_on_the_list_may_edit():
    assert rights.signed_in(claims(), EDITORS, NOW) == rights.Editor("amina@ngo.example")


def test_capitals_in_an_address_do_not_matter():
    assert rights.signed_in(claims(email="Amina@NGO.example"), EDITORS, NOW)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"is_logged_in": False}, "Sign in"),
        ({"email": "stranger@elsewhere.example"}, "may not change"),
        ({"email": ""}, "no confirmed e-mail"),
        ({"email_verified": False}, "no confirmed e-mail"),
        ({"exp": NOW.timestamp()}, "run out"),
        ({"exp": None}, "run out"),
        ({"exp": "soon"}, "run out"),
        ({"iat": NOW.timestamp() - 13 * 3600}, "run out"),
        ({"iat": None}, "run out"),
    ],
)
def test_everybody_else_is_told_why_not(wrong, words):
    with pytest.raises(rights.NotAllowedError, match=words):
        rights.signed_in(claims(**wrong), EDITORS, NOW)


def test_an_empty_list_lets_nobody_in():
    with pytest.raises(rights.NotAllowedError, match="may not change"):
        rights.signed_in(claims(), frozenset(), NOW)


def test_a_copy_of_a_sign_in_is_worth_nothing_after_its_owner_signed_out(nobody_signed_out):
    signing_out.note("1", NOW)
    with pytest.raises(rights.NotAllowedError, match="signed out"):
        rights.signed_in(claims(), EDITORS, NOW)
    signing_out._here.clear()
    with pytest.raises(rights.NotAllowedError, match="signed out"):
        rights.signed_in(claims(), EDITORS, NOW)
    again = claims(iat=NOW.timestamp() + 5)
    assert rights.signed_in(again, EDITORS, NOW + dt.timedelta(seconds=10))
    assert "amina" not in (nobody_signed_out / signing_out.FILE).read_text("utf-8")


def test_signing_out_ends_no_other_account():
    signing_out.note("2", NOW)
    assert rights.signed_in(claims(), EDITORS, NOW)


def test_old_sign_outs_are_forgotten(nobody_signed_out):
    signing_out.note("2", NOW - dt.timedelta(days=2))
    signing_out.note("1", NOW)
    assert len(signing_out._read()) == 1


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_an_address_of_this_machine_is_loopback(host):
    assert rights.is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "::"]
)
def test_any_other_address_is_not(host):
    assert not rights.is_loopback(host)


def desk(monkeypatch, *, address="127.0.0.1", ip=None, **headers):
    given = {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    context = SimpleNamespace(headers=given, ip_address=ip)
    monkeypatch.setattr(rights.st, "context", context)
    monkeypatch.setattr(rights.st, "get_option", lambda name: address)
    return rights.at_the_desk()


def test_at_the_desk_nobody_signs_in(monkeypatch):
    assert desk(monkeypatch)
    monkeypatch.setattr(rights, "sign_in_configured", lambda: False)
    assert rights.require().desk


def test_editing_can_be_switched_off_even_at_the_desk(monkeypatch):
    desk(monkeypatch)
    monkeypatch.setenv("EDITING", "off")
    assert rights.editor() is None


@pytest.mark.parametrize(
    "circumstances",
    [
        {"address": "0.0.0.0"},
        {"address": None},
        {"Host": "dashboard.ngo.example"},
        {"Host": ""},
        {"Origin": "https://dashboard.ngo.example"},
        {"Origin": "null"},
        {"X_Forwarded_For": "203.0.113.9"},
        {"Via": "1.1 proxy"},
        {"Forwarded": "for=203.0.113.9"},
        {"ip": "203.0.113.9"},
    ],
)
def test_whatever_speaks_against_the_desk_switches_editing_off(monkeypatch, circumstances):
    assert not desk(monkeypatch, **circumstances)
    monkeypatch.setattr(rights, "sign_in_configured", lambda: False)
    with pytest.raises(rights.NotAllowedError, match="no sign-in is set up"):
        rights.require()


def test_where_a_sign_in_is_set_up_the_desk_must_sign_in_too(monkeypatch):
    desk(monkeypatch)
    monkeypatch.setattr(rights, "sign_in_configured", lambda: True)
    monkeypatch.setattr(rights, "_claims", lambda: {"is_logged_in": False})
    assert rights.editor() is None


def test_the_list_comes_from_the_environment_too(monkeypatch):
    monkeypatch.setenv("EDITORS", " Amina@ngo.example, ,b@ngo.example")
    assert rights.allowed() == {"amina@ngo.example", "b@ngo.example"}
