"""Figures in; what is in force, what is shown, how it adds up and why reports differ out."""

from reconciliation.cells import shown_cells
from reconciliation.parts import Breakdown, break_down
from reconciliation.reconcile import in_force, reconcile
from reconciliation.totals import Quantity, Total, add_up

__all__ = [
    "Breakdown",
    "Quantity",
    "Total",
    "add_up",
    "break_down",
    "in_force",
    "reconcile",
    "shown_cells",
]
