"""What the live pages say, asked of the very functions behind them: nothing is worked out here."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from edition.scene import day
from loaders import Library
from reconciliation import Breakdown, Contradiction, Quantity, Total, wording
from reconciliation.naming import definition, place_name
from reconciliation.wording import say
from ui import (
    answers,
    bridging,
    cards,
    charting,
    comparing,
    doubting,
    lists,
    mapping,
    questions,
    reasons,
    sourcing,
    tables,
    trending,
    words,
)
from ui.charting import Chart
from ui.selection import Selection

MOST_CONFLICTS = 6


def fits(way: Breakdown) -> str:
    """Return how parts stand to the total they open: "adds up to the published 65"."""
    return cards.fit_of(way)


def how(total: Total) -> str:
    """Return what heads the way numbers add up: "21 (Cambodia) + at least 65 (Thailand) = …"."""
    if len(total.parts) < 2:
        return say("How this adds up")
    parts = [f"{part.text} ({place_name(part.place)})" for part in total.parts]
    return say("How this adds up: {parts} = {sum}", parts=" + ".join(parts), sum=total.text)


def piece(library: Library, view: Selection, part: Quantity) -> tuple[str, str, str, str]:
    """Return who a part counts, its number, its source and day, and its id."""
    who = definition(part.measure, part.population, part.cause).capitalize()
    source = answers.short_name(library, part.source)
    whose = say("{source}, {day}", source=source, day=wording.day(part.as_of))
    return who, questions.stated(library, view, part), whose, part.figure_id


def over_time(library: Library, view: Selection) -> Chart | None:
    """Return the small chart of the overview."""
    return lists.over_time(library, view)


def conflicts(library: Library, view: Selection) -> Iterator[tuple[str, str, str, str]]:
    """Yield where sources differ most: what is counted, the spread, how many, the measure."""
    for row in questions.conflicts(library, view).head(MOST_CONFLICTS).to_dict("records"):
        count = wording.say_many("{n} source", "{n} sources", row["origins"])
        spread = words.spread_of(row["lowest"], row["highest"])
        yield lists.subject_of(row), spread, count, str(row["measure"])


def maps(library: Library, view: Selection) -> Iterator[Chart]:
    """Yield the map by country, and the one by province where provinces have figures."""
    zone = mapping.zone(library, view)
    for level in ("country", "province") if zone else ("country",):
        drawn = mapping.drawn_map(library, view, level, "light", shaded=False)
        if drawn.svg and (drawn.rows["state"] == "figure").any():
            yield drawn.chart


def cells(chart: Chart) -> list[list[object]]:
    """Return the rows of a chart's table as text."""
    rows = chart.table.astype(object).where(chart.table.notna(), None).to_numpy().tolist()
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> object:
    if cell is None:
        return ""
    return day(cell) if hasattr(cell, "year") else cell


def trend(library: Library, view: Selection, key: str) -> Chart:
    """Return the chart of who said what when, for one series."""
    return trending.trend_of(library, view, key, log=False)[0]


def changes(library: Library, view: Selection, key: str) -> Chart | None:
    """Return the chart of changes from figure to figure, where there are any."""
    if questions.changed(questions.shown(library, view, key)).empty:
        return None
    return trending.change_of(library, view, key)[0]


def bridge(view: Selection, found: Any) -> Chart:
    """Return the picture of the way from one number to another."""
    return bridging.chart_of(view, found)


def way_out(names: Iterable[str]) -> str:
    """Return that setting aside the figures of these names leaves no contradiction."""
    return doubting.way_out(names)


def signed(amount: float) -> str:
    """Return a change with its sign."""
    return words.signed(amount)


def kind(word: str) -> str:
    """Return what a reason is called."""
    return say(bridging.KINDS[word])


def rules(library: Library, view: Selection) -> list[dict[str, str]]:
    """Return what each rule would choose, one row each, as the live table has them."""
    found = answers.by_rule(library, view)
    in_use = next(total for rule, total in found if rule.value == view.rule)
    rows = []
    for rule, total in found:
        name = say(words.RULES[rule])
        chosen = say("{rule} (in use)", rule=name) if rule.value == view.rule else name
        told = comparing.told_by_rule(library, view, total)
        rows.append(
            {say("Rule"): chosen, **told, say("Effect"): comparing.effect_of_rule(total, in_use)}
        )
    return rows


def in_force(library: Library, view: Selection) -> list[tuple[str, str, str, str, str, str]]:
    """Return every figure in force: id, number, what it counts, source, day, standing."""
    found = comparing.relevant(library, view)
    return [
        (
            str(row["figure_id"]),
            questions.text_of(row),
            tables.counts(row),
            answers.short_name(library, row["source"]),
            day(row["as_of"]),
            comparing.standing_of(library, row),
        )
        for row in found.to_dict("records")
    ]


def contradicted(library: Library, view: Selection) -> list[Contradiction]:
    """Return which figures on the question cannot all be true."""
    return doubting.touching(library, view, reasons.contradicted(library, view))


def implied(library: Library, view: Selection) -> tuple[list[list[str]], int]:
    """Return the implied ranges (what, range, published, note), and for how many there is none."""
    found = doubting.of_the_question(reasons.implied_by_all(library, view), view)
    told = found[~found["contradictory"].astype(bool)]
    standing = answers.standing(library, view)
    rows = []
    for row in told.to_dict("records"):
        ids = doubting.published_ids(standing, row)
        rows.append(
            [
                wording.sentence_case(str(row["cell"])),
                wording.bounds(row["low"], row["high"]),
                doubting.numbers_of(library, view, ids) or "–",
                doubting.note_of(row, ids),
            ]
        )
    return rows, len(found) - len(told)


def sources(library: Library, view: Selection) -> pd.DataFrame:
    """Return one row per source with figures up to the day, the freshest first."""
    return sourcing.table_of(library, view)


def provenance(library: Library, figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures as a reader's table."""
    return tables.provenance(library, figures)


def light() -> Any:
    """Return the block in which charts are drawn where no reader's page is."""
    return charting.drawn_in("light")
