"""Figures in; what is in force, what is shown, how it adds up and why reports differ out."""

from reconciliation.bridges import Bridge, Item, bridge, explain
from reconciliation.cells import shown_by, shown_cells
from reconciliation.contradictions import Contradiction, contradictions, implied
from reconciliation.learnt import Learnt, learnt
from reconciliation.parts import Breakdown, break_down
from reconciliation.quantity import Quantity, quantities
from reconciliation.reconcile import in_force, reconcile
from reconciliation.revisions import lags, revision_facts, revisions
from reconciliation.totals import Total, add_up

__all__ = [
    "Breakdown",
    "Bridge",
    "Contradiction",
    "Item",
    "Learnt",
    "Quantity",
    "Total",
    "add_up",
    "break_down",
    "bridge",
    "contradictions",
    "explain",
    "implied",
    "in_force",
    "lags",
    "learnt",
    "quantities",
    "reconcile",
    "revision_facts",
    "revisions",
    "shown_by",
    "shown_cells",
]
