"""Updating figures on screen: through AppTest, as an editor at the desk and as a viewer."""

import csv
import datetime as dt
import io

import pytest

import publishing
from loaders import Mapping, load_library
from publishing import Change
from tests.builders import figure, write_crisis
from tests.hostile import CELLS
from tests.screens import opened as screen
from tests.screens import text_of
from ui import rights
from ui.editing import actions, numbers, reading
from ui.editing.newcomers import proposed_id
from ui.text import plain

LINK = "https://example.org/report"
MEASURE, COUNTING = "What is counted", "How the number counts"
COUNTRY = "Country, or several for a number given for them together"
HEADER = "figure_id,country,measure,counting,as_of,value,source,url\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a folder of data sets with two figures, served to the pages."""
    folder = write_crisis(
        tmp_path / "data",
        figure(figure_id="F0001", value=10),
        figure(figure_id="F0002", value=3, country="KHM", source="b"),
    )
    monkeypatch.setenv("DATASETS", str(folder))
    monkeypatch.delenv("EDITING", raising=False)
    return folder


@pytest.fixture
def desk(monkeypatch):
    """Let the reader be an editor at the computer itself."""
    monkeypatch.setattr(rights, "at_the_desk", lambda: True)


def opened(tab="import", **query):
    app = screen("update", tab=tab, **query)
    assert not app.exception
    return app


def labelled(app, kind, label):
    """Return the one widget of a kind with this label."""
    [found] = [w for w in getattr(app, kind) if w.label.replace("\\", "") == label]
    return found


def pressed(app, label):
    app = labelled(app, "button", label).click().run()
    assert not app.exception
    return app


def said(app):
    parts = [*app.success, *app.error]
    tables = " ".join(t.value.to_string() for t in [*app.table, *app.dataframe])
    return (
        text_of(app)
        + " ".join(str(p.value) for p in parts).replace("\\", "")
        + tables.replace("\\", "")
    )


