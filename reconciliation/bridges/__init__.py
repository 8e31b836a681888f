"""Bridges: why two totals differ, in items that add up exactly to the difference."""

from reconciliation.bridges.bridge import (
    Bridge,
    Item,
    Stated,
    bridge,
    related_measures,
    related_pool,
)
from reconciliation.bridges.explain import explain
from reconciliation.bridges.steps import ItemKind
from reconciliation.bridges.usage import usage

__all__ = [
    "Bridge",
    "Item",
    "ItemKind",
    "Stated",
    "bridge",
    "explain",
    "related_measures",
    "related_pool",
    "usage",
]
