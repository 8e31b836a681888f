"""Copies of the last good state of each file, kept beside the data."""

import datetime as dt
import logging
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from loaders.building import Spare
from loaders.folder import Fetch, Listed, digest
from loaders.hidden import hidden_folder

log = logging.getLogger(__name__)
FOLDER = ".last-good"


class Kept:
    """The copies in ``.last-good/``; without effect where the data is not on a local disk."""

    def __init__(self, folder: Listed) -> None:
        self._root = Path(folder.root) / FOLDER if folder.is_local() else None
        self._hashes: dict[str, str] = {}

    def spares(self, paths: Iterable[str]) -> dict[str, Spare]:
        """Return the copies of these files, those that there are."""
        return {path: spare for path in paths if (spare := self._spare(path)) is not None}

    def day(self, path: str) -> dt.date | None:
        """Return the day of which the copy of a file is; ``None`` where there is none."""
        if self._root is None:
            return None
        try:
            # A copy is written when a state is first read, and then left alone.
            written = (self._root / path).stat().st_mtime
        except OSError:
            return None
        return dt.datetime.fromtimestamp(written, dt.UTC).date()

    def keep(self, hashes: Mapping[str, str], fetch: Fetch) -> None:
        """Keep the files with these hashes; ``fetch`` gives the content of those not kept yet."""
        for path, hash_ in hashes.items():
            if self._root is None or self._hashes.get(path) == hash_:
                continue
            try:
                self._write(hidden_folder(self._root) / path, fetch(path))
                self._hashes[path] = hash_
            except OSError:
                # A folder that cannot be written to serves figures all the same.
                log.info("no copy of %s is kept", path, exc_info=True)

    def _spare(self, path: str) -> Spare | None:
        day = self.day(path)
        if self._root is None or day is None:
            return None
        try:
            content = (self._root / path).read_bytes()
        except OSError:
            return None
        return Spare(digest(content), lambda _: content, day)

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() == content:
            return
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # Put in place in one step, so that a copy is never half-written itself.
        os.replace(name, path)
