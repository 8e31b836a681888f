"""Which comes first in the days of a table, the day or the month: as a field and as a mapping."""

from typing import Any

from loaders import Mapping
from ui.checking.table import UNSETTLED
from ui.editing.reading import Reading

# (translatable)
ORDERS = {
    "": "As the table shows it",
    "day": "The day first, as in 24/12/2025",
    "month": "The month first, as in 12/24/2025",
}
_SAID = {"": None, "day": True, "month": False}


def chosen(mapping: Mapping) -> str:
    """Return which of ``ORDERS`` a mapping says."""
    return next(order for order, said in _SAID.items() if said is mapping.dates.dayfirst)


def dates(mapping: Mapping, order: str) -> dict[str, Any]:
    """Return what a mapping says of its dates, with another order of day and month."""
    kept = mapping.dates.model_dump(exclude_defaults=True)
    kept.pop("dayfirst", None)
    said = _SAID.get(order)
    return kept if said is None else kept | {"dayfirst": said}


def unsettled(found: Reading) -> bool:
    """Return whether some days can be read in two ways, so that somebody must say which."""
    return bool(found.table.findings["code"].isin(UNSETTLED).any())
