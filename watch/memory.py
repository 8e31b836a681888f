"""What was reported, kept in a small file that is replaced whole or not at all."""

import contextlib
import logging
import os
import tempfile
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

log = logging.getLogger(__name__)


class Condition(BaseModel):
    """Something that is wrong and goes on until it ends.

    ``kind`` is ``unreadable``, ``stale`` or ``contradiction``; ``crisis`` is empty where it is
    about all of them; ``day`` is the day looked at.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    kind: str
    title: str
    text: str
    crisis: str = ""
    day: str = ""
    figure_ids: tuple[str, ...] = ()


class Channel(BaseModel):
    """What one channel was told: the conditions that go on, and how often it was sent to.

    Conditions in ``passed_over`` were there at the first run; their end is not told either.
    """

    told: dict[str, Condition] = {}
    passed_over: dict[str, Condition] = {}
    sent: int = 0
    failed: int = 0


class Memory(BaseModel):
    """All channels, and the time of the last run in seconds since 1970."""

    version: int = 1
    run: float | None = None
    channels: dict[str, Channel] = {}


def read(file: Path) -> Memory:
    """Return what is noted in a file; nothing where there is none, or none that can be read."""
    try:
        return Memory.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return Memory()
    except (OSError, ValidationError) as error:
        log.warning("what was reported before cannot be read: %s", type(error).__name__)
        return Memory()


def write(file: Path, memory: Memory) -> None:
    """Replace the file. Raises ``OSError``; then it is as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".alerts-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(memory.model_dump_json(indent=1))
            out.flush()
            os.fsync(out.fileno())
        # The server, which may run under another account, counts what was sent.
        os.chmod(name, 0o644)
        os.replace(name, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
