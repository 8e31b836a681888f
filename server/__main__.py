"""Runs the dashboard: ``python -m server [--host 127.0.0.1] [--port 8501]``."""

import argparse
import ctypes
import errno
import os
import socket
import sys
from pathlib import Path

import settings
from settings import Settings, SettingsError, is_loopback

ROOT = Path(__file__).parents[1]
# The number of the setting in glibc's malloc.h.
M_ARENA_MAX = -8


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return the host and the port to serve on, as far as they are given."""
    parser = argparse.ArgumentParser("python -m server", description=__doc__)
    parser.add_argument("--host", help="the address to serve on")
    parser.add_argument("--port", help="the port to serve on")
    return parser.parse_args(given)


def taken(host: str, port: int) -> str:
    """Return why the address cannot be served on, and what to do; nothing where it can."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        remedy = f"Stop what uses it, or choose another: make run PORT={port + 1}"
        if error.errno == errno.EACCES:
            remedy = "This account may not use the port; choose one from 1024: make run PORT=8501"
        elif error.errno != errno.EADDRINUSE:
            remedy = "HOST has to be an address of this machine; 0.0.0.0 is all of them."
        return f"Cannot serve on {host}, port {port}: {error.strerror or error}.\n{remedy}"
    return ""


def missing(asked: Settings) -> str:
    """Return why figures cannot be read or kept where the settings say; nothing where they can."""
    if "://" not in asked.datasets:
        if Path(asked.datasets).is_dir():
            return ""
        where = asked.origin("datasets")
        return (
            f"There is no folder {asked.datasets!r}; DATASETS ({where}) has to name a folder that "
            "is there, or a URL.\nMake the folder, or correct the setting; see docs/settings.md."
        )
    try:
        asked.remote_cache.mkdir(parents=True, exist_ok=True)
        writable = os.access(asked.remote_cache, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if writable:
        return ""
    return (
        f"Copies of the figures cannot be written to {str(asked.remote_cache)!r}; remote_cache "
        f"({asked.origin('remote_cache')}) has to be a folder that the server may write to.\n"
        "Give it the right to, or choose another folder; see docs/settings.md."
    )


def chosen(given: list[str] | None = None) -> Settings:
    """Return the settings in force; stop with exit code 2 where they cannot be used."""
    try:
        return settings.choose(vars(arguments(given)))
    except SettingsError as error:
        print(error, "python -m settings prints all of them; see docs/settings.md.",
              sep="\n", file=sys.stderr)  # fmt: skip
        sys.exit(2)


def share_memory() -> None:
    """Have all threads take memory from two pools, where the system's C library has pools.

    Each script runs in a thread of its own; with the usual eight pools to a processor, what was
    freed in one is not used by the next, and a server of many readers grows.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(M_ARENA_MAX, 2)


def main() -> None:
    """Serve until stopped."""
    share_memory()
    asked = chosen()
    if reason := missing(asked) or taken(asked.host, asked.port):
        sys.exit(reason)
    if not is_loopback(asked.host):
        print(
            f"Serving on {asked.host}: everyone who can reach this machine can read the figures, "
            "without a password and unencrypted.\n"
            "Put a server with HTTPS in front, and name the dashboard's address in "
            "the setting allowed_hosts; see docs/settings.md.",
            file=sys.stderr,
        )
    # Streamlit looks for its settings beside the script that was started.
    sys.argv = [str(ROOT / "dashboard.py")]
    sys.path.insert(0, str(ROOT))
    from server.app import app

    app.run(config={"server.address": asked.host, "server.port": asked.port})


if __name__ == "__main__":
    main()
