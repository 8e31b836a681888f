"""Ids that nobody has used: the natural next ones of the folder's own scheme."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from loaders import Library
from publishing.change import IDS
from publishing.version import Version

FIRST = {"figures": "F", "events": "E", "decisions": "D"}
WIDTH = {"figures": 4, "events": 3, "decisions": 3}
_NUMBERED = re.compile(r"(.*?)([0-9]{1,15})$")
Highest = Mapping[str, Mapping[str, int]]


def highest(library: Library, earlier: Highest | None = None) -> dict[str, dict[str, int]]:
    """Return by table the largest number that ids of each beginning have, now or ever before."""
    found: dict[str, dict[str, int]] = {}
    for table in FIRST:
        marks = dict((earlier or {}).get(table, {}))
        for beginning, digits in _numbered(getattr(library, table)[IDS[table]]):
            marks[beginning] = max(marks.get(beginning, 0), int(digits))
        found[table] = marks
    return found


def ever(versions: Iterable[Version]) -> dict[str, dict[str, int]]:
    """Return the same of a history."""
    found: dict[str, dict[str, int]] = {table: {} for table in FIRST}
    for version in versions:
        for table, marks in version.highest.items():
            for beginning, number in marks.items():
                mine = found.setdefault(table, {})
                mine[beginning] = max(mine.get(beginning, 0), number)
    return found


def fresh(
    library: Library,
    crisis: str,
    table: str,
    taken: Collection[str] = (),
    earlier: Highest | None = None,
) -> Iterator[str]:
    """Yield ids that follow the crisis's own, such as F0744 after F0743, and were never used.

    The number goes on from the largest of the whole library, so that ids tell crises apart too
    where they did so far; ``taken`` names further ids that are spoken for.
    """
    frame = getattr(library, table)
    own = list(_numbered(frame.loc[frame["crisis"] == crisis, IDS[table]]))
    own = own or list(_numbered(frame[IDS[table]]))
    beginnings = Counter(beginning for beginning, _ in own)
    beginning = beginnings.most_common(1)[0][0] if own else FIRST[table]
    widths = [len(digits) for b, digits in own if b == beginning]
    width = min(widths, default=WIDTH[table])
    used = {*frame[IDS[table]].astype(str), *taken}
    number = highest(library, earlier)[table].get(beginning, 0)
    while True:
        number += 1
        made = f"{beginning}{number:0{width}}"
        if made not in used:
            yield made


def _numbered(ids: Iterable[object]) -> Iterator[tuple[str, str]]:
    for text in map(str, ids):
        match = _NUMBERED.fullmatch(text)
        if match:
            yield match.group(1), match.group(2)
