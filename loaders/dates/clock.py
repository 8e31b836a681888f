"""The time at the end of a moment, told apart from its day."""

import re
from datetime import time

from loaders.dates.problems import DateProblem

_ZONE = r"(?:z|\(?(?:[a-z]{2,5})?\s?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)"
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?|h(?P<past>\d{2})?)"
    rf"(?:\s?(?P<half>[ap]\.?m\.?))?\s?{_ZONE}"
)
_COMPACT = re.compile(rf"(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?{_ZONE}")
# A time follows its day after a "t", a comma or a space.
_START = re.compile(r"(?<=[\d.])t(?=\d)|[\s,]+(?:at |a |a las |um |kl )?(?=\d{1,2}(?::\d|h))")


def split_time(folded: str) -> tuple[str, time | None]:
    """Return the part of a folded text that names the day, and the time, without its zone."""
    for start in _START.finditer(folded):
        rest = folded[start.end() :].strip()
        match = _CLOCK.fullmatch(rest) or (_COMPACT.fullmatch(rest) if start[0] == "t" else None)
        if match:
            return folded[: start.start()], _time(folded, match.groupdict())
    return folded, None


def _time(text: str, parts: dict[str, str | None]) -> time:
    """Return the time of a match; raises ValueError for one that no clock shows."""
    hour = int(parts["hour"] or 0)
    minute = int(parts.get("minute") or parts.get("past") or 0)
    half = parts.get("half") or ""
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, minute, int(parts.get("second") or 0))
    except ValueError:
        problem = f"{text!r} has a time that no clock shows"
        raise DateProblem("impossible-date", problem, "write it as 2025-12-24 23:30") from None
