"""One published table as a whole library: a spreadsheet that a web address gives as CSV.

The table has the columns of figures.csv, or a mapping says how to read it. A column ``crisis``
tells the crises apart; else all is one crisis, named by ``crisis`` behind the ``#``. What a library
holds beside its figures is given by further addresses behind the ``#`` (``sources``, ``crises``,
``identities``, ``events``, ``decisions``, ``mapping``), taken from the table itself (the crises),
or from the folder that is shipped (what must add up, and the sources whose ids are used).
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from figures import Crisis, Decision, Event, Identity, Source
from figures.cells import IDENTIFIER
from loaders.canonical import read_canonical
from loaders.folder import MAPPING
from loaders.opening import Mapping, MappingError
from loaders.reading import read_figures
from loaders.remote.address import Address
from loaders.remote.problems import RemoteError
from loaders.remote.sets import ROUNDS, Files, Found, Read, check_kind, hashes
from loaders.remote.web import Client, Mark

ITSELF, RULES = "_table", "_mapping"
BESIDE = {model.file_name.removesuffix(".csv"): model for model in (Source, Crisis, Identity)}
WITHIN = {model.file_name.removesuffix(".csv"): model for model in (Event, Decision)}
USUAL = "figures"


class Single:
    """One table on a web server, and what was given beside it."""

    def __init__(self, address: Address, timeout: float, most: int, shipped: Path) -> None:
        self._address, self._client, self._most = address, Client(timeout), most
        self._ending = address.ending or ".csv"
        self._shipped = shipped

    def look(self, known: Files, read: Read) -> Found:
        """Return the library's files, asked for until none changed in between."""
        contents: dict[str, bytes] = {}
        first = known
        for _ in range(ROUNDS):
            asked = Found({}, contents)
            for name, address in self._addresses():
                self._ask(name, address, known, asked)
            if hashes(asked.files) == _given(known):
                same = hashes(asked.files) == _given(first)
                return (
                    Found({**first, **asked.files}, contents) if same else self._made(asked, read)
                )
            known = asked.files
        raise RemoteError("changing")

    def _addresses(self) -> Iterator[tuple[str, Address]]:
        yield ITSELF, self._address
        for name in (*BESIDE, *WITHIN, "mapping"):
            if name in self._address.options:
                yield f"_{name}", Address.of(self._address.options[name])

    def _ask(self, name: str, address: Address, known: Files, asked: Found) -> None:
        if not address.is_web:
            raise RemoteError("support", name.removeprefix("_"))
        before, shown = known.get(name), _shown(name, self._ending)
        mark = Mark(before.etag, before.modified) if before else Mark()
        left = self._most - sum(file.size for file in asked.files.values())
        answer = self._client.get(address.itself(), mark, shown, left, address.headers())
        if answer is not None:
            check_kind(shown, answer.content)
            asked.add(name, answer.content, *answer.mark)
        elif before is not None:
            asked.files[name] = before
        else:
            raise RemoteError("other", shown)

    def _made(self, asked: Found, read: Read) -> Found:
        """Return the files that make a library of what was asked for."""

        def content(name: str) -> bytes:
            hash_ = asked.files[name].hash
            return asked.contents[hash_] if hash_ in asked.contents else read(hash_)

        data = content(ITSELF)
        mapping = content(RULES) if RULES in asked.files else b""
        frame = _figures(data, mapping, _shown(ITSELF, self._ending))
        own = self._address.options.get("crisis", "")
        split = {} if own or mapping else _by_crisis(data)
        for crisis, rows in (split or {own or USUAL: data}).items():
            asked.add(f"{crisis}/{USUAL}{'.csv' if split else self._ending}", rows)
            if mapping:
                asked.add(f"{crisis}/{USUAL}{MAPPING}", mapping)
            for name in WITHIN:
                if f"_{name}" in asked.files:
                    asked.add(f"{crisis}/{name}.csv", content(f"_{name}"))
        frame = frame if split else frame.assign(crisis=own or USUAL)
        for name in BESIDE:
            given = f"_{name}" in asked.files
            asked.add(f"{name}.csv", content(f"_{name}") if given else self._usual(name, frame))
        return asked

    def _usual(self, name: str, figures: pd.DataFrame) -> bytes:
        """Return a table that nobody gave."""
        if name == "crises":
            return _written(Crisis, _crises(figures, self._address.options.get("name", "")))
        rows = list(csv.DictReader(_lines(self._shipped / f"{name}.csv")))
        if name == "identities":
            return _written(Identity, rows)
        used = set(figures["source"].astype(str)) | set(figures["publisher"].astype(str))
        return _written(Source, [row for row in rows if row.get("source") in used])


