"""One page is drawn at a time, so that many readers wait in a line instead of slowing one another.

Python runs one thread at a time. Twenty pages drawn at once each take twenty times as long, and all
are ready at the end; drawn one after another, most are ready long before, and nobody waits longer
than those who came before take.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

# For how many seconds the next in the line waits for the page before: one that takes long stops
# nobody.
PATIENCE = 1.0


class Line:
    """Lets the pages that want to be drawn through, one after another, as they came."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._free = threading.Event()
        self._free.set()
        self._last: threading.Event | None = None
        self._begun = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Draw a page in the block: alone, unless a page before it takes long."""
        mine = threading.Event()
        self._come(mine)
        try:
            yield
        finally:
            with self._lock:
                if self._last is mine:
                    self._free.set()

    def _come(self, mine: threading.Event) -> None:
        with self._lock:
            self._waiting.append(mine)
            if self._waiting[0] is mine:
                mine.set()
        mine.wait()
        # First in the line: only the page before is still drawn.
        self._free.wait(max(0.0, self._begun + self._patience - time.monotonic()))
        with self._lock:
            self._free.clear()
            self._last, self._begun = mine, time.monotonic()
            self._waiting.popleft()
            if self._waiting:
                self._waiting[0].set()


turn = Line().turn