def rows(root):
    with (root / "test" / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def filled(app, **more):
    """Return the form with a figure filled in: killed in Cambodia by 25 December, by b."""
    answers = {MEASURE: "killed", COUNTING: "cumulative"}
    answers |= {"Who counted": "b"} | more.pop("selectbox", {})
    for label, value in answers.items():
        labelled(app, "selectbox", label).set_value(value)
    labelled(app, "multiselect", COUNTRY).set_value(["KHM"])
    day = more.pop("day", dt.date(2025, 12, 25))
    labelled(app, "date_input", "As-of day: the day the number describes").set_value(day)
    texts = {"The number, in digits or in words": "21", "Link to the report": LINK} | more
    for label, value in texts.items():
        labelled(app, "text_input", label).set_value(value)
    app = app.run()
    assert not app.exception
    return app


# Who may


def test_a_viewer_is_told_why_and_gets_nothing_to_edit_with(root):
    app = opened("form")
    assert "started with make run, you can edit" in text_of(app)
    assert "Check your own table" in str([link.proto.label for link in app.get("page_link")])
    assert not [w for w in app.text_input if "editing" in str(w.key)]
    assert not [b for b in app.button if "editing" in str(b.key)]
    assert not app.get("file_uploader")


def test_publishing_and_undoing_ask_who_it_is_and_not_only_the_page(root, monkeypatch):
    change = Change("test", events=({"date": "2025-12-25", "label": "Talks"},))
    before = (root / "test" / "events.csv").read_bytes()
    for act in (
        lambda: actions.publish_change(change, message="", base=""),
        lambda: actions.undo_version(1, message=""),
    ):
        with pytest.raises(rights.NotAllowedError):
            act()
    assert (root / "test" / "events.csv").read_bytes() == before
    assert not (root / ".history").exists()


def test_whoever_loses_the_right_while_editing_is_refused_and_nothing_is_written(
    root, desk, monkeypatch
):
    app = filled(opened("form"))
    monkeypatch.setattr(rights, "at_the_desk", lambda: False)
    before = (root / "test" / "figures.csv").read_bytes()
    pressed(app, "Publish")
    assert (root / "test" / "figures.csv").read_bytes() == before


# One figure


def test_a_figure_in_words_becomes_a_new_line_and_stands_on_the_overview(root, desk):
    before = (root / "test" / "figures.csv").read_bytes()
    app = filled(opened("form"), **{"The number, in digits or in words": "over half a million"})
    assert "Will be stored as more than 500,000; it allows at least 500,001" in text_of(app)
    assert "more than 500,000" in app.table[1].value.to_string().replace("\\", "")
    app = pressed(app, "Publish")
    after = (root / "test" / "figures.csv").read_bytes()
    assert after.startswith(before)
    assert len(after) > len(before)
    new = rows(root)[-1]
    assert (new["figure_id"], new["value"], new["quantifier"], new["expression"], new["url"]) == (
        "F0003", "500000", "more_than", "over half a million", LINK,
    )  # fmt: skip
    assert "Version 2: Added 1 figure." in said(app)
    overview = app.switch_page("pages/overview.py").run()
    assert "500,000" in text_of(overview)


def test_a_published_draft_is_empty_again(root, desk):
    app = pressed(filled(opened("form")), "Publish")
    assert labelled(app, "text_input", "Link to the report").value == ""
    assert "Still missing" in text_of(app)


def test_a_draft_outlives_another_tab_and_another_page(root, desk):
    app = filled(opened("form"))
    app.query_params["tab"] = "history"
    app = app.run().switch_page("pages/data.py").run().switch_page("pages/update.py")
    app.query_params["tab"] = "form"
    app = app.run()
    assert labelled(app, "text_input", "Link to the report").value == LINK
    assert labelled(app, "selectbox", "Who counted").value == "b"


def test_what_is_missing_is_named_and_nothing_can_be_published(root, desk):
    app = opened("form")
    assert "the link to the report" in text_of(app)
    assert not [b for b in app.button if b.label == "Publish"]


def test_a_missing_link_needs_its_reason_which_goes_into_the_note(root, desk):
    app = filled(opened("form"))
    labelled(app, "checkbox", "There is no link").check().run()
    labelled(app, "text_input", "Why there is no link").set_value("told by phone").run()
    pressed(app, "Publish")
    assert (rows(root)[-1]["url"], rows(root)[-1]["note"]) == ("", "No link: told by phone")


def test_a_correction_starts_from_a_figure_and_keeps_its_row(root, desk):
    before = (root / "test" / "figures.csv").read_bytes()
    app = opened("form")
    labelled(app, "toggle", "Correct a figure that is there").set_value(True).run()
    labelled(app, "text_input", "Search by id, number, source, place or day").set_value(
        "10 2025-12-24"
    ).run()
    labelled(app, "selectbox", "Figure to correct").set_value("F0001").run()
    app = pressed(app, "Start from this figure")
    assert labelled(app, "text_input", "The number, in digits or in words").value == "10"
    labelled(app, "text_input", "The number, in digits or in words").set_value("12")
    labelled(app, "date_input", "Day it was put out").set_value(dt.date(2025, 12, 26))
    app = app.run()
    assert "Corrects F0001; the earlier row stays in the file." in said(app)
    pressed(app, "Publish")
    assert (root / "test" / "figures.csv").read_bytes().startswith(before)
    new = rows(root)[-1]
    assert (new["value"], new["supersedes"], new["url"]) == ("12", "F0001", LINK)


def test_a_source_is_made_on_the_way(root, desk):
    app = opened("form")
    labelled(app, "selectbox", "Who counted").set_value("+").run()
    labelled(app, "text_input", "Name of the source").set_value("Médecins du Monde")
    labelled(app, "selectbox", "What it is").set_value("ngo").run()
    app = filled(app, selectbox={"Who counted": "+"})
    pressed(app, "Publish")
    assert rows(root)[-1]["source"] == "medecins-du-monde"
    source = load_library(root).sources.set_index("source").loc["medecins-du-monde"]
    assert (source["name"], source["kind"], source["relays"]) == ("Médecins du Monde", "ngo", "")


def test_ids_of_sources_are_never_taken_twice():
    assert proposed_id("UN OCHA", {"un-ocha"}) == "un-ocha-2"
    assert proposed_id("กระทรวง", set()) == "source"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1,200", {"value": "1200", "quantifier": "exact"}),
        ("40 to 50", {"value": "40", "value_high": "50", "quantifier": "range",
                      "expression": "40 to 50"}),
        ("at least 65", {"value": "65", "quantifier": "at_least", "expression": "at least 65"}),
    ],
)  # fmt: skip
def test_a_phrase_becomes_the_cells_it_means(text, cells):
    assert numbers.cells_of(text) == cells


