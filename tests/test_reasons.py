"""Why reports differ, on screen: bridges, contradictions, revisions, news and decisions."""

import csv
import datetime as dt

import pytest

from brief.composing import MEASURES, compose
from loaders import load_library
from reconciliation.bridges import asking
from tests.builders import figure, write_crisis
from tests.screens import ROOT, STORY, opened, text_of
from ui import answers, keeping, reasons
from ui.query import read

LAST = {"crisis": "tha-khm-2025-12", "day": "2025-12-27"}


def rows():
    """Return the shipped figures of December by their ids, read without the program."""
    path = ROOT / "datasets" / LAST["crisis"] / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["figure_id"]: row for row in csv.DictReader(file)}


@pytest.fixture
def quiet(monkeypatch, tmp_path):
    """Show a crisis with one figure: nothing to explain, to doubt or to revise."""
    monkeypatch.setenv("DATASETS", str(write_crisis(tmp_path, figure())))


def test_the_link_to_a_bridge_tells_why_47_became_86():
    app = opened("reconciliation", bridge="F0695-F0647", **LAST)
    said = text_of(app)
    assert "The 86 includes 41 civilians in Thailand who died of indirect causes" in said
    assert "Taken here: at least 47 as 21 + 26 and at least 86 as 21 + 1 + 41 + 23" in said
    assert app.tabs[0].label == "at least 47 → at least 86"


def test_the_steps_of_a_bridge_come_to_the_difference_in_the_file():
    found, app = rows(), opened("reconciliation", bridge="F0695-F0647", **LAST)
    steps = [line.value for line in app.tabs[0].markdown if line.value.startswith("**")]
    said = [text.replace("\\", "").replace("−", "-").split(", ")[1] for text in steps[1:-1]]
    amounts = [int(text.split(".")[0]) for text in said]
    assert amounts[0] == int(found["F0644"]["value"]) == 41
    assert sum(amounts) == int(found["F0647"]["value"]) - int(found["F0695"]["value"]) == 39


def test_the_reports_behind_a_step_are_linked_with_their_line():
    said = text_of(opened("reconciliation", bridge="F0695-F0647", **LAST))
    line = list(rows()).index("F0644") + 2
    assert f"(<{rows()['F0644']['url']}>) (line {line})" in said


def test_two_measures_cannot_be_bridged_and_the_page_says_so():
    app = opened("reconciliation", bridge="F0647-F0646", **STORY)
    assert not app.exception
    assert "count different things" in app.warning[0].value


def test_contradictions_are_sought_only_when_asked_for():
    assert "The fewest figures to set aside" not in text_of(opened("reconciliation", **STORY))
    said = text_of(opened("reconciliation", doubts="1", **STORY))
    assert "The fewest figures to set aside" in said
    assert "would resolve it" in said
    assert "pairs of numbers for one question" in said
    assert "Suspects:" in said


def test_implied_ranges_are_never_shown_as_published():
    app = opened("reconciliation", measure="displaced", implied="1", **STORY)
    table = next(table.value for table in app.table if "Implied" in table.value)
    first = table.iloc[0]
    assert first["Published number"] == "200,000 to 999,999"
    assert first["Implied"] == "607,980 to 999,999"
    assert first["Note"] == "narrower"
    assert "Implied, never published" in text_of(app)


def test_the_effect_of_a_rule_is_the_change_of_the_total():
    table = opened("reconciliation", **STORY).table[0].value
    effects = dict(zip(table["Rule"], table["Effect"], strict=True))
    assert effects["Newest figure \\(in use\\)"] == "none"
    assert effects["Lowest figure"] == "−2"


def test_nothing_to_explain_is_said_in_words(quiet):
    said = text_of(opened("reconciliation", doubts="1", implied="1"))
    assert "Nobody gives a notably different number" in said
    assert "can be true together" in said
    assert "No two numbers of this day call for an explanation" in text_of(opened())
    sources = text_of(opened("sources", ledger="1", habits="1"))
    assert "No source has changed, corrected or withdrawn anything" in sources
    assert "None" not in said + sources


