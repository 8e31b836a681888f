"""The fonts shipped for PNG and PDF hold every letter and sign that the dashboard writes."""

import pytest

from charts.letters import shipped
from languages import catalogue
from ui.words import signed

CODES = ("ar", "es", "fr", "km", "th")


def written(code):
    """Return every sign of the messages of a language, and of English, that has a shape."""
    texts = []
    for message in catalogue.read(code):
        for some in (message.id, message.string):
            texts += [some] if isinstance(some, str) else list(some)
    return {sign for sign in "".join(texts) if sign.isprintable() and sign > " "}


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize("code", CODES)
def test_every_sign_of_the_messages_is_in_the_fonts_shipped(code, weight):
    found = written(code)
    assert {"→", "▲", "a"} <= found
    assert found - shipped(f"*-{weight}.ttf") == set()


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_signs_of_numbers_are_in_the_same_font_as_the_digits(weight):
    signs = {*signed(-19), *signed(160), *signed(0)}
    assert {"−", "+", "±"} <= signs
    assert signs <= shipped(f"NotoSans-{weight}.ttf")
