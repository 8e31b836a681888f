"""A copy of a whole data folder in one file, and the folder made again from it.

A copy is taken while the publishing lock is held, so it never holds half a publish. It holds the
figures, the history, what readers were shown, and everything else that lies in the folder, with a
list of the hash of each file and the fingerprint of the library that the figures make.
"""

import datetime as dt
import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from loaders import load_library
from loaders.pending import HISTORY, OBJECTS, PENDING
from publishing import disk
from publishing.lock import WAIT
from publishing.simulate import library_of
from publishing.store import LOCK, Store

LIST, DATA, ENDING = "backup.json", "datasets", ".tar.gz"
STEM = "figures-"
# The lock belongs to the folder and not to what is in it; a pending publish is finished first.
LEFT_OUT = (f"{HISTORY}/{LOCK}", f"{HISTORY}/{PENDING}")
# Where a restore keeps what was there before, and puts together what comes.
BEFORE, COMING = ".before-restore-", ".restoring-"


_DAMAGED = (tarfile.TarError, EOFError, OSError, ValueError, TypeError, zlib.error)


class BackupError(Exception):
    """A copy cannot be made or put back; the sentence says why and what to do."""


@dataclass(frozen=True)
class About:
    """What a copy holds: when it was made (UTC), of which version (0: none yet), and the files.

    ``fingerprint`` is that of the library; ``files`` gives the SHA-256 of each file by its path.
    """

    made: str
    version: int
    fingerprint: str
    files: Mapping[str, str]


def backup(folder: object, into: object, *, keep: int = 0, wait: float = WAIT) -> Path:
    """Write a copy of a data folder into the folder ``into`` and return its path.

    Beside it goes a ``.sha256`` that ``sha256sum -c`` reads. With ``keep`` only that many of the
    newest copies stay. Raises ``BackupError``, ``PublishError`` where somebody publishes for longer
    than ``wait`` seconds, and ``OSError``.
    """
    store, target = Store(folder), Path(str(into)).resolve()
    if target.is_relative_to(store.root):
        raise BackupError("The copies must not lie in the data folder itself; name another folder.")
    target.mkdir(parents=True, exist_ok=True)
    with store.locked("backup", wait):
        contents, about = _now(store)
    # What lies in objects/ never changes, so nobody has to wait until it is packed.
    objects = _objects(store.root)
    about = About(about.made, about.version, about.fingerprint, {**about.files, **objects})
    stamp = about.made.replace("-", "").replace(":", "").replace(".", "")
    path = target / f"{STEM}{stamp}{ENDING}"
    _write(path, store.root, contents, about)
    _forget(target, keep)
    return path


def _now(store: Store) -> tuple[dict[str, bytes], About]:
    """Return every file but the objects, and what they are; the lock is held meanwhile."""
    data = store.contents()
    found = {path: _read(store.root / path) for path in _walk(store.root)}
    contents = {path: content for path, content in found.items() if content is not None} | data
    last = store.last()
    about = About(
        dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        last.number if last else 0,
        library_of(data).fingerprint,
        {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()},
    )
    return contents, about


def _read(path: Path) -> bytes | None:
    """Return a file's content; nothing of one that went away, as readers' copies may."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _walk(root: Path) -> Iterator[str]:
    """Yield the files of a data folder but the objects of its history."""
    for place, folders, names in os.walk(root):
        here = Path(place).relative_to(root)
        left = (BEFORE, COMING)
        folders[:] = [name for name in folders if not name.startswith(left)]
        if here == Path(HISTORY):
            folders[:] = [name for name in folders if name != OBJECTS]
        for name in names:
            path = (here / name).as_posix()
            temporary = name.startswith(disk.PREFIX) and name.endswith(disk.SUFFIX)
            if path not in LEFT_OUT and not temporary and (root / path).is_file():
                yield path


def _objects(root: Path) -> dict[str, str]:
    """Return the hash of each file of the history's objects."""
    found = sorted((root / HISTORY / OBJECTS).glob("*/*.gz"))
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }


def _write(path: Path, root: Path, contents: Mapping[str, bytes], about: About) -> None:
    """Write the copy and its checksum, each whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=ENDING, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as packed:
                listed = json.dumps(asdict(about), ensure_ascii=False, indent=1)
                _add(packed, LIST, listed.encode())
                for inner in about.files:
                    content = contents.get(inner)
                    content = (root / inner).read_bytes() if content is None else content
                    _add(packed, f"{DATA}/{inner}", content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    disk.put(_sum_of(path), f"{_hash(path)}  {path.name}\n".encode())


def _add(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o644
    packed.addfile(member, io.BytesIO(content))


def _forget(target: Path, keep: int) -> None:
    """Take away all but the newest copies."""
    for old in sorted(target.glob(f"{STEM}*{ENDING}"))[:-keep] if keep else ():
        old.unlink(missing_ok=True)
        _sum_of(old).unlink(missing_ok=True)


def _sum_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpacked(path: Path, into: Path) -> About:
    """Unpack a copy into an empty folder, each file checked. Raises ``BackupError``."""
    _check_sum(path)
    try:
        with tarfile.open(path, mode="r:gz") as packed:
            about = _about(packed)
            found = {}
            while (member := packed.next()) is not None:
                inner = _inner(member)
                found[inner] = _unpack(packed, member, into / inner)
    except _DAMAGED as error:
        raise BackupError(f"{path.name} is damaged: {error}. Take another copy.") from error
    wrong = sorted(p for p in {*found, *about.files} if found.get(p) != about.files.get(p))
    if wrong:
        raise BackupError(f"{path.name} is damaged: {wrong[0]} is not what it was.")
    if load_library(into).fingerprint != about.fingerprint:
        raise BackupError(f"{path.name} is damaged: its figures are not what they were.")
    return about


def _check_sum(path: Path) -> None:
    """Raise ``BackupError`` unless the file is what the ``.sha256`` beside it says, if any is."""
    if not path.is_file():
        raise BackupError(f"There is no copy {path.name}.")
    known = _sum_of(path)
    if known.is_file() and known.read_text().split()[:1] != [_hash(path)]:
        raise BackupError(f"{path.name} is not what {known.name} says. Take another copy.")


def _about(packed: tarfile.TarFile) -> About:
    first = packed.next()
    file = packed.extractfile(first) if first is not None and first.name == LIST else None
    if file is None:
        raise ValueError(f"it does not begin with {LIST}")
    return About(**json.load(file))


def _inner(member: tarfile.TarInfo) -> str:
    """Return the path of a member within the data folder. Raises ``ValueError`` for any other."""
    parts = PurePosixPath(member.name).parts
    if not member.isfile() or parts[:1] != (DATA,) or len(parts) < 2 or ".." in parts:
        raise ValueError(f"it holds {member.name!r}")
    return "/".join(parts[1:])


def _unpack(packed: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    file = packed.extractfile(member)
    content = b"" if file is None else file.read()
    target.parent.mkdir(parents=True, exist_ok=True)
    disk.write_new(target, content)
    return hashlib.sha256(content).hexdigest()
