"""What has been read before, kept by content, so that an edit re-reads one file only."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MOST_ROWS = 3_000_000
MOST_ENTRIES = 2_000


class Cache:
    """The most recently used results, bounded by the rows they hold; safe between threads."""

    def __init__(self, most_rows: int = MOST_ROWS, most_entries: int = MOST_ENTRIES) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()
        self._rows = 0
        self._most_rows, self._most_entries = most_rows, most_entries

    def get(self, key: Hashable, make: Callable[[], T], rows: Callable[[T], int]) -> T:
        """Return the result kept under ``key``, or make it; ``rows`` says how much it holds.

        Two threads that ask for the same new key may both make it; the results are equal.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key][0]
                return found
        made = make()
        with self._lock:
            self._drop(key)
            self._kept[key] = (made, rows(made))
            self._rows += self._kept[key][1]
            self._shrink()
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._rows = 0

    def _drop(self, key: Hashable) -> None:
        if key in self._kept:
            self._rows -= self._kept.pop(key)[1]

    def _shrink(self) -> None:
        while self._kept and (self._rows > self._most_rows or len(self._kept) > self._most_entries):
            self._drop(next(iter(self._kept)))
