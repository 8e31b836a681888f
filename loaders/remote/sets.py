"""A set of files as it was found elsewhere, and what is refused at once."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from loaders.folder import ROOT_FILES, digest
from loaders.remote.problems import RemoteError

# How often a set is read anew that changes while it is read.
ROUNDS = 4
MOST_FILES = 5_000
TEXT = (".csv", ".tsv", ".txt", ".toml", ".json")
PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_BOM = b"\xef\xbb\xbf"


class File(NamedTuple):
    """One file of a set: the hash and size of its content, and what its server says of it."""

    hash: str
    size: int
    etag: str = ""
    modified: str = ""


Files = Mapping[str, File]
Read = Callable[[str], bytes]


class Found(NamedTuple):
    """A set by path, and the contents that are new, by hash."""

    files: dict[str, File]
    contents: dict[str, bytes]

    def add(self, path: str, content: bytes, etag: str = "", modified: str = "") -> None:
        """Put a file into the set."""
        hash_ = digest(content)
        self.contents[hash_] = content
        self.files[path] = File(hash_, len(content), etag, modified)


class Place(Protocol):
    """A place where a set is kept."""

    def look(self, known: Files, read: Read) -> Found:
        """Return the set as it now is; ``known`` is what it was and ``read`` gives its contents.

        Raises :class:`RemoteError` unless all of it can be had, and in one state.
        """
        ...


def hashes(files: Files) -> dict[str, str]:
    """Return the hash of each file."""
    return {path: file.hash for path, file in files.items()}


def is_safe(path: object) -> bool:
    """Return whether a path can be one of a file of data: at the root, or in a crisis's folder."""
    if not isinstance(path, str) or "\\" in path or ":" in path or not path.isprintable():
        return False
    parts = PurePosixPath(path).parts
    plain = len(parts) <= 2 and "/".join(parts) == path and not path.startswith("/")
    return plain and not any(part.startswith((".", "~", "_")) for part in parts)


def check_kind(path: str, content: bytes) -> None:
    """Raise :class:`RemoteError` for what is no table: a sign-in page, an error, an archive."""
    name = path.lower()
    if not name.endswith(TEXT):
        return
    start = content[:512].removeprefix(_BOM).lstrip()
    signs: tuple[bytes, ...] = (b"<",) if name.endswith(".json") else (b"<", b"{")
    if start.startswith((*signs, *PACKED)):
        raise RemoteError("wrong_kind", path)


def is_needed(path: str) -> bool:
    """Return whether there is no library without this file."""
    return path == ROOT_FILES[0]
