"""Charts for pages: in both themes, for a phone and for a desk, with their data and their words."""

import re

from edition.markup import Cell, details, h2, p, quiet, t, table, themed
from edition.scene import day
from reconciliation.wording import say
from ui.charting import Chart

PHONE, DESK = 340, 760
# The start of a drawing that does not begin with its own title.
_UNNAMED = re.compile(r'<svg [^>]*role="img"(?=[^>]*>(?!<title>))')


def figure(chart: Chart, *, kind: str = "", widths: tuple[int, ...] = (DESK, PHONE)) -> str:
    """Return a chart as a picture with its source; drawn twice where a phone needs another."""
    names = [kind] if len(widths) == 1 else ["wide", "narrow"]
    drawn = [_named(chart, width) for width in widths]
    inside = "".join(
        f'<div class="{name}">{svg}</div>' for name, svg in zip(names, drawn, strict=True)
    )
    return f"<figure>{inside}<figcaption>{quiet(chart.source)}</figcaption></figure>"


def _named(chart: Chart, width: int) -> str:
    """Return the drawing in both themes, with what it tells to who cannot see it."""
    svg = themed(chart.draw(width, "light"), chart.draw(width, "dark"))
    return _UNNAMED.sub(lambda found: f'{found[0]} aria-label="{t(chart.alt)}"', svg)


def headed(chart: Chart, *, kind: str = "", widths: tuple[int, ...] = (DESK, PHONE)) -> str:
    """Return a chart under its title."""
    head = h2(chart.title) + p(chart.subtitle, "quiet")
    return head + figure(chart, kind=kind, widths=widths)


def data(chart: Chart) -> str:
    """Return the data of a chart, folded away."""
    shown = chart.table.astype(object).where(chart.table.notna(), None)
    rows = [[_cell(cell) for cell in row] for row in shown.to_numpy().tolist()]
    name = say("The figures behind this chart")
    return details(name, table([str(head) for head in shown.columns], rows, chart.title))


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    return day(value) if hasattr(value, "year") else t(value) and value
