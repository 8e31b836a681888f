"""Figures kept elsewhere, fetched once for a script: nothing is kept on disk."""

from pathlib import Path

from loaders.folder import Stamp, is_data
from loaders.remote.address import Address
from loaders.remote.mirror import Limits, place_of
from loaders.remote.sets import Found

LIMITS = Limits(cache=Path())


def fetched(address: str, limits: Limits = LIMITS) -> "Fetched":
    """Return the files at an address. Raises ``OSError`` unless all of them can be had."""
    place = Address.of(address)
    return Fetched(str(place), place_of(place, limits).look({}, _nothing))


class Fetched:
    """Files in memory, as a folder."""

    def __init__(self, root: str, found: Found) -> None:
        self.root, self._found = root, found

    def listing(self) -> dict[str, Stamp]:
        """Return the files that hold data."""
        files = sorted(self._found.files.items())
        return {path: Stamp(file.size, 0.0, file.hash) for path, file in files if is_data(path)}

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        return self._found.contents[self._found.files[path].hash]

    def is_local(self) -> bool:
        """Return whether the files lie on a disk of this computer: they do not."""
        return False

    def is_quick(self) -> bool:
        """Return whether listing costs next to nothing."""
        return True


def _nothing(hash_: str) -> bytes:
    raise FileNotFoundError(hash_)
