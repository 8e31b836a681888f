"""Figures kept elsewhere: who looks at them, and what readers are told while they cannot be had."""

import datetime as dt

import settings
from loaders import Watcher
from loaders.remote import REASONS, Address, Limits, RemoteWatcher, Trouble
from reconciliation import wording
from reconciliation.wording import say

# The findings that are told in a sentence of their own.
CODES = ("not-refreshed", "not-fetched")


def watcher(path: str) -> Watcher:
    """Return what keeps the library of a folder or an address up to date."""
    if not Address.is_remote(path):
        return Watcher(path)
    chosen = settings.current()
    limits = Limits(
        cache=chosen.remote_cache,
        poll=chosen.remote_poll_seconds,
        timeout=chosen.remote_timeout_seconds,
        most=chosen.remote_max_megabytes << 20,
    )
    return RemoteWatcher(path, limits)


def trouble(of: Watcher) -> Trouble | None:
    """Return what keeps figures kept elsewhere from being renewed; ``None`` where nothing does."""
    return of.mirror.trouble if isinstance(of, RemoteWatcher) else None


def notice(wrong: Trouble) -> str:
    """Return what to tell a reader: since when, why, and of when the figures on screen are."""
    reason = say(REASONS[wrong.reason])
    if wrong.named:
        reason = say("{reason} ({file})", reason=reason, file=wrong.named)
    if wrong.taken is None or wrong.since is None:
        return say(
            "The figures could not be fetched yet: {reason}. They are shown here as soon as they "
            "can be.",
            reason=reason,
        )
    return say(
        "The figures could not be refreshed since {since}: {reason}. Those fetched on {taken} "
        "stay on screen until it succeeds.",
        since=_moment(wrong.since),
        reason=reason,
        taken=_moment(wrong.taken),
    )


def _moment(when: dt.datetime) -> str:
    message = "{day}, {time} UTC"
    return say(message, day=wording.day(when.date()), time=f"{when:%H:%M}")
