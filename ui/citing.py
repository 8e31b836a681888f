"""Figures named in a sentence: number, source and day, with the report and the row in the file."""

from collections.abc import Iterable

from loaders import Library
from reconciliation import wording
from reconciliation.bridges.parts import records
from reconciliation.bridges.phrases import counted
from reconciliation.wording import say
from ui import answers, keeping
from ui.questions import Row, text_of
from ui.selection import Selection
from ui.tables import counts
from ui.text import link
from ui.words import commas, semicolons


def phrases(library: Library, view: Selection) -> dict[str, str]:
    """Return each figure of the crisis as a phrase: "21 civilians killed in Cambodia"."""

    def work() -> dict[str, str]:
        parts = records(answers.figures_of(library, view))
        return {part.figure_id: counted(part) for part in parts}

    return keeping.answer(work, "phrases", *keeping.of_crisis(library, view))


def who(library: Library, row: Row) -> str:
    """Return who counted and as of when: "Reuters, 24 Dec 2025"."""
    source = answers.short_name(library, row["source"])
    return say("{source}, {day}", source=source, day=wording.day(row["as_of"]))


def number(library: Library, view: Selection, figure_id: str) -> str:
    """Return a figure's number as its source means it, for a sum: in digits."""
    return text_of({**answers.rows(library, view)[figure_id], "expression": ""})


def named(library: Library, view: Selection, figure_id: str) -> str:
    """Return a figure in full: "21 civilians killed in Cambodia (Reuters, 24 Dec 2025)"."""
    row = answers.rows(library, view)[figure_id]
    phrase = phrases(library, view)[figure_id]
    return say("{figure} ({source})", figure=phrase, source=who(library, row))


def option(library: Library, view: Selection, figure_id: str) -> str:
    """Return a figure as one of many to choose from: what tells it from the others comes first."""
    row = answers.rows(library, view)[figure_id]
    told = say(
        "{number}: {source}, {day}",
        number=text_of(row),
        source=answers.short_name(library, row["source"]),
        day=wording.day(row["as_of"]),
    )
    return semicolons([told, commas([say(str(row["measure"]).capitalize()), counts(row)])])


def cite(library: Library, view: Selection, figure_ids: Iterable[str]) -> str:
    """Return markdown that leads from figures to their reports and names their rows."""
    rows = answers.rows(library, view)
    found = [rows[figure_id] for figure_id in dict.fromkeys(figure_ids) if figure_id in rows]
    return semicolons(_report(library, row) for row in found)


def small(library: Library, view: Selection, figure_ids: Iterable[str]) -> str:
    """Return :func:`cite` in small type, in the full contrast that captions lack."""
    return f":small[{cite(library, view, figure_ids)}]"


def _report(library: Library, row: Row) -> str:
    report = link(who(library, row), row["url"])
    return say("{report} (line {line})", report=report, line=int(row["line"]))


def file_of(library: Library, view: Selection) -> str:
    """Return the file that the crisis's figures stand in."""
    files = {str(row["file"]) for row in answers.rows(library, view).values()}
    return wording.listing(sorted(files))
