"""What can stop a publish: each with a code, a sentence and what to do about it."""

import errno
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reconciliation.wording import say


class PublishError(Exception):
    """Nothing was changed; ``code`` is stable, ``sentence`` and ``remedy`` are for the reader."""

    def __init__(self, code: str, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.code, self.sentence, self.remedy = code, sentence, remedy


@dataclass(frozen=True)
class Other:
    """What somebody else did meanwhile: who, and in words what."""

    who: str
    what: str
    message: str


class Merge(PublishError):  # noqa: N818 - the public name says what it is
    """Somebody else changed the same question meanwhile: to be looked at and confirmed.

    ``theirs`` is a frame of their rows (columns table, change, then those of the tables),
    ``mine`` the rows that were to be published, ``now`` the fingerprint to give as ``base`` once
    the editor has seen both, and ``others`` who it was.
    """

    def __init__(
        self, theirs: pd.DataFrame, mine: pd.DataFrame, now: str, others: Sequence[Other]
    ) -> None:
        super().__init__(
            "merge",
            say("Somebody else has changed the same figures since you began."),
            say("Look at both and publish again if yours still holds."),
        )
        self.theirs, self.mine, self.now, self.others = theirs, mine, now, tuple(others)


def from_os(error: OSError, path: str) -> PublishError:
    """Return what to tell the reader when the computer refuses a file."""
    what = _OS.get(error.errno or 0)
    if what == "full":
        return PublishError(
            "disk-full",
            say("The disk is full; nothing was changed."),
            say("Free some space and publish again."),
        )
    if what == "read-only":
        return PublishError(
            "read-only",
            say("{path} cannot be written to; nothing was changed.", path=path),
            say("Close it in other programs, and check who may write to the folder."),
        )
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return PublishError(
        "disk",
        say("The computer refuses to write {path} ({reason}); nothing was changed.",
            path=path, reason=name),
        say("Check the disk, then publish again."),
    )  # fmt: skip


def _os_codes() -> dict[int, str]:
    full = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full")
    return full | dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM, errno.EBUSY), "read-only")


_OS = _os_codes()
