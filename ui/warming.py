"""What a reader may ask next, worked out while nobody waits: other rules, the days around.

A reader looks at a page for seconds before the next click. Meanwhile one thread works out what the
neighbours of the last view rest on. It is a courtesy: it begins only when no page was drawn for a
moment, waits between two answers while anything is drawn, keeps nothing but answers (see
:mod:`ui.kept`), stops after ten seconds of work near the view and thirty further away, and forgets
its list when the files have changed or somebody looks elsewhere. With many readers it never finds a
pause, and costs nothing.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import languages
from figures import Measure, Rule
from loaders import Library
from ui import answers, charting, loading, questions, reasons
from ui.selection import Selection

Piece = TypeVar("Piece", bound=Callable[[Library, Selection], object])
log = logging.getLogger(__name__)
# How many seconds without a page count as a pause.
PAUSE = 0.5
# After how many seconds without a page the days further away are worked out; after each answer a
# pause as long as it took, so that a click seldom meets one.
REST = 3.0
# How many seconds of work at most: near the view, and further away, where two months of the crisis
# that is shipped take some twenty.
NEAR, FURTHER = 10.0, 30.0
SCRIPT = "ScriptRunner"

# What else of a view to work out ahead: the pieces of text that a page is made of.
_pieces: list[Callable[[Library, Selection], object]] = []
_asked = threading.Event()
_begun, _ended = threading.Event(), threading.Event()
_last: list[tuple[Library, Selection, float, str]] = []


def ahead(piece: Piece) -> Piece:
    """Have a piece of the page worked out ahead too, for each measure; it must keep its answers."""
    _pieces.append(piece)
    return piece


def begin() -> None:
    """Begin to work ahead, in a thread of its own; only a server does."""
    _ended.clear()
    _begun.set()
    threading.Thread(target=_work, name="warming", daemon=True).start()


def end() -> None:
    """Stop working ahead."""
    _begun.clear()
    _ended.set()
    _asked.set()


def near(library: Library, view: Selection) -> None:
    """Note that a reader looks at a view; return at once."""
    if _begun.is_set():
        _last[:] = [(library, view, time.monotonic(), charting.theme())]
        _asked.set()


def neighbours(view: Selection) -> Iterator[Selection]:
    """Yield the views that are one click away, the likeliest first."""
    for rule in Rule:
        if rule.value != view.rule:
            yield view.of(rule=rule.value)
    yield from _around(view, range(1, 2))


def further(view: Selection) -> Iterator[Selection]:
    """Yield the views of the other days of the crisis, the nearest first."""
    yield from _around(view, range(2, (view.last - view.first).days + 1))


def _around(view: Selection, away: range) -> Iterator[Selection]:
    for days in away:
        for day in (view.day - dt.timedelta(days), view.day + dt.timedelta(days)):
            if view.first <= day <= view.last:
                yield view.of(day=day)


def answers_for(library: Library, view: Selection) -> Iterator[Callable[[], object]]:
    """Yield what has to be worked out before a page can show a view, one answer at a time."""
    yield partial(answers.shown, library, view)
    yield partial(answers.history, library, view)
    for measure in sorted(answers.measures(library, view) | {Measure.KILLED.value, view.measure}):
        other = view.of(measure=measure)
        yield partial(answers.total, library, other)
        for part in answers.total(library, other).parts:
            yield partial(answers.openings, library, other, part)
        yield from (partial(piece, library, other) for piece in _pieces)
    yield partial(questions.lines, library, view.of(measure=Measure.KILLED.value))
    yield partial(questions.changes_since, library, view)
    yield partial(questions.conflicts, library, view)
    for number in reasons.told_of(library, view):
        yield partial(reasons.explained_of, library, view, number)
    yield partial(reasons.told, library, view)


def _drawing() -> bool:
    """Return whether a page is being drawn: Streamlit runs each in a thread of this name."""
    return any(thread.name.startswith(SCRIPT) for thread in threading.enumerate())


def _work() -> None:
    while _asked.wait() and not _ended.is_set():
        library, view, when, colours = _last[0]
        time.sleep(max(0.0, when + PAUSE - time.monotonic()))
        if _last[0][2] != when or _drawing():
            # The page of this view, or another one, is still being drawn.
            time.sleep(PAUSE / 5)
            continue
        _asked.clear()
        try:
            if loading.current() is library:
                _warm(library, view, colours)
        except Exception:  # nobody waits for it; who asks will see what is wrong
            log.exception("nothing was worked out ahead")


def _warm(library: Library, view: Selection, colours: str) -> None:
    """Work out the neighbours of a view until somebody asks for anything, then what is further."""
    with languages.speak(view.lang), charting.drawn_in(colours):
        if _worked_out(library, neighbours(view), NEAR, 0.0) and not _asked.wait(REST):
            _worked_out(library, further(view), FURTHER, 1.0)


def _worked_out(library: Library, views: Iterator[Selection], left: float, pause: float) -> bool:
    """Work out views for so many seconds at most; return whether all.

    After each answer there is a pause of so many times what it took.
    """
    for work in (work for view in views for work in answers_for(library, view)):
        while _drawing() and not _asked.is_set():
            time.sleep(PAUSE / 5)
        if left < 0 or _asked.is_set() or loading.current() is not library:
            return False
        begun = time.monotonic()
        work()
        took = time.monotonic() - begun
        left -= took
        time.sleep(pause * took)
    return True
