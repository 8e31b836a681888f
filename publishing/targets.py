"""Into which files the rows of a change go, and the files with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.folder import MAPPING
from publishing.change import TABLES, Change, Row
from publishing.dialect import Added, add_rows, dialect_of, new_file
from publishing.problems import PublishError
from reconciliation.wording import say


@dataclass(frozen=True)
class Written:
    """The folder's contents with a change added; what was written anew, in words."""

    contents: Mapping[str, bytes]
    rewrites: tuple[str, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)


def with_change(contents: Mapping[str, bytes], change: Change, *, convert: bool) -> Written:
    """Return the contents with the rows at the end of their files. Raises ``PublishError``."""
    made, rewrites, paths = dict(contents), [], {}
    for table in TABLES:
        rows = change.rows(table)
        if rows:
            path = _target(contents, change.crisis, table)
            added = _added(made.get(path), path, table, rows, change.crisis, convert)
            made[path], paths[table] = added.content, path
            rewrites += [added.rewritten] if added.rewritten else []
    return Written(made, tuple(rewrites), paths)


def _added(
    data: bytes | None, path: str, table: str, rows: tuple[Row, ...], crisis: str, convert: bool
) -> Added:
    model = TABLES[table]
    data = new_file(model) if data is None else data
    return add_rows(data, path, model, rows, convert=convert, crisis=crisis)


def _target(contents: Mapping[str, bytes], crisis: str, table: str) -> str:
    """Return the file for a table; figures go beside a file that rows cannot be added to."""
    if table == "sources":
        return "sources.csv"
    path = f"{crisis}/{table}.csv"
    if table != "figures" or _plain(contents, path):
        return path
    for number in range(1, 100):
        more = f"{crisis}/figures-added{'' if number == 1 else f'-{number}'}.csv"
        if _plain(contents, more):
            return more
    raise PublishError("no-target", say("There is no file that the figures can be added to."))


def _plain(contents: Mapping[str, bytes], path: str) -> bool:
    """Return whether rows in our columns can be added to the file, or it is not there."""
    if path.removesuffix(".csv") + MAPPING in contents:
        return False
    if path not in contents:
        return True
    try:
        dialect_of(contents[path], path, TABLES["figures"])
    except PublishError:
        return False
    return True