@pytest.mark.parametrize(
    ("value", "high", "word"),
    [(10, None, "exact"), (10, None, "at_least"), (10, None, "more_than"), (10, None, "at_most"),
     (10, None, "less_than"), (100, None, "about"), (100, None, "nearly"), (40, 50, "range")],
)  # fmt: skip
def test_a_figure_to_be_corrected_comes_back_as_the_same_number(value, high, word):
    cells = numbers.cells_of(numbers.phrase_of(value, high, word, "as printed elsewhere"))
    assert (cells["value"], cells.get("value_high"), cells["quantifier"]) == (
        str(value), str(high) if high else None, word,
    )  # fmt: skip


# A decision, an event


def test_a_decision_is_recorded_with_its_reason_and_changes_what_is_shown(root, desk):
    app = opened("decision")
    box = labelled(app, "selectbox", "The series")
    [key] = [key for key in box.options if "Thailand" in key]
    box.select(key).run()
    labelled(app, "date_input", "From this day on").set_value(dt.date(2025, 12, 24))
    labelled(app, "text_input", "The reason, in a sentence that readers will see").set_value(
        "Seen in person."
    )
    labelled(app, "text_input", "Who decided, as readers will see it").set_value("Anna")
    figures = labelled(app, "selectbox", "Figure")
    figures.select(figures.options[0]).run()
    pressed(app, "Publish")
    row = load_library(root).decisions.iloc[0]
    assert (row["figure_id"], row["reason"], row["decided_by"]) == (
        "F0001", "Seen in person.", "Anna",
    )  # fmt: skip


def test_an_event_joins_the_timeline(root, desk):
    app = opened("event")
    labelled(app, "date_input", "Day of the event").set_value(dt.date(2025, 12, 25))
    labelled(app, "text_input", "What happened, in one sentence").set_value("Talks begin").run()
    pressed(app, "Publish")
    assert load_library(root).events["label"].tolist() == ["Talks begin"]


# A table


def brought(app, content, name="mine.csv"):
    app = app.get("file_uploader")[0].upload(name, content, "text/csv").run()
    assert not app.exception
    return app


def test_a_table_is_added_corrections_are_offered_and_repeated_rows_skipped(root, desk):
    before = (root / "test" / "figures.csv").read_bytes()
    lines = [
        f"N1,KHM,killed,cumulative,2025-12-26,4,b,{LINK}",
        f"F0001,THA,killed,cumulative,2025-12-24,10,a,{LINK}",
        f"N2,KHM,killed,cumulative,2025-12-24,5,b,{LINK}",
    ]
    app = brought(opened(), (HEADER + "\n".join(lines) + "\n").encode())
    assert "1 new row. 1 correction. 1 row is there already." in text_of(app)
    pressed(app, "Publish")
    assert (root / "test" / "figures.csv").read_bytes().startswith(before)
    new = {row["figure_id"]: row["supersedes"] for row in rows(root)[2:]}
    assert new == {"N1": "", "N2": "F0002"}


def checked(content):
    """Return the Data page with a table handed in to be checked."""
    app = screen("data")
    app = app.get("file_uploader")[0].upload("mine.csv", content, "text/csv").run()
    assert not app.exception
    return app


def test_a_table_that_was_checked_is_brought_in_without_handing_it_in_again(root, desk):
    app = checked((HEADER + f"N1,KHM,killed,cumulative,2025-12-26,4,b,{LINK}\n").encode())
    app = pressed(app, "Bring this table in on the Update page")
    assert not app.exception
    assert "Your table: mine.csv" in text_of(app)
    assert "1 new row." in text_of(app)
    pressed(app, "Publish")
    assert rows(root)[-1]["figure_id"] == "N1"


