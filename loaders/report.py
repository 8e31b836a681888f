"""Findings as text, JSON or annotations of GitHub."""

import json
import re
from collections.abc import Callable, Hashable, Mapping

import pandas as pd

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}

# What would steer a terminal or turn a line around; line breaks are ours.
_STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Return text that a terminal shows and does not obey: control signs as \\u001b and so on."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: object) -> str:
    """Return text as one line that a terminal shows and does not obey."""
    return printable(str(text).replace("\n", " "))


def as_text(findings: pd.DataFrame) -> str:
    """Return one paragraph per finding, and the count of each severity."""
    lines = []
    for row in findings.to_dict("records"):
        cell = f", {row['column']} {row['value']!r}" if row["column"] else ""
        sheet = f" [{row['sheet']}]" if row["sheet"] else ""
        place = f"{row['file']}{sheet}:{row['line']}"
        lines.append(one_line(f"{place}: {row['severity']} {row['code']}{cell}"))
        lines.append(one_line(f"    {row['problem']}. {row['remedy']}"))
    counts = findings["severity"].value_counts()
    summary = ", ".join(f"{counts.get(level, 0)} {level}" for level in LEVELS)
    return "\n".join([*lines, summary])


def as_json(findings: pd.DataFrame) -> str:
    """Return a list with one object per finding."""
    # In JSON, too, \\u001b is the sign itself.
    return printable(json.dumps(findings.to_dict("records"), ensure_ascii=False, indent=1))


def as_github(findings: pd.DataFrame) -> str:
    """Return one annotation per finding, which GitHub shows at its line in a pull request."""
    return "\n".join(_annotation(row) for row in findings.to_dict("records"))


def _annotation(row: Mapping[Hashable, object]) -> str:
    place = f"file={_property(row['file'])},line={max(1, int(str(row['line'])))}"
    title = _property(f"{row['code']} {row['column']}".strip())
    message = _message(f"{row['problem']}. {row['remedy']}")
    return f"::{LEVELS[str(row['severity'])]} {place},title={title}::{message}"


def _message(text: object) -> str:
    return printable(str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: object) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
