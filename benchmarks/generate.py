"""Make plausible figures for the benchmarks: the same for the same numbers, on any machine.

    python -m benchmarks.generate FOLDER --rows 1000000 --crises 100

writes FOLDER with crises.csv, sources.csv, identities.csv and one folder per crisis.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import pandas as pd

from figures import Crisis, Decision, Event, Figure, Identity, Source

COUNTRIES = ("AFG", "BGD", "CAF", "COD", "COL", "ETH", "HTI", "IRQ", "KHM", "LBN", "MMR", "SDN")
MEASURES = {"killed": 40, "injured": 150, "missing": 12, "evacuated": 60_000, "returned": 8_000}
STOCKS = {"sheltered": 30_000, "displaced": 90_000}
PROVINCES = ("", "Delta", "North", "South", "East", "West", "Capital", "Coast")
PROVINCES_OF = np.array(PROVINCES) != ""
SHARES = {"all": 1.0, "civilian": 0.8, "military": 0.2, "children": 0.3}
QUANTIFIERS = ("exact", "exact", "exact", "exact", "at_least", "about", "more_than", "range")
KINDS = ("government", "military", "un", "ngo", "red_cross", "media", "media", "research")
NOTES = (
    "",
    "",
    "Put out by the spokesman; not broken down",
    "Counted in centres only, relatives' homes left out",
    "Printed in the evening edition, with the morning's number beside it",
)
SOURCES_EACH = 40
DAYS = 150


def crisis_figures(number: int, rows: int) -> pd.DataFrame:
    """Return the figures of one crisis as text, as a CSV file holds them."""
    rng = np.random.default_rng(number)
    base = pd.Series(MEASURES | STOCKS)
    sizes = (DAYS, SOURCES_EACH, len(base), len(PROVINCES), len(SHARES), 2)
    # Every row answers another question, so no source contradicts itself.
    cells = np.sort(rng.choice(np.prod(sizes), rows, replace=False))
    day, source, measure, province, population, scope = np.unravel_index(cells, sizes)
    name = base.index.to_numpy()[measure]
    counting = np.where(np.isin(name, list(STOCKS)), "stock", "cumulative")
    counting = np.where((name == "returned") & (source % 2 == 0), "flow", counting)
    share = np.array(list(SHARES.values()))[population] * np.where(PROVINCES_OF[province], 0.1, 1)
    grown = base.to_numpy()[measure] * share * (50 + day) / 50 * (1 + source / 1000)
    value = grown.astype(int) + 1
    as_of = np.datetime64("2024-01-01") + number + day
    quantifier = np.array(QUANTIFIERS)[rng.integers(0, len(QUANTIFIERS), rows)]
    high = np.where(quantifier == "range", (value * 1.2).astype(int).astype(str), "")
    publisher = rng.integers(0, SOURCES_EACH * 2, rows)
    frame = {
        "figure_id": [f"C{number}-{row:07}" for row in range(rows)],
        "country": COUNTRIES[number % len(COUNTRIES)],
        "admin1": np.array(PROVINCES)[province],
        "measure": name,
        "population": np.array(list(SHARES))[population],
        "cause": "all",
        "counting": counting,
        "since": np.where(counting == "flow", as_of.astype(str), ""),
        "as_of": as_of.astype(str),
        "as_of_basis": np.where(rng.random(rows) < 0.3, "deduced", "stated"),
        "value": value,
        "value_high": high,
        "quantifier": quantifier,
        "unit": "person",
        "scope": np.where(scope, "organised centres only", ""),
        "status": np.where(rng.random(rows) < 0.03, "unconfirmed", "confirmed"),
        "source": np.char.add("s", source.astype(str)),
        "publisher": np.where(
            publisher < SOURCES_EACH, np.char.add("s", publisher.astype(str)), ""
        ),
        "published": np.where(rng.random(rows) < 0.3, "", (as_of + 1).astype(str)),
        "url": _numbered("https://example.org/report/", rng.integers(0, rows // 3 + 1, rows)),
        "expression": _numbered("at least ", value),
        "supersedes": "",
        "note": _numbered("", rng.integers(0, 50, rows), np.array(NOTES)[day % len(NOTES)]),
    }
    return pd.DataFrame(frame)[list(Figure.model_fields)]


def _numbered(words: str, numbers: np.ndarray, after: np.ndarray | str = "") -> np.ndarray:
    return np.char.add(np.char.add(words, numbers.astype(str)), after)


def write(folder: Path, rows: int, crises: int) -> Path:
    """Write a folder of data sets with so many figures in so many crises."""
    folder.mkdir(parents=True, exist_ok=True)
    _table(folder / "crises.csv", Crisis, (_crisis(number) for number in range(crises)))
    _table(folder / "sources.csv", Source, (_source(number) for number in range(SOURCES_EACH)))
    _table(folder / "identities.csv", Identity, [])
    for number in range(crises):
        place = folder / f"crisis-{number}"
        count = rows // crises + (number < rows % crises)
        _table(place / "events.csv", Event, [])
        _table(place / "decisions.csv", Decision, [])
        crisis_figures(number, count).to_csv(place / "figures.csv", index=False)
    return folder


def _table(path: Path, model: type, rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(model.model_fields))
        writer.writeheader()
        writer.writerows(rows)


def _crisis(number: int) -> dict[str, object]:
    start = np.datetime64("2024-01-01") + number
    country = COUNTRIES[number % len(COUNTRIES)]
    name = f"crisis-{number}"
    return {"crisis": name, "name": name, "countries": country, "start": str(start)}


def _source(number: int) -> dict[str, str]:
    relays = "own" if number < 15 else f"s{number % 15}"
    name = f"Source {number}"
    return {
        "source": f"s{number}",
        "name": name,
        "kind": KINDS[number % len(KINDS)],
        "relays": relays,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--crises", type=int, default=100)
    wanted = parser.parse_args()
    write(wanted.folder, wanted.rows, wanted.crises)
