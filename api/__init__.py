"""The machine interface: read-only questions, answered as the screens answer them."""

from api.asking import ENDPOINTS, PREFIX, Reply, answer, refusal

__all__ = ["ENDPOINTS", "PREFIX", "Reply", "answer", "refusal"]
