"""A folder of data sets on a web server, which cannot be listed: its files are named by a manifest.

``datapackage.json``, made by ``python -m figures write``, lists the files; what ``crises.csv``
names is looked for too, so a list that was not made anew does not hide a crisis. A list that holds
the hash of every file (``python -m figures write --hashes``) is enough by itself: only it is asked
for while nothing changes, and only the very files it lists are taken.
"""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from figures import Decision, Event, Figure
from figures.cells import IDENTIFIER
from loaders.folder import ROOT_FILES
from loaders.remote.address import MANIFEST, Address
from loaders.remote.problems import RemoteError
from loaders.remote.sets import (
    MOST_FILES,
    ROUNDS,
    File,
    Files,
    Found,
    Read,
    check_kind,
    hashes,
    is_needed,
    is_safe,
)  # fmt: skip
from loaders.remote.web import Client, Mark

BY_CRISIS = (Figure.file_name, Event.file_name, Decision.file_name)
SHA256 = re.compile("(sha256:)?([0-9a-f]{64})")


class _Listed(NamedTuple):
    """The files of a manifest with their hashes, "" where it gives none."""

    files: dict[str, str]

    def is_sealed(self) -> bool:
        return bool(self.files) and all(self.files.values())


class Site:
    """A folder on a web server."""

    def __init__(self, address: Address, timeout: float, most: int) -> None:
        self._address, self._client, self._most = address, Client(timeout), most

    def look(self, known: Files, read: Read) -> Found:
        """Return the files as they now are, asked for until none changed in between."""
        contents: dict[str, bytes] = {}

        def content(file: File) -> bytes:
            return contents[file.hash] if file.hash in contents else read(file.hash)

        for _ in range(ROUNDS):
            found = _Round(self._address, self._client, self._most, known, contents).files(content)
            if hashes(found) == hashes(known):
                return Found(found, contents)
            known = found
        raise RemoteError("changing")


class _Round:
    """One look at every file."""

    def __init__(
        self, address: Address, client: Client, most: int, known: Files, contents: dict[str, bytes]
    ) -> None:
        self._address, self._client, self._left = address, client, most
        self._known = known
        self._found = Found({}, contents)

    def files(self, content: Any) -> dict[str, File]:
        """Return every file there is; ``content`` gives what is in one."""
        manifest = self._ask(MANIFEST, needed=False)
        listed = _listed(content(manifest)) if manifest else _Listed({})
        if listed.is_sealed():
            for path, hash_ in listed.files.items():
                self._take(path, hash_)
            return self._found.files
        for path in (*ROOT_FILES, *listed.files):
            needed = is_needed(path) or path in listed.files
            self._ask(path, needed=needed, hash_=listed.files.get(path, ""))
        for path in _named(content(self._found.files[ROOT_FILES[0]])):
            self._ask(path, needed=False)
        return self._found.files

    def _take(self, path: str, hash_: str) -> None:
        """Take a file of a sealed list, without asking for one that is known already."""
        known = self._known.get(path)
        if known is not None and known.hash == hash_:
            self._keep(path, known)
        else:
            self._ask(path, needed=True, hash_=hash_)

    def _keep(self, path: str, known: File) -> None:
        self._found.files[path] = known
        self._left -= known.size

    def _ask(self, path: str, *, needed: bool, hash_: str = "") -> File | None:
        if path in self._found.files:
            return self._found.files[path]
        known = self._known.get(path)
        mark = Mark(known.etag, known.modified) if known else Mark()
        url, headers = self._address.file(path), self._address.headers()
        try:
            answer = self._client.get(url, mark, path, self._left, headers)
        except RemoteError as error:
            if error.reason == "missing" and not needed:
                return None
            raise
        if answer is None and known is not None:
            self._keep(path, known)
        elif answer is not None:
            check_kind(path, answer.content)
            self._left -= len(answer.content)
            self._found.add(path, answer.content, *answer.mark)
        else:
            raise RemoteError("other", path)
        file = self._found.files[path]
        if hash_ and file.hash != hash_:
            raise RemoteError("checksum", path)
        return file


def _listed(manifest: bytes) -> _Listed:
    """Return what a Frictionless data package lists."""
    try:
        package: Any = json.loads(manifest)
        found = dict(_resources(package["resources"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise RemoteError("wrong_kind", MANIFEST) from error
    if len(found) > MOST_FILES:
        raise RemoteError("too_large", MANIFEST)
    return _Listed(found)


def _resources(resources: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for resource in resources:
        path, told = resource.get("path"), SHA256.fullmatch(str(resource.get("hash", "")).lower())
        if isinstance(path, str) and is_safe(path):
            yield path, told[2] if told else ""


def _named(crises: bytes) -> Iterator[str]:
    """Yield the usual files of each crisis that crises.csv names."""
    rows = csv.DictReader(crises.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
    try:
        names = dict.fromkeys((row.get("crisis") or "").strip() for row in rows)
    except csv.Error as error:
        raise RemoteError("damaged", ROOT_FILES[0]) from error
    for name in list(names)[:MOST_FILES]:
        if re.fullmatch(IDENTIFIER, name) and is_safe(name):
            yield from (f"{name}/{file}" for file in BY_CRISIS)
