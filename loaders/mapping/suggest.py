"""A first mapping for a table nobody has described: from tags, headings and cells."""

from typing import Any

import pyarrow.compute as pc

from figures import Measure
from figures.vocabulary import WORDS
from loaders import hxl
from loaders.containers.header import JOIN
from loaders.containers.shapes import is_datum, is_missing, is_period
from loaders.mapping import words
from loaders.mapping.hxl_words import column_of_tag, value_of_tag
from loaders.mapping.ids import slug
from loaders.mapping.model import CANONICAL, REQUIRED
from loaders.places import parse_place
from loaders.raw import RawTable

_SAMPLE = 200
# Headings of what is planned, asked for or bought: numbers of people, and of nobody hurt.
_NOT_COUNTED = frozenset(
    [
        "beneficiary",
        "beneficiaries",
        "target",
        "targeted",
        "targets",
        "planned",
        "plan",
        "requested",
        "required",
        "need",
        "inneed",
        "population",
        "projected",
        "funded",
        "budget",
        "usd",
        "cost",
        "id",
        "code",
        "lat",
        "lon",
        "latitude",
        "longitude",
        "percent",
        "rate",
    ]
)
# How each measure is usually counted; only assumed, and said so.
_USUAL = {
    **dict.fromkeys(("killed", "injured", "missing", "captured", "casualties"), "cumulative"),
    **dict.fromkeys(("displaced", "evacuated", "sheltered", "returned", "affected"), "stock"),
}


def suggested(table: RawTable) -> dict[str, Any]:
    """Return the keys of a mapping for ``table``; columns that are not understood are left out."""
    cells = {name: _sample(table, name) for name in table.cells.column_names}
    own = {name.strip().casefold(): name for name in cells}
    if all(name in own for name in REQUIRED):
        return {"columns": {name: own[name] for name in CANONICAL if name in own}}
    tags = hxl.tags(table)
    columns, values = _by_tags(tags) if tags else ({}, [])
    if not tags:
        columns, values = _by_headings(cells)
    dated = [name for name in cells if is_period(name.rsplit(JOIN, 1)[-1])]
    keys: dict[str, Any] = {"columns": columns, "values": values}
    if len(dated) >= 2 and not values:
        keys["wide"] = [{"pattern": "{as_of}"}]
        if _all_years(dated):
            keys["dates"] = {"period": "year"}
        columns.pop("value", None)
    if "as_of" in columns and _all_years(cells[columns["as_of"]]):
        keys["dates"] = {"period": "year"}
    _assume(keys, table)
    return {name: value for name, value in keys.items() if value}


def _sample(table: RawTable, name: str) -> list[str]:
    distinct = pc.unique(table.cells.column(name).slice(0, 5_000)).to_pylist()
    return [text for text in distinct if not is_missing(text)][:_SAMPLE]


def _by_tags(tags: dict[str, str]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return columns and values that HXL tags name; of two for one column the better stays."""
    best: dict[str, tuple[int, str]] = {}
    values = []
    for name, tag in tags.items():
        ours, rank = column_of_tag(tag)
        if ours and rank > best.get(ours, (0, ""))[0]:
            best[ours] = (rank, name)
        if value := value_of_tag(tag):
            values.append({"column": name, **value})
    columns = {ours: name for ours, (_, name) in best.items()}
    return columns, [] if "value" in columns and "measure" in columns else values


def _by_headings(cells: dict[str, list[str]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    columns: dict[str, str] = {}
    values: list[dict[str, str]] = []
    rest: dict[str, list[str]] = {}
    for name, sample in cells.items():
        ours = _column(name, sample)
        if value := _value(name, sample):
            values.append(value)
        elif not ours:
            rest[name] = sample
        elif ours not in columns:
            columns[ours] = name
    if values:
        columns.pop("value", None)
    return _by_cells(rest) | columns | _by_our_names(cells), values


def _by_our_names(cells: dict[str, list[str]]) -> dict[str, str]:
    """Return the columns that bear a name of ours which others do not use, and hold our words."""
    named = {name.strip().casefold(): (name, sample) for name, sample in cells.items()}
    found = {}
    for ours, (name, sample) in named.items():
        words_of_ours = [word.value for word in WORDS.get(ours, ())]
        spoken = bool(sample) and all(text in words_of_ours for text in sample)
        if spoken or ours == "figure_id":
            found[ours] = name
    return found


def _by_cells(cells: dict[str, list[str]]) -> dict[str, str]:
    """Return the columns whose cells alone say what they are, when there is just one of a kind."""
    places = [name for name, sample in cells.items() if _are_countries(sample)]
    dates = [n for n, s in cells.items() if s and sum(map(_is_long_date, s)) > len(s) * 0.8]
    found = {"country": places, "as_of": dates}
    return {ours: names[0] for ours, names in found.items() if len(names) == 1}


def _value(name: str, sample: list[str]) -> dict[str, str]:
    """Return what a column of numbers is about, or nothing when its heading does not say."""
    numbers = sum(map(is_datum, sample)) > len(sample) * 0.8 and bool(sample)
    dates = sum(map(_is_long_date, sample)) > len(sample) / 2
    spoken = words.plain(name).split()
    if not numbers or dates or any(word in _NOT_COUNTED for word in spoken):
        return {}
    measures = words.meant(name, words.MEASURES)
    if len(measures) > 1 and "casualties" in measures:
        measures.remove("casualties")
    if len(measures) != 1:
        return {}
    value = {"column": name, "measure": measures[0]}
    populations = words.meant(name, words.POPULATIONS)
    if len(populations) == 1:
        value["population"] = populations[0]
    countings = words.meant(name, words.COUNTINGS)
    if len(countings) == 1:
        value["counting"] = countings[0]
    return value


def _is_long_date(text: str) -> bool:
    return is_period(text) and len(text.strip()) > 4


def _column(name: str, sample: list[str]) -> str:
    ours = words.named(name.rsplit(JOIN, 1)[-1], words.COLUMNS)
    if ours == "as_of":
        return ours if sum(map(_dated, sample)) > len(sample) / 2 else ""
    if ours == "country":
        return ours if _are_countries(sample) else "admin1" if "region" in name.casefold() else ""
    return ours


def _dated(text: str) -> bool:
    return is_datum(text) or is_period(text)


def _are_countries(sample: list[str]) -> bool:
    texts = [text for text in sample if not is_datum(text)][:40]
    return bool(texts) and sum(map(_is_country, texts)) >= len(sample[:40]) * 0.8


def _is_country(text: str) -> bool:
    try:
        return bool(parse_place(text))
    except ValueError:
        return False


def _all_years(sample: list[str]) -> bool:
    return bool(sample) and all(is_period(text) and len(text.strip()) == 4 for text in sample)


def _assume(keys: dict[str, Any], table: RawTable) -> None:
    """Write down what figures need and the table does not say, with a note that it is assumed."""
    columns, assumed = keys["columns"], []
    constants: dict[str, str] = {}
    if "counting" not in columns:
        for value in keys["values"]:
            if "counting" not in value:
                value["counting"] = _USUAL[Measure(value["measure"]).value]
                assumed.append(f"counting of {value['column']}")
        if keys.get("wide") or "value" in columns:
            constants["counting"] = "cumulative"
            assumed.append("counting")
    if "source" not in columns:
        constants["source"] = slug(table.file.rsplit(".", 1)[0]) or "unknown"
        assumed.append("source")
    keys["constants"], keys["assumed"] = constants, assumed
