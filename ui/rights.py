"""Who may change figures: asked anew at every action, never only when a button is drawn.

Viewers need no account. Editors sign in by OpenID Connect (``[auth]`` in Streamlit's secrets.toml)
and stand in the allow list (``[editors] emails``, or the setting ``editors``). Without a
sign-in configured, editing is off, except at a desk: the server listens on this machine only and
everything about the request says that the reader sits at it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

import settings
from reconciliation.wording import say
from settings import PROXY_HEADERS, is_loopback
from ui import loading, signing_out

# However long the provider lets a sign-in live, it ends after a working day.
LONGEST = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Editor:
    """Somebody who may change figures: the name that the history notes."""

    name: str
    desk: bool = False


class NotAllowedError(PermissionError):
    """Who asks may not change figures; the message says why and what to do."""


def editor() -> Editor | None:
    """Return who may edit in this session; ``None`` for a viewer."""
    try:
        return require()
    except NotAllowedError:
        return None


def require() -> Editor:
    """Return the editor whose session this is; every action that changes something calls this.

    Raises :class:`NotAllowedError` with a sentence for the reader.
    """
    if not settings.current().editing:
        raise NotAllowedError(say("Editing is switched off on this server."))
    if loading.local_folder() is None:
        raise NotAllowedError(
            say(
                "These figures are kept elsewhere and cannot be changed here. Change the files "
                "where they are kept; this dashboard shows them soon after."
            )
        )
    if sign_in_configured():
        return signed_in(_claims(), allowed(), dt.datetime.now(dt.UTC))
    if at_the_desk():
        return Editor(say("This computer"), desk=True)
    raise NotAllowedError(
        say(
            "Figures can be changed here only by editors who sign in, and no sign-in is set up "
            "on this server. On your own computer, started with make run, you can edit."
        )
    )


def sign_in_configured() -> bool:
    """Return whether an OpenID provider is set up for this server."""
    return bool(_secrets("auth"))


def allowed() -> frozenset[str]:
    """Return the e-mail addresses of the editors, in small letters."""
    listed = _secrets("editors").get("emails", [])
    emails = [listed] if isinstance(listed, str) else list(listed)
    emails += settings.current().editors
    return frozenset(str(email).strip().casefold() for email in emails if str(email).strip())


def signed_in(claims: Mapping[str, Any], editors: frozenset[str], now: dt.datetime) -> Editor:
    """Return the editor the claims of a verified sign-in name, if they may edit at ``now``.

    The claims come from a cookie that the server signed; a forged one never gets here. Streamlit
    keeps a sign-in for 30 days and does not look at its end: this does. A copy of a sign-in made
    before its owner signed out is refused too.
    """
    if not claims.get("is_logged_in"):
        raise NotAllowedError(say("Sign in to change figures."))
    begun, end = _time(claims.get("iat")), _time(claims.get("exp"))
    if begun is not None and signing_out.since(str(claims.get("sub", "")), begun):
        raise NotAllowedError(say("You have signed out. Sign in again."))
    if begun is None or end is None or now >= min(end, begun + LONGEST):
        raise NotAllowedError(say("Your sign-in has run out. Sign in again."))
    email = str(claims.get("email", "")).strip()
    # Some providers leave the claim out; one that says "not verified" is believed.
    if not email or claims.get("email_verified") in (False, "false"):
        raise NotAllowedError(say("Your account has no confirmed e-mail address."))
    if email.casefold() not in editors:
        raise NotAllowedError(
            say("You are signed in, but your account may not change figures on this server.")
        )
    return Editor(email)


def at_the_desk() -> bool:
    """Return whether server and reader are surely one machine.

    The address the server listens on, the address asked for, the page that asks and the machine
    that asks must all be loopback, and no proxy may stand between.
    """
    headers = st.context.headers
    if any(headers.get(name) for name in PROXY_HEADERS):
        return False
    hosts = [str(st.get_option("server.address") or ""), _host(headers.get("Host"))]
    if headers.get("Origin"):
        hosts.append(_host(urlsplit(headers["Origin"]).netloc))
    return all(map(is_loopback, hosts)) and st.context.ip_address in (None, "127.0.0.1", "::1")


def sign_in() -> None:
    """Send the reader to the provider."""
    st.login()


def sign_out() -> None:
    """End the sign-in here and in every copy of it."""
    claims = _claims()
    signing_out.note(str(claims.get("sub", "")), dt.datetime.now(dt.UTC))
    st.logout()


def _claims() -> Mapping[str, Any]:
    claims: Mapping[str, Any] = st.user.to_dict()
    return claims


def _secrets(section: str) -> Mapping[str, Any]:
    try:
        found: Any = st.secrets.get(section, {})
    except StreamlitSecretNotFoundError:
        return {}
    return found if isinstance(found, Mapping) else {}


def _host(netloc: str | None) -> str:
    try:
        return urlsplit(f"//{netloc or ''}").hostname or ""
    except ValueError:
        return ""


def _time(seconds: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(float(str(seconds)), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
