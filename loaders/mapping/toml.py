"""Mappings as TOML: read with errors in words, written so that people can go on from there."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from loaders.mapping.model import MappingModel
from loaders.mapping.problems import MappingError, in_words

_BARE = re.compile(r"[A-Za-z0-9_-]+")
# No mapping is as long or as deep, except by accident or to do harm.
LONGEST, DEEPEST = 1_000_000, 20
_DEEP_KEY = re.compile(
    r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}"""
)
# A line with one key and one text: it holds no deep key, whatever dots the text has.
_PLAIN_LINE = re.compile(r'^[A-Za-z0-9_-]+ = "(?:[^"\\\n]|\\.)*"$', re.MULTILINE)


def read_text(source: str | Path) -> tuple[str, str]:
    """Return the TOML text and its name: ``source`` is a path, or the text itself.

    Raises ``MappingError`` when there is no such file.
    """
    text = str(source)
    is_text = "\n" in text or ("=" in text and not text.endswith(".toml")) or not text.strip()
    if isinstance(source, str) and is_text:
        return text, "mapping"
    path = Path(source)
    try:
        return path.read_text(encoding="utf-8-sig"), path.name
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: the mapping cannot be read: {error}") from error


def read_keys(text: str, name: str) -> dict[str, Any]:
    """Return the keys of a TOML text. Raises ``MappingError`` with the line that is wrong."""
    if len(text) > LONGEST:
        raise MappingError(f"{name}: a mapping has at most {LONGEST:,} characters")
    try:
        keys = tomllib.loads(text) if not _has_deep_key(text) else None
    except RecursionError:
        keys = None
    # A number of thousands of digits is a ValueError, too.
    except ValueError as error:
        raise MappingError(f"{name}: this is not TOML: {error}") from error
    if keys is None or _is_deeper(keys, DEEPEST):
        raise MappingError(f"{name}: the keys or lists are nested too deeply")
    return keys


def _has_deep_key(text: str) -> bool:
    # Within a text of several lines such a line may end the text, and a key follow.
    several = "'''" in text or '"""' in text
    return bool(_DEEP_KEY.search(text if several else _PLAIN_LINE.sub("", text)))


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inner)


def validated(model: type[MappingModel], keys: dict[str, Any], name: str) -> MappingModel:
    """Return the mapping that ``keys`` say. Raises ``MappingError``."""
    try:
        return model.model_validate(_texts(keys))
    except ValidationError as error:
        raise MappingError(f"{name}: {in_words(error, model)}") from error


def _texts(value: Any, key: str = "") -> Any:
    """Return the keys with dates as text, as which TOML also lets one write them."""
    if isinstance(value, dict):
        return {name: _texts(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_texts(item, key) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    # Years and codes are easily written without quotes.
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number and key not in ("header_rows", "skip_rows") else value


def write(mapping: MappingModel) -> str:
    """Return the mapping as TOML, without what it does not say."""
    keys = mapping.model_dump(exclude_defaults=True)
    simple = {name: value for name, value in keys.items() if not _is_table(value)}
    lines = [_pair(name, value) for name, value in simple.items()]
    for name, value in keys.items():
        if name in simple:
            continue
        if isinstance(value, list):
            for entry in value:
                lines += ["", f"[[{name}]]", *(_pair(k, v) for k, v in entry.items())]
        else:
            lines += _table(name, value)
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(name: str, value: dict[str, Any]) -> list[str]:
    lines = [_pair(k, v) for k, v in value.items() if not isinstance(v, dict)]
    lines = ["", f"[{name}]", *lines] if lines else []
    for key, inner in value.items():
        if isinstance(inner, dict):
            lines += ["", f"[{name}.{key}]", *(_pair(k, v) for k, v in inner.items())]
    return lines


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _pair(key: str, value: Any) -> str:
    name = key if _BARE.fullmatch(key) else _quoted(key)
    return f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    # The escapes of JSON are escapes of TOML; DEL alone is forbidden bare in one and not the other.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
