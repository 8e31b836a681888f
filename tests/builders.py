"""Small data for tests: say only what matters, the rest is filled in."""

import csv
import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from figures import Crisis, Decision, Event, Figure, Identity, Source, complete

CRISIS = "test"
_numbers = itertools.count(1)


def figure(**overrides: Any) -> dict[str, Any]:
    """Return one figure as a row; ten killed in Thailand by 24 December 2025 unless told."""
    row = {
        "crisis": CRISIS,
        "figure_id": f"T{next(_numbers):06}",
        "country": "THA",
        "measure": "killed",
        "counting": "cumulative",
        "as_of": "2025-12-24",
        "value": 10,
        "source": "a",
    }
    return row | overrides


def figures(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows as ``load_library`` gives them: every column, typed, with low and high."""
    frame = pd.DataFrame([dict(row) for row in rows] or [figure()])
    return complete(frame if rows else frame.iloc[:0])


def sources(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return sources as ``load_library`` gives them; each is a counting agency unless told."""
    return pd.DataFrame([source(**row) for row in rows])


def source(**overrides: Any) -> dict[str, Any]:
    """Return one source as a row: a medium called a that counts itself, unless told."""
    row = {"source": "a", "kind": "media", "country": "", "relays": "own", "url": ""} | overrides
    return {"name": str(row["source"]).upper()} | row


def crisis(**overrides: Any) -> dict[str, Any]:
    """Return one crisis as a row of crises.csv."""
    row = {"crisis": CRISIS, "name": "Test", "countries": "KHM+THA", "start": "2025-12-07"}
    return row | overrides


def write_table(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write the rows as a CSV file with these columns; other keys of a row are left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_figures(path: Path, *rows: Mapping[str, Any]) -> Path:
    """Write a canonical figures file."""
    # A url that is left out is a finding of its own, which few tests are about.
    rows_with_url = [{"url": "https://example.org/report"} | dict(row) for row in rows]
    return write_table(path, Figure.model_fields, rows_with_url)


def write_crisis(
    root: Path,
    *rows: Mapping[str, Any],
    sources: Iterable[Mapping[str, Any]] | None = None,
    events: Iterable[Mapping[str, Any]] = (),
    decisions: Iterable[Mapping[str, Any]] = (),
    identities: Iterable[Mapping[str, Any]] = (),
    **settings: Any,
) -> Path:
    """Write a whole folder of data sets with one crisis and return its path.

    Sources that the figures name are added by themselves unless ``sources`` is given; ``settings``
    are columns of crises.csv.
    """
    about = crisis(**settings)
    folder = root / about["crisis"]
    if sources is None:
        named = {row.get(c) for row in rows for c in ("source", "publisher")} - {None, ""}
        sources = [source(source=name) for name in sorted(named)]
    write_table(root / "crises.csv", Crisis.model_fields, [about])
    write_table(root / "sources.csv", Source.model_fields, sources)
    write_table(root / "identities.csv", Identity.model_fields, identities)
    write_table(folder / "events.csv", Event.model_fields, events)
    write_table(folder / "decisions.csv", Decision.model_fields, decisions)
    write_figures(folder / "figures.csv", *rows)
    return root
