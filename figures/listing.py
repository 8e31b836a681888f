"""Which files of a folder hold data: the list that a data package gives."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from figures.models import Decision, Event, Figure, Table

MODELS: dict[str, type[Table]] = {
    Figure.file_name: Figure,
    Event.file_name: Event,
    Decision.file_name: Decision,
}
HIDDEN = (".", "_", "~")


def tables_of_crises(datasets: Path) -> Iterator[tuple[type[Table] | None, str]]:
    """Yield the path of each table of each crisis with its model.

    A table that a mapping beside it explains has none, and neither has the mapping.
    """
    files = (path for path in datasets.glob("*/*") if path.is_file())
    shown = [path for path in files if not path.parent.name.startswith(HIDDEN)]
    mapped = {path.with_suffix("") for path in shown if path.suffix == ".toml"}
    order = {name: number for number, name in enumerate(MODELS)}
    for path in sorted(shown, key=lambda p: (p.parent, order.get(p.name, len(order)), p.name)):
        name = f"{path.parent.name}/{path.name}"
        if path.with_suffix("") in mapped:
            yield None, name
        elif path.suffix == ".csv":
            model = MODELS.get(path.name)
            if model is not None or path.name.startswith("figures"):
                yield model or Figure, name


def other(path: str) -> dict[str, Any]:
    """Return the entry of a table that a mapping reads, or of the mapping."""
    return {"name": path.replace("/", "-").lower(), "path": path}


def content(path: Path) -> dict[str, Any]:
    """Return the size and the hash of a file."""
    data = path.read_bytes()
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
