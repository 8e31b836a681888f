"""What Windows has and this machine has not: its branches of ``publishing``, run here.

Only who holds a lock is left to this machine: bytes of a file are locked by each process for itself
and freed when it ends, as Windows does it.
"""

import errno
import importlib.util
import os
import sys
from unittest import mock

from publishing import disk, lock, store


class Bytes:
    """Locks of bytes among processes, asked for as Windows has it: ``msvcrt``."""

    LK_NBLCK, LK_UNLCK = 2, 0

    @classmethod
    def locking(cls, handle, mode, count):
        import fcntl

        wanted = fcntl.LOCK_UN if mode == cls.LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB
        try:
            fcntl.lockf(handle, wanted, count, 0, os.SEEK_CUR)
        except OSError as error:
            raise PermissionError(errno.EACCES, "locked") from error


class System:
    """The functions of ``os``, on a machine that says it is Windows."""

    name = "nt"

    def __getattr__(self, name):
        # Windows has neither.
        if name in ("fchown", "fchmod"):
            raise AttributeError(name)
        return getattr(os, name)


def lock_with(windows):
    """Return the module of locks as it is on Windows, with a stand-in for ``msvcrt``."""
    spec = importlib.util.spec_from_file_location("lock_of_windows", lock.__file__)
    module = importlib.util.module_from_spec(spec)
    with mock.patch.dict(sys.modules, {"msvcrt": windows}), mock.patch.object(os, "name", "nt"):
        spec.loader.exec_module(module)
    return module


def publish_as_on_windows():
    """Have this process publish as on Windows from now on."""
    store.locked = lock_with(Bytes).locked
    disk.os = System()
