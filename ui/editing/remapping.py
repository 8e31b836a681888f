"""A mapping with one thing said otherwise, as a field on screen says it; pure functions."""

from typing import Any

from loaders import Mapping
from ui.editing import dayfirst

# What a field says of a mapping: the kind, then the names it is said of.
Part = tuple[str, ...]


def said(mapping: Mapping, part: Part, given: Any) -> Mapping:
    """Return the mapping with one part as given, and without the assumptions that this ends.

    Parts are ``("column", ours)``, ``("constant", ours)``, ``("value", column, ours)`` with a text,
    ``("values",)`` and ``("fill",)`` with a list of columns, ``("dates",)`` with one of
    ``dayfirst.ORDERS``. Raises ``ValueError`` for what a mapping cannot say.
    """
    keys: dict[str, Any] = mapping.model_dump(exclude_defaults=True)
    kind, *names = part
    if kind == "column":
        keys["columns"] = _with(dict(mapping.columns), names[0], given)
    elif kind == "constant":
        keys["constants"] = _with(mapping.constants.given(), names[0], str(given).strip())
    elif kind == "fill":
        keys["table"] = mapping.table.model_dump(exclude_defaults=True) | {"fill_down": given}
    elif kind == "dates":
        keys["dates"] = dayfirst.dates(mapping, given)
    elif not mapping.wide:
        keys["values"] = _values(mapping, names, given)
    if keys.get("values") and not mapping.wide:
        keys["columns"] = {n: own for n, own in keys.get("columns", {}).items() if n != "value"}
    keys["assumed"] = [name for name in mapping.assumed if _same(name, mapping, keys)]
    return Mapping.model_validate(keys)


def _with(texts: dict[str, Any], name: str, text: str) -> dict[str, Any]:
    """Return texts by name with one of them as given; those that say nothing are left out."""
    return {key: kept for key, kept in (texts | {name: text}).items() if kept}


def _values(mapping: Mapping, names: list[str], given: Any) -> list[dict[str, Any]]:
    """Return what is said of the columns of numbers: of other columns, or otherwise of one."""
    before = {value.column: value.model_dump(exclude_defaults=True) for value in mapping.values}
    if not names:
        return [before.get(column, {"column": column}) for column in given]
    column, part = names
    return [_with(said, part, given) if own == column else said for own, said in before.items()]


def _same(name: str, mapping: Mapping, keys: dict[str, Any]) -> bool:
    """Return whether what was assumed still stands as it was assumed."""
    before = mapping.constants.given().get(name)
    if before is not None:
        return bool(keys.get("constants", {}).get(name) == before)
    counted = {f"counting of {v.column}": v.counting for v in mapping.values}
    now = {f"counting of {v['column']}": v.get("counting", "") for v in keys.get("values", [])}
    return bool(name in now and now[name] == counted.get(name))
