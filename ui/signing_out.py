"""Who has signed out when, so that a copy of an earlier sign-in is worth nothing.

A sign-in is a cookie that the server signed; it would stay good until it runs out, wherever a copy
lies. The list is kept beside the data, so that it outlives the server and is shared by replicas.
"""

import datetime as dt
import json
import logging
import os
import tempfile
import threading
from hashlib import sha256
from pathlib import Path

log = logging.getLogger(__name__)
FILE = ".signed-out.json"
# After this long every sign-in has run out by itself.
KEPT = dt.timedelta(hours=24)
_lock = threading.Lock()
_here: dict[str, float] = {}


def note(subject: str, now: dt.datetime) -> None:
    """Note that the account signed out: every sign-in of it that began before ends now."""
    with _lock:
        known = _read() | _here
        oldest = (now - KEPT).timestamp()
        kept = {who: when for who, when in known.items() if when > oldest}
        kept[_name(subject)] = now.timestamp()
        _here.clear()
        _here.update(kept)
        _write(kept)


def since(subject: str, begun: dt.datetime) -> bool:
    """Return whether the account signed out after the sign-in that ``begun`` then."""
    with _lock:
        known = _read() | _here
    when = known.get(_name(subject))
    # A sign-in's own beginning is told in whole seconds.
    return when is not None and begun.timestamp() <= when


def _name(subject: str) -> str:
    """Return the account as a digest: the file holds nobody's name."""
    return sha256(subject.encode()).hexdigest()[:32]


def _path() -> Path | None:
    from ui.loading import data_path

    folder = Path(data_path())
    return folder / FILE if folder.is_dir() else None


def _read() -> dict[str, float]:
    path = _path()
    try:
        found = json.loads(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return {str(who): float(when) for who, when in found.items()}


def _write(kept: dict[str, float]) -> None:
    path = _path()
    if path is None:
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{FILE}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file)
        Path(name).replace(path)
    except OSError:
        # A folder that cannot be written to: this server still remembers, until it stops.
        log.warning("who signed out is remembered in memory only: %s", path.parent)
