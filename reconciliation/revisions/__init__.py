"""Revisions: the ledger of what each source said when, and the facts it comes down to."""

from reconciliation.revisions.ledger import KINDS, lags, revision_facts, revisions

__all__ = ["KINDS", "lags", "revision_facts", "revisions"]
