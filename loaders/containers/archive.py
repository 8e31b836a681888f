"""Unpacking gz and zip without ever unpacking more than the limits allow."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from loaders.containers.codes import UnreadableTable, unreadable
from loaders.containers.limits import (
    EXPANDED_BYTES,
    EXPANSION,
    MEGABYTE,
    MEMBERS,
    SMALL_BYTES,
)

DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, ValueError)
# What an archive may hold beside its tables.
CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def unpack_gzip(data: bytes, file: str) -> bytes:
    """Return what the gz file ``data`` holds. Raises ``UnreadableTable``."""
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            return b"".join(chunks(stream, len(data), file))
    except UnreadableTable:
        raise
    except DAMAGED as error:
        raise unreadable("unreadable-file", file, f"the gz file is damaged: {error}") from error


def open_zip(data: bytes, file: str) -> zipfile.ZipFile:
    """Return the archive in ``data``. Raises ``UnreadableTable`` (damaged, locked, too many)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*DAMAGED, zipfile.LargeZipFile) as error:
        raise unreadable("unreadable-file", file, f"the zip file is damaged: {error}") from error
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise unreadable("too-large", file, f"the zip holds {len(members):,} files")
    if any(member.flag_bits & 1 for member in members):
        raise unreadable("locked-file", file)
    return archive


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of the archive that may hold tables, in its order."""
    return [
        member
        for member in archive.infolist()
        if not member.is_dir() and not any(word in member.filename for word in CLUTTER)
    ]


def unpack_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, spent: int = 0
) -> Iterator[bytes]:
    """Yield the member's content, ``spent`` bytes having been unpacked before it.

    Raises ``UnreadableTable`` when it is damaged or exceeds the limits.
    """
    packed = member.compress_size
    # The declared size may lie: read to the end of the stream and count what really comes.
    member.file_size = EXPANDED_BYTES + 2
    try:
        with archive.open(member) as stream:
            yield from chunks(stream, packed, file, spent)
    except UnreadableTable:
        raise
    except DAMAGED as error:
        problem = f"{member.filename} in the zip is damaged: {error}"
        raise unreadable("unreadable-file", file, problem) from error


def chunks(
    stream: IO[bytes] | gzip.GzipFile, packed: int, file: str, spent: int = 0
) -> Iterator[bytes]:
    """Yield ``stream`` by the megabyte. Raises ``UnreadableTable`` when it swells too far."""
    size = 0
    while chunk := stream.read(MEGABYTE):
        size += len(chunk)
        if spent + size > EXPANDED_BYTES or size > max(SMALL_BYTES, EXPANSION * packed):
            swollen = f"it unpacks to more than {(spent + size) // MEGABYTE} MB"
            raise unreadable("too-large", file, f"{swollen}, which is beyond the limits")
        yield chunk