def test_where_nobody_counts_for_all_places_the_numbers_of_each_are_explained():
    app = opened("reconciliation", crisis="tha-khm-2025-07", day="2025-07-26", measure="injured")
    assert "Nobody gives a notably different number" not in text_of(app)
    assert "Injured, Thailand\\. 26 Jul 2025" in app.tabs[0].markdown[0].value
    library = load_library(ROOT / "datasets")
    view, _ = read({"crisis": "tha-khm-2025-07", "day": "2025-07-26"}, library)
    view = view.of(measure="injured")
    assert reasons.explained(library, view) == []
    shown = {part.figure_id for part in answers.total(library, view).parts}
    assert {one.start.figure_id for one in reasons.compared(library, view)} <= shown


@pytest.mark.parametrize("crisis", ["tha-khm-2025-07", "tha-khm-2025-12"])
def test_it_is_never_said_that_nobody_differs_beside_sources_in_conflict(crisis):
    library = load_library(ROOT / "datasets")
    start, _ = read({"crisis": crisis}, library)
    silent = 0
    for days in range(0, 28, 3):
        for measure in MEASURES:
            view = start.of(day=start.first + dt.timedelta(days), measure=measure)
            total = answers.total(library, view)
            conflict = any(part.verdict == "conflict" for part in total.parts)
            if conflict and not reasons.compared(library, view):
                assert "give different numbers" in reasons.unexplained(library, view)
            elif total.parts and not conflict:
                silent += "Nobody gives" in reasons.unexplained(library, view)
    assert silent


def test_nothing_known_yet_has_nothing_to_explain():
    for page in ("overview", "reconciliation", "sources"):
        flags = dict.fromkeys(("learnt", "doubts", "implied", "ledger", "habits"), "1")
        app = opened(page, known="2025-01-01", **flags)
        assert not app.exception


def test_the_overview_leads_to_the_bridges_that_matter():
    said = text_of(opened(**STORY))
    assert "Killed: at least 86 or at least 40?" in said
    assert "41 civilians in Thailand who died of indirect causes" in said


def test_what_was_learnt_counts_the_figures_put_out_since():
    found = [(row["published"] or row["as_of"])[:10] for row in rows().values()]
    count = sum("2025-12-17" < day <= "2025-12-24" for day in found)
    assert f"figures added: {count}" in text_of(opened(learnt="1", **STORY))
    other = text_of(opened(learnt="1", since="2025-12-23", **STORY))
    assert "Between 23 Dec 2025 and 24 Dec 2025" in other


def test_the_ledger_speaks_in_words_and_can_be_of_one_source():
    whole = opened("sources", ledger="1", **STORY).table[0].value
    one = opened("sources", ledger="1", source="khm-gov", **STORY).table[0].value
    assert 0 < len(one) < len(whole)
    assert one["In words"].str.startswith("Cambodian government").all()
    assert not whole["What happened"].str.contains("_").any()


def test_the_facts_about_a_source_count_its_rows():
    tables = [table.value for table in opened("sources", habits="1", **STORY).dataframe]
    table = next(table for table in tables if "Silent changes" in table)
    count = sum(row["source"] == "reuters" for row in rows().values())
    assert table.set_index("Source").loc["Reuters", "Figures"] == count
    assert table["Source"].str.casefold().is_monotonic_increasing


def decision(figure_id, **overrides):
    series = {"country": "THA", "measure": "killed", "counting": "cumulative"}
    made = {"decided_by": "Desk", "decided_on": dt.date(2025, 12, 21), "from_day": "2025-12-20"}
    reason = {"decision_id": "D1", "figure_id": figure_id, "reason": "Counted *by name*."}
    return series | made | reason | overrides


