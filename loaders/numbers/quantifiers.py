"""The words around a quantity: at least, about, or so."""

from figures import Quantifier
from loaders.numbers.lexicon import Sense
from loaders.numbers.quantity import Quantity
from loaders.numbers.tokens import Token, Tokens

# How many unknown words may stand between a number and the words about it.
FARTHEST = 3
_SKIPPED = ("filler", "article", "of", "from", "to", "money", "label")
_FAR = (Quantifier.AT_LEAST, Quantifier.AT_MOST)


def before(tokens: Tokens, start: int) -> tuple[list[Sense], set[str]]:
    """Return the quantifiers before token ``start``, nearest first, and the leads found there.

    The leads are of "between", "from" and "change" (as in "rose from").
    """
    senses: list[Sense] = []
    leads: set[str] = set()
    strangers = 0
    for token in reversed(tokens[:start]):
        if token.can("break", "digits", "and") or strangers > FARTHEST:
            break
        leads |= {kind for kind in ("between", "from", "change") if token.can(kind)}
        sense = _sense_before(token)
        if sense and (not strangers or _reaches_far(token, sense)):
            senses.append(sense)
        elif not token.can(*_SKIPPED, "between", "before"):
            strangers += 1
    return senses, leads


def _sense_before(token: Token) -> Sense | None:
    if token.can("several"):
        return Sense(quantifier=Quantifier.ABOUT, approximate=True)
    if token.can("tolerance"):
        return Sense(quantifier=Quantifier.ABOUT, approximate=True)
    return token.get("before") or token.get("plus")


def _reaches_far(token: Token, sense: Sense) -> bool:
    """Say whether a quantifier still counts with a noun between it and the number."""
    return (sense.quantifier in _FAR and " " in token.text) or not token.text.isascii()


def after(tokens: Tokens, quantity: Quantity) -> list[Sense]:
    """Return the quantifiers behind a quantity: "+", "or more", "people or so"."""
    senses: list[Sense] = []
    for place in range(quantity.end, min(len(tokens), quantity.end + FARTHEST + 3)):
        token = tokens[place]
        sense = token.get("after") or (place == quantity.end and token.get("plus")) or None
        if sense and not _begins_number(tokens, place + 1):
            senses.append(sense)
        elif (token.can("break") and not _qualifies(tokens, place + 1)) or token.can(
            "before", "digits", "number", "scale", "and", "dash"
        ):
            break
    return senses


def _qualifies(tokens: Tokens, place: int) -> bool:
    return place < len(tokens) and tokens[place].can("after")


def _begins_number(tokens: Tokens, place: int) -> bool:
    """Say whether a number follows, to which the words belong instead."""
    return any(
        token.can("digits", "number", "scale", "plural", "several", "before")
        for token in tokens[place : place + 1]
    )


def combine(senses: list[Sense]) -> tuple[Quantifier | None, bool]:
    """Return the quantifier that bounds the number, the nearest first, and whether it is loose."""
    loose = any(sense.approximate for sense in senses)
    bounding = (s.quantifier for s in senses if s.quantifier != Quantifier.ABOUT)
    return next(bounding, None), loose
