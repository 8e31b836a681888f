"""Answers kept: worked out once, the oldest forgotten, an error never kept."""

from threading import Barrier, Thread

import pytest

from ui.kept import Kept


def test_an_answer_is_worked_out_once():
    kept, asked = Kept(3), []
    for _ in range(3):
        assert kept.get(("a",), lambda: asked.append(1) or "answer") == "answer"
    assert asked == [1]


def test_many_who_ask_at_once_wait_for_one():
    kept, asked, start = Kept(3), [], Barrier(8)

    def ask():
        start.wait()
        kept.get(("a",), lambda: asked.append(1))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == [1]


def test_the_answer_asked_for_longest_ago_goes_first():
    kept = Kept(2)
    for name in ("a", "b", "a", "c"):
        kept.get((name,), lambda name=name: name)
    assert len(kept) == 2
    assert kept.get(("a",), lambda: "anew") == "a"
    assert kept.get(("b",), lambda: "anew") == "anew"


def test_an_error_is_not_kept():
    kept = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get(("a",), lambda: 1 / 0)
    assert kept.get(("a",), lambda: "answer") == "answer"
