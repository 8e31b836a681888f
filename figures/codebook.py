"""The code book, the template, the data package and the list of findings, made from the models."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from figures import vocabulary
from figures.cells import IDENTIFIER, LARGEST, Plain
from figures.findings import CATALOGUE
from figures.listing import content, other, tables_of_crises
from figures.models import TABLES, Crisis, Decision, Event, Figure, Identity, Source, Table
from figures.rules import RULES
from figures.vocabulary import Word

MADE = "<!-- Made by `python -m figures write`; change figures/models.py instead. -->"
PLACES = "[A-Z]{3}(\\+[A-Z]{3})*"
MOMENT = "\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d.*)?"
ROOT = (Crisis, Source, Identity)
KEYS: dict[type[Table], str] = {
    Figure: "figure_id",
    Source: "source",
    Crisis: "crisis",
    Event: "event_id",
    Decision: "decision_id",
}


def pages(datasets: Path, docs: Path, hashes: bool = False) -> dict[Path, str]:
    """Return the text of every file that is made from the models, by where it belongs.

    ``hashes`` puts the size and hash of every file into the data package.
    """
    return {
        datasets / "README.md": code_book(),
        datasets / "template.csv": ",".join(Figure.model_fields) + "\n",
        datasets / "datapackage.json": data_package(datasets, hashes),
        docs / "findings.md": findings_page(),
    }


def code_book() -> str:
    """Return the code book: every table, every column, every word, every rule between cells."""
    parts = [
        MADE,
        "# Code book",
        "What the tables in this folder hold. Each crisis has a folder of its own with figures, "
        "events and decisions; who counted, the crises and what must add up stand beside them. "
        "Where the figures come from is told in [ABOUT.md](ABOUT.md).",
        "Files are CSV in UTF-8 with commas, the column names in line 1. Columns may stand in any "
        "order, and those with a default may be left out. A day is written 2025-12-24. An empty "
        "cell is unknown, never 0.",
        *(_table(model) for model in TABLES),
        "## Rules between the cells of a figure",
        "A figure that breaks one of these is left out and reported.",
        "\n".join(f"- `{rule.code}`: {rule.problem}. {rule.remedy}" for rule in RULES),
        "# Words",
        *(_words(words) for words in _vocabularies()),
    ]
    return "\n\n".join(parts) + "\n"


def _table(model: type[Table]) -> str:
    rows = [
        f"| `{name}` | {needed(field)} | {_cell(holds(field))} | {_cell(field.description or '')} |"
        for name, field in model.model_fields.items()
    ]
    where = "In this folder." if model in ROOT else "In the folder of each crisis."
    head = f"## `{model.file_name}`\n\n{model.about} {where}\n\n"
    return head + "\n".join(["| column | needed | holds | meaning |", "|---|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def needed(field: FieldInfo) -> str:
    """Return whether a column must be filled in, and what an empty cell stands for."""
    if field.is_required():
        return "yes"
    return "no" if field.default in ("", None) else f"no: `{field.default}`"


def holds(field: FieldInfo) -> str:
    """Return what the cells of a column hold, in words."""
    words = vocabulary_of(field)
    if words:
        return f"one of the words for {words.__name__.lower()}"
    return {
        "date": "a day",
        "integer": "a whole number",
        "datetime": "a day, or a day and time",
        "string": "text",
    }[type_of(field)]


def _words(words: type[Word]) -> str:
    about = (words.__doc__ or "").strip()
    rows = [f"| `{word.value}` | {_cell(word.meaning)} |" for word in words]
    head = f"## {words.__name__}\n\n{about}\n\n"
    return head + "\n".join(["| word | meaning |", "|---|---|", *rows])


def _vocabularies() -> Iterator[type[Word]]:
    for found in vars(vocabulary).values():
        if isinstance(found, type) and issubclass(found, Word) and found is not Word:
            yield found


def _types(field: FieldInfo) -> tuple[Any, ...]:
    return get_args(field.annotation) or (field.annotation,)


def vocabulary_of(field: FieldInfo) -> type[Word] | None:
    """Return the words a column may hold; nothing where it is free."""
    found = (kind for kind in _types(field) if isinstance(kind, type) and issubclass(kind, Word))
    return next(found, None)


def type_of(field: FieldInfo) -> str:
    """Return the type of a column: date, datetime, integer or string."""
    kinds = _types(field)
    if dt.datetime in kinds:
        return "datetime"
    if dt.date in kinds:
        return "date"
    return "integer" if int in kinds else "string"


def data_package(datasets: Path, hashes: bool = False) -> str:
    """Return the Frictionless Data Package of the folder: every table it holds, with its schema.

    A web server cannot be asked which files a folder has; this is the list of them. With
    ``hashes`` it also tells the size and SHA-256 of each, and has to be made anew at every change.
    """
    root = [model for model in ROOT if (datasets / model.file_name).is_file()]
    resources = [_resource(model, model.file_name) for model in root]
    for model, path in tables_of_crises(datasets):
        resources.append(_resource(model, path) if model else other(path))
    if hashes:
        resources = [told | content(datasets / told["path"]) for told in resources]
    package = {
        "name": "reported-figures",
        "title": "Figures reported by all sides, as they were published",
        "description": "Made by `python -m figures write`; see README.md for the code book.",
        "profile": "tabular-data-package",
        "resources": resources,
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _resource(model: type[Table], path: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(name, field) for name, field in model.model_fields.items()],
        "missingValues": [""],
    }
    if model in KEYS:
        schema["primaryKey"] = [KEYS[model]]
    links = _links(model, path)
    if links:
        schema["foreignKeys"] = links
    return {
        "name": _name(path),
        "path": path,
        "title": model.about,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _name(path: str) -> str:
    return path.removesuffix(".csv").replace("/", "-").lower()


def _links(model: type[Table], path: str) -> list[dict[str, Any]]:
    if model is Figure:
        return [
            _link("source", _name(Source.file_name), "source"),
            _link("publisher", _name(Source.file_name), "source"),
            _link("supersedes", "", "figure_id"),
        ]
    if model is Decision:
        figures = path.replace(Decision.file_name, Figure.file_name)
        return [_link("figure_id", _name(figures), "figure_id")]
    return []


def _link(column: str, resource: str, key: str) -> dict[str, Any]:
    return {"fields": [column], "reference": {"resource": resource, "fields": [key]}}


def _field(name: str, field: FieldInfo) -> dict[str, Any]:
    kind = type_of(field)
    shown = {"name": name, "type": "string" if kind == "datetime" else kind}
    limits = _limits(name, field, kind)
    return {
        **shown,
        "description": field.description,
        **({"constraints": limits} if limits else {}),
    }


def _limits(name: str, field: FieldInfo, kind: str) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if field.is_required() else {}
    words = vocabulary_of(field)
    if words:
        limits["enum"] = [word.value for word in words]
    elif kind == "integer":
        limits |= {"minimum": 0, "maximum": LARGEST}
    else:
        pattern = MOMENT if kind == "datetime" else _pattern(name, field)
        limits |= {"pattern": f"^{pattern}$"} if pattern else {}
    return limits


def _pattern(name: str, field: FieldInfo) -> str:
    if name in ("country", "countries"):
        return PLACES
    ids = any(isinstance(mark, Plain) and IDENTIFIER in mark.pattern for mark in field.metadata)
    return IDENTIFIER if ids else ""


def findings_page() -> str:
    """Return the page that lists every finding: its code, what it means and what to do."""
    sections = dict.fromkeys(entry.section for entry in CATALOGUE.values())
    parts = [
        "<!-- Made by `python -m figures write`; change figures/findings.csv instead. -->",
        "# Findings",
        "What may be said of the data, each with a code that never changes its meaning. An *error* "
        "means that something was left out; a *warning* that something is probably wrong though "
        "it was kept; *info* is good to know. `python -m loaders check PATH` lists the findings of "
        "a folder or file.",
        *(_section(section) for section in sections),
    ]
    return "\n\n".join(parts) + "\n"


def _section(section: str) -> str:
    entries = [entry for entry in CATALOGUE.values() if entry.section == section]
    rows = [
        f"| `{entry.code}` | {entry.severity} | {_cell(entry.title)}. {_cell(entry.meaning)} "
        f"| {_cell(entry.remedy)} |"
        for entry in entries
    ]
    head = ["| code | severity | meaning | what to do |", "|---|---|---|---|"]
    return f"## {section}\n\n" + "\n".join([*head, *rows])