def test_a_viewer_cannot_bring_in_what_was_checked(root):
    app = checked((HEADER + f"N1,KHM,killed,cumulative,2025-12-26,4,b,{LINK}\n").encode())
    assert [b for b in app.button if b.key == "tried_take"] == []


def test_opening_the_page_begins_no_history(root, desk):
    for tab in ("import", "form", "decision", "event", "history"):
        opened(tab)
    assert not (root / ".history").exists()


def test_a_row_may_stand_beside_the_earlier_one_instead_of_correcting_it(root, desk):
    line = f"N2,KHM,killed,cumulative,2025-12-24,5,b,{LINK}\n"
    app = brought(opened(), (HEADER + line).encode())
    label = "Rows that give another number for the same source, question and day"
    app = labelled(app, "selectbox", label).set_value("beside").run()
    pressed(app, "Publish")
    assert rows(root)[-1]["supersedes"] == ""


def test_a_bad_cell_is_put_right_in_place_and_its_row_published(root, desk):
    line = f"N1,THA,killed,cumulative,2025-12-26,1O0,a,{LINK}\n"
    app = brought(opened(), (HEADER + line).encode())
    assert "1 cell keeps its row out." in text_of(app)
    labelled(app, "text_input", "Line 2, value").set_value("100").run()
    assert "the table says '1O0'" in text_of(app)
    pressed(app, "Publish")
    assert (rows(root)[-1]["figure_id"], rows(root)[-1]["value"]) == ("N1", "100")


def test_a_cell_that_was_put_right_still_shows_what_the_table_has(root, desk):
    line = f"N1,THA,killed,cumulative,2025-12-26,1O0,a,{LINK}\n"
    app = brought(opened(), (HEADER + line).encode())
    app = labelled(app, "text_input", "Line 2, value").set_value("100").run()
    beside = next(d.value for d in app.dataframe if "Read as" in d.value)
    assert beside["Number"].tolist() == ["100"]
    assert beside["Your value"].tolist() == ["1O0 (put right: 100)"]
    assert beside["Your source"].tolist() == ["a"]


def test_the_label_of_a_cell_is_read_out_without_escapes(root, desk):
    bad = f"N1,THA,killed,cumulative,2025.12.26,1,a,{LINK}\n"
    app = brought(opened(), (HEADER + bad.replace("THA", "T-1")).encode())
    labels = [field.label for field in app.text_input]
    assert "Line 2, country" in labels
    assert not [label for label in labels if "\\" in label]


def test_the_way_a_table_is_read_is_corrected_on_screen(root, desk):
    text = f"Land,Toll,Datum,Quelle\nThailand,17,2025-12-26,a\nCambodia,9,2025-12-26,b\n{''}"
    app = brought(opened(), text.encode())
    app = labelled(app, "multiselect", "Columns that hold numbers of people").set_value(["Toll"])
    app = app.run()
    box = [b for b in app.selectbox if str(b.key).endswith("map/value/Toll/measure")]
    app = box[0].set_value("killed").run()
    box = [b for b in app.selectbox if str(b.key).endswith("map/value/Toll/counting")]
    app = box[0].set_value("cumulative").run()
    box = [b for b in app.selectbox if str(b.key).endswith("map/column/country")]
    app = box[0].set_value("Land").run()
    assert not app.exception
    assert "2 new rows." in text_of(app)
    mapping = Mapping.load(labelled(app, "text_area", "Mapping (TOML)").value)
    assert mapping.columns == {"country": "Land", "as_of": "Datum", "source": "Quelle"}
    pressed(app, "Publish")
    assert [(r["figure_id"], r["country"], r["value"]) for r in rows(root)[2:]] == [
        ("F0003", "THA", "17"), ("F0004", "KHM", "9"),
    ]  # fmt: skip


