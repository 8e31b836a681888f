"""Hostile text typed and handed in by editors: every field, the import, what the history keeps."""

import csv
import io

import pytest
from playwright.sync_api import expect

from publishing import history
from tests import hostile_data
from tests.browser.serving import served, settle
from tests.browser.test_hostile import STORY, TELLING, opened, seen, unfold
from tests.builders import figure, write_crisis
from tests.hostile import CELLS, MARKDOWN, STRINGS, seen_as

pytestmark = pytest.mark.browser
OURS = ["figure_id", "country", "measure", "counting", "as_of", "value", "source", "url", "admin1",
        "scope", "expression", "note"]  # fmt: skip
MESSAGE = " ".join(TELLING)[:300]
# How many rounds of typing there are between two long looks; the trap itself is always open.
LOOK_AFTER = 8


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a dashboard whose reader may edit; small, since each field is typed into often."""
    folder = tmp_path_factory.mktemp("hostile_desk")
    data = write_crisis(
        folder / "data",
        figure(figure_id="F1", source="s1", country="THA"),
        figure(figure_id="F2", source="s1", country="KHM"),
        crisis=hostile_data.MAIN,
    )
    with served(folder, {"DATASETS": str(data)}) as site:
        yield site


def batches(most):
    """Return all strings, put together to texts of at most so many letters; a longer one is cut."""
    made = [""]
    for text in STRINGS:
        if made[-1] and len(made[-1]) + 1 + len(text) > most:
            made.append("")
        made[-1] = f"{made[-1]} {text}"[-most:] if made[-1] else text[:most]
    return made


def test_the_batches_hold_every_string():
    for most in (120, 200, 300, 500, 1000):
        whole = "\n".join(batches(most))
        assert [text for text in STRINGS if text[:most] not in whole] == []
        assert max(map(len, batches(most))) <= most


def box(page, label):
    return page.get_by_role("textbox", name=label, exact=True)


def typed(trap, fields):
    """Type all strings into each field, by label and the letters it takes; look now and then."""
    texts = {label: batches(most) for label, most in fields.items()}
    rounds = max(map(len, texts.values()))
    for number in range(rounds):
        for label in [label for label, parts in texts.items() if number < len(parts)]:
            # The browser takes out what has no place in a field of one line.
            box(trap.page, label).fill(texts[label][number])
            trap.page.keyboard.press("Enter")
        if number % LOOK_AFTER == 0 or number == rounds - 1:
            settle(trap.page, 100)
            expect(trap.page.locator('[data-testid="stException"]')).to_have_count(0)
            assert trap.look() == []
    settle(trap.page)


def chosen(page, label, option):
    """Choose an option of a box by what it says."""
    found = page.get_by_role("combobox", name=label, exact=True)
    found.click()
    found.fill(option)
    found.press("Enter")
    settle(page)


def test_the_form_for_a_figure(trap, desk):
    page = trap.page
    opened(page, f"{desk.url}/update?{STORY}&tab=form")
    chosen(page, "Who counted", "A new source")
    typed(trap, {
        "Limited to, or leaving out (in words)": 500,
        "The number, in digits or in words": 300,
        "The phrase as printed, where it says more": 1000,
        "Note for the reader": 1000,
        "Link to the report": 2000,
        "Name of the source": 200,
        "Its short id": 80,
        "Its home page": 500,
    })  # fmt: skip
    page.get_by_text("There is no link").click()
    settle(page)
    typed(trap, {"Why there is no link": 500})
    page.get_by_text("Correct a figure that is there").click()
    settle(page)
    typed(trap, {"Search by id, number, source, place or day": 120})


def test_the_forms_for_a_decision_and_an_event(trap, desk):
    page = trap.page
    opened(page, f"{desk.url}/update?{STORY}&tab=decision")
    typed(trap, {"The reason, in a sentence that readers will see": 500,
                 "Who decided, as readers will see it": 500})  # fmt: skip
    opened(page, f"{desk.url}/update?{STORY}&tab=event")
    typed(trap, {"What happened, in one sentence": 500, "Link to a report": 2000})
    chosen(page, "What kind of event", MARKDOWN[0])
    kind = page.get_by_role("combobox", name="What kind of event", exact=True)
    assert MARKDOWN[0] in (kind.get_attribute("aria-label") or "") + kind.input_value()


def test_the_search_and_the_filters_of_the_data_page(trap, desk):
    opened(trap.page, f"{desk.url}/data?{STORY}")
    typed(trap, {"Search": 100})
    page = trap.page
    for label in ("Measure", "Place", "Counted or carried by", "Status", "Order"):
        field = page.get_by_role("combobox", name=label).first
        for text in batches(1300):
            field.fill(text)
            expect(field).not_to_have_value("")
            field.press("Enter")
        field.press("Escape")
    days = page.get_by_test_id("stDateInput")
    expect(days).to_have_count(2)
    for day in days.all():
        day.get_by_role("spinbutton").first.click()
        for text in TELLING:
            page.keyboard.insert_text(text)
        page.keyboard.press("Escape")
    settle(page)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def table(head, rows):
    """Return a table as a file to hand in."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([head, *rows])
    return {
        "name": f"{CELLS[11]}.csv",
        "mimeType": "text/csv",
        "buffer": target.getvalue().encode(),
    }


