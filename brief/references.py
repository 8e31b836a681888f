"""The sources of a brief as numbered references, in the order in which they are first named."""

import re
from collections.abc import Iterable

import pandas as pd

from brief.answers import Answers, Row
from brief.model import Reference
from reconciliation import wording
from reconciliation.wording import say

_SAFE_LINK = re.compile(r"https?://[^\s<>\"'`\\{}|^\x00-\x20\x7f]+", re.IGNORECASE)
Key = tuple[str, str, str, str, str]


def safe_link(address: object) -> str:
    """Return an address of the web; nothing for any other, such as ``javascript:``."""
    text = str(address or "").strip()
    return text if _SAFE_LINK.fullmatch(text) else ""


class References:
    """Hands out numbers: one for each report of one source about one day.

    ``before`` is what was referred to when the same was told before: its numbers are used again,
    in the order of :meth:`by_source`, so that the reports of a source stand together.
    """

    def __init__(self, answers: Answers, before: "References | None" = None) -> None:
        self._answers = answers
        keys = before.by_source() if before else []
        self._numbers: dict[Key, int] = {key: number for number, key in enumerate(keys, 1)}
        self._figures: dict[Key, list[str]] = {}

    def number(self, figure_id: str) -> int:
        """Return the number of a figure's reference."""
        key = _key(self._answers.rows[figure_id])
        figures = self._figures.setdefault(key, [])
        if figure_id not in figures:
            figures.append(figure_id)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def numbers(self, figure_ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of several figures' references, each once, in order."""
        known = [one for one in figure_ids if one in self._answers.rows]
        return tuple(sorted({self.number(one) for one in known}))

    def by_source(self) -> list[Key]:
        """Return every report referred to, those of one source together, the newest first."""
        first: dict[str, int] = {}
        for source, *_ in self._numbers:
            first.setdefault(source, len(first))
        newest = sorted(self._numbers, key=lambda key: (key[3], key[4]), reverse=True)
        return sorted(newest, key=lambda key: first[key[0]])

    def all(self) -> tuple[Reference, ...]:
        """Return every reference given a number so far."""
        return tuple(self._reference(key, number) for key, number in self._numbers.items())

    def _reference(self, key: Key, number: int) -> Reference:
        figures = self._figures[key]
        row = self._answers.rows[figures[0]]
        lines = wording.listing(
            say("{figure} (line {line})", figure=one, line=int(self._answers.rows[one]["line"]))
            for one in figures
        )
        return Reference(
            number=number,
            source=self._name(row["source"]),
            text=self._dates(row),
            url=safe_link(row["url"]),
            figures=lines,
        )

    def _dates(self, row: Row) -> str:
        """Return of which day the figure is, when it was put out and by whom."""
        as_of = wording.day(row["as_of"])
        publisher = str(row["publisher"] or "")
        other = publisher not in ("", str(row["source"]))
        if pd.isna(row["published"]):
            if other:
                return say(
                    "As of {day}; published by {publisher}, the day is not known.",
                    day=as_of,
                    publisher=self._name(publisher),
                )
            return say("As of {day}; the day of publication is not known.", day=as_of)
        published = wording.day(row["published"])
        if other:
            return say(
                "As of {day}; published {published} by {publisher}.",
                day=as_of,
                published=published,
                publisher=self._name(publisher),
            )
        return say("As of {day}; published {published}.", day=as_of, published=published)

    def _name(self, source: object) -> str:
        row = self._answers.sources.get(str(source))
        return str(row["name"]) if row else str(source)


def _key(row: Row) -> Key:
    said = ("source", "publisher", "url", "as_of", "published")
    source, publisher, url, as_of, published = (str(row[name]) for name in said)
    return source, publisher, url, as_of, published
