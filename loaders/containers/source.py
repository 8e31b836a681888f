"""From whatever the caller has (path, web address, bytes, open file) to bytes and a name."""

import os
from pathlib import Path
from typing import IO, Any

import fsspec

from loaders.containers.codes import unreadable
from loaders.containers.limits import FILE_BYTES, MEGABYTE

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any]


def fetch(source: Source, name: str | None = None) -> tuple[bytes, str]:
    """Return the bytes of ``source`` and the name that findings call it by.

    Raises ``UnreadableTable`` when it is missing or larger than the limit.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return _within(bytes(source), name or "table"), name or "table"
    if isinstance(source, str | os.PathLike):
        address = os.fspath(source)
        name = name or Path(address.split("?")[0]).name or address
        return _within(_open(address, name), name), name
    name = name or Path(str(getattr(source, "name", "") or "table")).name
    content = source.read(FILE_BYTES + 1)
    return _within(content.encode() if isinstance(content, str) else content, name), name


def _open(address: str, name: str) -> bytes:
    try:
        # A zip or a workbook is unpacked by us, under our limits, so no `compression` here.
        with fsspec.open(address, "rb") as file:  # type: ignore[no-untyped-call]
            return bytes(file.read(FILE_BYTES + 1))
    except (OSError, ValueError, ImportError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise unreadable("missing-file", name, f"cannot be opened: {reason}") from error


def _within(content: bytes, name: str) -> bytes:
    if len(content) > FILE_BYTES:
        limit = FILE_BYTES // MEGABYTE
        raise unreadable("too-large", name, f"the file is larger than {limit} MB")
    return content
