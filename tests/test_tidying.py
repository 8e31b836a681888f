"""Memory is given back every half minute, and not in the middle of a click."""

import gc

import pandas as pd
import pytest

from ui import tidying


@pytest.fixture
def as_before():
    """Leave Python's own ways as they were found."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    tidying._begun.clear()


@pytest.fixture
def clock(monkeypatch, as_before):
    now = [1000.0]
    monkeypatch.setattr(tidying.time, "monotonic", lambda: now[0])
    tidying._begun.clear()
    tidying.begin()
    return now


@pytest.fixture
def collected(monkeypatch, clock):
    times = []
    monkeypatch.setattr(tidying.gc, "collect", lambda: times.append(clock[0]))
    return times


def test_memory_is_looked_through_every_half_minute(clock, collected):
    for _ in range(300):
        clock[0] += 1
        tidying.tidy()
    assert collected == [1031 + 31 * n for n in range(9)]


def test_python_itself_seldom_looks_through_all_memory(clock):
    assert gc.isenabled()
    assert gc.get_threshold()[2] == tidying.SELDOM


def test_tables_do_not_keep_notes_of_all_that_ever_looked_at_them():
    table = pd.DataFrame({"value": range(10)})
    (block,) = table._mgr.blocks
    alive = table["value"]
    for _ in range(200):
        table["value"].sum()
    assert len(block.refs.referenced_blocks) > 100
    tidying.forget_views()
    assert len(block.refs.referenced_blocks) == 2
    assert alive.sum() == 45