def test_rows_whose_id_is_blank_are_given_one_and_the_reader_is_told_how_many(root, desk):
    lines = [
        f",KHM,killed,cumulative,2025-12-26,4,b,{LINK}",
        f"N7,KHM,killed,cumulative,2025-12-27,5,b,{LINK}",
        f",KHM,killed,cumulative,2025-12-28,6,b,{LINK}",
    ]
    app = brought(opened(), (HEADER + "\n".join(lines) + "\n").encode())
    assert "3 new rows. 2 rows had no id and get one each." in text_of(app)
    pressed(app, "Publish")
    assert [row["figure_id"] for row in rows(root)[2:]] == ["F0003", "N7", "F0004"]


def test_blank_ids_beside_own_ones_are_given_in_a_table_that_a_mapping_reads_too(root, desk):
    text = "figure_id,country,Killed,Date,Source\n,KHM,4,2025-12-26,b\nN7,KHM,5,2025-12-27,b\n"
    app = brought(opened(), text.encode())
    assert "2 new rows. 1 row had no id and gets one." in text_of(app)
    pressed(app, "Publish")
    assert [row["figure_id"] for row in rows(root)[2:]] == ["F0003", "N7"]


def test_whether_the_day_or_the_month_comes_first_is_chosen_on_screen(root, desk):
    text = "Country,Killed,Date,Source\nKHM,4,03/04/2026,b\nKHM,5,04/04/2026,b\n"
    app = brought(opened(), text.encode())
    assert "3 April or 4 March" in said(app)
    app = labelled(app, "selectbox", "How days are written").set_value("day").run()
    assert Mapping.load(labelled(app, "text_area", "Mapping (TOML)").value).dates.dayfirst is True
    assert "2 new rows." in text_of(app)
    app = labelled(app, "selectbox", "How days are written").set_value("month").run()
    assert Mapping.load(labelled(app, "text_area", "Mapping (TOML)").value).dates.dayfirst is False
    pressed(app, "Publish")
    assert [row["as_of"] for row in rows(root)[2:]] == ["2026-03-04", "2026-04-04"]


def test_a_table_of_ours_whose_days_a_spreadsheet_wrote_its_own_way_is_read(root, desk):
    lines = [
        f"N1,KHM,killed,cumulative,26/12/2025,4,b,{LINK}",
        f"N2,KHM,killed,cumulative,27/12/2025,5,b,{LINK}",
    ]
    app = brought(opened(), (HEADER + "\n".join(lines) + "\n").encode())
    pressed(app, "Publish")
    new = {row["figure_id"]: row["as_of"] for row in rows(root)[2:]}
    assert new == {"N1": "2025-12-26", "N2": "2025-12-27"}


def test_a_table_of_ours_asks_which_comes_first_where_its_days_do_not_say(root, desk):
    line = f"N1,KHM,killed,cumulative,03/04/2026,4,b,{LINK}\n"
    app = brought(opened(), (HEADER + line).encode())
    app = labelled(app, "selectbox", "How days are written").set_value("day").run()
    assert not app.exception
    pressed(app, "Publish")
    assert [(row["figure_id"], row["as_of"]) for row in rows(root)[2:]] == [("N1", "2026-04-03")]


def test_a_name_that_stands_once_for_several_rows_is_filled_down_on_screen(root, desk):
    text = "Country,Killed,Date,Source\nKHM,4,2025-12-26,b\n,5,2025-12-27,b\n"
    app = brought(opened(), text.encode())
    assert "1 new row. 1 row cannot be read" in text_of(app)
    label = "Columns whose text stands once for the rows below it"
    app = labelled(app, "multiselect", label).set_value(["Country"]).run()
    mapping = Mapping.load(labelled(app, "text_area", "Mapping (TOML)").value)
    assert mapping.table.fill_down == ["Country"]
    pressed(app, "Publish")
    assert [(row["country"], row["value"]) for row in rows(root)[2:]] == [
        ("KHM", "4"),
        ("KHM", "5"),
    ]


def test_rows_without_a_number_are_counted_and_said_to_have_none(root, desk):
    text = (
        "Country,Killed,Date,Source\nKHM,4,2025-12-26,b\nKHM,,2025-12-27,b\nKHM,n/a,2025-12-28,b\n"
    )
    app = brought(opened(), text.encode())
    assert "1 new row. 2 rows have no number and are left out." in text_of(app)


