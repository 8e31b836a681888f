"""The few things done to the disk, each in one place: whole files, in their place in one step."""

import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Temporary files begin with a dot, so that no reader takes them for data.
PREFIX, SUFFIX = ".publishing-", ".new"
_PAUSES = (0.01, 0.03, 0.1, 0.3, 1.0)


def write_new(path: Path, content: bytes, like: Path | None = None) -> None:
    """Write a file that is not there yet and see it onto the disk; modes and owner as ``like``.

    Raises ``OSError``; then there is no file.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        try:
            _write_all(handle, content)
            if like is not None:
                _as(handle, like)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        with suppress(OSError):
            os.unlink(path)
        raise


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def _as(handle: int, like: Path) -> None:
    """Give a file the modes and, where that is allowed, the owner and group of another."""
    if not hasattr(os, "fchown"):
        return
    found = os.stat(like)
    with suppress(PermissionError):
        os.fchown(handle, found.st_uid, found.st_gid)
    os.fchmod(handle, stat.S_IMODE(found.st_mode))


def put(path: Path, content: bytes, like: Path | None = None) -> None:
    """Write a file whole: a reader sees what was there or all of this. Raises ``OSError``."""
    temporary = beside(path)
    write_new(temporary, content, like)
    move(temporary, path)
    see_to_disk([path.parent])


def move(here: Path, there: Path) -> None:
    """Put a file in the place of another in one step. Raises ``OSError``."""
    # Windows refuses this while anybody reads the other: readers are done in a moment.
    for pause in _PAUSES if os.name == "nt" else ():
        with suppress(PermissionError):
            os.replace(here, there)
            return
        time.sleep(pause)
    os.replace(here, there)


def beside(path: Path) -> Path:
    """Return the name of the temporary file for a file, in the same folder."""
    return path.with_name(f"{PREFIX}{path.name}{SUFFIX}")


def see_to_disk(folders: Iterable[Path]) -> None:
    """See to it that what was renamed in these folders survives a power cut."""
    if os.name == "nt":
        return
    for folder in dict.fromkeys(folders):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folders: Iterable[Path]) -> None:
    """Take away temporary files that a process left when it was stopped."""
    for folder in folders:
        with suppress(OSError):
            for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
                with suppress(OSError):
                    os.unlink(path)
