"""Moments: a day with a time, as the clock on the page showed it."""

from datetime import datetime, time

from loaders.dates.clock import split_time
from loaders.dates.reading import folded, parse_date


def parse_datetime(text: str, *, dayfirst: bool | None = None, era: str | None = None) -> datetime:
    """Return the moment a text names as its clock shows it: the zone is dropped, never applied.

    A text without a time gives midnight. Raises ValueError as parse_date does.
    """
    _, clock = split_time(folded(text))
    return datetime.combine(parse_date(text, dayfirst=dayfirst, era=era), clock or time())
