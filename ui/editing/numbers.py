"""A number as somebody prints it, in digits or words, as the cells of a figure."""

from loaders import Amount, parse_number
from reconciliation import wording
from reconciliation.wording import say

# What is written before a number so that it is read as it was meant.
_BEFORE = {
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "about": "about ",
    "nearly": "nearly ",
}


def cells_of(text: str) -> dict[str, str]:
    """Return the cells that a phrase stands for: value, value_high, quantifier, expression.

    A phrase of more than digits is kept as the expression. Raises ``ValueError`` with a sentence
    for the reader where it states no number.
    """
    amount = parse_number(text)
    cells = {"value": str(amount.value), "quantifier": str(amount.quantifier)}
    if amount.value_high is not None:
        cells["value_high"] = str(amount.value_high)
    if not text.replace(",", "").replace(" ", "").isdecimal():
        cells["expression"] = text
    return cells


def in_words(text: str) -> str:
    """Return how a phrase will be stored, in words. Raises ``ValueError``."""
    amount: Amount = parse_number(text)
    number = wording.quantity(amount.value, amount.value_high, str(amount.quantifier))
    bounds = wording.bounds(amount.low, amount.high)
    if bounds == number:
        return say("Will be stored as {number}.", number=number)
    return say("Will be stored as {number}; it allows {bounds}.", number=number, bounds=bounds)


def phrase_of(value: int, high: int | None, quantifier: str, expression: str) -> str:
    """Return a phrase that is read as this number: the printed one where it is."""
    wanted = (value, high, quantifier)
    plain = f"{value}–{high}" if high is not None else f"{_BEFORE.get(quantifier, '')}{value}"
    for phrase in (expression, plain):
        try:
            amount = parse_number(phrase)
        except ValueError:
            continue
        if (amount.value, amount.value_high, str(amount.quantifier)) == wanted:
            return phrase
    return str(value)
