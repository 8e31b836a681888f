"""Columns of numbers: what each cell says, as the text that a figure holds."""

import re
from dataclasses import dataclass

from figures import Quantifier
from loaders.mapping.coded import Coded, Problem, sentence
from loaders.mapping.model import NumberKeys
from loaders.mapping.sheet import Sheet
from loaders.numbers import parse_column

_PLAIN = re.compile(r"[0-9]{1,18}")
_ROUND = re.compile(r"([0-9]{1,18})\.0+")
_POWER = re.compile(r"([0-9])(?:\.([0-9]{1,15}))?[eE]\+?([0-9]{1,2})")
_NEGATIVE = re.compile(r"[-−–]\s?[0-9.,]+(?:[eE][-+]?[0-9]+)?|\([0-9.,]+\)")
_FRACTION = re.compile(r"[0-9]*\.([0-9]+)(?:[eE]-?[0-9]+)?")
_PERCENT = re.compile(r"[^%]*%\s*")


@dataclass(frozen=True)
class Said:
    """What a cell says: digits, the higher number of a range, the quantifier, words as printed."""

    value: str
    high: str = ""
    quantifier: str = Quantifier.EXACT.value
    expression: str = ""


@dataclass(frozen=True)
class Amounts:
    """A column of numbers; ``said[codes[row]]`` is what the row says, None where nothing."""

    column: Coded
    said: list[Said | None]


def read_amounts(column: Coded, sheet: Sheet, keys: NumberKeys) -> Amounts:
    """Return what the cells of a column say; cells that are no number are ``bad`` in its column."""
    said: list[Said | None] = [None] * len(column.texts)
    bad: dict[int, Problem] = {}
    hard: list[int] = []
    present = set(column.codes.tolist())
    for place, text in enumerate(column.texts):
        if place not in present or sheet.says_nothing(text):
            continue
        found = _simple(text, keys)
        if found is None:
            hard.append(place)
        elif isinstance(found, Problem):
            bad[place] = found
        else:
            said[place] = found
    _read_hard(column.texts, hard, keys, said, bad)
    return Amounts(Coded(column.codes, column.texts, bad), said)


def _simple(text: str, keys: NumberKeys) -> Said | Problem | None:
    """Return what a text of digits says, what is wrong with it, or None: it takes more to read."""
    if _PLAIN.fullmatch(text):
        return Said(str(int(text)))
    if _NEGATIVE.fullmatch(text):
        return Problem("negative-number", f"{text!r} is negative")
    if _PERCENT.fullmatch(text):
        return Problem("not-a-number", f"{text!r} is a share, not a number of people")
    power = _POWER.fullmatch(text)
    if power:
        return _scaled(text, *power.groups())
    # With three decimals a dot may group thousands; then the column decides.
    if (found := _ROUND.fullmatch(text)) and not _may_group(text, keys):
        return Said(str(int(found[1])), expression=text)
    fraction = _FRACTION.fullmatch(text)
    if fraction and keys.decimal in (None, ".") and not _may_group(text, keys):
        return Problem("not-whole", f"{text!r} is not a whole number of people")
    return None


def _may_group(text: str, keys: NumberKeys) -> bool:
    if keys.decimal == ".":
        return False
    return (
        keys.thousands == "."
        or keys.decimal == ","
        or bool(re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", text))
    )


def _scaled(text: str, whole: str, decimals: str | None, power: str) -> Said | Problem:
    digits = whole + (decimals or "")
    zeros = int(power) - len(decimals or "")
    if zeros < 0:
        return Problem("not-whole", f"{text!r} is not a whole number of people")
    return Said(str(int(digits + "0" * zeros)), expression=text)


def _read_hard(
    texts: list[str],
    places: list[int],
    keys: NumberKeys,
    said: list[Said | None],
    bad: dict[int, Problem],
) -> None:
    phrases = [texts[place] for place in places]
    reading = parse_column(phrases, decimal=keys.decimal, thousands=keys.thousands)
    for place, amount in zip(places, reading.amounts, strict=True):
        if amount is not None:
            high = "" if amount.value_high is None else str(amount.value_high)
            said[place] = Said(str(amount.value), high, str(amount.quantifier), texts[place])
    for problem in reading.problems:
        place = places[problem.position]
        bad[place] = Problem(problem.code, problem.problem, sentence(problem.remedy))