def _given(files: Files) -> dict[str, str]:
    """Return the hashes of what was asked for, without those of what was made of it."""
    return {name: file.hash for name, file in files.items() if name.startswith("_")}


def _shown(name: str, ending: str) -> str:
    """Return what to call a part of the library where it is told that it cannot be had."""
    if name == ITSELF:
        return f"{USUAL}{ending}"
    return "figures.toml" if name == RULES else f"{name.removeprefix('_')}.csv"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines(keepends=True)
    except OSError:
        return []


def _figures(data: bytes, mapping: bytes, name: str) -> pd.DataFrame:
    """Return the figures of the table, all that can be read."""
    try:
        rules = Mapping.load(mapping.decode("utf-8")) if mapping else None
    except (MappingError, UnicodeDecodeError) as error:
        raise RemoteError("damaged", _shown(RULES, "")) from error
    found = read_figures(data, rules, name=name).figures
    if found.empty:
        raise RemoteError("damaged", name)
    return found


def _by_crisis(data: bytes) -> dict[str, bytes]:
    """Return the table of each crisis, where a column names it; nothing where there is none.

    Rows of other crises are left empty, so that findings name the line of the published table.
    """
    raw = read_canonical(data, USUAL)
    if "crisis" not in raw.cells.column_names:
        return {}
    columns = [name for name in raw.cells.column_names if name != "crisis"]
    rows = raw.cells.select(columns).to_pylist()
    crises = [str(cell or "").strip() for cell in raw.cells["crisis"].to_pylist()]
    lines = [int(line) for line in raw.lines]
    tables: dict[str, io.StringIO] = {}
    at: dict[str, int] = {}
    for crisis, line, row in zip(crises, lines, rows, strict=True):
        if crisis and not re.fullmatch(IDENTIFIER, crisis):
            raise RemoteError("damaged", USUAL)
        if crisis not in tables:
            tables[crisis] = io.StringIO(newline="")
            csv.writer(tables[crisis], lineterminator="\n").writerow(columns)
            at[crisis] = 2
        tables[crisis].write("\n" * (line - at[crisis]))
        csv.writer(tables[crisis], lineterminator="\n").writerow(row[name] for name in columns)
        at[crisis] = line + 1
    return {crisis or USUAL: table.getvalue().encode() for crisis, table in tables.items()}


def _crises(figures: pd.DataFrame, name: str) -> Iterator[dict[str, str]]:
    """Yield what the figures themselves say of each crisis: its countries and its first day."""
    for crisis, rows in figures.groupby(figures["crisis"].astype(str).replace("", USUAL)):
        places = {place for text in rows["country"].astype(str) for place in text.split("+")}
        days = [day for column in ("since", "as_of") for day in rows[column].dropna()]
        yield {
            "crisis": str(crisis),
            "name": name or str(crisis),
            "countries": "+".join(sorted(places)),
            "start": min(days).date().isoformat(),
        }


def _written(model: type[Crisis | Source | Identity], rows: object) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(
        target, list(model.model_fields), extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)  # type: ignore[arg-type]
    return target.getvalue().encode()
