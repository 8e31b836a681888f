"""In Arabic the page is laid out from right to left; in every other language as it always was."""

import pytest

import languages
from tests.screens import opened
from ui.direction import RIGHT_TO_LEFT


def styles(app):
    """Return what is said of the whole page's looks."""
    bodies = [element.proto.body for element in app.get("html")]
    return [body for body in bodies if "direction: rtl" in body]


@pytest.mark.parametrize("code", sorted(languages.LANGUAGES))
def test_the_page_is_turned_round_where_its_language_runs_from_right_to_left(code):
    app = opened(lang=code)
    assert not app.exception
    assert styles(app) == ([RIGHT_TO_LEFT] if code == "ar" else [])


def test_it_is_all_style_so_that_it_takes_no_room_and_asks_for_nothing():
    assert RIGHT_TO_LEFT.count("<") == 2
    assert RIGHT_TO_LEFT.startswith("<style>")
    assert RIGHT_TO_LEFT.endswith("</style>")
    assert "url(" not in RIGHT_TO_LEFT
    assert "@import" not in RIGHT_TO_LEFT
    assert RIGHT_TO_LEFT.count("{") == RIGHT_TO_LEFT.count("}")
