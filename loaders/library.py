"""The whole folder of data sets, read and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from figures import Finding
from loaders.building import Builder, Parts
from loaders.folder import Folder, Listed, Stamp, crisis_of, digest

# How often the files are read again when they change while they are read.
MOST_LOOKS = 25


@dataclass(frozen=True, eq=False)
class Library:
    """Every figure with all that is needed to read it, and everything found on the way.

    ``figures`` has the columns of :data:`figures.frames.COLUMNS`, one row per figure that can be
    read. The other tables have their model's columns, then ``file`` and ``line``; events and
    decisions also ``crisis``. ``fingerprint`` is the same for the same content anywhere; ``marks``
    are the same for each crisis of which nothing has changed. ``instead`` has the files that are
    shown as they were before, each with the finding that says what keeps it from being read;
    ``broken`` names every file that could not be read whole as it is.
    """

    figures: pd.DataFrame
    sources: pd.DataFrame
    events: pd.DataFrame
    crises: pd.DataFrame
    identities: pd.DataFrame
    decisions: pd.DataFrame
    findings: pd.DataFrame
    fingerprint: str
    marks: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, Finding] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def mark(self, crisis: str) -> str:
        """Return what stays the same while nothing changes that is said of a crisis."""
        return self.marks.get(crisis, self.fingerprint)

    @classmethod
    def of(cls, parts: Parts) -> "Library":
        """Return the library made of these parts."""
        return cls(
            **parts.tables,
            findings=parts.findings,
            fingerprint=parts.fingerprint,
            marks=parts.marks,
            instead=parts.instead,
            broken=parts.broken,
        )


def load_library(path: object, only: Collection[str] | None = None) -> Library:
    """Read the data sets in the folder at ``path``, a path or any URL that fsspec can list.

    ``only`` names the crises to read; without it all are. Whatever is wrong with the data is in
    ``findings``; nothing is raised for it. Raises ``OSError`` where a web server gives no whole set
    of files.
    """
    folder = folder_at(path)
    listing = folder.listing()
    for _ in range(MOST_LOOKS):
        contents, errors = _read(folder, listing, only)
        again = folder.listing() if folder.is_quick() else listing
        if again == listing:
            break
        # Something was saved meanwhile: what was read may be half of before and half of after.
        listing = again
    hashes = {name: digest(content) for name, content in contents.items()}

    def fetch(name: str) -> bytes:
        if name in errors:
            raise errors[name]
        return contents[name]

    builder = Builder(
        hashes | {name: f"error: {errors[name]}" for name in errors}, fetch, only=only
    )
    return Library.of(builder.parts())


def folder_at(path: object) -> Listed:
    """Return the folder at a path or URL; web servers cannot be listed and are asked otherwise."""
    if not str(path).lower().startswith(("http://", "https://")):
        return Folder.at(path)
    # It rests on the parts of a library itself.
    from loaders.remote.once import fetched

    return fetched(str(path))


def _read(
    folder: Listed, listing: Mapping[str, Stamp], only: Collection[str] | None
) -> tuple[dict[str, bytes], dict[str, OSError]]:
    """Return the content of each file of the listing, or why it cannot be read."""
    contents: dict[str, bytes] = {}
    errors: dict[str, OSError] = {}
    for name in listing:
        if only is not None and crisis_of(name) not in ("", *only):
            continue
        try:
            contents[name] = folder.read(name)
        except OSError as error:
            errors[name] = error
    return contents, errors
