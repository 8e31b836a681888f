"""How often open pages look for new figures, and how soon new ones are taken in: with many, slower.

A page that looks costs the server a few milliseconds, and new figures make it draw every open page
and work out every answer anew. With a handful of pages that is nothing, so each looks every two
seconds and sees a saved file at its next look. With hundreds, looking alone would take the server's
time, and figures published every few seconds would leave none for readers' choices: then pages look
less often, and what was published meanwhile is taken in together.
"""

import time
from threading import Lock

# How many open pages may look in a second, and how long each waits between two looks at most.
LOOKS, LONGEST_LOOK = 25, 10.0
# From how many open pages on new figures are held back, for how long for each, and at most.
FEW, HOLD, LONGEST_HOLD = 10, 0.2, 10.0
# A page that has not looked for so long is closed, or lies in the background.
GONE = 2.5 * LONGEST_LOOK


class Pace:
    """Knows which pages are open by their looks; ``usual`` is how often one looks, in seconds."""

    def __init__(self, usual: float) -> None:
        self._usual = usual
        self._seen: dict[str, float] = {}
        self._lock = Lock()

    def note(self, page: str) -> None:
        """Note that a page, known by its session, was drawn or has looked."""
        with self._lock:
            self._seen.pop(page, None)
            self._seen[page] = time.monotonic()

    def pages(self) -> int:
        """Return how many pages are open."""
        longest = max(GONE, 2.5 * self._usual)
        oldest = time.monotonic() - longest
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < oldest:
                del self._seen[next(iter(self._seen))]
            return len(self._seen)

    def look(self) -> float:
        """Return how many seconds a page waits until it looks again."""
        return max(self._usual, min(LONGEST_LOOK, self.pages() / LOOKS))

    def hold(self) -> float:
        """Return how many seconds at least pass between two changes of what readers see."""
        pages = self.pages()
        return min(LONGEST_HOLD, HOLD * pages) if pages > FEW else 0.0
