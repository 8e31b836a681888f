"""The library as it is now: files are read again when they change, and only those.

A file is *broken* when it cannot be opened or decoded, is empty, lacks a required column, ends in
the middle of a row or inside a quoted cell. The figures of its last good state are shown instead,
with the finding ``last-good-shown``; copies of good states are kept in ``.last-good/`` beside the
data, so that a restart finds them. A file that is taken away is gone, with its figures; and a row
that cannot be read does not make its file broken.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from loaders.building import Builder, Parts, Spare
from loaders.folder import Folder, Listed, Stamp, digest
from loaders.kept import Kept
from loaders.library import MOST_LOOKS, Library

log = logging.getLogger(__name__)
# A file may be written twice within one tick of the clock, so a young stamp proves nothing.
YOUNG = 2.0


class _Seen(NamedTuple):
    """A file as it was when it was last read."""

    stamp: Stamp
    hash: str
    settled: bool


class Watcher:
    """Keeps the library of one folder up to date; safe between threads."""

    def __init__(self, path: object) -> None:
        self._folder: Listed = path if isinstance(path, Listed) else Folder.at(path)
        self._kept = Kept(self._folder)
        self._lock = Lock()
        self._seen: dict[str, _Seen] = {}
        self._library: Library | None = None
        self._looked: float | None = None
        # When new content was last read, since 1970.
        self.read: float | None = None

    @property
    def folder(self) -> Listed:
        """Return where the files are read from."""
        return self._folder

    @property
    def looked(self) -> float | None:
        """Return when the folder was last listed, in seconds since 1970; ``None`` for never."""
        return self._looked

    def current(self) -> Library:
        """Return the library of the files as they are now.

        Asks for sizes and times only; a file is read when these have changed. While the folder
        cannot be listed, the library stays as it was.
        """
        with self._lock:
            stamps = self._listing()
            if stamps is not None:
                self._looked = time.time()
            elif self._library is not None:
                return self._library
            before = self._hashes()
            contents = self._look_until_still(stamps or {})
            if self._library is None or self._hashes() != before:
                self._library = self._timed(contents)
            return self._library

    def kept_on(self, path: str) -> dt.date | None:
        """Return the day of the state of a file that is shown while the file is broken."""
        return self._kept.day(path)

    def changed(self) -> bool:
        """Return whether a file was written, added or taken away since ``current`` looked."""
        with self._lock:
            stamps = self._listing()
            return stamps is not None and bool(
                self._to_read(stamps) or stamps.keys() != self._seen.keys()
            )

    def _listing(self) -> dict[str, Stamp] | None:
        try:
            return self._folder.listing()
        except OSError:
            log.warning("the folder %s cannot be listed", self._folder.root, exc_info=True)
            return None

    def _hashes(self) -> dict[str, str]:
        return {path: seen.hash for path, seen in self._seen.items()}

    def _to_read(self, stamps: dict[str, Stamp]) -> list[str]:
        return [
            path
            for path, stamp in stamps.items()
            if (seen := self._seen.get(path)) is None or seen.stamp != stamp or not seen.settled
        ]

    def _look_until_still(self, stamps: dict[str, Stamp]) -> dict[str, bytes]:
        """Read what may have changed, until nothing was saved while it was read.

        A publish changes several files: half of before and half of after is never shown.
        """
        contents = self._look(stamps)
        for _ in range(MOST_LOOKS if self._folder.is_quick() else 0):
            again = self._listing() if contents else stamps
            if again is None or again == stamps:
                break
            stamps = again
            contents |= self._look(stamps)
        return contents

    def _look(self, stamps: dict[str, Stamp]) -> dict[str, bytes]:
        """Read the files that may have changed, note their state and return their contents."""
        now, contents = time.time(), {}
        seen = {path: self._seen[path] for path in stamps if path in self._seen}
        for path in self._to_read(stamps):
            settled = now - stamps[path].written > YOUNG
            try:
                contents[path] = self._folder.read(path)
                seen[path] = _Seen(stamps[path], digest(contents[path]), settled)
            except OSError as error:
                seen[path] = _Seen(stamps[path], f"error: {error}", settled=False)
        self._seen = {path: seen[path] for path in stamps}
        return contents

    def _timed(self, contents: dict[str, bytes]) -> Library:
        """Build the library; note when, and log how long it took."""
        started = time.perf_counter()
        library = self._build(contents)
        self.read = time.time()
        facts = {
            "fingerprint": library.fingerprint[:12],
            "figures": len(library.figures),
            "findings": len(library.findings),
            "seconds": round(time.perf_counter() - started, 2),
        }
        log.info("figures read", extra={"told": facts})
        return library

    def _build(self, contents: dict[str, bytes]) -> Library:
        parts = self._parts(contents, ())
        if parts.broken:
            parts = self._parts(contents, parts.broken)
        good = {p: h for p, h in self._hashes().items() if p not in parts.broken}
        self._kept.keep(good, lambda path: self._content(path, contents))
        return Library.of(parts)

    def _parts(self, contents: dict[str, bytes], broken: Iterable[str]) -> Parts:
        spares: dict[str, Spare] = self._kept.spares(broken)
        return Builder(self._hashes(), lambda path: self._content(path, contents), spares).parts()

    def _content(self, path: str, contents: dict[str, bytes]) -> bytes:
        """Return the content of a file; raise ``OSError`` if it is no longer what was seen."""
        content = contents[path] if path in contents else self._folder.read(path)
        if digest(content) != self._seen[path].hash:
            raise OSError(f"{path} was changed while it was read")
        return content
