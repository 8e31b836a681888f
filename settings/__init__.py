"""The settings: from the command line, the environment and ``dashboard.toml``, typed and checked.

>>> import settings
>>> settings.current().port
8501
"""

import os
from collections.abc import Mapping

from settings.addresses import PROXY_HEADERS, is_loopback
from settings.model import Settings
from settings.reading import SettingsError, load

__all__ = [
    "PROXY_HEADERS",
    "Settings",
    "SettingsError",
    "choose",
    "current",
    "forget",
    "is_loopback",
    "load",
]

# The settings of old, which tests and scripts change in a running program by their variables.
_LIVE = ("DATASETS", "EDITING", "EDITORS", "DASHBOARD_SETTINGS")
_flags: dict[str, str | None] = {}
_known: tuple[tuple[str | None, ...], Settings] | None = None


def current() -> Settings:
    """Return the settings in force, read once.

    Raises :class:`SettingsError` where they cannot be used.
    """
    global _known
    live = tuple(map(os.environ.get, _LIVE))
    if _known is None or _known[0] != live:
        _known = live, load(os.environ, flags=_flags)
    return _known[1]


def choose(flags: Mapping[str, str | None]) -> Settings:
    """Have flags of the command line beat everything; return the settings in force."""
    _flags.update(flags)
    forget()
    return current()


def forget() -> None:
    """Read the settings again when they are asked for next."""
    global _known
    _known = None
