"""Half a minute of what `python -m benchmarks.soak` does for hours, and what judges such a run."""

import math

import pytest

from benchmarks.crowd import crowd
from benchmarks.replicas import NGINX, configuration, farm
from benchmarks.soak import Moving, Soaked, judged, slope, soak, witnessed
from benchmarks.views import View, views
from loaders import load_library
from tests.browser.serving import ROOT

SECONDS, EVERY = 30, 10


@pytest.fixture(scope="module")
def soaked(tmp_path_factory):
    """What a few readers of the real server met while a figure changed again and again."""
    with farm(tmp_path_factory.mktemp("soak")) as served:
        known = views(served.datasets)
        moving = Moving(served.datasets)
        with crowd(served.port, known) as readers, crowd(served.port, witnessed(known)) as witness:
            witness.ask("size", tabs=1, think=0)
            readers.ask("size", tabs=3, think=1, stay=10)
            found = soak(served, readers, witness, moving, SECONDS, EVERY, tell=False)
        yield found


def test_while_figures_change_no_page_fails_and_every_number_is_right(soaked):
    assert soaked.troubles == []
    assert len(soaked.waits) >= 3
    assert soaked.pages > len(soaked.waits)


def test_a_new_figure_comes_to_an_open_page_by_itself(soaked):
    assert soaked.came


def test_memory_stays_about_what_it_was_when_all_was_warm(soaked):
    megabytes = [size for _, size in soaked.memory]
    warm = megabytes[1]
    assert megabytes[-1] <= 1.25 * warm + 30


def test_the_answers_kept_are_noted_with_the_memory(soaked):
    assert len(soaked.kept) == len(soaked.memory)
    assert 0 < soaked.kept[-1] <= 4000


def test_the_moving_figure_is_a_figure_like_any_other(tmp_path):
    folder = tmp_path / "tha-khm-2025-12"
    folder.mkdir()
    columns = "figure_id,country,measure,counting,as_of,value,source,url"
    (folder / "figures.csv").write_text(
        f"{columns}\nF1,KHM,killed,cumulative,2025-12-24,21,khm-moi,https://example.org/a\n"
    )
    moving = Moving(tmp_path)
    assert [moving.change(), moving.change()] == ["1,001", "1,002"]
    figures = load_library(tmp_path).figures.set_index("figure_id")
    assert figures["value"].to_dict() == {"F1": 21, "SOAK-1": 1002}
    assert figures["measure"]["SOAK-1"] == "missing"


OVERVIEW = View(page="", query="day=2025-12-24", begins="Overview", ends="24 Dec 2025: A crisis",
                killed=["at least 86", "21", "at least 65"], moving=True)  # fmt: skip
RIGHT = {"Killed": ["at least 86", "21", "at least 65"], "Missing": ["1,002"]}


@pytest.mark.parametrize(
    ("cards", "told"),
    [
        (RIGHT, ""),
        (RIGHT | {"Killed": ["at least 87", "21", "at least 65"]}, "at least 87"),
        (RIGHT | {"Killed": ["at least 86", "at least 65", "21"]}, "killed, not"),
        ({"Missing": ["1,002"]}, "[] killed"),
        (RIGHT | {"Missing": ["1,000"]}, "1,000"),
        ({"Killed": RIGHT["Killed"]}, "[] missing"),
    ],
)
def test_a_page_with_any_other_number_than_the_files_give_is_told(cards, told):
    found = OVERVIEW.wrong(cards, ["1,001", "1,002"])
    assert told in found
    assert bool(told) == bool(found)


def test_before_its_first_value_the_changing_figure_may_be_on_no_page():
    assert OVERVIEW.wrong({"Killed": RIGHT["Killed"]}, ["", "1,001"]) == ""


def test_a_view_is_known_by_its_title():
    assert OVERVIEW.is_titled("Overview, 24 Dec 2025: A crisis")
    assert not OVERVIEW.is_titled("Overview, 23 Dec 2025: A crisis")


def test_what_each_view_must_show_is_worked_out_from_the_files():
    found = {view.query: view for view in views(ROOT / "datasets")}
    story = found["crisis=tha-khm-2025-12&day=2025-12-24"]
    # The sum, what is published for both, and each place.
    assert story.killed == ["at least 86", "at least 86", "21", "at least 65"]
    assert {view.page for view in found.values()} == {"", "trends"}
    assert len({query.partition("&")[0] for query in found}) == 2


def samples(per_hour, jumps=(0,)):
    """Return two hours of memory, a sample each half minute, with jumps by turns."""
    return [(30 * n, 300 + per_hour * n / 120 + jumps[n % len(jumps)]) for n in range(240)]


def test_the_slope_of_memory_is_that_of_most_samples():
    middle, low, high = slope(samples(12, jumps=(0, 3, -3, 0, 80)))
    assert middle == pytest.approx(12, abs=2)
    assert low <= middle <= high


def test_two_samples_have_no_slope():
    assert all(math.isnan(part) for part in slope(samples(12)[:2]))


@pytest.mark.parametrize(
    ("memory", "came", "troubles", "bad"),
    [
        (samples(0, jumps=(0, 20, -20)), [1.0], [], False),
        (samples(4), [1.0], [], False),
        (samples(9), [1.0], [], True),
        (samples(0), [], [], True),
        (samples(0), [1.0], ["a page failed"], True),
    ],
)
def test_a_soak_run_is_judged_by_memory_changes_and_troubles(memory, came, troubles, bad, capsys):
    found = Soaked(memory=memory, came=came, waits=[0.1, 0.2], pages=2, troubles=troubles)
    assert judged(found) == bad
    assert ("GROWS" in capsys.readouterr().out) == (memory == samples(9))


def test_replicas_are_measured_behind_the_shipped_nginx(tmp_path):
    text = configuration(9000, [9001, 9002], tmp_path)
    assert "server 127.0.0.1:9001 max_fails=1" in text
    assert "server 127.0.0.1:9002 max_fails=1" in text
    assert "listen 127.0.0.1:9000;" in text
    shipped = NGINX.read_text(encoding="utf-8")
    for kept in ("hash $reader consistent;", "limit_conn connections 200;"):
        assert kept in shipped
        assert kept in text
    assert "dashboard-0" not in text
    assert "/tmp/nginx.pid" not in text or str(tmp_path).startswith("/tmp/nginx")
