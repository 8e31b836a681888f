"""Errors in a mapping, in words: the key, what was found, what it may be."""

import difflib
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

_EXPECTED = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "list_type": "a list in [ ]",
    "dict_type": "a table of keys",
    "model_type": "a table of keys",
    "string_too_long": "one character",
    "string_too_short": "a longer text",
}


class MappingError(ValueError):
    """A mapping that cannot be used; the text names the key, what was found and what it may be."""


def wrong(key: str, found: str | None, allowed: Sequence[str]) -> PydanticCustomError:
    """Return the error for ``key``, which holds ``found`` (None: is no key) and may be others."""
    context = {"key": key, "found": found, "allowed": list(allowed)}
    return PydanticCustomError("mapping", "{key}", context)


def in_words(error: ValidationError, model: type[BaseModel]) -> str:
    """Return all errors of a mapping, one a line."""
    return "\n".join(_line(details, model) for details in error.errors(include_url=False))


def _line(details: Any, model: type[BaseModel]) -> str:
    path = list(details["loc"])
    kind, context = details["type"], details.get("ctx", {})
    if kind == "mapping":
        return _own(path, context)
    if kind == "extra_forbidden":
        allowed = list(_model_at(model, path[:-1]).model_fields)
        return _own(path[:-1], {"key": path[-1], "found": None, "allowed": allowed})
    if kind == "missing":
        return f"`{_path(path)}` is missing: {_where(path[:-1])} needs it"
    expected = context.get("expected") or _EXPECTED.get(kind) or details["msg"]
    return f"`{_path(path)}` is {details['input']!r}; it may be {expected}"


def _own(path: list[Any], context: dict[str, Any]) -> str:
    key, found, allowed = context["key"], context["found"], context["allowed"]
    if found is not None:
        near = _near(found, allowed)
        return f"`{_path([*path, key])}` is {found!r}; it may be {', '.join(allowed)}{near}"
    near = _near(str(key), allowed)
    return f"there is no key `{_path([*path, key])}`; {_where(path)} may hold " + (
        f"{', '.join(allowed)}{near}"
    )


def _near(found: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(found, allowed, 1, 0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _path(path: Sequence[Any]) -> str:
    text = ""
    for part in path:
        # Entries of a list are counted from 1, as people do.
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _where(path: Sequence[Any]) -> str:
    return f"[{_path(path)}]" if path else "a mapping"


def _model_at(model: type[BaseModel], path: Sequence[Any]) -> type[BaseModel]:
    """Return the part of the mapping that ``path`` leads to."""
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            annotation: Any = model.model_fields[step].annotation
            inner = [annotation, *getattr(annotation, "__args__", ())]
            model = next(
                (t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)), model
            )
    return model
