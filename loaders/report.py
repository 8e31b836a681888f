"""Findings as text, JSON or annotations of GitHub."""

import json
from collections.abc import Callable, Hashable, Mapping

import pandas as pd

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def as_text(findings: pd.DataFrame) -> str:
    """Return one paragraph per finding, and the count of each severity."""
    lines = []
    for row in findings.to_dict("records"):
        cell = f", {row['column']} {row['value']!r}" if row["column"] else ""
        sheet = f" [{row['sheet']}]" if row["sheet"] else ""
        lines.append(f"{row['file']}{sheet}:{row['line']}: {row['severity']} {row['code']}{cell}")
        lines.append(f"    {row['problem']}. {row['remedy']}")
    counts = findings["severity"].value_counts()
    summary = ", ".join(f"{counts.get(level, 0)} {level}" for level in LEVELS)
    return "\n".join([*lines, summary])


def as_json(findings: pd.DataFrame) -> str:
    """Return a list with one object per finding."""
    return json.dumps(findings.to_dict("records"), ensure_ascii=False, indent=1)


def as_github(findings: pd.DataFrame) -> str:
    """Return one annotation per finding, which GitHub shows at its line in a pull request."""
    return "\n".join(_annotation(row) for row in findings.to_dict("records"))


def _annotation(row: Mapping[Hashable, object]) -> str:
    place = f"file={_property(row['file'])},line={max(1, int(str(row['line'])))}"
    title = _property(f"{row['code']} {row['column']}".strip())
    message = _message(f"{row['problem']}. {row['remedy']}")
    return f"::{LEVELS[str(row['severity'])]} {place},title={title}::{message}"


def _message(text: object) -> str:
    return str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: object) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
