"""JSON: lists of records, in the several forms in which they are published."""

import json
import re
from collections.abc import Iterator
from typing import Any

from figures import Finding
from loaders.containers.codes import note, unreadable
from loaders.containers.grid import Grid
from loaders.containers.limits import COLUMNS, JSON_DEPTH, ROWS
from loaders.containers.workbook import unmistakable

_MANY = 100
Tables = list[tuple[str, list[Any]]]


def read_json(text: str, file: str) -> list[Grid]:
    """Return a grid for each list of records in ``text``, the longest first.

    Read are a list of objects, objects that hold such lists, an object of objects (its keys become
    the column ``key``), an object of equally long lists (columns), lists of lists, GeoJSON, and
    one object a line. Nested values get dotted names; numbers keep the text they have. A row's
    number is the record's. Raises ``UnreadableTable``.
    """
    value = _parsed(text, file)
    tables = sorted(_tables(value, ""), key=lambda named: -len(named[1]))
    if not tables:
        raise unreadable("unreadable-file", file, "the JSON holds no list of records")
    return [_grid(records, name, file) for name, records in tables]


def _parsed(text: str, file: str) -> Any:
    _check_depth(text, file)
    decoder = json.JSONDecoder(
        parse_int=str, parse_float=unmistakable, parse_constant=str, object_pairs_hook=_pairs
    )
    try:
        return decoder.decode(text)
    except RecursionError as error:
        raise unreadable("too-large", file, "the JSON is nested too deeply") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].rstrip().endswith("}"):
            return [_line(decoder, line) for line in lines]
        where = f"line {getattr(error, 'lineno', 1)}, column {getattr(error, 'colno', 1)}"
        raise unreadable("unreadable-file", file, f"the JSON is broken at {where}") from error


def _line(decoder: json.JSONDecoder, line: str) -> Any:
    try:
        return decoder.decode(line)
    except ValueError:
        return line


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object, a name that comes twice being kept with a number."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        number, final = 1, name
        while final in result:
            number += 1
            final = f"{name} ({number})"
        result[final] = value
    return result


def _check_depth(text: str, file: str) -> None:
    depth = 0
    for bracket in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        mark = bracket.group(0)[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > JSON_DEPTH:
            raise unreadable("too-large", file, f"the JSON is nested deeper than {JSON_DEPTH}")


def _tables(value: Any, path: str) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of records in a value, each with the path that leads to it."""
    if isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            yield path, value
        return
    if not isinstance(value, dict) or not value:
        return
    inner = [t for name, item in value.items() for t in _tables(item, f"{path}.{name}".strip("."))]
    if inner:
        yield from inner
    elif _are_columns(value):
        names = list(value)
        rows = zip(*value.values(), strict=True)
        yield path, [dict(zip(names, row, strict=True)) for row in rows]
    elif all(isinstance(item, dict) for item in value.values()):
        yield path, [{"key": name, **item} for name, item in value.items()]
    elif not path:
        yield path, [value]


def _are_columns(value: dict[str, Any]) -> bool:
    lengths = {len(item) if isinstance(item, list) else -1 for item in value.values()}
    return len(lengths) == 1 and min(lengths) > 0


def _grid(records: list[Any], name: str, file: str) -> Grid:
    if len(records) > ROWS:
        raise unreadable("too-large", file, f"the JSON holds more than {ROWS:,} records")
    if all(isinstance(record, list) for record in records):
        rows = [[_text(cell) for cell in record] for record in records]
        return Grid(rows, list(range(1, len(rows) + 1)), name)
    flat: list[dict[str, str]] = []
    numbers, findings = [], []
    for number, record in enumerate(records, 1):
        if isinstance(record, dict):
            flat.append(_flat(record))
            numbers.append(number)
        else:
            findings.append(note("not-a-record", file, line=number, value=record, sheet=name))
    names = list(dict.fromkeys(column for record in flat for column in record))
    if len(names) > COLUMNS:
        raise unreadable("too-large", file, f"the records have {len(names):,} names of values")
    rows = [names, *([record.get(column, "") for column in names] for record in flat)]
    return Grid(rows, [0, *numbers], name, findings=_few(findings, file), header=True)


def _few(findings: list[Finding], file: str) -> list[Finding]:
    if len(findings) <= _MANY:
        return findings
    problem = f"{len(findings) - _MANY:,} further entries are no records"
    return [*findings[:_MANY], note("not-a-record", file, problem)]


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, str]:
    result: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict) and value:
            result |= _flat(value, f"{prefix}{name}.")
        else:
            result[prefix + name] = _text(value)
    return result


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if value not in ({}, []) else ""
