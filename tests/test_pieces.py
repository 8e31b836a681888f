"""Pieces of a page in HTML: what is not ours stays text, and the signs and links are drawn."""

import re
from html.parser import HTMLParser

import pytest

from figures import Verdict
from tests.hostile import STRINGS
from ui import pieces, words

OURS = {"h2", "small", "strong", "span", "details", "summary", "p"}


class Read(HTMLParser):
    """What a browser makes of HTML: the elements, their attributes, the text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("text", STRINGS)
def test_what_is_not_ours_stays_text_in_every_piece(text):
    sign = words.VERDICTS[Verdict.CONFLICT]
    made = [pieces.heading(text), pieces.small(text, "gavel"), pieces.strong(text),
            pieces.noted(text), pieces.signed(text, sign), pieces.folded(text, ""),
            pieces.paragraph(pieces.strong(text))]  # fmt: skip
    found = Read("".join(made))
    assert found.tags == OURS
    assert found.attributes == {"class"}
    assert "\n" not in "".join(made)


@pytest.mark.parametrize("sign", [*words.VERDICTS.values(), *words.TOTALS.values()])
def test_every_sign_and_colour_of_a_judgement_is_in_the_style_sheet(sign):
    (names,) = re.findall(r'class="sign (\w+) (\w+)"', pieces.signed("told", sign))
    for name in names:
        assert f".said .{name}" in pieces.STYLE


def test_only_as_many_lines_as_asked_for_are_not_folded_away():
    lines = [pieces.paragraph(word) for word in ("one", "two", "three")]
    assert "<details>" not in pieces.most(lines, 3, "more")
    shown, _, rest = pieces.most(lines, 2, "1 more").partition("<details>")
    assert Read(shown).text == "onetwo"
    assert Read(rest).text == "1 morethree"
