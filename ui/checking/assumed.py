"""What a suggested mapping assumed, in words that the reader of a screen knows."""

from loaders import Mapping
from reconciliation import wording
from reconciliation.wording import say


def told(mapping: Mapping) -> str:
    """Return the sentence that asks to check what was assumed, or nothing."""
    if not mapping.assumed:
        return ""
    return say("Assumed, please check: {what}.", what=wording.listing(map(_words, mapping.assumed)))


def _words(assumed: str) -> str:
    name, _, column = assumed.partition(" of ")
    if name == "counting":
        if column:
            return say("how the numbers in {column} count", column=column)
        return say("how the numbers count")
    return say("who counted") if name == "source" else assumed
