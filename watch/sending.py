"""Sends notices: as JSON to a webhook, as plain text by e-mail."""

import datetime as dt
import json
import logging
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import urlencode

from settings import Settings
from watch.alerts import Notice
from watch.logs import tell

# How long an answer is waited for, and how long before each further try, in seconds.
TIMEOUT = 15.0
WAITS = (1.0, 4.0)
# Answers after which trying again may help.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
MOST_TOLD = 50


class SendError(Exception):
    """The notices could not be sent; the message says why, without any secret."""


Send = Callable[[Sequence[Notice]], None]


def channels(settings: Settings) -> dict[str, Send]:
    """Return the channels that are set up, by name."""
    found: dict[str, Send] = {}
    if settings.alert_webhook:
        found["webhook"] = lambda notices: post(settings, notices)
    if settings.alert_emails:
        found["email"] = lambda notices: mail(settings, notices)
    return found


def body(settings: Settings, notices: Sequence[Notice]) -> dict[str, Any]:
    """Return what is posted; ``text`` is what programs for chat show."""
    lines = [inert(f"{_said(notice)}: {clean(notice.condition.text)}") for notice in _few(notices)]
    more = len(notices) - len(lines)
    return {
        "version": 1,
        "dashboard": settings.public_address,
        "sent": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "text": "\n".join(lines + ([f"{more} more."] if more else [])),
        "alerts": [_record(settings, notice) for notice in notices],
    }


def post(
    settings: Settings, notices: Sequence[Notice], wait: Callable[[float], None] = time.sleep
) -> None:
    """Post the notices to the webhook, again where that may help. Raises :class:`SendError`."""
    content = json.dumps(body(settings, notices), ensure_ascii=False).encode()
    reason = ""
    for pause in (0.0, *WAITS):
        if pause:
            wait(pause)
        reason, passing = _posted(settings.alert_webhook, content)
        if not reason:
            return
        if not passing:
            break
    raise SendError(f"the webhook {reason}")


def _posted(address: str, content: bytes) -> tuple[str, bool]:
    """Return why a post failed (nothing where it did not), and whether it may go well later."""
    headers = {"Content-Type": "application/json", "User-Agent": "displacement-dashboard"}
    request = urllib.request.Request(address, content, headers, method="POST")
    try:
        with _opener().open(request, timeout=TIMEOUT) as answer:
            status = answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return f"answered {error.code}", error.code in PASSING
    except (OSError, ValueError) as error:
        # Not the error's text: it may hold the address, which is a secret.
        return f"did not answer ({type(getattr(error, 'reason', error)).__name__})", True
    return ("", False) if 200 <= status < 300 else (f"answered {status}", False)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Alerts go where they were told to go, or nowhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow no redirect; the answer is then an error with its status."""


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect)


def letter(settings: Settings, notices: Sequence[Notice]) -> EmailMessage:
    """Return the notices as a message in plain text."""
    message = EmailMessage()
    message["From"] = settings.smtp_from
    message["To"] = ", ".join(settings.alert_emails)
    message["Subject"] = _subject(notices)
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=settings.smtp_from.rpartition("@")[2])
    # Programs that answer letters by themselves leave such ones alone.
    message["Auto-Submitted"] = "auto-generated"
    parts = []
    for notice in _few(notices):
        lines = [_said(notice), clean(notice.condition.text), link(settings, notice)]
        parts.append("\n".join(filter(None, lines)))
    more = len(notices) - len(parts)
    message.set_content("\n\n".join(parts + ([f"{more} more."] if more else [])) + "\n")
    return message


def mail(settings: Settings, notices: Sequence[Notice]) -> None:
    """Send the notices by e-mail. Raises :class:`SendError`."""
    try:
        with _connected(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            refused = server.send_message(letter(settings, notices))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        code = getattr(error, "smtp_code", "")
        raise SendError(f"the mail server failed ({type(error).__name__} {code})") from None
    if refused:
        # Told here only: sending again would reach the others twice.
        tell("e-mail refused for some", level=logging.WARNING, addresses=len(refused))


def _connected(settings: Settings) -> smtplib.SMTP:
    where = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_tls == "implicit":
        return smtplib.SMTP_SSL(*where, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(*where, timeout=TIMEOUT)
    if settings.smtp_tls == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def link(settings: Settings, notice: Notice) -> str:
    """Return the page that a notice is about; nothing where the dashboard's address is not set."""
    about = notice.condition
    if not settings.public_address or not about.crisis:
        return ""
    asked = {"crisis": about.crisis} | ({"day": about.day} if about.figure_ids else {})
    page = "/reconciliation" if about.figure_ids else "/"
    return f"{settings.public_address}{page}?{urlencode(asked)}"


def clean(text: str) -> str:
    """Return a text on one line without letters that steer a terminal or turn the writing."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def inert(text: str) -> str:
    """Return a text in which a program for chat finds no link, picture or call to somebody."""
    broken = text.replace("<", "‹").replace(">", "›").replace("@", "@\u2060")
    return (
        broken.replace("://", ":\u2060//").replace("](", "]\u2060(").replace("www.", "www\u2060.")
    )


def _few(notices: Sequence[Notice]) -> Sequence[Notice]:
    return notices[:MOST_TOLD]


def _said(notice: Notice) -> str:
    title = clean(notice.condition.title)
    return f"Ended: {title}" if notice.state == "resolved" else title


def _subject(notices: Sequence[Notice]) -> str:
    first = _said(notices[0])[:150]
    return first if len(notices) == 1 else f"{first}, and {len(notices) - 1} more"


def _record(settings: Settings, notice: Notice) -> dict[str, Any]:
    about = notice.condition
    return {
        "key": about.key,
        "state": notice.state,
        "kind": about.kind,
        "crisis": about.crisis,
        "day": about.day,
        "title": clean(about.title),
        "text": clean(about.text),
        "figure_ids": list(about.figure_ids),
        "link": link(settings, notice),
    }
