"""Letters that drawing programs cannot set beside digits of another font."""

import re

# They look for another font letter by letter, and lose the Khmer letters that are written as one
# where anything of another font stands in the same text. The Khmer font has digits of its own.
_KHMER = re.compile("[\u1780-\u17ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TEXT = re.compile(r"(<(?:text|tspan)\b[^>]*>)([^<]+)")
_DIGITS = {ord(str(n)): 0x17E0 + n for n in range(10)}


def by_script(svg: str) -> str:
    """Return a drawing for a picture or a page: digits within Khmer words are Khmer ones."""
    return _TEXT.sub(lambda found: found[1] + _of_one_font(found[2]), svg)


def _of_one_font(text: str) -> str:
    alone = _KHMER.search(text) and not _LATIN.search(text)
    return text.translate(_DIGITS) if alone else text
