"""The copy on disk: contents by their hash, and which of them make up the last good set.

A set becomes the last good one in one step, when its list is put in place. What is read back is
checked against its hash. Where the disk cannot be written to, the copy is kept in memory: figures
are served, and a restart without the network has none.
"""

import json
import logging
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from loaders.folder import digest
from loaders.remote.sets import File, Files

log = logging.getLogger(__name__)
LIST, OBJECTS = "current.json", "objects"
# A copy that no list names is thrown away after this many seconds: another process of the same
# dashboard may just be writing the list that will name it.
UNUSED = 600.0


class Store:
    """The copy of one address, in a folder of its own."""

    def __init__(self, cache: Path, address: str) -> None:
        # The address itself is not written down: it may hold a password.
        self._root = cache / digest(address.encode())[:24]
        self._memory: dict[str, bytes] = {}

    def last_good(self) -> tuple[dict[str, File], float, float]:
        """Return the last good set, when it was taken and when it was last found unchanged.

        An empty set where there is none, or where any of it is damaged. Times are seconds.
        """
        try:
            told = json.loads((self._root / LIST).read_text("utf-8"))
            files = {str(path): File(*of) for path, of in told["files"].items()}
            for file in files.values():
                self.read(file.hash)
            return files, float(told["taken"]), (self._root / LIST).stat().st_mtime
        except FileNotFoundError:
            return {}, 0.0, 0.0
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            log.warning("the copy of the figures on disk is damaged and not used")
            return {}, 0.0, 0.0

    def read(self, hash_: str) -> bytes:
        """Return a content; raise ``OSError`` where it is not there as it was written."""
        if hash_ in self._memory:
            return self._memory[hash_]
        content = (self._root / OBJECTS / hash_).read_bytes()
        if digest(content) != hash_:
            raise OSError("a copy on disk is damaged")
        return content

    def keep(self, files: Files, contents: Mapping[str, bytes], taken: float) -> None:
        """Make this set the last good one; ``contents`` gives what may not be there yet."""
        told = {"taken": taken, "files": {path: list(file) for path, file in files.items()}}
        wanted = {file.hash for file in files.values()}
        new = {hash_: contents[hash_] for hash_ in wanted & contents.keys()}
        try:
            for hash_, content in new.items():
                self._write(self._root / OBJECTS / hash_, content)
            self._write(self._root / LIST, json.dumps(told, indent=1).encode())
            self._memory.clear()
            self._tidy(wanted)
        except OSError as error:
            log.warning("no copy of the figures can be kept on disk: %s", error.strerror)
            self._memory = {h: c for h, c in self._memory.items() if h in wanted} | new

    def seen(self, now: float) -> None:
        """Note that the last good set is still the one that is there."""
        try:
            os.utime(self._root / LIST, (now, now))
        except OSError:
            log.debug("the copy on disk cannot be marked")

    def _tidy(self, wanted: set[str]) -> None:
        for path in (self._root / OBJECTS).iterdir():
            if path.name not in wanted and time.time() - path.stat().st_mtime > UNUSED:
                path.unlink(missing_ok=True)

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
