"""Pieces of a page in HTML: headings, lines, signs and links in one element.

Streamlit's browser side takes most of a millisecond for each element and far more for a piece of
Markdown, at each click. HTML it puts on the page as it is, and not at all where it is the same as
before. It looks at each attribute, so the look is in one style sheet, which never changes. Whatever
is not written here passes through :func:`ui.text.escaped`.
"""

import html
from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from ui.selection import Selection
from ui.text import escaped

# Colours stand for a light and a dark page: those in which Streamlit sets its own words.
STYLE = """<style>
.said h2{font-size:1.2rem;font-weight:650;margin:0;padding:1.75rem 0 .5rem}
.said h2:first-child{padding-top:1rem}
.said section{border:1px solid light-dark(#d5dce2,#36424f);border-radius:.4rem;
padding:calc(1rem - 1px)}
.said section+section{margin-top:1rem}
.said section h2:first-child{padding:.75rem 0 .35rem}
.said p{margin:0 0 1rem}
.said p,.said .row>div{white-space:pre-line}
.said p+small{display:block}
.said small{font-size:.875rem;color:light-dark(#686255,#b8b3a8)}
.said .gray{color:light-dark(#686255,#b8b3a8)}
.said .green{color:light-dark(#0c5a44,#7ed5b0)}
.said .orange{color:light-dark(#9b4519,#f2a56d)}
.said .sign::before{font:400 1em "Material Symbols Rounded";line-height:inherit;
vertical-align:bottom;display:inline-block;white-space:nowrap;user-select:none;
margin-inline-end:.25em}
.said .row{display:flex;flex-wrap:wrap;gap:.75rem 1rem;margin:.75rem 0}
.said summary{cursor:pointer;font-size:.9rem;margin:.35rem 0}
.said section summary{margin-top:.75rem}
.said .row>div{flex:1 1 10.2rem}
.said .row>div:first-child:not(:only-child){flex:1.4 1 10.5rem}
.said .label{font-size:.9rem}
.said .label:not(:first-child){margin-top:.6rem}
.said .number{font-size:1.55rem;font-weight:650;line-height:1.5}
.said ul{margin:-.5rem 0 1rem;padding-inline-start:1.5rem}
.said li{margin:.2rem 0}
.said .listed{margin:.35rem 0 .25rem}
.said a.inside{color:inherit;font-size:.875rem;text-decoration:none;display:inline-block;
padding:.15rem .5rem;border-radius:.4rem}
.said a.inside:hover{background:rgba(128,128,128,.12)}
.said a.inside::before{font-size:1rem;margin-inline-end:.5rem}
"""
SIGNS = (
    *("arrow_forward", "call_split", "check_circle", "do_not_disturb_on"),
    *("gavel", "history", "info", "person"),
)
# On a phone columns stand one below the other, and no further apart than what is in them.
STYLE += "@media (max-width:640px){.stApp .stHorizontalBlock{row-gap:1rem}}\n"
# Words stand beside each sign, so it is not read out.
STYLE += "".join(
    f'.said .{name}::before{{content:"{name}";content:"{name}" / ""}}\n' for name in SIGNS
)
STYLE += "</style>"
# Lines are kept as they are: an element for the end of each would cost as much as any other.
BREAK = "\n"


def styled() -> None:
    """Give a page the style sheet of its pieces; once, in every page."""
    st.html(STYLE)


def show(*parts: str) -> None:
    """Show HTML, of which every part from elsewhere is escaped, as one element."""
    st.html(f'<div class="said">{"".join(parts)}</div>')


def small(text: object, sign: str = "") -> str:
    """Return text in small grey type, after a sign if one of ``SIGNS`` is named."""
    marked = f' class="sign {sign}"' if sign else ""
    return f"<small{marked}>{escaped(text)}</small>"


def signed(text: object, of_sign: tuple[str, str]) -> str:
    """Return a judgement: its sign, as ``:material/info:``, and colour, and always its words."""
    sign, colour = of_sign
    name = sign.removeprefix(":material/").removesuffix(":")
    return f'<span class="sign {name} {colour}">{escaped(text)}</span>'


def noted(text: object) -> str:
    """Return a remark with its sign."""
    return f'<span class="sign info">{escaped(text)}</span>'


def heading(text: object) -> str:
    """Return the heading of a part of the page."""
    return f"<h2>{escaped(text)}</h2>"


def paragraph(*lines: str) -> str:
    """Return lines of HTML one below the other."""
    return f"<p>{BREAK.join(lines)}</p>"


def listed(text: str, *more: str) -> str:
    """Return lines of HTML as one item of a list, with what belongs to it."""
    return f'<p class="listed">{text}</p>{"".join(more)}'


def strong(text: object) -> str:
    """Return text in bold type."""
    return f"<strong>{escaped(text)}</strong>"


def folded(label: object, inside: str) -> str:
    """Return what the browser folds away by itself: it costs nothing until a reader opens it."""
    return f"<details><summary>{escaped(label)}</summary>{inside}</details>"


def most(lines: Iterable[str], number: int, more: str) -> str:
    """Return the first ``number`` pieces, and the rest folded away as ``more``."""
    every = list(lines)
    first, rest = "".join(every[:number]), "".join(every[number:])
    return first + folded(more, rest) if rest else first


def onward(page: str, words: str, view: Selection) -> str:
    """Return a link to another page that shows the same view.

    The page's own script follows a link of this class without loading the page anew.
    """
    address = html.escape(f"{page}?{urlencode(view.params())}")
    return f'<a class="inside sign arrow_forward" href="{address}">{escaped(words)}</a>'
