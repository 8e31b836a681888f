"""Makes a data folder again from a copy of it; what was there before is kept beside it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from loaders import load_library
from loaders.pending import HISTORY
from publishing.backup import BEFORE, COMING, About, BackupError, unpacked
from publishing.lock import WAIT
from publishing.store import LOCK, Store
from publishing.version import now

LAID = ("README.txt", ".gitignore")


def restore(
    copy: object, folder: object, *, replace: bool = False, wait: float = WAIT
) -> tuple[About, Path | None]:
    """Put a copy back into a folder; return what it held and where the earlier files went.

    Every file is checked against its hash and the library is loaded before anything is touched, and
    again afterwards. A folder that holds anything is left alone unless ``replace`` is said; what it
    held then moves to a folder within it that the dashboard passes over. Raises ``BackupError``,
    ``PublishError`` where somebody publishes for longer than ``wait`` seconds, and ``OSError``.
    """
    root = Path(str(folder)).resolve()
    root.mkdir(parents=True, exist_ok=True)
    if any(_entries(root)) and not replace:
        raise BackupError(f"{root.name} is not empty. Say --replace to put the copy in its place.")
    coming = Path(tempfile.mkdtemp(prefix=COMING, dir=root))
    try:
        about = unpacked(Path(str(copy)), coming)
        with Store(root).locked("restore", wait):
            before = _exchange(root, coming)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    if load_library(root).fingerprint != about.fingerprint:
        raise BackupError("What was restored is not what was copied: somebody wrote meanwhile.")
    return about, before


def _entries(root: Path) -> Iterator[Path]:
    """Yield what is to be moved. The lock stays: who waits for it must not get another one."""
    for path in sorted(root.iterdir()):
        if path.name == HISTORY and path.is_dir():
            yield from (inner for inner in sorted(path.iterdir()) if inner.name != LOCK)
        elif not path.name.startswith((BEFORE, COMING)):
            yield path


def _exchange(root: Path, coming: Path) -> Path | None:
    """Move what is there out of the way and what comes into its place, or leave all as it was."""
    before = root / f"{BEFORE}{now().replace(':', '').replace('+0000', 'Z')}"
    moved: list[tuple[Path, Path]] = []
    try:
        for path in _entries(root):
            _move(path, before / path.relative_to(root), moved)
        for path in _entries(coming):
            _move(path, root / path.relative_to(coming), moved)
    except OSError:
        for was, became in reversed(moved):
            with suppress(OSError):
                became.rename(was)
        raise
    if not _worth_keeping(before):
        shutil.rmtree(before, ignore_errors=True)
        return None
    return before


def _worth_keeping(before: Path) -> bool:
    """Return whether there is more than what taking the lock has just laid down."""
    laid = {before / HISTORY / name for name in LAID}
    return any(path.is_file() and path not in laid for path in before.rglob("*"))


def _move(path: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    moved.append((path, target))
