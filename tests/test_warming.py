"""What a reader may ask next is worked out while nobody waits: all of it, under its own name."""

import datetime as dt

import pytest

import languages
from tests.screens import STORY, opened
from ui import answers, charting, kept, loading, warming
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

    monkeypatch.setattr(answers, "_kept", kept.Kept(1500))
    monkeypatch.setattr(kept.Kept, "_worked_out", noted)
    return names


def worked_ahead(query):
    """Work out, as a server does in a pause, what is one click away from a view."""
    library = loading.current()
    view, _ = read(query, library)
    with languages.speak("en"), charting.drawn_in("light"):
        for other in warming.neighbours(view):
            for work in warming.answers_for(library, other):
                work()


@pytest.mark.parametrize(
    "click",
    [{"rule": "highest"}, {"rule": "median"}, {"day": "2025-12-23"}, {"day": "2025-12-25"}],
)
def test_a_click_away_from_a_view_nothing_is_left_to_work_out(asked_late, click):
    opened(**STORY)
    worked_ahead(STORY)
    asked_late.clear()
    opened(**STORY | click)
    # A measure that nobody counts has a card too: the answer that there is none.
    assert set(asked_late) - OF_THE_LINK <= {"_card"}


def test_further_away_it_is_worked_out_when_it_is_asked_for(asked_late):
    opened(**STORY)
    worked_ahead(STORY)
    asked_late.clear()
    opened(**STORY | {"day": "2025-12-12"})
    assert {"total", "explained", "map"} <= set(asked_late)


def test_the_neighbours_of_a_view_are_the_other_rules_and_the_days_beside():
    view, _ = read(STORY, loading.current())
    found = list(warming.neighbours(view))
    assert {other.rule for other in found if other.day == view.day} == {
        *("highest", "lowest", "median", "priority")
    }
    days = {other.day for other in found}
    assert days == {dt.date(2025, 12, day) for day in (23, 24, 25)}
