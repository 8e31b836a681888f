"""Which figures cannot all be true, and what all of them together imply."""

from reconciliation.contradictions.check import contradictions
from reconciliation.contradictions.implied import implied
from reconciliation.contradictions.model import Contradiction, ContradictionKind

__all__ = ["Contradiction", "ContradictionKind", "contradictions", "implied"]
