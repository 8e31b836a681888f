"""The last good set of figures kept elsewhere, and what keeps it from being renewed.

A new set takes the place of the old one as a whole, and only when every file of it can be read at
least as well as before: nothing half there, no sign-in page and no broken file ever does.
"""

import datetime as dt
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loaders.building import Builder
from loaders.folder import Stamp, crisis_of, is_data
from loaders.remote.address import Address
from loaders.remote.bucket import Bucket
from loaders.remote.problems import OF_A_FILE, RemoteError
from loaders.remote.sets import File, Found, Place, hashes, is_needed
from loaders.remote.site import Site
from loaders.remote.store import Store
from loaders.remote.table import Single

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
# Findings that say that a whole file cannot be used.
GRAVE = {"missing-file", "bad-mapping"}


@dataclass(frozen=True)
class Limits:
    """How often to look and how long to wait (seconds), how much to fetch (bytes), where to keep.

    ``shipped`` is the folder that gives what a single table does not say.
    """

    cache: Path
    shipped: Path = Path(__file__).parents[2] / "datasets"
    poll: float = 60.0
    timeout: float = 20.0
    most: int = 500 << 20


@dataclass(frozen=True)
class Trouble:
    """Why the set is not renewed: the reason, the file, since when, and of when the set is.

    Times are in UTC; ``since`` is when all was last well, ``None`` when it never was.
    """

    reason: str
    file: str
    since: dt.datetime | None
    taken: dt.datetime | None

    @property
    def named(self) -> str:
        """Return the file where the reason lies in one; "" where it lies in the whole server."""
        return self.file if self.reason in OF_A_FILE else ""


class Mirror:
    """A folder of data sets that is the last good copy of one kept elsewhere; safe between threads.

    It can be listed and read as :class:`loaders.folder.Folder` can; ``look`` renews it.
    """

    def __init__(self, address: Address, limits: Limits) -> None:
        self.address, self._limits = address, limits
        self.root = str(address)
        self._place = place_of(address, limits)
        self._store = Store(limits.cache, f"{address.url}#{sorted(address.options.items())}")
        self._files, self._taken, self._checked = self._store.last_good()
        self._known = dict(self._files)
        self._failures, self._looked = 0, False
        self._trouble: Trouble | None = None
        # Who holds ``still`` sees one set, however long it reads.
        self.still, self._looking = threading.RLock(), threading.Lock()

    @property
    def trouble(self) -> Trouble | None:
        """Return what is wrong now; ``None`` when all is well."""
        return self._trouble

    @property
    def checked(self) -> dt.datetime | None:
        """Return when the set was last found to be what is there; ``None`` for never."""
        return _moment(self._checked)

    def listing(self) -> dict[str, Stamp]:
        """Return the files of the last good set that hold data."""
        with self.still:
            return {
                path: Stamp(file.size, 0.0, file.hash)
                for path, file in sorted(self._files.items())
                if is_data(path)
            }

    def read(self, path: str) -> bytes:
        """Return the content of a file; raise ``OSError`` where the copy is not what it was."""
        with self.still:
            file = self._files.get(path)
        if file is None:
            raise FileNotFoundError(path)
        return self._store.read(file.hash)

    def is_local(self) -> bool:
        """Return whether the figures themselves are on this machine: they are not."""
        return False

    def is_quick(self) -> bool:
        """Return whether listing it costs next to nothing."""
        return True

    def look(self) -> float:
        """Look whether there is something new and take it; return how many seconds to wait now."""
        with self._looking:
            try:
                found = self._place.look(self._known, self._store.read)
                self._adopt(found)
            except RemoteError as error:
                return self._failed(error)
            except Exception:
                # Whatever else it is must not end the looking for good.
                log.exception("figures kept elsewhere cannot be read")
                return self._failed(RemoteError("other"))
            self._failures, self._trouble, self._looked = 0, None, True
            return self._limits.poll

    def _adopt(self, found: Found) -> None:
        now = time.time()
        if hashes(found.files) != hashes(self._files):
            self._check(found)
            with self.still:
                self._store.keep(found.files, found.contents, now)
                self._files, self._taken = dict(found.files), now
        elif found.files != self._known:
            self._store.keep(found.files, found.contents, self._taken)
        self._known, self._checked = dict(found.files), now
        self._store.seen(now)

    def _check(self, found: Found) -> None:
        """Raise :class:`RemoteError` where a file is worse than it was in the last good set."""
        new = self._faults(found.files, lambda hash_: _content(found, hash_, self._store))
        old = self._faults(self._files, self._store.read) if self._files else None
        worse = sorted(new - old if old is not None else {p for p in new if is_needed(p)})
        figures = {path for path in found.files if crisis_of(path)}
        if not worse and old is None and figures and figures <= new:
            worse = sorted(figures)
        if worse:
            raise RemoteError("missing" if worse[0] not in found.files else "damaged", worse[0])

    @staticmethod
    def _faults(files: dict[str, File], read: Callable[[str], bytes]) -> set[str]:
        """Return the files of a set that are missing or cannot be used."""
        data = {path: file.hash for path, file in files.items() if is_data(path)}
        parts = Builder(data, lambda path: read(data[path])).parts()
        grave = parts.findings["code"].isin(GRAVE)
        return set(parts.broken) | set(parts.findings.loc[grave, "file"].astype(str))

    def _failed(self, error: RemoteError) -> float:
        """Note what went wrong; return how long to wait: longer each time, and never in step."""
        self._failures += 1
        log.warning("figures kept elsewhere are not renewed: %s", error)
        # A single failure is made good in a moment and told to nobody, where nothing is missing.
        if self._failures > 1 or not self._looked or error.reason not in PASSING:
            since, taken = _moment(self._checked), _moment(self._taken)
            self._trouble = Trouble(error.reason, error.file, since, taken)
            self._looked = True
        longest = max(LONGEST_WAIT, self._limits.poll)
        wait = min(longest, FIRST_WAIT * 2 ** min(self._failures - 1, 20))
        return max(error.wait, float(wait) * random.uniform(0.5, 1.0))


# What may be over in a moment.
PASSING = {"busy", "changing", "checksum", "server", "timeout", "truncated", "unreachable"}


def place_of(address: Address, limits: Limits) -> Place:
    """Return what asks for the files of an address."""
    if not address.is_web:
        return Bucket(address, limits.timeout, limits.most)
    if address.is_table:
        return Single(address, limits.timeout, limits.most, limits.shipped)
    return Site(address, limits.timeout, limits.most)


def _content(found: Found, hash_: str, store: Store) -> bytes:
    return found.contents[hash_] if hash_ in found.contents else store.read(hash_)


def _moment(seconds: float) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else None
