"""Signing in at a real OpenID provider on this machine: who may edit, and who may not."""

import contextlib
import itertools
import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect

from tests.browser.serving import answers, free_port, noted, served, settle

pytestmark = pytest.mark.browser
EDITOR, STRANGER = "amina@ngo.example", "somebody@elsewhere.example"
# Long enough to act, short enough to wait for.
SIGN_IN_LASTS = 25
COOKIE = "_streamlit_user"


@contextlib.contextmanager
def provided(folder):
    """Run a provider on this machine, in a process of its own; yield its port."""
    port = free_port()
    people = [["--user", email] for email in (EDITOR, STRANGER)]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    command += ["--token-max-age", str(SIGN_IN_LASTS), *itertools.chain(*people)]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            answers(f"http://127.0.0.1:{port}/.well-known/openid-configuration", process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a dashboard that knows a provider, and one editor."""
    folder = tmp_path_factory.mktemp("sign-in")
    port = free_port()
    with provided(folder) as provider:
        secrets = folder / "home" / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir(parents=True)
        secrets.write_text(
            f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a long secret of this test alone, of no use elsewhere"
client_id = "dashboard"
client_secret = "secret"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"

[editors]
emails = ["{EDITOR}"]
""",
            encoding="utf-8",
        )
        with served(folder, {"HOME": str(secrets.parents[1])}, port) as site:
            yield site


@pytest.fixture
def reader(browser):
    """Return a page of a browser that has never been here; the provider's own style is left out."""
    context = browser.new_context()
    noted(context)
    context.route(re.compile("jsdelivr"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def update(page, site):
    page.goto(f"{site.url}/update")
    settle(page)


def sign_in(page, site, email):
    update(page, site)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=email).click()
    page.wait_for_url(re.compile(re.escape(site.url)))
    update(page, site)


def may_edit(page):
    expect(page.get_by_text(re.compile("You are signed in as amina"))).to_be_visible()
    expect(page.get_by_role("heading", name="Bring in a table")).to_be_visible()


def may_not(page, why):
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("heading", name="Bring in a table")).to_have_count(0)
    expect(page.locator("[data-testid=stFileUploader]")).to_have_count(0)


def test_who_has_not_signed_in_may_read_and_is_told_how_to_edit(desk, reader):
    update(reader, desk)
    may_not(reader, "Sign in to change figures.")
    reader.goto(f"{desk.url}/?crisis=tha-khm-2025-12&day=2025-12-24")
    settle(reader)
    expect(reader.get_by_text("at least 86").first).to_be_attached()


def test_an_editor_on_the_list_signs_in_edits_and_signs_out_for_good(desk, reader):
    sign_in(reader, desk, EDITOR)
    may_edit(reader)
    copy = [cookie for cookie in reader.context.cookies() if cookie["name"].startswith(COOKIE)]
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in copy)
    time.sleep(1.1)
    reader.get_by_role("button", name="Sign out").click()
    # The provider ends its own session too.
    expect(reader.get_by_role("heading", name="End Session")).to_be_visible()
    update(reader, desk)
    may_not(reader, "Sign in to change figures.")
    # Whoever kept a copy of the sign-in has nothing.
    reader.context.add_cookies(copy)
    update(reader, desk)
    may_not(reader, "You have signed out. Sign in again.")


def test_a_stranger_who_signed_in_may_not_edit(desk, reader):
    sign_in(reader, desk, STRANGER)
    may_not(reader, "your account may not change figures on this server")


def test_a_sign_in_that_has_run_out_may_not_edit(desk, reader):
    # Signed out since the test before: a later sign-in counts again.
    sign_in(reader, desk, EDITOR)
    may_edit(reader)
    time.sleep(SIGN_IN_LASTS)
    reader.get_by_role("heading", name="Bring in a table").wait_for()
    update(reader, desk)
    may_not(reader, "Your sign-in has run out. Sign in again.")


def test_a_forged_sign_in_is_no_sign_in(desk, reader):
    sign_in(reader, desk, STRANGER)
    whole = {cookie["name"]: cookie for cookie in reader.context.cookies()}[COOKIE]
    head, _, tail = whole["value"].partition("|")
    value = f"{head[:-2]}xx|{tail}" if tail else whole["value"][:-2] + "xx"
    reader.context.add_cookies([whole | {"value": value}])
    update(reader, desk)
    may_not(reader, "Sign in to change figures.")
