"""Every page in every state of the data: empty, one figure, all withdrawn, broken, very much."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from tests.builders import figure, source, write_crisis
from tests.screens import ROOT
from tests.screens import opened as screen
from ui.choosing import PAGES
from ui.starting import place

FILES = tuple(str(page["page"]) for page in PAGES)
LONG = "The Ministry of Very Long Names and of Everything Else that a Headline Cannot Hold " * 3
COUNTRIES = ["AFG", "ALB", "DZA", "AND", "AGO", "ARG", "ARM", "AUS", "AUT", "AZE"]
COUNTRIES += ["BHS", "BHR", "BGD", "BRB", "BLR", "BEL", "BLZ", "BEN", "BTN", "BOL"]
COUNTRIES += ["BIH", "BWA", "BRA", "BRN", "BGR", "BFA", "BDI", "KHM", "CMR", "CAN"]
COUNTRIES += ["CPV", "CAF", "TCD", "CHL", "CHN", "COL", "COM", "COG", "CRI", "CIV"]


@pytest.fixture
def opened(monkeypatch):
    """Return a page of the dashboard over a folder of data sets."""

    def open_(folder, page="pages/overview.py", **query):
        monkeypatch.setenv("DATASETS", str(folder))
        return screen(Path(page).stem, **query)

    return open_


def said(app):
    """Return everything a page says in prose, without escapes."""
    parts = [*app.title, *app.header, *app.markdown, *app.caption, *app.info, *app.warning]
    words = [str(part.value) for part in parts] + [part.label for part in app.expander]
    words += [element.proto.body for element in app.get("html")]
    return " ".join(words).replace("\\", "").replace("\u2060", "")


def many_countries():
    return {"rows": [figure(country=c) for c in COUNTRIES], "countries": "+".join(COUNTRIES)}


def many_sources():
    names = [f"s{number}" for number in range(60)]
    rows = [figure(source=name, value=10 + n) for n, name in enumerate(names)]
    return {"rows": rows, "sources": [source(source=name) for name in names]}


def long_names():
    sources = [source(source="a", name=LONG), source(source="b", name=LONG * 2)]
    rows = [figure(scope=LONG), figure(source="b", value=900, expression=LONG, note=LONG)]
    return {"rows": rows, "sources": sources, "name": LONG}


STATES = {
    "no figure": lambda: {"rows": []},
    "one figure": lambda: {"rows": [figure()]},
    "all withdrawn": lambda: {"rows": [figure(status="withdrawn"), figure(status="withdrawn")]},
    "all unconfirmed": lambda: {"rows": [figure(status="unconfirmed")]},
    "only old figures": lambda: {"rows": [figure(as_of="2025-12-08", counting="stock")]},
    "only households": lambda: {"rows": [figure(unit="household")]},
    "forty countries": many_countries,
    "sixty sources": many_sources,
    "very long names": long_names,
}


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("state", STATES)
def test_every_page_bears_every_state_of_the_data(opened, tmp_path, page, state):
    given = STATES[state]()
    app = opened(write_crisis(tmp_path, *given.pop("rows"), **given), page)
    assert not app.exception
    assert not app.error
    assert "None" not in said(app).split()
    assert "nan" not in said(app).lower().split()


@pytest.mark.parametrize("page", FILES)
def test_before_the_first_figure_every_page_says_so_and_shows_no_number(opened, tmp_path, page):
    folder = write_crisis(tmp_path, figure(value=4321, published="2025-12-20"))
    app = opened(folder, page, known="2025-12-08")
    assert not app.exception
    assert "4,321" not in said(app)


def test_without_any_figure_the_page_says_what_to_do(opened, tmp_path):
    app = opened(write_crisis(tmp_path))
    assert "no figures yet" in said(app)


@pytest.mark.parametrize("page", FILES)
def test_without_any_crisis_every_page_says_what_to_do_and_leads_on(opened, tmp_path, page):
    folder = tmp_path / "nothing-here"
    app = opened(folder, page)
    assert not app.exception
    assert f"Files are looked for in {folder}: crises.csv and sources.csv" in said(app)
    links = [link.proto.label for link in app.sidebar.get("page_link")]
    assert {"Overview", "Data", "Update figures"} < set(links)
    assert app.sidebar.selectbox(key="choose_lang").value == "en"
    blank = [button.proto.label for button in app.get("download_button")]
    assert {"crises.csv", "sources.csv", "Blank table, CSV", "Blank table, Excel"} == set(blank)


def test_without_any_crisis_the_language_can_be_chosen(opened, tmp_path):
    app = opened(tmp_path / "nothing-here", lang="fr")
    assert app.sidebar.selectbox(key="choose_lang").value == "fr"
    links = [link.proto.query_string for link in app.sidebar.get("page_link")]
    assert set(links) == {"lang=fr"}


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (str(ROOT / "datasets"), "datasets/"),
        ("/srv/figures", "/srv/figures"),
        ("https://me:secret@example.org/figures/token", "https://example.org/…"),
    ],
)
def test_the_folder_is_named_as_the_setting_has_it(path, shown):
    assert place(path) == shown


def test_of_withdrawn_figures_none_is_shown(opened, tmp_path):
    folder = write_crisis(tmp_path, figure(value=4321, status="withdrawn"))
    assert "4,321" not in said(opened(folder))


def test_a_broken_file_leaves_the_last_good_figures_and_says_so(opened, tmp_path):
    folder = write_crisis(tmp_path, figure(value=4321))
    assert "4,321" in said(opened(folder))
    path = folder / "test" / "figures.csv"
    path.write_bytes(path.read_bytes()[:-20])
    app = opened(folder)
    assert "4,321" in said(app)
    assert re.search(
        r"figures\S*csv cannot be used: .* Shown instead is what it held on", said(app)
    )


@pytest.mark.parametrize(
    ("lang", "day", "remedy"),
    [("en", "3 Feb 2026", "save as 'CSV UTF"), ("fr", "3 févr. 2026", "")],
)
def test_a_broken_file_is_told_once_with_the_day_of_what_is_shown_and_what_to_do(
    opened, tmp_path, lang, day, remedy
):
    folder = write_crisis(tmp_path, figure(value=4321))
    opened(folder)
    path, kept = folder / "test" / "figures.csv", folder / ".last-good" / "test" / "figures.csv"
    read = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC).timestamp()
    os.utime(kept, (read, read))
    path.write_bytes(b"\xff\xfe\x00broken" + path.read_bytes())
    app = opened(folder, lang=lang)
    (told,) = [str(warning.value).replace("\\", "") for warning in app.warning]
    assert day in told
    assert remedy in told
    assert not app.expander or "data files" not in app.expander[0].label


def test_a_row_that_cannot_be_read_is_named_on_every_page(opened, tmp_path):
    folder = write_crisis(tmp_path, figure(value=4321), figure(value="lots"))
    for page in FILES:
        app = opened(folder, page)
        assert not app.exception
        assert "1 problem in the data files" in said(app)


class TestAPinnedLink:
    """Opened again after the data behind it was touched."""

    ROWS = (
        figure(figure_id="P1", country="KHM", value=21, published="2025-12-24"),
        figure(figure_id="P2", country="THA", value=65, published="2025-12-24"),
    )

    def made(self, opened, folder, page="pages/overview.py", **query):
        """Return what the pinned link on a page asks for."""
        app = opened(folder, page, **query)
        link = next(code.value for code in app.code if "known=" in code.value)
        return dict(part.split("=") for part in link.partition("?")[2].split("&"))

    def test_says_nothing_while_nothing_has_changed(self, opened, tmp_path):
        folder = write_crisis(tmp_path, *self.ROWS)
        app = opened(folder, **self.made(opened, folder))
        assert "since this link" not in said(app)

    def test_does_not_heed_what_was_published_later(self, opened, tmp_path):
        folder = write_crisis(tmp_path, *self.ROWS)
        link = self.made(opened, folder)
        tomorrow = (dt.date.today() + dt.timedelta(days=1)).isoformat()
        write_crisis(tmp_path, *self.ROWS, figure(value=99, as_of=tomorrow, published=tomorrow))
        app = opened(folder, **link)
        assert "at least 86" in said(app) or "86" in said(app)
        assert "99" not in said(app)
        assert "change since" not in said(app)

    def test_tells_the_number_that_was_corrected_in_place(self, opened, tmp_path):
        folder = write_crisis(tmp_path, *self.ROWS)
        link = self.made(opened, folder)
        write_crisis(tmp_path, self.ROWS[0] | {"value": 29}, self.ROWS[1])
        app = opened(folder, "pages/trends.py", **link)
        assert "1 change since this link was made on" in said(app)
        table = app.dataframe[0].value
        assert table[["Then", "Now", "Row"]].to_numpy().tolist() == [["21", "29", "P1"]]

    def test_tells_a_row_that_was_removed_and_one_added_with_an_earlier_day(self, opened, tmp_path):
        folder = write_crisis(tmp_path, *self.ROWS)
        link = self.made(opened, folder)
        write_crisis(tmp_path, self.ROWS[0], figure(figure_id="P3", value=8, as_of="2025-12-20"))
        app = opened(folder, **link)
        table = app.dataframe[0].value.set_index("Row")
        assert table.loc["P2", "Change"] == "removed since"
        assert table.loc["P2", "Then"] == "65"
        assert table.loc["P3", "Change"] == "added since"
        assert table.loc["P3", "Now"] == "8"

    def test_is_honest_where_what_was_there_is_not_kept(self, opened, tmp_path):
        folder = write_crisis(tmp_path, *self.ROWS)
        link = self.made(opened, folder)
        for kept in (tmp_path / ".seen").iterdir():
            kept.unlink()
        write_crisis(tmp_path, self.ROWS[0] | {"value": 29}, self.ROWS[1])
        assert "it cannot be said which" in said(opened(folder, **link))

    def test_made_from_a_pinned_one_is_of_today(self, opened, tmp_path):
        folder = write_crisis(tmp_path, *self.ROWS)
        again = self.made(
            opened, folder, **self.made(opened, folder) | {"seen": "2020-01-01-0123456789"}
        )
        assert again["seen"].startswith(dt.date.today().isoformat())
