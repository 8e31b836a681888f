"""Files put in place one by one, only those that differ; a manifest says which ones are ours."""

import contextlib
import gzip
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import brotli

MANIFEST = ".edition.json"
TWINS = (".gz", ".br")
SMALLEST = 400
TEXTS = {".html", ".xml", ".json", ".csv", ".txt"}


class NotOursError(Exception):
    """A file stands where the edition would write, and the edition did not write it."""


class Writer:
    """Writes an edition into a folder and touches nothing there that it did not write itself.

    Files are named by paths with forward slashes, relative to the folder. :meth:`put` raises
    :class:`NotOursError` rather than write over a file of somebody else.
    """

    def __init__(self, out: Path, *, compress: bool = False) -> None:
        self.out, self._compress = out, compress
        told = _read(out / MANIFEST)
        self._before: dict[str, int] = {
            path: size for path, size in told[1].items() if _inside(path)
        }
        self._stamp = told[0]
        self._now: dict[str, int] = {}
        self.written = self.kept = self.removed = 0

    def is_current(self, stamp: str) -> bool:
        """Return whether the folder holds the edition with this stamp, every file in place."""
        return self._stamp == stamp and all(
            _size(self.out / path) == size for path, size in self._before.items()
        )

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write those of the files whose content differs from what is there."""
        every = dict(files)
        if self._compress:
            for path, content in files.items():
                every |= _twins(path, content)
        changed = [path for path, content in every.items() if self._differs(path, content)]
        self._now |= {path: len(content) for path, content in every.items()}
        self.kept += len(every) - len(changed)
        if changed:
            # Named before they are written: a run that is cut short still knows its own files.
            self._note("")
        for path in changed:
            _replace(self.out / path, every[path])
            self.written += 1

    def finish(self, stamp: str) -> None:
        """Remove what this edition no longer has, and note the rest under the stamp."""
        for path in sorted(self._before.keys() - self._now.keys()):
            with contextlib.suppress(FileNotFoundError):
                (self.out / path).unlink()
                self.removed += 1
            _prune((self.out / path).parent, self.out)
        self._before = {}
        self._note(stamp)

    def _differs(self, path: str, content: bytes) -> bool:
        target = self.out / path
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if target.read_bytes() == content:
                return False
            if path not in self._before and path not in self._now:
                raise NotOursError(str(target))
        return True

    def _note(self, stamp: str) -> None:
        files = dict(sorted((self._before | self._now).items()))
        told = {"edition": 1, "stamp": stamp, "files": files}
        content = (json.dumps(told, indent=0) + "\n").encode()
        if not stamp or _content(self.out / MANIFEST) != content:
            _replace(self.out / MANIFEST, content)


def _read(path: Path) -> tuple[str, dict[str, int]]:
    """Return the stamp and the files of a manifest; nothing where none can be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return str(told["stamp"]), {str(name): int(size) for name, size in told["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}


def _inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _replace(path: Path, content: bytes) -> None:
    """Put a file in place in one step: whoever asks gets the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".edition-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _twins(path: str, content: bytes) -> dict[str, bytes]:
    """Return the file compressed, for servers that send it so."""
    if PurePosixPath(path).suffix not in TEXTS or len(content) < SMALLEST:
        return {}
    packed = gzip.compress(content, 9, mtime=0), brotli.compress(content, quality=9)
    return {f"{path}{ending}": twin for ending, twin in zip(TWINS, packed, strict=True)}


def _prune(folder: Path, out: Path) -> None:
    """Remove folders left empty, up to the one of the edition."""
    while folder != out and out in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
