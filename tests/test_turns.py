"""Pages are drawn one after another, as they were asked for; one that takes long stops nobody."""

import threading
import time

import pytest

from ui.turns import Line

LONG = 30.0


def waits(line):
    return len(line._waiting)


def until(condition):
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.002)


class Page(threading.Thread):
    """A page that is drawn until it is told to end; it notes that it began."""

    def __init__(self, line, name, began):
        super().__init__(name=name, daemon=True)
        self.line, self.began, self.over = line, began, threading.Event()
        self.start()

    def run(self):
        with self.line.turn():
            self.began.append(self.name)
            self.over.wait(LONG)

    def end(self):
        self.over.set()
        self.join(LONG)


def test_pages_are_drawn_one_after_another_as_they_were_asked_for():
    line, began = Line(patience=LONG), []
    pages = []
    for number in range(20):
        pages.append(Page(line, str(number), began))
        until(lambda number=number: waits(line) == number)
    assert began == ["0"]
    for number, page in enumerate(pages):
        until(lambda number=number: len(began) == number + 1)
        page.end()
    assert began == [str(number) for number in range(20)]


def test_a_page_that_takes_long_stops_nobody():
    line, began = Line(patience=0.01), []
    slow = Page(line, "slow", began)
    until(lambda: began == ["slow"])
    quick = Page(line, "quick", began)
    until(lambda: began == ["slow", "quick"])
    quick.end()
    slow.end()


def test_a_slow_page_that_ends_does_not_let_two_through():
    line, began = Line(patience=0.01), []
    slow = Page(line, "slow", began)
    until(lambda: began == ["slow"])
    line._patience = LONG
    line._begun -= LONG
    second = Page(line, "second", began)
    until(lambda: began == ["slow", "second"])
    third = Page(line, "third", began)
    until(lambda: waits(line) == 1)
    slow.end()
    time.sleep(0.05)
    assert began == ["slow", "second"]
    second.end()
    until(lambda: began == ["slow", "second", "third"])
    third.end()


def test_a_page_that_fails_lets_the_next_one_through():
    line = Line(patience=LONG)
    with pytest.raises(ValueError, match="broken"), line.turn():
        raise ValueError("broken")
    with line.turn():
        assert waits(line) == 0
