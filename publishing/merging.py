"""Two editors at once: whether what the other did meanwhile touches the same questions."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from figures import SERIES
from loaders import Library
from publishing.change import IDS, TABLES, Change
from publishing.comparing import Comparison, difference
from publishing.incoming import frame_of, sort_rows
from publishing.problems import Merge, Other, PublishError
from publishing.simulate import library_of, parsed_figures
from publishing.store import Store
from publishing.version import Version
from reconciliation.wording import say

_SERIES = [name for name in SERIES if name != "crisis"]
_SMALL = {"sources": ["source"], "events": ["date", "country", "label"]}
Key = tuple[str, ...]


def check_base(
    store: Store,
    base: str | int | None,
    change: Change,
    now: Library,
    contents: Mapping[str, bytes],
) -> None:
    """Raise ``Merge`` where what was done since ``base`` touches the series or ids of the change.

    ``base`` is the fingerprint or the number of the version that the editor saw; ``None`` asks
    nothing. Rows that say the same as others there are no conflict. Raises ``PublishError`` for a
    version that there is not.
    """
    if base is None or base == now.fingerprint:
        return
    versions = store.versions()
    seen = _seen(versions, base)
    if seen is not None and seen.after == now.fingerprint:
        return
    since = [v for v in versions if seen is None or v.number > seen.number]
    others = [Other(v.who, v.what, v.message) for v in since]
    rows = sort_rows(now, change, offer=False)
    mine = [row for row in rows if row.kind not in ("repeated", "bad")]
    if not mine:
        return
    asked = {key for row in mine for key in _keys(row.table, [row.row or row.given], change, now)}
    theirs = _since(store, seen, now, contents)
    touched = _touching(theirs, asked, change, now) if theirs is not None else None
    if touched is None or len(touched):
        found = touched if touched is not None else pd.DataFrame()
        raise Merge(found, frame_of(mine), now.fingerprint, others)


def _seen(versions: Sequence[Version], base: str | int) -> Version | None:
    """Return the newest version with this number or fingerprint, if the history has it."""
    found = [v for v in versions if base in (v.number, v.after)]
    if not found and isinstance(base, int):
        raise PublishError("no-version", say("The history has no such version."))
    return found[-1] if found else None


def _since(
    store: Store, seen: Version | None, now: Library, contents: Mapping[str, bytes]
) -> Comparison | None:
    """Return what changed since a version, ``None`` where nobody can tell."""
    if seen is None:
        return None
    try:
        then = {path: store.content(hash_) for path, hash_ in seen.state.items()}
    except PublishError:
        return None
    return difference(library_of(then), now, {})


def _touching(theirs: Comparison, asked: set[Key], change: Change, now: Library) -> pd.DataFrame:
    """Return the rows of others that touch the asked keys, with a column ``change``."""
    cells = theirs.changed.drop_duplicates(["table", "crisis", "id"])
    parts = [theirs.added.assign(change="added"), theirs.removed.assign(change="removed"),
             cells.assign(change="changed")]  # fmt: skip
    rows = [
        row
        for part in parts
        for row in _records(part)
        if row["crisis"] in ("", change.crisis)
        and any(key in asked for key in _keys(str(row["table"]), [row], change, now))
    ]
    return pd.DataFrame(rows).fillna("")


def _keys(
    table: str, rows: Sequence[Mapping[str, str]], change: Change, now: Library
) -> Iterator[Key]:
    """Yield what rows touch: the series of figures and decisions, ids that they correct, names."""
    for row in rows:
        if table in _SMALL:
            yield (table, *(str(row.get(name, "")) for name in _SMALL[table]))
        elif table == "figures":
            yield from (("figure", i) for i in (row.get("supersedes"), row.get("id")) if i)
            yield from _figure_series(row, change.crisis, now)
        else:
            yield ("series", *(_default(row, name) for name in _SERIES))
        if row.get("id"):
            yield ("id", table, str(row["id"]))


def _records(frame: pd.DataFrame) -> list[dict[str, str]]:
    rows = frame.fillna("").to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _default(row: Mapping[str, str], name: str) -> str:
    field = TABLES["decisions"].model_fields[name]
    return str(row.get(name) or field.default or "")


def _figure_series(row: Mapping[str, str], crisis: str, now: Library) -> Iterator[Key]:
    cells = {name: str(row[name]) for name in TABLES["figures"].model_fields if row.get(name)}
    cells.setdefault(IDS["figures"], "X")
    if not {"country", "measure", "counting", "as_of", "value", "source"} <= set(cells):
        return
    for found in parsed_figures([cells], crisis, now).figures.astype(object).to_dict("records"):
        yield ("series", *(_text(found[name]) for name in _SERIES))


def _text(cell: object) -> str:
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return "" if cell is None or cell != cell else str(cell)
