"""What was worked out once, kept for all readers, the answers asked for lately first.

Like ``st.cache_resource``, which takes a hundred times as long to find an answer again: it hashes
every key byte by byte, and a page asks some hundred times.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

Key = tuple[Hashable, ...]


class Kept:
    """Answers by key, at most ``most``; each is worked out by one thread while others wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Key, Any] = OrderedDict()
        self._turns: dict[Key, Lock] = {}
        self._lock = Lock()

    def get(self, key: Key, work: Callable[[], Any]) -> Any:
        """Return the answer of a key, worked out where nobody asked for it lately.

        An answer must not ask for itself.
        """
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            turn = self._turns.setdefault(key, Lock())
        with turn:
            return self._worked_out(key, work)

    def _worked_out(self, key: Key, work: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._found:
                return self._found[key]
        try:
            answer = work()
        finally:
            with self._lock:
                self._turns.pop(key, None)
        with self._lock:
            self._found[key] = answer
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return answer

    def keep(self, wanted: Callable[[Key], bool]) -> None:
        """Forget the answers whose key is not wanted any more."""
        with self._lock:
            for key in [key for key in self._found if not wanted(key)]:
                del self._found[key]

    def all(self) -> list[Any]:
        """Return every answer that is kept."""
        with self._lock:
            return list(self._found.values())

    def __len__(self) -> int:
        return len(self._found)
