"""Lets a page's script run on while the server's own thread sends what it wrote.

For each element of a page, of which there are some hundreds, Streamlit wakes the server's thread by
a byte on a socket. Each time the script lets go of Python's one lock, the server's thread takes it,
and the script waits to get it back: half of the time of a rerun was spent so. Here the thread is
woken once, and then looks again by itself after a moment, during which it need not be woken.
"""

import asyncio
from collections.abc import Callable

# For how long one call does for all, in seconds: far less than a reader notices.
MOMENT = 0.004


def gather(loop: asyncio.AbstractEventLoop) -> bool:
    """Wake the loop at most once in a moment; return whether it is one that can be told to.

    Whoever hands work to the loop puts it into the loop's list first and wakes the loop then. While
    ``woken`` is set the loop is certain to read its list once more, so nothing is left lying.
    """
    wake: Callable[[], None] | None = getattr(loop, "_write_to_self", None)
    if wake is None:
        return False
    woken = False

    def again() -> None:
        nonlocal woken
        woken = False

    def seldom() -> None:
        nonlocal woken
        if not woken:
            woken = True
            loop.call_soon_threadsafe(loop.call_later, MOMENT, again)
            wake()

    try:
        loop._write_to_self = seldom  # type: ignore[attr-defined]
    except AttributeError:  # a loop that is not written in Python wakes in a way of its own
        return False
    return True