def test_a_broken_mapping_is_told_and_breaks_nothing(root, desk):
    app = brought(opened(), b"Land,Toll\nThailand,17\n")
    labelled(app, "text_area", "Mapping (TOML)").set_value("[columns\n").run()
    assert not app.exception
    assert "The mapping cannot be used" in said(app)


def test_a_mended_cell_is_read_by_the_rules_of_the_table(root):
    text = "Country,Killed,Date,Source\nThailand,1O0,26/12/2025,a\n"
    text += "".join(f"Cambodia,{n},{n}/12/2025,b\n" for n in range(13, 19))
    library = load_library(root)
    first = reading.read(text.encode(), "t.csv", library, "test")
    bad = reading.bad_cells(first)
    assert bad[["line", "own"]].values.tolist() == [[2, "Killed"]]
    fixed = reading.read(text.encode(), "t.csv", library, "test", "", {(2, "Killed"): "about 100"})
    assert fixed.table.figures[["country", "value", "quantifier"]].values.tolist()[:2] == [
        ["THA", 100, "about"],
        ["KHM", 13, "exact"],
    ]


# Two editors, trouble, the way back


def test_two_sessions_publish_one_after_another_and_both_figures_are_there(root, desk):
    one, two = filled(opened("form")), filled(opened("form"), selectbox={MEASURE: "injured"})
    pressed(one, "Publish")
    two = pressed(two, "Publish")
    assert "Version 3: Added 1 figure." in said(two)
    assert [row["measure"] for row in rows(root)[2:]] == ["killed", "injured"]


def test_the_same_question_by_two_editors_is_shown_side_by_side_first(root, desk):
    app = filled(opened("form"))
    other = Change("test", figures=[{
        "country": "KHM", "measure": "killed", "counting": "cumulative", "as_of": "2025-12-25",
        "value": "22", "source": "a", "url": LINK}])  # fmt: skip
    publishing.publish(root, other, who="Bo", message="mine first")
    app = pressed(app, "Publish")
    assert "Bo: Added 1 figure. mine first" in said(app)
    theirs, mine = (d.value for d in app.dataframe if "Number" in d.value and "Id" in d.value)
    assert list(theirs)[:3] == ["What happened", "Number", "Counted by"]
    assert theirs.iloc[0][["What happened", "Number", "As of"]].tolist() == [
        "Added", "22", "25 Dec 2025",
    ]  # fmt: skip
    assert list(mine)[:2] == ["Number", "Counted by"]
    assert len(rows(root)) == 3
    app = pressed(app, "Publish mine as well")
    assert len(rows(root)) == 4


def test_a_folder_that_may_not_be_written_is_told_kindly_and_the_draft_stays(
    root, desk, monkeypatch
):
    app = filled(opened("form"))
    # Marks on files bind nobody who runs the tests as root.
    monkeypatch.setattr("publishing.store.os.access", lambda *_: False)
    app = pressed(app, "Publish")
    assert "test/figures.csv cannot be written to; nothing was changed." in said(app)
    assert len(rows(root)) == 2
    assert labelled(app, "text_input", "Link to the report").value == LINK


def test_the_history_tells_who_and_what_and_undo_brings_the_old_bytes_back(root, desk):
    before = (root / "test" / "figures.csv").read_bytes()
    app = filled(opened("form"))
    labelled(app, "text_input", "What you changed, in a sentence for the history").set_value(
        "evening count"
    ).run()
    app = pressed(app, "Publish")
    app.query_params["tab"] = "history"
    app = app.run()
    table = app.dataframe[0].value
    assert table.iloc[0][["Who", "What was done", "Message"]].tolist() == [
        "This computer", "Added 1 figure.", "evening count",
    ]  # fmt: skip
    labelled(app, "toggle", "Show what differs").set_value(True).run()
    assert "1 row was added" in text_of(app)
    labelled(app, "selectbox", "Version to take back").set_value("2").run()
    labelled(app, "checkbox", "Yes, take this version back").check().run()
    pressed(app, "Undo")
    assert (root / "test" / "figures.csv").read_bytes() == before