def handed_in(page, site, address, file):
    """Hand in a table on a page and wait until it is read."""
    opened(page, f"{site.url}/{address}")
    page.locator("[data-testid=stFileUploader] input[type=file]").first.set_input_files(file)
    expect(page.locator("body")).to_contain_text("Your rows as figures")
    settle(page)


def good_rows():
    """Return rows in which each string stands in every field that takes any text.

    Several stand in a cell, so that there are few enough rows for all of them to be on screen.
    """
    for number, text in enumerate((*TELLING[:4], *batches(1300))):
        row = [f"N{number}", "THA", "captured", "cumulative", hostile_data.DAY, number, "s1"]
        yield [*row, hostile_data.REPORT, *[text.replace("\0", "")] * 4]


def bad_rows():
    """Return rows with each string in a field that does not take it, the fields by turns."""
    for number, text in enumerate(CELLS):
        row = [f"N{number}", "THA", "captured", "cumulative", hostile_data.DAY, "7", "s1", "", "",
               "", "", ""]  # fmt: skip
        row[number % 8] = f"data:{text}" if number % 8 == 7 else text
        yield row


def test_a_table_is_imported_published_and_told_in_the_history(trap, desk):
    page = trap.page
    count = len(list(good_rows()))
    handed_in(page, desk, f"update?{STORY}", table(OURS, good_rows()))
    expect(page.locator("body")).to_contain_text(" new rows.")
    unfold(page)
    shown = seen(page)
    assert [text for text in STRINGS if "pwn1" in text and seen_as(text) not in shown] == []
    typed(trap, {"What you changed, in a sentence for the history": 300})
    box(page, "What you changed, in a sentence for the history").fill(MESSAGE)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("body")).to_contain_text(f"Added {count} figures.")
    settle(page)
    assert trap.look() == []
    opened(page, f"{desk.url}/update?{STORY}&tab=history")
    # A grid also stands as a table, for those who cannot see it.
    expect(page.locator("body")).to_contain_text(TELLING[0])
    page.get_by_text("Show what differs").click()
    settle(page)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    assert "pwn1" in history(desk.datasets.parent / "data")[-1].message


def test_cells_that_cannot_be_read_are_put_right_by_other_hostile_text(trap, desk):
    page = trap.page
    handed_in(page, desk, f"update?{STORY}", table(OURS, bad_rows()))
    expect(page.locator("body")).to_contain_text("Cells to put right")
    fields = page.get_by_role("textbox", name="Line ")
    assert fields.count() > 20
    for place, text in enumerate((" ".join(STRINGS), *TELLING[:3])):
        fields.nth(place).fill(text)
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_columns_named_by_hostile_text_are_mapped(trap, desk):
    page = trap.page
    head = ["place", "day", "dead", *CELLS]
    row = ["THA", hostile_data.DAY, "5", *["x"] * len(CELLS)]
    handed_in(page, desk, f"update?{STORY}", table(head, [row]))
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    unfold(page)


def test_the_check_of_ones_own_file(trap, desk):
    for rows in (good_rows(), bad_rows()):
        handed_in(trap.page, desk, f"data?{STORY}", table(OURS, rows))
        unfold(trap.page)
        expect(trap.page.locator('[data-testid="stException"]')).to_have_count(0)
        assert trap.look() == []
