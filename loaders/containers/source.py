"""From whatever the caller has (path, web address, bytes, open file) to bytes and a name."""

import os
from pathlib import Path
from typing import IO, Any

import fsspec

from loaders.containers.codes import unreadable
from loaders.containers.limits import FILE_BYTES, MEGABYTE

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any]


def fetch(source: Source, name: str | None = None, most: int = FILE_BYTES) -> tuple[bytes, str]:
    """Return the bytes of ``source`` and the name that findings call it by.

    Raises ``UnreadableTable`` when it is missing or has more than ``most`` bytes.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return _within(bytes(source), name or "table", most), name or "table"
    if isinstance(source, str | os.PathLike):
        address = os.fspath(source)
        name = name or Path(address.split("?")[0]).name or address
        return _within(_open(address, name, most), name, most), name
    name = name or Path(str(getattr(source, "name", "") or "table")).name
    content = source.read(most + 1)
    content = content.encode() if isinstance(content, str) else content
    return _within(content, name, most), name


def _open(address: str, name: str, most: int) -> bytes:
    try:
        # A zip or a workbook is unpacked by us, under our limits, so no `compression` here.
        with fsspec.open(address, "rb") as file:
            return bytes(file.read(most + 1))
    except (OSError, ValueError, ImportError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise unreadable("missing-file", name, f"cannot be opened: {reason}") from error


def _within(content: bytes, name: str, most: int) -> bytes:
    if len(content) > most:
        limit = most // MEGABYTE
        raise unreadable("too-large", name, f"the file is larger than {limit} MB")
    return content
