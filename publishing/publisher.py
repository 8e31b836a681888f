"""Publishing: a change becomes part of the files, whole or not at all."""

from collections.abc import Mapping
from dataclasses import replace

from figures import Status
from loaders import Library
from publishing import git as git_of
from publishing import ids
from publishing.change import IDS, Change, check_crisis, neutral
from publishing.comparing import rows_of_library
from publishing.incoming import BAD, Incoming, ready, sort_rows
from publishing.lock import WAIT
from publishing.merging import check_base
from publishing.problems import PublishError
from publishing.recording import Step, carry_out, note
from publishing.simulate import library_of
from publishing.store import Store
from publishing.targets import Written, with_change
from publishing.version import CORRECTED, WITHDRAWN, Version
from reconciliation.wording import say, say_many


def publish(
    folder: object,
    change: Change,
    *,
    who: str,
    message: str,
    base: str | int | None = None,
    convert: bool = False,
    git: bool = False,
    wait: float = WAIT,
) -> Version:
    """Add the rows of a change to the files of a folder, and return the new version.

    All files change in one step for whoever reads them with ``loaders``. Rows that are there
    already are skipped, ids that are taken are replaced by fresh ones; existing rows stay as they
    are, byte for byte. ``base`` is the fingerprint (or number) of the version the editor saw:
    where others touched the same series or ids since, :class:`Merge` is raised for the editor to
    confirm. ``convert`` lets a file be turned into UTF-8 where its encoding lacks a letter.
    ``git`` commits the changed files where the folder is in a git work tree; how that went is in
    ``Version.git``. Raises ``PublishError``; then nothing was changed.
    """
    check_crisis(change.crisis)
    store = Store(folder)
    with store.locked(neutral(who), wait):
        contents = store.contents()
        now = library_of(contents)
        last = note(store, contents, now)
        _check_whole(now, change)
        check_base(store, base, change, now, contents)
        earlier = ids.ever([last])
        made = _made(change, sort_rows(now, change, earlier=earlier, offer=False))
        written = with_change(contents, made, convert=convert)
        becomes = library_of(written.contents)
        _prove(now, becomes, made, written)
        counts = _counts(made)
        step = Step("publish", who, message, change.crisis, counts, 0, written.rewrites)
        version = carry_out(store, step, last, written.contents, becomes)
        return committed(store, version) if git else version


def _counts(made: Change) -> dict[str, int]:
    """Return how many rows of each table there are, and how many correct or withdraw a figure."""
    counts = {table: len(made.rows(table)) for table in IDS}
    later = [row for row in made.figures if row.get("supersedes")]
    counts[WITHDRAWN] = sum(row.get("status") == Status.WITHDRAWN.value for row in later)
    counts[CORRECTED] = len(later) - counts[WITHDRAWN]
    return {name: n for name, n in counts.items() if n}


def committed(store: Store, version: Version) -> Version:
    """Commit the files of a version where the folder is in a git work tree; say how it went."""
    if not git_of.in_work_tree(store.root):
        return version
    text = version.message or version.what
    return replace(version, git=git_of.commit(store.root, version.paths, version.who, text))


def _check_whole(now: Library, change: Change) -> None:
    """Raise ``PublishError`` where there is nothing to add to, or it cannot be told what is."""
    if change.crisis not in set(now.crises["crisis"]):
        raise PublishError(
            "unknown-crisis",
            say("There is no crisis {crisis} in crises.csv.", crisis=repr(change.crisis)),
            say("Add it to crises.csv first."),
        )
    broken = now.findings[now.findings["code"].isin(_BROKEN)]
    mine = [f for f in broken["file"] if "/" not in f or f.startswith(f"{change.crisis}/")]
    if mine:
        raise PublishError(
            "broken-file",
            say("{path} is damaged, so nothing can be added to it.", path=mine[0]),
            say("Save it again where it was made."),
        )


_BROKEN = ("truncated-file", "unclosed-quote", "empty-file", "unreadable-file", "wrong-encoding")


def _made(change: Change, rows: list[Incoming]) -> Change:
    """Return what is to be written. Raises ``PublishError`` for bad rows, and for nothing."""
    bad = [row for row in rows if row.kind == BAD]
    if bad:
        problem = next((f.problem for row in bad for f in row.findings), "")
        raise PublishError(
            "bad-rows",
            say_many("{n} row cannot be read: {problem}.", "{n} rows cannot be read: {problem}.",
                     len(bad), problem=problem),
            say("Mend it, or leave it out."),
        )  # fmt: skip
    made = ready(change, rows)
    if not len(made):
        raise PublishError("nothing-new", say("There is nothing new in it: all of it is there."))
    return made


def _prove(now: Library, becomes: Library, made: Change, written: Written) -> None:
    """Raise ``PublishError`` unless the files hold what they held, and the new rows, no more."""
    old, new = rows_of_library(now), rows_of_library(becomes)
    wanted = {
        (table, "" if table == "sources" else made.crisis, row[IDS[table]]): row
        for table in IDS
        for row in made.rows(table)
    }
    kept = all(new.get(key) == cells for key, cells in old.items())
    added = new.keys() - old.keys() == wanted.keys()
    right = added and all(_holds(new[key], row) for key, row in wanted.items())
    if not (kept and right):
        files = ", ".join(written.paths.values())
        raise PublishError(
            "not-read-back",
            say("{path} would not be read as it was meant; nothing was changed.", path=files),
            say("Save the file as plain CSV (UTF-8) and publish again."),
        )


def _holds(cells: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Return whether a row that was read says what was to be written."""
    exact = ("figure_id", "value", "source", "as_of", "url", "note", "expression", "name", "label")
    return all(cells.get(name, "") == row[name] for name in exact if row.get(name))
