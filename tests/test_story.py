"""The story that the shipped figures must tell by themselves: 86 on 24 December 2025.

Nothing here is typed into the data for the purpose; the expected numbers are those of the reports.
"""

import csv
from pathlib import Path

import pytest

from loaders import load_library
from reconciliation import add_up, break_down, reconcile, shown_cells
from tests.slow_reconcile import SERIES, Claims, as_day

ROOT = Path(__file__).resolve().parent.parent
CRISIS, DAY = "tha-khm-2025-12", "2025-12-24"


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "datasets")


@pytest.fixture(scope="module")
def december(library):
    return library.figures[library.figures["crisis"] == CRISIS]


@pytest.fixture(scope="module")
def killed(library, december):
    return add_up(december, library.sources, measure="killed", places=["THA", "KHM"], on=DAY)


def printed(figure_id):
    """Return a row of the shipped file, read without any code of ours."""
    path = ROOT / "datasets" / CRISIS / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["figure_id"] == figure_id)


def test_the_published_86_stands_beside_the_sum_of_65_and_21(killed):
    assert [(part.place, part.value) for part in killed.parts] == [("THA", 65), ("KHM", 21)]
    assert killed.text == "at least 86"
    assert killed.published.text == "at least 86"
    assert killed.verdict == "sums"


def test_the_sum_says_that_cambodia_counts_civilians_only(killed):
    assert killed.narrower == ("Cambodia counts civilians only.",)
    assert killed.coverage == "2 of 2 countries"


def test_thailands_65_opens_into_soldiers_direct_and_indirect_civilian_deaths(
    library, december, killed
):
    cells = shown_cells(december, on=DAY, measure="killed", sources=library.sources)
    best = break_down(killed.parts[0], cells, library.identities)[0]
    found = {(part.population, part.cause): part.value for part in best.parts}
    assert found == {
        ("military", "all"): 23,
        ("civilian", "direct"): 1,
        ("civilian", "indirect"): 41,
    }
    assert best.verdict == "sums"


def test_every_number_of_the_story_leads_to_a_printed_row(library, december, killed):
    shown = [*killed.parts, killed.published]
    cells = shown_cells(december, on=DAY, measure="killed", sources=library.sources)
    shown += break_down(killed.parts[0], cells, library.identities)[0].parts
    for quantity in shown:
        row = printed(quantity.figure_id)
        assert int(row["value"]) == quantity.value
        assert row["source"] == quantity.source
        assert row["as_of"] == str(quantity.as_of.date())


def test_the_whole_library_tells_the_same_story_without_naming_the_crisis(library):
    found = add_up(
        library.figures, library.sources, measure="killed", places=["THA", "KHM"], on=DAY
    )
    assert (found.text, found.verdict, found.crisis) == ("at least 86", "sums", CRISIS)


def test_every_shown_figure_of_the_library_was_published_by_somebody(library):
    shown = reconcile(library.figures, library.sources)
    shown = shown[shown["verdict"] != "none"]
    keys = ["crisis", "figure_id"]
    joined = shown.merge(library.figures, on=keys, suffixes=("", "_printed"))
    assert len(joined) == len(shown)
    assert (joined["value"] == joined["value_printed"]).all()


@pytest.mark.parametrize("day", ["2025-07-28", "2025-12-11", "2025-12-24", "2026-01-08"])
@pytest.mark.parametrize("rule", ["latest", "median"])
def test_the_shipped_figures_reconcile_as_the_design_says(library, day, rule):
    rows = library.figures.astype({"country": str}).to_dict("records")
    slow = Claims(rows, library.sources.astype(str).to_dict("records"))
    for row in reconcile(library.figures, library.sources, dates=[day], rule=rule).to_dict(
        "records"
    ):
        found = row["figure_id"] if isinstance(row["figure_id"], str) else None
        series = tuple(str(row[column]) for column in SERIES)
        expected = slow.judge(series, as_day(day), rule)
        assert (found, row["origins"], row["figures"], row["verdict"]) == expected
