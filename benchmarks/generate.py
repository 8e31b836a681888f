"""Make plausible figures for the benchmarks: the same for the same numbers, on any machine.

    python benchmarks/generate.py FOLDER --rows 1000000 --crises 100

writes FOLDER with crises.csv, sources.csv, identities.csv and one folder per crisis.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import pandas as pd

from figures import Crisis, Decision, Event, Figure, Identity, Source

COUNTRIES = [
    "AFG",
    "BGD",
    "CAF",
    "COD",
    "COL",
    "ETH",
    "HTI",
    "IRQ",
    "KHM",
    "LBN",
    "LBY",
    "MLI",
    "MMR",
    "MOZ",
    "NER",
    "NGA",
    "PAK",
    "PSE",
    "SDN",
    "SOM",
]
MEASURES = ["killed", "injured", "missing", "displaced", "sheltered", "evacuated", "returned"]
STOCKS = ("sheltered", "displaced")
POPULATIONS = ["all", "all", "all", "civilian", "military", "children"]
QUANTIFIERS = ["exact", "exact", "exact", "exact", "at_least", "more_than", "about", "nearly"]
KINDS = ["government", "military", "un", "ngo", "red_cross", "media", "media", "media", "research"]
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
    pick = lambda words: np.array(words)[rng.integers(0, len(words), rows)]  # noqa: E731
    measure = pick(MEASURES)
    day = np.sort(rng.integers(0, DAYS, rows))
    stock = np.isin(measure, STOCKS)
    flow = ~stock & (rng.random(rows) < 0.1)
    start = np.datetime64("2024-01-01") + number
    as_of = start + day
    size = np.array([40, 150, 12, 90_000, 30_000, 60_000, 8_000])[
        pd.Index(MEASURES).get_indexer(measure)
    ]
    value = np.maximum(1, size * (1 + day) * rng.uniform(0.97, 1.03, rows) / 10).astype(int)
    quantifier = pick(QUANTIFIERS)
    ranged = rng.random(rows) < 0.02
    source = np.char.add("s", rng.integers(0, SOURCES_EACH, rows).astype(str))
    urls = np.char.add(
        "https://example.org/report/", rng.integers(0, rows // 3 + 1, rows).astype(str)
    )
    expression = np.char.add(pick(["at least ", "", "some ", "more than "]), value.astype(str))
    frame = {
        "figure_id": [f"C{number}-{row:07}" for row in range(rows)],
        "country": COUNTRIES[number % len(COUNTRIES)],
        "admin1": pick(["", "", "", "North", "South", "East", "West", "Capital"]),
        "measure": measure,
        "population": pick(POPULATIONS),
        "cause": pick(["all", "all", "all", "direct"]),
        "counting": np.where(stock, "stock", np.where(flow, "flow", "cumulative")),
        "since": np.where(flow, as_of.astype(str), ""),
        "as_of": as_of.astype(str),
        "as_of_basis": pick(["stated", "stated", "deduced"]),
        "value": value,
        "value_high": np.where(ranged, (value * 1.2).astype(int).astype(str), ""),
        "quantifier": np.where(ranged, "range", quantifier),
        "unit": "person",
        "scope": pick(["", "", "", "", "organised centres only"]),
        "status": pick(["confirmed"] * 30 + ["unconfirmed"]),
        "source": source,
        "publisher": np.where(rng.random(rows) < 0.5, "", source),
        "published": np.where(rng.random(rows) < 0.3, "", (as_of + 1).astype(str)),
        "url": urls,
        "expression": expression,
        "supersedes": "",
        "note": np.char.add(pick(NOTES), rng.integers(0, 50, rows).astype(str)),
    }
    return pd.DataFrame(frame)[list(Figure.model_fields)]


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
    return {"source": f"s{number}", "name": name, "kind": KINDS[number % 9], "relays": relays}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--crises", type=int, default=100)
    wanted = parser.parse_args()
    write(wanted.folder, wanted.rows, wanted.crises)
