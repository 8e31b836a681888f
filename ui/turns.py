"""One page is drawn at a time, so that many readers wait in a line instead of slowing one another.

Python runs one thread at a time. Twenty pages drawn at once each take twenty times as long, and all
are ready at the end; drawn one after another, most are ready long before.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# For how many seconds a page waits for the one before: a page that takes long stops nobody.
PATIENCE = 1.0
_drawing = threading.Semaphore(1)


@contextmanager
def turn() -> Iterator[None]:
    """Draw a page in the block, alone where those before it are quick."""
    alone = _drawing.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if alone:
            _drawing.release()
