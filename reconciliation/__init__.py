"""Figures in; what is in force, what is shown, how it adds up and why reports differ out."""

from reconciliation.reconcile import in_force, reconcile

__all__ = ["in_force", "reconcile"]
