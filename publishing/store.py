"""The history beside the data: the contents of files, the versions, and what is under way.

``.history/objects/ab/<hash>.gz`` holds every content a file had, ``.history/versions/000001.json``
a version. A version that is being put in place is ``.history/pending.json``: it counts from the
moment it stands there, and moves to the versions when all files are in their place.
"""

import contextlib
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from loaders.folder import Folder, digest
from loaders.pending import HISTORY, PENDING, kept, object_path
from publishing import disk
from publishing.lock import WAIT, locked
from publishing.problems import PublishError, from_os
from publishing.version import Version
from reconciliation.wording import say

VERSIONS, LOCK = "versions", "lock"
_ABOUT = """\
The history of this folder, kept by the dashboard. Each file in versions/ says who changed what, and
under "state" which content every data file had; the content with the hash abcd... is the file
objects/ab/abcd....gz, packed with gzip. To restore by hand: gunzip it over the data file.
"""


class Store:
    """The history of one folder of data sets on a disk of this computer."""

    def __init__(self, folder: object) -> None:
        found = Folder.at(folder)
        if not found.is_local():
            raise PublishError(
                "not-local",
                say("Only a folder on a disk of this computer can be published to."),
                say("Save the files where they are kept."),
            )
        self.root = Path(found.root).resolve()
        self.home = self.root / HISTORY

    @contextmanager
    def locked(self, who: str, wait: float = WAIT) -> Iterator[None]:
        """Hold the folder's lock and finish what was left under way. Raises ``PublishError``."""
        if not self.root.is_dir():
            raise PublishError("no-folder", say("There is no folder of data sets."))
        try:
            self._prepare()
            with locked(self.home / LOCK, who, wait):
                self._explain()
                self.finish()
                yield
        except OSError as error:
            raise from_os(error, _named(error, self.root)) from error

    def _prepare(self) -> None:
        for name in (VERSIONS, "objects"):
            (self.home / name).mkdir(parents=True, exist_ok=True)

    def _explain(self) -> None:
        for name, text in (("README.txt", _ABOUT), (".gitignore", "*\n")):
            if not (self.home / name).exists():
                disk.put(self.home / name, text.encode())

    def contents(self) -> dict[str, bytes]:
        """Return every data file of the folder as it is now. Raises ``OSError``."""
        folder = Folder.at(self.root)
        return {path: folder.read(path) for path in folder.listing()}

    def hash_of(self, path: str) -> str:
        """Return the hash of a file as it is on the disk, "" where there is none."""
        target = self.root / path
        return digest(target.read_bytes()) if target.exists() else ""

    def keep(self, content: bytes) -> str:
        """Keep a content and return its hash. Raises ``OSError``."""
        hash_ = digest(content)
        path = object_path(self.root, hash_)
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            disk.put(path, gzip.compress(content, 6, mtime=0))
        return hash_

    def content(self, hash_: str) -> bytes:
        """Return a kept content. Raises ``PublishError`` when it is no longer kept."""
        try:
            return kept(self.root, hash_)
        except OSError as error:
            raise PublishError(
                "not-kept",
                say("The history does not hold this content any more, or it is damaged."),
            ) from error

    def versions(self) -> list[Version]:
        """Return all versions, the oldest first, the one under way included."""
        found = {v.number: v for path in self._newest_first() if (v := _read(path))}
        return [found[number] for number in sorted(found)]

    def last(self) -> Version | None:
        """Return the newest version; older ones, which may be many, are not read."""
        return next((v for path in self._newest_first() if (v := _read(path))), None)

    def _newest_first(self) -> list[Path]:
        """Return where versions may stand, the one under way first."""
        with contextlib.suppress(OSError):
            kept = (path for path in (self.home / VERSIONS).iterdir() if path.suffix == ".json")
            return [self.home / PENDING, *sorted(kept, reverse=True)]
        return []

    def add(self, version: Version) -> None:
        """Record a version whose files are in place already. Raises ``OSError``."""
        disk.put(self._path(version.number), _packed(version))

    def promise(self, version: Version) -> None:
        """Make a version count: in one step, before any file is in place. Raises ``OSError``."""
        disk.put(self.home / PENDING, _packed(version))

    def under_way(self) -> int:
        """Return the number of the version under way, 0 without one."""
        version = _read(self.home / PENDING)
        return version.number if version else 0

    def finish(self) -> None:
        """Put every promised file in its place, again if need be. Raises ``OSError``."""
        version = _read(self.home / PENDING)
        if version is None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.home / PENDING)
        else:
            self._place(version, "before", "after")
            disk.move(self.home / PENDING, self._path(version.number))
            # All is in place; after a power cut the promise, which is on the disk, comes back.
            with contextlib.suppress(OSError):
                disk.see_to_disk([self.home / VERSIONS, self.home])
        disk.sweep([self.root, self.home, *(p for p in self.root.iterdir() if p.is_dir())])

    def take_back(self, version: Version) -> None:
        """Undo a promise that could not be carried out. Raises ``OSError``; then it still holds."""
        self._place(version, "after", "before")
        os.unlink(self.home / PENDING)
        disk.see_to_disk([self.home])

    def _place(self, version: Version, was: str, becomes: str) -> None:
        """Give each file its content; a file that somebody else changed meanwhile is left alone."""
        for file in version.files:
            target = (self.root / file["path"]).resolve()
            if self.hash_of(file["path"]) != file[was]:
                continue
            if file[becomes]:
                target.parent.mkdir(exist_ok=True)
                like = target if target.exists() else _sibling(target)
                disk.put(target, self.content(file[becomes]), like)
            else:
                os.unlink(target)
                disk.see_to_disk([target.parent])

    def _path(self, number: int) -> Path:
        return self.home / VERSIONS / f"{number:06}.json"


def check_writable(root: Path, paths: Mapping[str, object]) -> None:
    """Raise ``PublishError`` where a file or its folder is marked as not to be written."""
    for path in paths:
        target = (root / path).resolve()
        asked = [target] if target.exists() else []
        folder = target.parent if target.parent.exists() else root
        if not all(os.access(p, os.W_OK) for p in [*asked, folder]):
            raise from_os(PermissionError(13, "not writable"), path)


def _sibling(target: Path) -> Path | None:
    """Return a file whose modes and owner a new file takes over."""
    return next((p for p in sorted(target.parent.glob("*.csv")) if p.is_file()), None)


def _named(error: OSError, root: Path) -> str:
    path = Path(os.fsdecode(error.filename)) if error.filename else root
    shown = path.relative_to(root) if path.is_relative_to(root) and path != root else path.name
    return str(shown).removeprefix(disk.PREFIX).removesuffix(disk.SUFFIX)


def _packed(version: Version) -> bytes:
    return json.dumps(version.record(), ensure_ascii=False, indent=1).encode()


def _read(path: Path) -> Version | None:
    try:
        return Version.of(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
