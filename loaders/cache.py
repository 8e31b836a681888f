"""What has been read before, kept by content, so that an edit re-reads one file only.

Of each file the last few states are kept: figures that are saved every minute for a week must not
fill the memory with what nobody will ask for again, and who takes an edit back finds the state of
before.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MOST_ROWS = 3_000_000
MOST_STATES = 3


class Cache:
    """The most recently used results, bounded by the rows they hold; safe between threads."""

    def __init__(self, most_rows: int = MOST_ROWS, most_states: int = MOST_STATES) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, int, Hashable]] = OrderedDict()
        self._states: dict[Hashable, list[Hashable]] = {}
        self._lock = Lock()
        self._rows = 0
        self._most_rows, self._most_states = most_rows, most_states

    def get(
        self, name: Hashable, state: Hashable, make: Callable[[], T], rows: Callable[[T], int]
    ) -> T:
        """Return what was made of something of this name in this state, or make it.

        ``rows`` says how much it holds. Two threads that ask for the same may both make it; the
        results are equal.
        """
        key = (name, state)
        with self._lock:
            if key in self._kept:
                self._use(name, key)
                found: T = self._kept[key][0]
                return found
        made = make()
        with self._lock:
            self._drop(key)
            self._kept[key] = (made, rows(made), name)
            self._rows += self._kept[key][1]
            self._use(name, key)
            self._shrink()
        return made

    def _use(self, name: Hashable, key: Hashable) -> None:
        """Note that a result is in use; drop the eldest of its name where there are too many."""
        self._kept.move_to_end(key)
        states = self._states.setdefault(name, [])
        if key in states:
            states.remove(key)
        states.append(key)
        if len(states) > self._most_states:
            self._drop(states[0])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._states.clear()
            self._rows = 0

    def _drop(self, key: Hashable) -> None:
        if key in self._kept:
            _, rows, name = self._kept.pop(key)
            self._rows -= rows
            self._states[name].remove(key)
            if not self._states[name]:
                del self._states[name]

    def _shrink(self) -> None:
        while self._kept and self._rows > self._most_rows:
            self._drop(next(iter(self._kept)))
