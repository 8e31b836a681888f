"""What a reader may ask next is worked out while nobody waits: all of it, under its own name."""

import datetime as dt

import pandas as pd
import pytest

import languages
from tests.screens import STORY, opened
from ui import charting, keeping, kept, loading, warming
from ui.query import read

# What is said of a link itself, which nobody can know before it comes.
OF_THE_LINK = {"read", "mark"}


@pytest.fixture
def asked_late(monkeypatch):
    """Return the names of the answers worked out from now on, where readers' answers are kept."""
    names, work_out = [], kept.Kept._worked_out

    def noted(self, key, work):
        if key not in self._found:
            names.append(key[1])
        return work_out(self, key, work)

    monkeypatch.setattr(keeping, "_kept", kept.Kept(1500))
    monkeypatch.setattr(kept.Kept, "_worked_out", noted)
    return names


def worked_ahead(click):
    """Work out, as a server does in a pause, the view that a click leads to from the story's."""
    library = loading.current()
    view, chosen = (read(STORY | query, library)[0] for query in ({}, click))
    ahead = [*warming.neighbours(view), *warming.further(view)]
    (other,) = (v for v in ahead if (v.day, v.rule) == (chosen.day, chosen.rule))
    with languages.speak("en"), charting.drawn_in("light"):
        for work in warming.answers_for(library, other):
            work()


@pytest.mark.parametrize(
    "click",
    [{"rule": "highest"}, {"rule": "median"}, {"day": "2025-12-25"}, {"day": "2025-12-12"}],
)
def test_a_click_away_from_a_view_nothing_is_left_to_work_out(asked_late, click):
    opened(**STORY)
    worked_ahead(click)
    asked_late.clear()
    opened(**STORY | click)
    # A measure that nobody counts has a card too: the answer that there is none.
    assert set(asked_late) - OF_THE_LINK <= {"_card"}


def test_what_was_not_worked_out_ahead_is_when_it_is_asked_for(asked_late):
    opened(**STORY)
    asked_late.clear()
    opened(**STORY | {"day": "2025-12-12"})
    assert {"total", "explained", "map"} <= set(asked_late)


def test_the_neighbours_of_a_view_are_the_other_rules_and_the_days_beside():
    view, _ = read(STORY, loading.current())
    found = list(warming.neighbours(view))
    assert {other.rule for other in found if other.day == view.day} == {
        *("highest", "lowest", "median", "priority")
    }
    assert [other.day.day for other in found if other.day != view.day] == [23, 25]


def test_further_away_are_all_other_days_of_the_crisis_the_nearest_first():
    view, _ = read(STORY, loading.current())
    days = [other.day for other in warming.further(view)]
    assert [day.day for day in days[:4]] == [22, 26, 21, 27]
    every = {day.date() for day in pd.date_range(view.first, view.last)}
    assert every - {*days} == {view.day + dt.timedelta(away) for away in (-1, 0, 1)}


class Pause:
    """A clock that stands still but for work, each piece of which takes a second."""

    def __init__(self):
        self.now, self.done, self.slept = 0.0, [], []

    def answers_for(self, library, view):
        for name in "abc":
            yield lambda name=name: self.work(view, name)

    def work(self, view, name):
        self.now += 1
        self.done.append((view, name))


@pytest.fixture
def pause(monkeypatch):
    pause = Pause()
    monkeypatch.setattr(warming, "answers_for", pause.answers_for)
    monkeypatch.setattr(warming, "_drawing", lambda: False)
    monkeypatch.setattr(warming.time, "monotonic", lambda: pause.now)
    monkeypatch.setattr(warming.time, "sleep", pause.slept.append)
    monkeypatch.setattr(warming, "REST", 0.0)
    monkeypatch.setattr(warming, "NEAR", 20.0)
    warming._asked.clear()
    return pause


def warm():
    library = loading.current()
    warming._warm(library, read(STORY, library)[0], "light")


NEAR = 3 * (4 + 2)  # answers for the other rules and the days beside


def test_no_more_than_some_seconds_are_spent_on_one_view(pause, monkeypatch):
    monkeypatch.setattr(warming, "FURTHER", 20.0)
    warm()
    assert pause.now == NEAR + warming.FURTHER + 1


def test_what_is_further_is_worked_out_with_pauses_between(pause, monkeypatch):
    monkeypatch.setattr(warming, "FURTHER", 20.0)
    warm()
    assert pause.slept == [0.0] * NEAR + [1.0] * 21


def test_a_page_that_only_looks_is_waited_for_and_the_work_goes_on(pause, monkeypatch):
    looks = iter([True, True, False])
    monkeypatch.setattr(warming, "_drawing", lambda: next(looks, False))
    monkeypatch.setattr(warming, "FURTHER", 20.0)
    warm()
    assert pause.slept[:2] == [warming.PAUSE / 5] * 2
    assert len(pause.done) == NEAR + 21


def test_a_reader_who_asks_for_anything_ends_it(pause, monkeypatch):
    monkeypatch.setattr(warming, "NEAR", 1000.0)
    work = pause.work

    def asked_after_five(view, name):
        work(view, name)
        if len(pause.done) == 5:
            warming._asked.set()

    monkeypatch.setattr(pause, "work", asked_after_five)
    warm()
    warming._asked.clear()
    assert len(pause.done) == 5
