"""What Python's own reader of TOML lacks: the line of a name, and how a value is written."""

import json
import re
from typing import Any

_NAME = re.compile(r"""\s*\[*["']?([\w-]+)["']?\s*[\].=]""")


def lines_of(text: str) -> dict[str, int]:
    """Return the first line, from 1, on which each name is given a value or heads a section."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _NAME.match(line)
        if match:
            found.setdefault(match[1], number)
    return found


def written(value: Any) -> str:
    """Return a value as it is written in TOML."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | int | float):
        return str(value).lower()
    # The one control character that JSON lets stand and TOML does not.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
