"""A folder of data sets, wherever it is: on disk, or behind any URL that fsspec knows."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol, runtime_checkable

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from loaders.pending import Pending, pending

ROOT_FILES = ("crises.csv", "sources.csv", "identities.csv")
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".gz", ".zip")
MAPPING = ".toml"

Fetch = Callable[[str], bytes]


class Stamp(NamedTuple):
    """Tells one state of a file from another: its size, when it was written, what else is known."""

    size: int
    written: float
    other: str


@runtime_checkable
class Listed(Protocol):
    """What holds files of data: a folder, or the copy of one kept elsewhere."""

    @property
    def root(self) -> str:
        """Return where it is."""
        ...

    def listing(self) -> dict[str, Stamp]:
        """Return the files that hold data."""
        ...

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        ...

    def is_local(self) -> bool:
        """Return whether the files lie on a disk of this computer."""
        ...

    def is_quick(self) -> bool:
        """Return whether listing costs next to nothing."""
        ...


@dataclass(frozen=True)
class Folder:
    """The place where the data sets are; paths within it are relative, with forward slashes."""

    files: Any
    root: str

    @classmethod
    def at(cls, path: object) -> "Folder":
        """Return the folder at a path or URL; it need not exist."""
        files, root = url_to_fs(str(path))
        return cls(files, str(root).rstrip("/"))

    def listing(self) -> dict[str, Stamp]:
        """Return the files that hold data, each with a stamp that changes when it is written.

        Hidden files and folders, and the lock files that office programs leave, are passed over.
        """
        self.files.invalidate_cache()
        under_way = self._pending()
        try:
            stamps = self.stamps(maxdepth=2)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        return _promised(stamps, under_way) if under_way else stamps

    def stamps(self, **options: object) -> dict[str, Stamp]:
        """Return the files that hold data as their store lists them, asked with its ``options``.

        Raises what the store's library raises.
        """
        found = self.files.find(self.root, detail=True, **options)
        known: Mapping[str, dict[str, Any]] = {self._relative(path): i for path, i in found.items()}
        return {path: _stamp(known[path]) for path in sorted(known) if is_data(path)}

    def is_quick(self) -> bool:
        """Return whether the folder may be listed at every look: it costs next to nothing."""
        return self.is_local()

    def read(self, path: str) -> bytes:
        """Return the content of a file, or what a publish under way has promised it to be.

        Raises ``OSError`` when it cannot be read.
        """
        under_way = self._pending()
        content: bytes | None = None
        try:
            content = self.files.cat_file(f"{self.root}/{path}")
        except FileNotFoundError:
            if under_way is None:
                raise
        content = under_way.settled(path, content) if under_way else content
        if content is None:
            raise FileNotFoundError(path)
        return content

    def is_local(self) -> bool:
        """Return whether the folder lies on a disk of this computer."""
        return isinstance(self.files, LocalFileSystem)

    def _pending(self) -> Pending | None:
        return pending(self.root) if self.is_local() else None

    def _relative(self, path: str) -> str:
        return path[len(self.root) :].lstrip("/")


def digest(content: bytes) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(contents: Mapping[str, str]) -> str:
    """Return one hash for a folder, from the hash of each file; the same wherever it lies."""
    lines = (f"{path}\t{contents[path]}\n" for path in sorted(contents))
    return digest("".join(lines).encode())


def marks(contents: Mapping[str, str]) -> dict[str, str]:
    """Return one hash for each crisis: of its own files, and of those that all crises share."""
    folders: dict[str, dict[str, str]] = {}
    for path, content in contents.items():
        folders.setdefault(crisis_of(path), {})[path] = content
    shared = folders.pop("", {})
    return {crisis: fingerprint(shared | own) for crisis, own in folders.items()}


def crisis_of(path: str) -> str:
    """Return the crisis a file belongs to: the name of its folder, or "" at the root."""
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent


def is_data(path: str) -> bool:
    """Return whether a path within the folder is one of a file that holds data."""
    parts = PurePosixPath(path).parts
    if any(part.startswith((".", "~", "_")) for part in parts):
        return False
    if len(parts) == 1:
        return path in ROOT_FILES
    return path.lower().endswith((*TABLES, MAPPING))


def _promised(stamps: Mapping[str, Stamp], under_way: Pending) -> dict[str, Stamp]:
    """Return the stamps as they are while a publish is under way."""
    others = {path: stamp for path, stamp in stamps.items() if not under_way.gone(path)}
    for path in under_way.files:
        if not under_way.gone(path):
            stamp = stamps.get(path, Stamp(0, 0.0, ""))
            others[path] = stamp._replace(other=f"{stamp.other} {under_way.mark}")
    return dict(sorted(others.items()))


def _stamp(info: Mapping[str, Any]) -> Stamp:
    """Return what is cheap to ask and changes with the content."""
    written = info.get("mtime")
    others = (info.get(key) for key in ("ino", "created", "last_modified", "LastModified", "ETag"))
    return Stamp(
        int(info.get("size") or 0),
        float(written) if isinstance(written, int | float) else 0.0,
        " ".join(str(other) for other in others if other is not None),
    )
