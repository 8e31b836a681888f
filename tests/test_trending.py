"""Charts over time and the small ones of the Overview: the days and names they give."""

import re

import pytest

from loaders import load_library
from ui import lists, questions, trending
from ui.query import read

QUESTION = {"crisis": "tha-khm-2025-12", "measure": "killed"}


@pytest.fixture(scope="module")
def library():
    return load_library("datasets")


def seen(library, day):
    view, notices = read({**QUESTION, "day": day}, library)
    assert notices == []
    return view


def drawn(library, day):
    """Return the chart of the number for both countries, whose last figure is of 31 Dec 2025."""
    view = seen(library, day)
    key = next(iter(questions.series(library, view)))
    assert questions.points(library, view, key)["day"].max().isoformat() == "2025-12-31T00:00:00"
    return trending.trend_of(library, view, key, log=False)[0].draw(900, "light")


def test_a_chart_reaches_the_chosen_day_and_its_line_stands_on_it(library):
    words = re.findall(r">([^<>]+)</text>", drawn(library, "2026-02-06"))
    assert "Chosen day, 6 Feb 2026" in words
    assert [word for word in words if "Feb 2026" in word and not word.startswith("Chosen")]


def test_a_day_long_after_the_last_figure_is_said_to_lie_further_right(library):
    words = re.findall(r">([^<>]+)</text>", drawn(library, "2026-08-01"))
    assert "Further right: the chosen day, 1 Aug 2026" in words
    assert not [word for word in words if word.startswith("Chosen day")]


def test_the_small_chart_tells_the_published_number_from_the_sum_and_repeats_no_row(library):
    chart = lists.over_time(library, seen(library, "2025-12-24"))
    assert "Published for both together at least 86 on 24 Dec 2025" in chart.alt
    assert not chart.table.duplicated().any()
    assert len(chart.raw) > len(chart.table)
    assert set(chart.table["Place"]) == {"Cambodia and Thailand", "Cambodia", "Thailand"}
    assert chart.subtitle.startswith("The figure shown for each place. 24 Dec 2025")
