"""A folder of data sets that can be listed: in a bucket, on a share, wherever fsspec reaches."""

from collections.abc import Callable
from typing import Any

from fsspec.asyn import AsyncFileSystem
from fsspec.core import url_to_fs
from fsspec.exceptions import FSTimeoutError

from loaders.folder import ROOT_FILES, Folder, Stamp
from loaders.remote.address import Address
from loaders.remote.problems import RemoteError
from loaders.remote.sets import ROUNDS, Files, Found, Read, check_kind, is_safe
from loaders.remote.web import SLOWEST

# What each kind of store calls its own time limits.
S3 = ("s3", "s3a")


class Bucket:
    """A folder behind an address that fsspec knows; ``timeout`` in seconds, ``most`` in bytes."""

    def __init__(self, address: Address, timeout: float, most: int) -> None:
        self._address, self._timeout, self._most = address, timeout, most
        self._folder: Folder | None = None

    def look(self, known: Files, read: Read) -> Found:
        """Return the files as they now are, read until the listing is the same before and after."""
        found = Found({}, {})
        listing = self._listing()
        for _ in range(ROUNDS):
            now = Found({}, found.contents)
            for path, stamp in listing.items():
                self._take(path, stamp, known, now)
            again = listing if now.files == dict(known) else self._listing()
            if again == listing:
                return now
            listing, known = again, {**known, **now.files}
        raise RemoteError("changing")

    def _take(self, path: str, stamp: Stamp, known: Files, now: Found) -> None:
        before, mark = known.get(path), f"{stamp.size} {stamp.written} {stamp.other}"
        if before is not None and before.etag == mark:
            now.files[path] = before
            return
        content = self._read(path, stamp.size)
        if len(content) != stamp.size:
            raise RemoteError("truncated", path)
        check_kind(path, content)
        now.add(path, content, mark)

    def _listing(self) -> dict[str, Stamp]:
        """Return the files of data; in a bucket, one request for each thousand."""
        listing = self._guarded("", lambda: self._at().stamps(**self._limit(0)))
        listing = {path: stamp for path, stamp in listing.items() if is_safe(path)}
        if ROOT_FILES[0] not in listing:
            raise RemoteError("missing", ROOT_FILES[0])
        if sum(stamp.size for stamp in listing.values()) > self._most:
            raise RemoteError("too_large")
        return listing

    def _read(self, path: str, size: int) -> bytes:
        folder = self._at()
        where, limit = f"{folder.root}/{path}", self._limit(size)
        return bytes(self._guarded(path, lambda: folder.files.cat_file(where, **limit)))

    def _limit(self, size: int) -> dict[str, float]:
        """Return the time limit in the way of those that take one."""
        asynchronous = isinstance(self._at().files, AsyncFileSystem)
        return {"timeout": self._timeout + size / SLOWEST} if asynchronous else {}

    def _at(self) -> Folder:
        if self._folder is None:
            files, root = url_to_fs(self._address.url, **_options(self._address, self._timeout))
            self._folder = Folder(files, str(root).rstrip("/"))
        return self._folder

    def _guarded(self, file: str, ask: Callable[[], Any]) -> Any:
        """Ask; raise :class:`RemoteError` for whatever a store's own library may raise."""
        try:
            return ask()
        except RemoteError:
            raise
        except Exception as error:
            # The next look begins with a connection of its own.
            self._folder = None
            raise RemoteError(reason_of(error), file) from None


def _options(address: Address, timeout: float) -> dict[str, Any]:
    """Return time limits, and that no listing is remembered, for stores that know such options."""
    if not address.url.startswith(tuple(f"{scheme}://" for scheme in S3)):
        return {"use_listings_cache": False}
    limits = {"connect_timeout": timeout, "read_timeout": timeout, "retries": {"max_attempts": 1}}
    return {"config_kwargs": limits, "use_listings_cache": False, "skip_instance_cache": True}


def reason_of(error: Exception) -> str:
    """Return which of :data:`loaders.remote.problems.REASONS` an error of a store is."""
    if isinstance(error, ImportError | ValueError):
        return "support"
    if isinstance(error, FSTimeoutError | TimeoutError) or "Timeout" in type(error).__name__:
        return "timeout"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "missing"
    if isinstance(error, PermissionError) or "Credential" in type(error).__name__:
        return "refused"
    return "server" if isinstance(error, OSError) else "unreachable"