def test_what_differs_is_told_in_our_words_with_the_number_first(root, desk):
    new = {"country": "KHM", "measure": "killed", "counting": "cumulative", "source": "b",
           "as_of": "2025-12-25", "value": "22", "quantifier": "at_least", "url": LINK}  # fmt: skip
    publishing.publish(root, Change("test", figures=[new]), who="Bo", message="")
    path = root / "test" / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"F0001,THA", b"F0001,LAO"))
    app = opened("history")
    labelled(app, "selectbox", "From version").set_value("1").run()
    app = labelled(app, "toggle", "Show what differs").set_value(True).run()
    _, changed, added = (frame.value for frame in app.dataframe)
    assert changed.iloc[0].to_dict() == {
        "Column": "Place", "Before": "Thailand", "Afterwards": "Laos", "Id": "F0001",
        "Crisis": "test",
    }  # fmt: skip
    assert list(added)[:4] == ["Number", "Place", "What is counted", "How the number counts"]
    assert "Who is counted" not in added
    assert added.iloc[0][["Number", "Place", "As of"]].tolist() == [
        "at least 22", "Cambodia", "25 Dec 2025",
    ]  # fmt: skip


def test_an_edit_outside_is_told_as_such(root, desk):
    change = Change("test", events=({"date": "2025-12-25", "label": "Talks"},))
    publishing.publish(root, change, who="anna@ngo.example", message="talks")
    path = root / "test" / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"KHM", b"THA"))
    app = opened("history")
    assert "Edited outside the dashboard: test/figures.csv." in said(app)


def test_a_viewer_sees_the_history_without_names(root):
    change = Change("test", events=({"date": "2025-12-25", "label": "Talks"},))
    publishing.publish(root, change, who="anna@ngo.example", message="talks")
    app = opened("history")
    assert "Added 1 event." in said(app)
    assert "anna" not in said(app)


def test_text_of_a_table_is_shown_letter_for_letter(root, desk):
    text = io.StringIO()
    writer = csv.writer(text)
    bad = "[x](https://evil.example) **b** <b>"
    writer.writerow([*HEADER.strip().split(","), "note"])
    writer.writerow(["N1", "THA", "killed", "cumulative", "2025-12-26", bad, "a", LINK, bad])
    writer.writerow(["N2", "THA", "killed", "cumulative", "2025-12-26", "9", "zz", LINK, bad])
    app = brought(opened(), text.getvalue().encode(), name="[y](https:evil).csv")
    for part in [*app.markdown, *app.caption, *app.warning, *app.info]:
        assert "](https" not in str(part.value)
        assert "**b**" not in str(part.value)


# Hostile text


def batches(most):
    """Return every hostile string that a field can hold, several to a text of at most so many."""
    made = [""]
    for text in CELLS:
        joined = f"{made[-1]} {text}".strip()
        if len(joined) > most:
            made.append(text[:most])
        else:
            made[-1] = joined
    return made


def in_markup(app, texts):
    """Return which of the strings stand in what Streamlit reads as markup, as they were typed."""
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.success]
    shown = " ".join(str(part.value) for part in parts)
    shown += " ".join(element.label for element in [*app.expander, *app.checkbox, *app.text_input])
    return [text for text in texts if plain(text) != text and text in shown]


def test_hostile_text_in_what_holds_for_all_rows_is_never_markup(root, desk):
    app = brought(opened(), b"Country,Killed,Date\nKHM,4,2025-12-26\n")
    names = ("source", "as_of", "url")
    texts = batches(290)
    for place in range(0, len(texts), len(names)):
        now = texts[place : place + len(names)]
        for name, text in zip(names, now, strict=False):
            [field] = [f for f in app.text_input if str(f.key).endswith(f"map/constant/{name}")]
            field.set_value(text)
        app = app.run()
        assert not app.exception
        mapping = Mapping.load(labelled(app, "text_area", "Mapping (TOML)").value)
        assert mapping.constants.source == now[0].strip()
        assert in_markup(app, now) == []
        assert in_markup(app, [s for s in CELLS if len(s) > 8 and any(s in t for t in now)]) == []


def constant(tree, name):
    """Return the field for what holds for all rows, as a browser shows it."""
    [field] = [f for f in tree.get("text_input") if str(f.key).endswith(f"map/constant/{name}")]
    return field