@pytest.mark.parametrize(("newer", "standing"), [([], "in force"), ([24], "overtaken")])
def test_a_decision_says_why_and_when_it_is_overtaken(monkeypatch, tmp_path, newer, standing):
    old = figure(as_of="2025-12-20", value=7)
    rest = [figure(as_of=f"2025-12-{day}", source="b", value=9) for day in newer]
    people = [{"source": s, "name": s.upper(), "kind": "media", "relays": "own"} for s in "ab"]
    folder = write_crisis(
        tmp_path, old, *rest, sources=people, decisions=[decision(old["figure_id"])]
    )
    monkeypatch.setenv("DATASETS", str(folder))
    query = {"day": "2025-12-24", "country": "THA"}
    said = text_of(opened("reconciliation", **query))
    assert "Chosen by decision: Counted *by name* (Desk, 21 Dec 2025)" in said
    assert ("A newer figure has come" in said) == bool(newer)
    methods = opened("methods", **query)
    assert "1 decision is in force on 24 Dec 2025" in text_of(methods)
    table = next(table.value for table in methods.table if "Standing" in table.value)
    assert standing in table["Standing"].iloc[0]


def test_the_limits_of_age_are_those_of_each_crisis():
    tables = [table.value for table in opened("methods").table]
    ages = next(table for table in tables if "Crisis" in table)
    assert ages["A number of a day"].tolist() == ["7 days", "7 days"]


def explained_after(*days):
    """Return why reports of the last of some days differ, asked in this order."""
    library = load_library(ROOT / "datasets")
    with keeping.apart({}):
        for day in days:
            view, _ = read({"crisis": LAST["crisis"], "day": day}, library)
            found = reasons.explained(library, view)
    return [repr(bridge) for bridge in found]


def test_why_reports_differ_does_not_hang_on_which_day_was_looked_at_before():
    alone = explained_after("2026-02-06")
    assert alone
    assert explained_after("2025-12-27", "2026-02-06") == alone


SHOWN_DAYS = [
    ("tha-khm-2025-12", "2025-12-08"),
    ("tha-khm-2025-12", "2025-12-24"),
    ("tha-khm-2025-12", "2025-12-29"),
    ("tha-khm-2025-07", "2025-08-06"),
]


@pytest.mark.parametrize(("crisis", "day"), SHOWN_DAYS)
def test_the_overview_tells_the_differences_of_the_brief_in_its_order(crisis, day):
    library = load_library(ROOT / "datasets")
    brief = compose(library, crisis=crisis, day=dt.date.fromisoformat(day))
    titles = [one.title for one in brief.differences]
    assert len(titles) > 2
    said = text_of(opened(crisis=crisis, day=day))
    places = [said.find(title) for title in titles]
    assert -1 not in places
    assert places == sorted(places)
    assert said.count("Every step") == len(titles)
    # The first three stand open, the others below a line that says how many they are.
    folded = len(titles) - 3
    assert not folded or f"{folded} more" in said[places[2] : places[3]]


def test_the_reasons_of_one_country_are_not_told_of_all():
    library = load_library(ROOT / "datasets")
    with keeping.apart({}):
        for country in ("THA", "", "KHM"):
            view, _ = read({**LAST, "country": country}, library)
            found = reasons.told(library, view)
            brief = compose(library, crisis=view.crisis, day=view.day, places=view.places)
            told = [asking.question(one, answers.rows(library, view)) for one in found]
            assert told
            assert told == [one.title for one in brief.differences]


def test_no_further_measure_is_asked_for_once_five_differences_are_found():
    library = load_library(ROOT / "datasets")
    view, _ = read({"crisis": "tha-khm-2025-12", "day": "2025-12-26"}, library)
    asked = []

    def totals():
        for measure in (*MEASURES, *MEASURES):
            asked.append(measure)
            yield answers.total(library, view.of(measure=measure))

    found = asking.told(totals(), lambda part: reasons.explained(library, about(view, part)))
    assert len(found) == asking.MOST == 5
    assert len(asked) < len(MEASURES)


def about(view, part):
    return view.of(measure=part.measure, places=tuple(part.place.split("+")))
