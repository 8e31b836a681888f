"""Phrases for a figure: its number, its people, its place and its day."""

import datetime as dt

from figures import Quantifier
from reconciliation import judging, wording
from reconciliation.bridges.parts import Part
from reconciliation.naming import group_name, place_name
from reconciliation.wording import say, say_many

_PEOPLE = {
    "all": ("{quantity} person", "{quantity} people"),
    "civilian": ("{quantity} civilian", "{quantity} civilians"),
    "military": ("{quantity} soldier", "{quantity} soldiers"),
    "men": ("{quantity} man", "{quantity} men"),
    "women": ("{quantity} woman", "{quantity} women"),
    "boys": ("{quantity} boy", "{quantity} boys"),
    "girls": ("{quantity} girl", "{quantity} girls"),
    "children": ("{quantity} child", "{quantity} children"),
    "adults": ("{quantity} adult", "{quantity} adults"),
    "children_unknown": (
        "{quantity} child of unknown sex",
        "{quantity} children of unknown sex",
    ),
    "adults_unknown": ("{quantity} adult of unknown sex", "{quantity} adults of unknown sex"),
    "migrant_workers": ("{quantity} migrant worker", "{quantity} migrant workers"),
    "prisoners": ("{quantity} prisoner", "{quantity} prisoners"),
}
_OTHERS = ("{quantity} person ({group})", "{quantity} people ({group})")
_COUNTED = {
    ("killed", "all"): "{people} killed in {place}",
    ("killed", "direct"): "{people} killed by the fighting in {place}",
    ("killed", "indirect"): "{people} in {place} who died of indirect causes",
    ("injured", "all"): "{people} injured in {place}",
    ("injured", "direct"): "{people} injured by the fighting in {place}",
    ("injured", "indirect"): "{people} in {place} injured by indirect causes",
    ("casualties", "all"): "{people} killed or injured in {place}",
    ("missing", "all"): "{people} missing in {place}",
    ("captured", "all"): "{people} captured in {place}",
    ("displaced", "all"): "{people} displaced in {place}",
    ("evacuated", "all"): "{people} evacuated in {place}",
    ("sheltered", "all"): "{people} in shelters in {place}",
    ("returned", "all"): "{people} returned in {place}",
    ("affected", "all"): "{people} affected in {place}",
}
_LONGER = {
    "direct": "{counted}, directly",
    "indirect": "{counted}, indirectly",
}
# A group without a number: people, civilians.
MANY = 2


def digits_of(part: Part) -> str:
    """Return the number in digits as its source means it: at least 86, 9 to 10."""
    return wording.quantity(part.value, part.value_high, part.quantifier)


def number_of(part: Part) -> str:
    """Return the number as its report has it: at least 86, 9 to 10, “dozens” (20 to 99)."""
    return judging.as_printed(digits_of(part), part.quantifier, part.expression)


def short_of(part: Part) -> str:
    """Return the number in the words of its report alone, else in digits: at least 86, “dozens”."""
    return judging.quoted(digits_of(part), part.quantifier, part.expression)


def called(part: Part) -> str:
    """Return what a number is called once it was told: the 86, the 9 to 10, the “dozens”."""
    exact = part.quantifier != Quantifier.RANGE
    return wording.number(part.value) if exact else short_of(part)


def date_of(day: int) -> dt.date:
    """Return a day number as a date."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=day)


def day_of(part: Part) -> str:
    """Return the as-of day in words."""
    return wording.day(date_of(part.day))


def place_of(part: Part) -> str:
    """Return the place in words."""
    return place_name(part.place)


def people(part: Part) -> str:
    """Return number and group: 41 civilians, at least 1 person."""
    return group_of(part.population, count_of(part), number_of(part))


def count_of(part: Part) -> int:
    """Return the number that decides between one and many: of a range the higher one."""
    return int(part.value_high) if part.value_high > part.value else part.value


def group_of(population: str, count: int, quantity: str) -> str:
    """Return a number in words with its group; ``count`` decides between one and many."""
    one, many = _PEOPLE.get(population, _OTHERS)
    return wording.say_many(one, many, count, quantity=quantity, group=group_name(population))


def counted(part: Part, with_number: bool = True) -> str:
    """Return who is counted: 41 civilians in Thailand who died of indirect causes."""
    who = people(part) if with_number else group_name(part.population)
    count = count_of(part) if with_number else MANY
    return phrase(who, part.measure, part.cause, place_of(part), count)


def phrase(who: str, measure: str, cause: str, place: str, count: float = MANY) -> str:
    """Return people in words with what befell them and where; ``count`` says how many they are.

    English does not tell one from many here; other languages do.
    """
    message = _COUNTED.get((measure, cause))
    if message is not None:
        return say_many(message, message, count, people=who, place=place)
    message = _COUNTED[measure, "all"]
    whole = say_many(message, message, count, people=who, place=place)
    return say(_LONGER[cause], counted=whole)