def mapping_of(app):
    return Mapping.load(labelled(app, "text_area", "Mapping (TOML)").value)


def place_of(block, label):
    """Return where an expander stands: a browser closes one that stands elsewhere than before."""
    for number, part in getattr(block, "children", {}).items():
        if getattr(part, "label", None) == label and part.type == "expander":
            return (number,)
        if inner := place_of(part, label):
            return (number, *inner)
    return ()


def test_a_sentence_that_comes_up_closes_no_part_that_somebody_types_in(root, desk):
    app = brought(opened(), b"Country,Killed,Date\nKHM,4,2025-12-26\n")
    before = place_of(app._tree, "What holds for all rows")
    constant(app._tree, "source").set_value("no id of a source")
    app = app.run()
    assert any("is no id of a source" in one.value for one in app.warning)
    assert before
    assert place_of(app._tree, "What holds for all rows") == before


class Browser:
    """A browser that stays behind: with each change it sends back all that it showed at first."""

    def __init__(self, app):
        self.app, self.states = app, app._tree.get_widget_states()

    def types(self, field, text):
        [state] = [one for one in self.states.widgets if one.id == field.id]
        state.string_value = text
        self.app = self.app._run(self.states)
        assert not self.app.exception


def test_what_is_typed_before_the_browser_has_heard_of_the_last_change_is_kept(root, desk):
    app = brought(opened(), b"Country,Killed,Date\nKHM,4,2025-12-26\n")
    browser, shown = Browser(app), app._tree
    browser.types(constant(shown, "source"), "mod")
    browser.types(constant(shown, "url"), LINK)
    said = mapping_of(browser.app).constants
    assert (said.source, said.url) == ("mod", LINK)
    assert [constant(browser.app._tree, name).value for name in ("source", "url")] == ["mod", LINK]


def test_a_field_typed_before_the_browser_has_heard_of_a_text_leaves_the_text_as_it_is(root, desk):
    app = brought(opened(), b"Country,Killed,Date\nKHM,4,2025-12-26\n")
    browser, shown = Browser(app), app._tree
    text = labelled(app, "text_area", "Mapping (TOML)")
    new = 'source = "mod"\nurl = "https://a.example"'
    browser.types(text, text.value.replace('source = "mine"', new))
    browser.types(constant(shown, "as_of"), "2025-12-01")
    said = mapping_of(browser.app).constants
    assert (said.source, said.url, said.as_of) == ("mod", "https://a.example", "2025-12-01")
    fields = [constant(browser.app._tree, name).value for name in ("source", "url", "as_of")]
    assert fields == ["mod", "https://a.example", "2025-12-01"]


def test_fields_are_not_filled_in_anew_while_another_is_typed(root, desk):
    app = brought(opened(), b"Country,Killed,Date\nKHM,4,2025-12-26\n")
    # A field that is filled in by the server throws away what is typed into it just then.
    assert constant(app.run()._tree, "url").proto.set_value is False
    constant(app._tree, "source").set_value("mod")
    assert constant(app.run()._tree, "url").proto.set_value is False


def test_of_a_field_that_was_filled_in_anew_often_only_its_last_text_is_kept(root, desk):
    app = brought(opened(), b"Country,Killed,Date\nKHM,4,2025-12-26\n")
    for old, new in (("mine", "a"), ("a", "b"), ("b", "mod")):
        text = labelled(app, "text_area", "Mapping (TOML)")
        app = text.set_value(text.value.replace(f'source = "{old}"', f'source = "{new}"')).run()
    kept = app.run().session_state["editing_kept"]
    places = [key for key in kept if key.endswith("map/constant/source")]
    assert [kept[key] for key in places] == ["mod"]


def test_a_hostile_name_of_a_province_is_never_markup(root, desk):
    app = filled(opened("form"))
    for text in batches(900):
        labelled(app, "selectbox", "Province, where the number is for one").set_value(text)
        app = app.run()
        assert not app.exception
        assert in_markup(app, [text, *(s for s in CELLS if len(s) > 8 and s in text)]) == []
        assert "1 new row." in text_of(app)
