"""A folder of figures in which every text field of every file holds hostile strings.

The crisis ``every`` has each string as the name of a source, and as expression and note of that
source's figure; scopes, provinces, event labels, reasons and addresses hold them too. Each string
is also the name of a crisis of its own, with two figures. The crisis ``refused`` holds rows that no
loader can take, each with a string in another column, and a file that is named by one.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from figures import Crisis, Decision, Event, Figure, Identity, Source
from loaders.guarding import guarded, unguarded
from tests.builders import write_table
from tests.hostile import CELLS, LINKS, PATHS

MAIN = "every"
REFUSED = "refused"
DAY = "2025-12-24"
REPORT = "https://example.org/report"
MEASURES = ("killed", "injured", "missing", "displaced", "evacuated", "sheltered")
# Addresses that a cell may hold: they are of the web, whatever else they look like.
WEB = ("http://trap.invalid/pwn1)](http://trap.invalid/pwn1", "https://user:word@trap.invalid/pwn1",
       "https://trap.invalid/pwn1?x=`alert(1)`")  # fmt: skip


def write(root: Path) -> Path:
    """Write the folder and return its path."""
    sources = [
        {"source": f"s{n}", "name": text, "kind": "media", "relays": "own", "url": WEB[n % 3]}
        for n, text in enumerate(CELLS)
    ]
    _write(root / "sources.csv", Source.model_fields, sources)
    _write(root / "identities.csv", Identity.model_fields, _identities())
    _write(root / "crises.csv", Crisis.model_fields, _crises())
    _write(root / MAIN / "figures.csv", Figure.model_fields, figures())
    _write(root / MAIN / "events.csv", Event.model_fields, _events())
    _write(root / MAIN / "decisions.csv", Decision.model_fields, _decisions())
    _write(root / REFUSED / "figures.csv", Figure.model_fields, refused())
    _write(root / REFUSED / "<img src=x onerror=alert('pwn1')>.csv", ["=1+1"], [])
    for number, text in enumerate(CELLS):
        rows = [_figure(f"C{number}{part}", number, country=country, note=text)
                for part, country in enumerate(("THA", "KHM"))]  # fmt: skip
        _write(root / f"c{number}" / "figures.csv", Figure.model_fields, rows)
    return root


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a table; a text that begins as if we had guarded it is written so that it stays."""
    kept = [{name: _doubled(cell) for name, cell in row.items()} for row in rows]
    write_table(path, columns, kept)


def _doubled(cell: object) -> object:
    return guarded(cell) if isinstance(cell, str) and unguarded(cell) != cell else cell


def _figure(name: str, number: int, **cells: object) -> dict[str, object]:
    row: dict[str, object] = {
        "figure_id": name, "country": "THA", "measure": "killed", "counting": "cumulative",
        "as_of": DAY, "value": 100 + number, "source": f"s{number}", "url": REPORT,
    }  # fmt: skip
    return row | cells


def figures() -> Iterator[dict[str, object]]:
    """Yield the figures of the main crisis: for each string one of its source, and some more."""
    addresses = itertools.cycle(WEB)
    for number, text in enumerate(CELLS):
        told = {"expression": text, "note": text, "url": next(addresses)}
        measure = MEASURES[number % len(MEASURES)]
        day = f"2025-12-{12 + number % 12}"
        yield _figure(f"A{number}", number, measure=measure, as_of=day, **told)
        yield _figure(f"B{number}", number, country="KHM", scope=text, measure="returned", **told)
        yield _figure(f"P{number}", number, country="KHM", admin1=text, measure="affected",
                      publisher=f"s{(number + 1) % len(CELLS)}", **told)  # fmt: skip
    for number, measure in enumerate(MEASURES):
        yield _figure(f"K{number}", number, country="KHM", measure=measure)
        yield _figure(f"L{number}", number + 6, country="KHM", measure=measure, value=300)
        yield _figure(f"T{number}", number, country="KHM+THA", measure=measure, value=500,
                      population="civilian", expression=CELLS[number])  # fmt: skip


def refused() -> Iterator[dict[str, object]]:
    """Yield rows that are refused: the strings go round all columns that are not free text."""
    free = {"admin1", "scope", "expression", "note"}
    columns = itertools.cycle(name for name in Figure.model_fields if name not in free)
    for number, text in enumerate((*LINKS, *PATHS, *CELLS)):
        column = next(columns)
        yield _figure(f"R{number}", 0) | {column: f"data:{text}" if column == "url" else text}


def _crises() -> Iterator[dict[str, object]]:
    cells = {"countries": "KHM+THA", "start": "2025-12-07"}
    for number, text in enumerate(CELLS):
        yield cells | {"crisis": f"c{number}", "name": text, "description": text,
                       "start": "2025-12-06"}  # fmt: skip
    for text in PATHS:
        yield cells | {"crisis": text, "name": text}
    yield cells | {"crisis": REFUSED, "name": CELLS[11]}
    yield cells | {"crisis": MAIN, "name": " ".join(CELLS[:12]), "description": CELLS[11]}


def _events() -> Iterator[dict[str, object]]:
    for number, text in enumerate(CELLS):
        yield {"event_id": f"E{number}", "date": f"2025-12-{8 + number % 16:02}", "country": "THA",
               "kind": text, "label": text, "url": WEB[number % 3]}  # fmt: skip
    for number, text in enumerate(LINKS):
        yield {"event_id": f"X{number}", "date": DAY, "label": text, "url": text}


def _decisions() -> Iterator[dict[str, object]]:
    for number, text in enumerate(CELLS):
        yield {"decision_id": f"D{number}", "country": "KHM", "measure": "returned",
               "counting": "cumulative", "scope": text, "from_day": DAY, "rule": "highest",
               "reason": text, "decided_by": text, "decided_on": DAY}  # fmt: skip
    for number, measure in enumerate(MEASURES):
        yield {"decision_id": f"M{number}", "country": "KHM", "measure": measure,
               "counting": "cumulative", "from_day": DAY, "figure_id": f"K{number}",
               "reason": CELLS[number], "decided_by": CELLS[number + 6],
               "decided_on": DAY}  # fmt: skip


def _identities() -> Iterator[dict[str, object]]:
    yield {"dimension": "population", "total": "all", "parts": "civilian+military",
           "kind": "partition", "label": CELLS[0], "reason": CELLS[11],
           "severity": "strict"}  # fmt: skip
    for text in CELLS:
        yield {"dimension": "population", "total": "all", "parts": "civilian", "kind": "part",
               "label": text, "reason": text, "severity": "expected"}  # fmt: skip
