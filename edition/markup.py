"""HTML put together so that whatever the data hold stays text."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brief.model import tone
from brief.references import safe_link
from reconciliation import wording

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
_COLOUR = re.compile(r'(?<==")#[0-9A-Fa-f]{6}(?=")')
_PAIR = re.compile(r"--c([0-9A-F]{6})([0-9A-F]{6})\b")


@dataclass(frozen=True)
class Html:
    """Markup that is safe to put into a page as it is."""

    text: str


Cell = Html | object


def t(text: object) -> str:
    """Return text that a browser shows letter for letter; markup of ours stays markup."""
    if isinstance(text, Html):
        return text.text
    return html.escape(_UNSEEN.sub("", wording.own_direction(str(text))), quote=True)


def quiet(text: Cell) -> str:
    """Return a line in small type; nothing for no text."""
    shown = t(text)
    return f'<span class="quiet">{shown}</span>' if shown else ""


def judged(text: Cell, word: str) -> Html:
    """Return a judgement in words, in the colour of what it says; in small type without one."""
    return Html(f'<span class="{tone(word) or "quiet"}">{t(text)}</span>')


def p(text: Cell, kind: str = "") -> str:
    """Return a paragraph; nothing for no text."""
    shown, name = t(text), f' class="{kind}"' if kind else ""
    return f"<p{name}>{shown}</p>" if shown else ""


def h2(text: Cell, mark: str = "") -> str:
    """Return a heading, with a mark to link to."""
    return f'<h2 id="{t(mark)}">{t(text)}</h2>' if mark else f"<h2>{t(text)}</h2>"


def a(words: Cell, where: str) -> Html:
    """Return a link to another page of the edition; ``where`` is ours."""
    return Html(f'<a href="{t(where)}">{t(words)}</a>')


def out(words: Cell, address: object) -> Html:
    """Return a link to a report elsewhere, or only the words if the address is not of the web."""
    safe = safe_link(address)
    if not safe:
        return Html(t(words))
    return Html(f'<a href="{t(safe)}" rel="noopener noreferrer nofollow">{t(words)}</a>')


def items(lines: Iterable[Cell]) -> str:
    """Return a list; nothing for none."""
    found = "".join(f"<li>{t(line)}</li>" for line in lines)
    return f"<ul>{found}</ul>" if found else ""


def details(title: Cell, inside: str) -> str:
    """Return a part that is folded away."""
    return f"<details><summary>{t(title)}</summary>{inside}</details>" if inside else ""


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    name: str,
    marks: Sequence[str] = (),
) -> str:
    """Return a table whose rows become cards on a phone; the first cell heads its row.

    ``name`` is what a screen reader calls it; ``marks`` are what links to the rows lead to.
    """
    cells = "".join(f'<th scope="col">{t(head)}</th>' for head in heads)
    body = "".join(
        _row(heads, row, marks[number] if marks else "") for number, row in enumerate(rows)
    )
    return (
        f'<table class="stack"><caption>{t(name)}</caption><thead><tr>{cells}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(heads: Sequence[str], row: Sequence[Cell], mark: str) -> str:
    first, *rest = row
    cells = "".join(
        f'<td data-label="{t(head)}">{t(cell) or "–"}</td>'
        for head, cell in zip(heads[1:], rest, strict=True)
    )
    name = f' id="{t(mark)}"' if mark else ""
    return f'<tr{name}><th scope="row">{t(first)}</th>{cells}</tr>'


def themed(light: str, dark: str) -> str:
    """Return one SVG in the colours of the reader's theme, from the same drawing in both.

    Each pair of colours becomes a variable, which the page's style sheet defines.
    """
    if _COLOUR.sub("", light) != _COLOUR.sub("", dark):
        return f'<div class="light">{light}</div><div class="dark">{dark}</div>'
    others = iter(_COLOUR.findall(dark))

    def both(found: "re.Match[str]") -> str:
        one, other = found[0][1:].upper(), next(others)[1:].upper()
        return f"#{one}" if one == other else f"var(--c{one}{other})"

    return _COLOUR.sub(both, light)


def variables(body: str) -> tuple[str, str]:
    """Return the colours that the drawings of a page use, for the light and the dark theme."""
    pairs = sorted(set(_PAIR.findall(body)))
    light = "".join(f"--c{one}{other}:#{one};" for one, other in pairs)
    return light, "".join(f"--c{one}{other}:#{other};" for one, other in pairs)
