"""A publish that is under way: what it has promised, though not every file is in its place yet.

A publish replaces several files, one after the other. Before the first, it writes down in one step
what all of them become. From then on a reader takes the promised content of a file that still has
its earlier one, so that the library is seen as it was before or as it is afterwards, also when the
machine stops half-way. ``publishing`` writes these files; the layout is in docs/publishing.md.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HISTORY = ".history"
PENDING = "pending.json"
OBJECTS = "objects"


@dataclass(frozen=True)
class Pending:
    """What a publish has promised: for each file the hashes before and after, "" where no file."""

    root: Path
    mark: str
    files: Mapping[str, tuple[str, str]]

    def gone(self, path: str) -> bool:
        """Return whether the file is to be taken away."""
        return path in self.files and not self.files[path][1]

    def settled(self, path: str, found: bytes | None) -> bytes | None:
        """Return the content a file is to have, given what was found; ``None`` for no file.

        A file that somebody else has changed meanwhile is taken as it is. Raises ``OSError``.
        """
        if path not in self.files:
            return found
        before, after = self.files[path]
        hash_ = "" if found is None else hashlib.sha256(found).hexdigest()
        if hash_ != before:
            return found
        return kept(self.root, after) if after else None


def pending(root: str) -> Pending | None:
    """Return what a publish in the folder at ``root`` has promised and may not have finished."""
    folder = Path(root) / HISTORY
    try:
        with open(folder / PENDING, "rb") as file:
            content, inode = file.read(), os.fstat(file.fileno()).st_ino
        promised = json.loads(content)
        files = {f["path"]: (f["before"], f["after"]) for f in promised["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Pending(Path(root), f"{promised.get('number')}-{inode}", files)


def object_path(root: Path, hash_: str) -> Path:
    """Return where the content with this hash is kept."""
    return root / HISTORY / OBJECTS / hash_[:2] / f"{hash_}.gz"


def kept(root: Path, hash_: str) -> bytes:
    """Return the content with this hash. Raises ``OSError`` when it is not kept or damaged."""
    try:
        content = gzip.decompress(object_path(root, hash_).read_bytes())
    except EOFError as error:
        raise OSError(f"the kept content {hash_} is cut off") from error
    if hashlib.sha256(content).hexdigest() != hash_:
        raise OSError(f"the kept content {hash_} is damaged")
    return content
