"""One publisher at a time: a lock that the computer frees when its holder ends, however it ends."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publishing.problems import PublishError
from reconciliation.wording import say

WAIT = 30.0
_PAUSE = 0.01
# The locked byte lies far beyond the text, since Windows lets nobody read a locked part.
_BYTE = 1 << 30


@contextmanager
def locked(path: Path, who: str, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock in the file at ``path``; raise ``PublishError`` after ``wait`` seconds.

    The file stays; what it says of the holder serves the message only.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(handle, path, wait)
        _say_who(handle, who)
        try:
            yield
        finally:
            _free(handle)
    finally:
        os.close(handle)


def _take(handle: int, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while not _try(handle):
        if time.monotonic() > until:
            raise PublishError(
                "locked",
                say("{who} is publishing just now.", who=_holder(path)),
                say("Wait a moment and publish again."),
            )
        time.sleep(_PAUSE)


def _say_who(handle: int, who: str) -> None:
    about = {"who": who, "pid": os.getpid(), "host": socket.gethostname()}
    # A full disk must not keep anybody from the lock.
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(about).encode())


def _holder(path: Path) -> str:
    try:
        about = json.loads(path.read_bytes())
        return say("{who} (process {pid} on {host})", **about)
    except (OSError, ValueError, KeyError, TypeError):
        return say("Somebody")


if os.name == "nt":
    import msvcrt

    def _try(handle: int) -> bool:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True

    def _free(handle: int) -> None:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _free(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
