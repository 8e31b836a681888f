"""Making versions: from contents before and after to a record, and from there onto the disk."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from loaders import Library
from loaders.folder import digest, fingerprint
from publishing import ids
from publishing.change import LONGEST_MESSAGE, neutral
from publishing.problems import PublishError
from publishing.store import Store, check_writable
from publishing.version import Version, now
from reconciliation.wording import say

Contents = Mapping[str, bytes]
log = logging.getLogger(__name__)
# What refers to nothing comes first, so that the files fit each other after each step.
_ORDER = (
    *("crises.csv", "sources.csv", "identities.csv"),
    *("events.csv", "figures.csv", "decisions.csv"),
)


@dataclass(frozen=True)
class Step:
    """What a version is to say of itself."""

    kind: str
    who: str = ""
    message: str = ""
    crisis: str = ""
    counts: Mapping[str, int] | None = None
    undoes: int = 0
    rewrites: tuple[str, ...] = ()


def hashes(contents: Contents) -> dict[str, str]:
    """Return the hash of each file."""
    return {path: digest(content) for path, content in contents.items()}


def note(store: Store, contents: Contents, library: Library) -> Version:
    """Record the folder as it is, where it is not as the history last knew it; return the newest.

    To be called with the lock held. Raises ``OSError``.
    """
    state, last = hashes(contents), store.last()
    if last is not None and dict(last.state) == state:
        return last
    step = Step("start" if last is None else "outside")
    version = _version(step, last, state, library)
    for file in version.files:
        if file["after"]:
            store.keep(contents[file["path"]])
    store.add(version)
    return version


def carry_out(
    store: Store, step: Step, last: Version, becomes: Contents, library: Library
) -> Version:
    """Put a new state of the folder in place as a version; ``library`` is what it then holds.

    To be called with the lock held, ``last`` being the state of the files. Raises ``OSError`` or
    ``PublishError``; then nothing was changed, or what was is taken back.
    """
    version = _version(step, last, hashes(becomes), library)
    check_writable(store.root, {file["path"]: None for file in version.files})
    for file in version.files:
        if file["after"]:
            store.keep(becomes[file["path"]])
    _check_still(store, version, "before")
    try:
        store.promise(version)
        store.finish()
    except OSError:
        # Where even this fails, the promise stands: readers see it kept, and the next start or
        # publish carries it out.
        with suppress(OSError):
            if store.under_way() == version.number:
                store.take_back(version)
        raise
    _check_still(store, version, "after")
    # Not who, nor what they wrote of it: the history notes that, the log does not.
    facts = {"crisis": version.crisis, "version": version.number, **version.counts}
    log.info(f"version made: {version.kind}", extra={"told": facts})
    return version


def _check_still(store: Store, version: Version, when: str) -> None:
    """Raise ``PublishError`` where another program saved one of the files at this moment."""
    for file in version.files:
        if store.hash_of(file["path"]) != file[when]:
            raise PublishError(
                "saved-meanwhile",
                say("{path} was saved by another program at this moment.", path=file["path"]),
                say("Close it there and publish again; nothing of either is lost."),
            )


def _version(step: Step, last: Version | None, state: Mapping[str, str], now_: Library) -> Version:
    was = last.state if last is not None else {}
    paths = sorted({*was, *state}, key=lambda path: (_place(path), path))
    changed = [path for path in paths if was.get(path) != state.get(path)]
    if step.kind == "undo":
        changed.reverse()
    return Version(
        number=last.number + 1 if last is not None else 1,
        kind=step.kind,
        when=now(),
        who=neutral(step.who),
        message=neutral(step.message, LONGEST_MESSAGE),
        crisis=step.crisis,
        before=fingerprint(was) if last is not None else "",
        after=fingerprint(state),
        files=tuple(
            {"path": path, "before": was.get(path, ""), "after": state.get(path, "")}
            for path in changed
        ),
        state=dict(state),
        counts=dict(step.counts or {}),
        undoes=step.undoes,
        rewrites=step.rewrites,
        highest=ids.highest(now_, last.highest if last is not None else None),
    )


def _place(path: str) -> int:
    name = path.rpartition("/")[2]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
