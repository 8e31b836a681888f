"""How answers are kept: each worked out once for all readers, under what it hangs on.

Answers are kept under the mark of the crisis they are about, or the library's fingerprint, and
plain values, never under a frame. They are shared: whoever changes one must copy it first.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from loaders import Library
from reconciliation import wording
from ui.kept import Kept
from ui.selection import Selection

T = TypeVar("T")


# A view takes some thirty, all days of two months two thousand and 46 MB; the largest, a course of
# all series, half a megabyte.
_kept = Kept(4000)
_apart: ContextVar[dict[tuple[Hashable, ...], Any] | None] = ContextVar("apart", default=None)


@contextmanager
def apart(kept: dict[tuple[Hashable, ...], Any]) -> Iterator[None]:
    """Keep the answers of the block in ``kept`` alone: of figures that only one reader sees."""
    token = _apart.set(kept)
    try:
        yield
    finally:
        _apart.reset(token)


def answer(work: Callable[[], T], *key: Hashable) -> T:
    """Return what ``work`` gives, worked out once for each key, and language: it may hold words."""
    own, key = _apart.get(), (wording.language(), *key)
    if own is not None:
        if key not in own:
            own[key] = work()
        mine: T = own[key]
        return mine
    result: T = _kept.get(key, work)
    return result


def forget_all_but(libraries: Iterable[Library]) -> None:
    """Forget what was worked out of figures that nobody sees any more."""
    marks = {mark for each in libraries for mark in (each.fingerprint, *each.marks.values())}
    _kept.keep(lambda key: not marks.isdisjoint(key))


def every() -> list[object]:
    """Return all that is kept."""
    return _kept.all()


def count() -> int:
    """Return how many answers are kept."""
    return len(_kept)


def by_view(work: Callable[[Library, Selection], T]) -> Callable[[Library, Selection], T]:
    """Work out what a function says of a view once for each question that a view can ask.

    What else a view holds (which part of a page is open, which series is picked) is no matter to
    such a function.
    """

    @wraps(work)
    def once(library: Library, view: Selection) -> T:
        asked = (view.measure, view.places, view.population, view.cause, view.day)
        return answer(lambda: work(library, view), work.__name__, *base(library, view), *asked)

    return once


def by_day(work: Callable[[Library, Selection], T]) -> Callable[[Library, Selection], T]:
    """Work out what a function says of a day once, whichever measure and places are asked for."""

    @wraps(work)
    def once(library: Library, view: Selection) -> T:
        return answer(
            lambda: work(library, view), work.__name__, *base(library, view), view.day.isoformat()
        )

    return once


def of_crisis(library: Library, view: Selection) -> tuple[Hashable, ...]:
    """Return what every answer about a crisis hangs on: which it is, and what is said of it.

    What is published about one crisis leaves the answers about all others as they are.
    """
    return library.mark(view.crisis), view.crisis


def as_known(library: Library, view: Selection) -> tuple[Hashable, ...]:
    """Return what answers hang on that no rule changes: the crisis, and what was known."""
    return *of_crisis(library, view), str(view.known)


def base(library: Library, view: Selection) -> tuple[Hashable, ...]:
    """Return what most answers hang on: the crisis, what was known, the rule."""
    return *as_known(library, view), view.rule
