"""Memory is given back every half minute, and not in the middle of a click."""

import ctypes
import gc
import subprocess
import sys

import pandas as pd
import pytest

from figures import Crisis
from loaders import load_library
from tests.builders import crisis, figure, write_crisis, write_figures, write_table
from ui import answers, keeping, tidying
from ui.kept import Kept
from ui.query import read


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
        tidying.tidy([])
    assert collected == [1031 + 31 * n for n in range(9)]


def test_python_itself_seldom_looks_through_all_memory(clock):
    assert gc.isenabled()
    assert gc.get_threshold()[2] == tidying.SELDOM


FREED_BETWEEN = """
import numpy, psutil
from ui import tidying
blocks = [numpy.ones(5_000) for _ in range(2_000)]  # 40 kB each
blocks = blocks[::20]
before = psutil.Process().memory_info().rss
tidying.give_back()
print((before - psutil.Process().memory_info().rss) / 1e6)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"),
    reason="the C library cannot be told",
)
def test_what_was_freed_between_what_lives_long_is_given_back_to_the_system():
    told = subprocess.run(
        [sys.executable, "-c", FREED_BETWEEN], capture_output=True, text=True, check=True
    )
    assert float(told.stdout) > 40


@pytest.mark.parametrize("held", [lambda t: t, lambda t: {"killed": [t]}, lambda t: Holder(t)])
def test_tables_do_not_keep_notes_of_all_that_ever_looked_at_them(held):
    table = pd.DataFrame({"value": range(10)})
    (block,) = table._mgr.blocks
    alive = table["value"]
    for _ in range(200):
        table["value"].sum()
    assert len(block.refs.referenced_blocks) > 100
    tidying.forget_views(*[None] * 1000, held(table))
    assert len(block.refs.referenced_blocks) == 2
    assert alive.sum() == 45


def test_what_holds_rows_is_not_gone_through():
    class Row:
        def __init__(self):
            self.table = pd.DataFrame({"value": [1]})

    assert list(tidying._tables([Row()] * tidying.LONG, tidying.DEEP)) != []
    assert list(tidying._tables([Row()] * (tidying.LONG + 1), tidying.DEEP)) == []


class Holder:
    def __init__(self, table):
        self.table = table


def test_what_was_worked_out_of_figures_that_nobody_sees_any_more_is_forgotten(
    tmp_path, monkeypatch, clock
):
    monkeypatch.setattr(keeping, "_kept", Kept(100))
    for name in ("flood", "war"):
        write_crisis(tmp_path, figure(figure_id=name, value=5), crisis=name)
    write_table(tmp_path / "crises.csv", Crisis.model_fields,
                [crisis(crisis=name) for name in ("flood", "war")])  # fmt: skip
    before = load_library(tmp_path)
    asked = [read({"crisis": name}, before)[0] for name in ("flood", "war")]
    flood, war = (answers.total(before, view) for view in asked)
    write_figures(tmp_path / "war" / "figures.csv", figure(figure_id="war", value=6))
    after = load_library(tmp_path)
    answers.total(after, asked[1])
    everything = len(keeping.every())
    clock[0] += tidying.EVERY + 1
    tidying.tidy([after])
    assert 0 < len(keeping.every()) < everything
    assert answers.total(after, asked[0]) is flood
    assert all(kept is not war for kept in keeping.every())
