"""With many readers, open pages look less often and new figures are taken in together."""

import threading
from dataclasses import dataclass

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from figures import Crisis
from loaders import load_library
from tests.builders import crisis, figure, write_crisis, write_figures, write_table
from ui import answers, loading, pace
from ui.pace import Pace
from ui.query import read


@dataclass
class Clock:
    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def with_pages(number):
    found = Pace(usual=2)
    for page in range(number):
        found.note(str(page))
    return found


def test_a_handful_of_pages_look_every_two_seconds_and_see_new_figures_at_once(clock):
    assert (with_pages(10).look(), with_pages(10).hold()) == (2, 0)


@pytest.mark.parametrize(("pages", "look", "hold"), [(50, 2, 10), (100, 4, 10), (1000, 10, 10)])
def test_many_pages_look_less_often_and_wait_for_new_figures(clock, pages, look, hold):
    assert (with_pages(pages).look(), with_pages(pages).hold()) == (look, hold)


def test_a_page_that_looks_again_and_again_is_one_page(clock):
    found = with_pages(3)
    found.note("1")
    assert found.pages() == 3


def test_a_page_that_looks_no_more_is_not_counted(clock):
    found = with_pages(3)
    clock.now += 20
    found.note("1")
    clock.now += 20
    assert found.pages() == 1


def test_who_asks_for_slower_looks_gets_them_with_few_pages_too(clock):
    assert Pace(usual=60).look() == 60


@pytest.fixture
def served(tmp_path, monkeypatch, clock):
    write_crisis(tmp_path, figure(figure_id="F1", value=1))
    monkeypatch.setattr(loading, "data_path", lambda: str(tmp_path))
    monkeypatch.setattr(loading, "time", clock)
    monkeypatch.setattr(loading, "_shown", {})
    monkeypatch.setattr(loading, "pace", Pace(usual=2))
    return tmp_path


def values(library):
    return list(library.figures["value"])


def test_with_few_readers_a_saved_file_is_seen_at_the_next_look(served):
    assert values(loading.current()) == [1]
    write_crisis(served, figure(figure_id="F1", value=22))
    assert values(loading.current()) == [22]


def test_with_many_readers_what_was_published_within_seconds_is_taken_in_together(served, clock):
    loading.current()
    for page in range(100):
        loading.pace.note(str(page))
    write_crisis(served, figure(figure_id="F1", value=22))
    clock.now += 3
    assert values(loading.current()) == [1]
    write_crisis(served, figure(figure_id="F1", value=333))
    clock.now += 8
    assert values(loading.current()) == [333]


def test_who_edits_sees_the_newest_figures_however_many_read(served):
    loading.current()
    for page in range(100):
        loading.pace.note(str(page))
    write_crisis(served, figure(figure_id="F1", value=22))
    assert (values(loading.current()), values(loading.newest())) == ([1], [22])


def test_figures_of_either_state_are_known_as_those_of_the_folder(served):
    before = loading.current()
    for page in range(100):
        loading.pace.note(str(page))
    write_crisis(served, figure(figure_id="F1", value=22))
    assert loading.is_served(before)
    assert loading.is_served(loading.newest())


def test_readers_see_what_was_there_while_new_files_are_read(served, monkeypatch):
    before, watcher = loading.current(), loading._watcher(str(served))
    reading, go_on = threading.Event(), threading.Event()
    current = watcher.current

    def slowly():
        reading.set()
        assert go_on.wait(10)
        return current()

    monkeypatch.setattr(watcher, "current", slowly)
    write_crisis(served, figure(figure_id="F1", value=22))
    one = threading.Thread(target=loading.current)
    one.start()
    assert reading.wait(10)
    assert loading.current() is before
    go_on.set()
    one.join()
    assert values(loading.current()) == [22]


def totals(folder):
    library = load_library(folder)
    views = [read({"crisis": name}, library)[0] for name in ("flood", "war")]
    return [answers.total(library, view) for view in views]


def test_what_is_published_about_one_crisis_leaves_the_answers_about_another(tmp_path):
    for name in ("flood", "war"):
        write_crisis(tmp_path, figure(figure_id=name, value=5), crisis=name)
    both = [crisis(crisis=name) for name in ("flood", "war")]
    write_table(tmp_path / "crises.csv", Crisis.model_fields, both)
    flood, war = totals(tmp_path)
    write_figures(tmp_path / "war" / "figures.csv", figure(figure_id="war", value=6))
    flood_after, war_after = totals(tmp_path)
    assert flood_after is flood
    assert (war.text, war_after.text) == ("at least 5", "at least 6")


def page_that_looks():
    import streamlit as st

    from ui import loading

    st.text(st.query_params.get("day", "no day"))
    if "looked" not in st.session_state:
        st.session_state["looked"] = True
        loading._look(object(), 0.0)


def test_a_choice_made_while_new_figures_are_found_is_not_lost(monkeypatch):
    def meanwhile():
        requests = get_script_run_ctx().script_requests
        requests.request_rerun(RerunData(query_string="day=2025-12-24"))
        return object()

    monkeypatch.setattr(loading, "_mine", meanwhile)
    app = AppTest.from_function(page_that_looks).run()
    assert [text.value for text in app.text] == ["2025-12-24"]
