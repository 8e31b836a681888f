"""The history of a folder: what was done, what differs, and how it is taken back."""

from collections.abc import Iterable, Iterator, Mapping

from figures.lineage import OWN
from loaders import Library
from publishing.change import neutral
from publishing.comparing import Comparison, Rows, difference, rows_of_library
from publishing.lock import WAIT
from publishing.problems import PublishError
from publishing.publisher import committed
from publishing.recording import Step, carry_out, note
from publishing.simulate import library_of
from publishing.store import Store
from publishing.version import Version
from reconciliation import wording
from reconciliation.wording import say


def history(folder: object) -> list[Version]:
    """Return all versions of a folder, the oldest first; none before its first publish."""
    return Store(folder).versions()


def note_outside(folder: object, wait: float = WAIT) -> Version | None:
    """Record what was changed without the dashboard, if anything was; return the newest version.

    An editor's screen calls it when it opens, so that the history knows what the editor saw. Also
    finishes what a stopped publish left under way. A folder without a history stays without one:
    that begins with the first publish. Raises ``PublishError``.
    """
    store = Store(folder)
    if not store.home.is_dir():
        return None
    with store.locked("", wait):
        contents = store.contents()
        return note(store, contents, library_of(contents))


def recover(folder: object, wait: float = WAIT) -> None:
    """Finish what a stopped publish left under way, as the next publish would.

    A server calls it when it starts. Raises ``PublishError``.
    """
    store = Store(folder)
    if store.home.is_dir():
        with store.locked("", wait):
            pass


def contents_of(folder: object, version: int) -> dict[str, bytes]:
    """Return every data file as it was after a version. Raises ``PublishError``."""
    store = Store(folder)
    return _contents(store, _version(store, version))


def compare(folder: object, a: int, b: int | None = None) -> Comparison:
    """Return what differs from version ``a`` to version ``b``, or to the files as they are now."""
    store = Store(folder)
    before = _contents(store, _version(store, a))
    after = store.contents() if b is None else _contents(store, _version(store, b))
    files = _differing(before, after)
    return difference(library_of(before), library_of(after), dict.fromkeys(files))


def undo(
    folder: object,
    version: int,
    *,
    who: str,
    message: str,
    git: bool = False,
    wait: float = WAIT,
) -> Version:
    """Take a version back, as a new version; what was added later stays.

    Where later rows refer to rows that would go, or a file was written anew since, nothing is
    changed and ``PublishError`` says why. An undo can be undone.
    """
    store = Store(folder)
    with store.locked(neutral(who), wait):
        contents = store.contents()
        now = library_of(contents)
        last = note(store, contents, now)
        taken = _version(store, version)
        if taken.kind == "start":
            raise PublishError("first-version", say("There is nothing before the first version."))
        made = _without(store, contents, taken)
        becomes = library_of(made)
        _check_undone(store, taken, now, becomes)
        step = Step("undo", who, message, taken.crisis, undoes=taken.number)
        done = carry_out(store, step, last, made, becomes)
        return committed(store, done) if git else done


def _version(store: Store, number: int) -> Version:
    found = [version for version in store.versions() if version.number == number]
    if not found:
        raise PublishError("no-version", say("The history has no such version."))
    return found[0]


def _contents(store: Store, version: Version) -> dict[str, bytes]:
    return {path: store.content(hash_) for path, hash_ in version.state.items()}


def _differing(a: Mapping[str, bytes], b: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in {*a, *b} if a.get(path) != b.get(path))


def _without(store: Store, contents: Mapping[str, bytes], taken: Version) -> dict[str, bytes]:
    """Return the contents without what a version did. Raises ``PublishError``."""
    made = dict(contents)
    for file in taken.files:
        path = file["path"]
        before = store.content(file["before"]) if file["before"] else None
        after = store.content(file["after"]) if file["after"] else None
        restored = _restored(before, after, contents.get(path), path)
        if restored is None:
            made.pop(path, None)
        else:
            made[path] = restored
    if made == dict(contents):
        raise PublishError("nothing-to-undo", say("The files are already as they were before it."))
    return made


def _restored(
    before: bytes | None, after: bytes | None, found: bytes | None, path: str
) -> bytes | None:
    """Return a file without what changed it from before to after, later rows kept."""
    if found == after:
        return before
    if found is None or after is None or not found.startswith(after):
        raise PublishError(
            "changed-since",
            say("{path} was written anew since, so this version cannot be taken out of it.",
                path=path),
            say("Undo the later versions first, or correct the rows with new ones."),
        )  # fmt: skip
    later = found[len(after) :]
    start = after.split(b"\n", 1)[0] + b"\n"
    kept = start if before is None else before
    if kept.split(b"\n", 1)[0] != start[:-1]:
        raise PublishError(
            "changed-since",
            say("The columns of {path} were others before this version.", path=path),
            say("Undo the later versions first."),
        )
    if not kept.endswith((b"\n", b"\r")) and not later.startswith((b"\n", b"\r")):
        kept += b"\r\n" if b"\r\n" in kept else b"\n"
    return kept + later


def _check_undone(store: Store, taken: Version, now: Library, becomes: Library) -> None:
    """Raise ``PublishError`` where rows would go that were not of the version, or are needed."""
    here, left = rows_of_library(now), rows_of_library(becomes)
    gone = here.keys() - left.keys()
    needed = [
        name for key, cells in left.items() for name in _needs(key, cells)
        if name in gone and name in here and name not in left
    ]  # fmt: skip
    if needed:
        names = wording.listing(dict.fromkeys(name[2] for name in needed))
        raise PublishError(
            "needed-later",
            say("Later rows refer to {ids}.", ids=names),
            say("Undo the versions that added them first."),
        )
    allowed = _touched(store, taken)
    if {k for k in {*here, *left} if here.get(k) != left.get(k)} - allowed:
        raise PublishError("changed-since", say("Rows of other versions would change with it."))


def _touched(store: Store, taken: Version) -> set[tuple[str, str, str]]:
    """Return the rows that a version changed."""
    after = _contents(store, taken)
    before = dict(after)
    for file in taken.files:
        before.pop(file["path"], None)
        if file["before"]:
            before[file["path"]] = store.content(file["before"])
    old: Rows = rows_of_library(library_of(before))
    new: Rows = rows_of_library(library_of(after))
    return {key for key in {*old, *new} if old.get(key) != new.get(key)}


def _needs(key: tuple[str, str, str], cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the rows that a row refers to."""
    table, crisis, _ = key
    figures: Iterable[str] = ()
    sources: Iterable[str] = ()
    if table == "figures":
        figures = (cells.get("supersedes", ""),)
        sources = (cells.get("source", ""), cells.get("publisher", ""))
    elif table == "decisions":
        figures = (cells.get("figure_id", ""),)
    elif table == "sources":
        sources = (name for name in cells.get("relays", "").split("+") if name != OWN)
    yield from (("figures", crisis, name) for name in figures if name)
    yield from (("sources", "", name) for name in sources if name)


__all__ = ["compare", "contents_of", "history", "note_outside", "recover", "undo"]
