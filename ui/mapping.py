"""Where: the shown figures of one measure on a map, by country or by province."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

import charts
from figures import Measure
from loaders import Library
from reconciliation import Quantity, Total, wording
from reconciliation.naming import place_name
from reconciliation.wording import say
from ui import answers, charting, keeping, linking, tables, telling, warming, words
from ui.choosing import flag, pick
from ui.selection import Selection
from ui.text import file_name

# The words of the two maps (translatable).
LEVELS = {"country": "By country", "province": "By province"}
# More sentences than this are left to the table.
MOST_NOTES = 10
# On screen the map is scaled to its column, which on a phone is a little narrower than this; in a
# file it is drawn larger.
WIDTHS = (380, 640)


@dataclass(frozen=True)
class Drawn:
    """A map and what stands beside it."""

    svg: str
    rows: pd.DataFrame
    chart: charting.Chart
    told: telling.Told


def area_map(library: Library, view: Selection) -> bool:
    """Draw the map of one measure with what it says in words; return whether there is one."""
    level, shaded = _chosen(library, view)
    drawn = _kept(library, view, level, shaded=shaded)
    if not drawn.svg:
        return False
    if linking.alone():
        charting.show(view, drawn.chart, svg=drawn.svg)
        return True
    picture, beside = st.columns([1.25, 1], gap="large")
    with picture:
        charting.show(view, drawn.chart, svg=drawn.svg)
    with beside:
        telling.show(drawn.told)
    return True


def _kept(library: Library, view: Selection, level: str, *, shaded: bool) -> Drawn:
    theme = charting.theme()
    return keeping.answer(
        lambda: drawn_map(library, view, level, theme, shaded=shaded),
        "map",
        *keeping.base(library, view),
        *(view.measure, view.places, view.population, view.cause, view.day.isoformat()),
        *(level, theme, shaded),
    )


@warming.ahead
def _map_ahead(library: Library, view: Selection) -> None:
    if view.measure == Measure.KILLED.value:
        _kept(library, view, _level(library, view), shaded=view.shade)


def _level(library: Library, view: Selection) -> str:
    """Return what the map is drawn by, as the link says."""
    return view.map if view.map in LEVELS and zone(library, view) else "country"


def _chart(
    library: Library, view: Selection, rows: pd.DataFrame, total: Total, level: str, shaded: bool
) -> charting.Chart:
    """Return the map with everything that goes with it, all from the same rows."""
    known = rows[rows["state"] == "figure"]
    provinces, title = zone(library, view), _title(view, level)
    return charting.Chart(
        title=title,
        subtitle=say("The figure shown for each place. {circumstances}.",
                     circumstances=words.circumstances(view)),
        alt=_alt(title, view, rows),
        source=charting.sources(answers.full_name(library, s) for s in known["source"]),
        table=_table(library, rows),
        raw=_raw(library, view, rows),
        draw=lambda width, theme: _svg(view, rows, total, provinces, level, theme, shaded, width),
        name=file_name(view.crisis, view.measure, view.place, "map", level, view.day),
        page="",
        kind="map",
        widths=WIDTHS,
    )  # fmt: skip


def _chosen(library: Library, view: Selection) -> tuple[str, bool]:
    """Return the level and whether to shade, as the link says or as chosen here."""
    level = _level(library, view)
    if linking.alone():
        return level, view.shade
    st.header(say("Where"), anchor=False)
    # Drawn only when open: these three took a sixth of the time of a click anywhere on the page.
    choices = st.popover(
        say("What the map shows"), icon=":material/tune:", key="map_choices", on_change="rerun"
    )
    if not choices.open:
        return level, view.shade
    with choices:
        there = answers.measures(library, view) | {"killed", view.measure}
        names = [word.value for word in Measure if word.value in there]
        pick(view, "measure", say("On the map"), {word: say(word.capitalize()) for word in names})
        if zone(library, view):
            level = pick(view, "map", say("Places"), {k: say(text) for k, text in LEVELS.items()})
        shaded = flag(view, "shade", say("Shade instead of circles"))
    return level, shaded


def zone(library: Library, view: Selection) -> tuple[str, ...]:
    """Return the provinces for which anything was ever said, as ``THA/Surin``: where it happens."""

    def work() -> tuple[str, ...]:
        said = answers.said(library, view)
        said = said[said["admin1"].astype(str) != ""]
        pairs = zip(said["country"].astype(str), said["admin1"].astype(str), strict=True)
        return tuple(sorted({f"{code}/{name}" for code, name in pairs if code in view.places}))

    return keeping.answer(work, "zone", *keeping.base(library, view), view.places)


def drawn_map(library: Library, view: Selection, level: str, theme: str, *, shaded: bool) -> Drawn:
    """Return the map by ``country`` or by ``province``, with its rows and its words."""
    places = zone(library, view) if level == "province" else view.places
    total = answers.total(library, view.of(places=places))
    rows = _rows(view, places, total)
    chart = _chart(library, view, rows, total, level, shaded)
    known = rows[rows["state"] == "figure"]
    told = telling.put(library, view, rows, charts.without_shape(known["place"]))
    return Drawn(chart.draw(WIDTHS[0], theme), rows, chart, told)


def _svg(
    view: Selection,
    rows: pd.DataFrame,
    total: Total,
    provinces: Sequence[str],
    level: str,
    theme: str,
    shaded: bool,
    width: int,
) -> str:
    return charts.map_svg(
        rows,
        view.places,
        _words(total),
        level="province" if level == "province" else "country",
        zone=provinces,
        theme=theme,
        shaded=shaded,
        width=width,
    )


def _title(view: Selection, level: str) -> str:
    message = "{subject} by province" if level == "province" else "{subject} by country"
    return say(message, subject=words.subject(view))


def _rows(view: Selection, places: Sequence[str], total: Total) -> pd.DataFrame:
    """Return one row for each place: what is shown for it, as on the cards, or that nothing is."""
    parts = {part.place: part for part in total.parts}
    found = pd.DataFrame([_row(view, place, parts.get(place)) for place in places])
    order = found.assign(none=found["state"] == "none")
    return order.sort_values(["none", "value", "name"], ascending=[True, False, True],
                             kind="stable", ignore_index=True).drop(columns="none")  # fmt: skip


def _row(view: Selection, place: str, part: Quantity | None) -> dict[str, object]:
    name = place.partition("/")[2] or place_name(place)
    if part is None:
        empty = {"value": math.nan, "value_high": math.nan, "number": "", "state": "none"}
        return {"place": place, "name": name, **empty, "source": "", "as_of": pd.NaT,
                "figure_id": "", "counts": ""}  # fmt: skip
    counts = [words.counted(view, part), part.scope]
    return {
        "place": place,
        "name": name,
        "value": float(part.value),
        "value_high": part.value_high,
        "number": part.text,
        "state": "figure",
        "source": part.source,
        "as_of": part.as_of,
        "figure_id": part.figure_id,
        "counts": words.commas(text for text in counts if text),
    }


def _words(total: Total) -> charts.MapWords:
    return charts.MapWords(
        no_figure=say("No figure"),
        zero=say("Counted: nobody"),
        upper=say("Highest of a range"),
        disputed=say("Disputed border"),
        zone=say("Provinces with figures"),
        disclaimer=say(
            "The boundaries and names shown on this map do not imply any opinion on the legal "
            "status of any country, territory, city or area, or of its borders."
        ),
        credit=say("Boundaries: Natural Earth, simplified."),
        country=place_name,
        number=wording.number,
        distance=lambda length: say("{n} km", n=wording.number(length)),
        notes=(*total.narrower, *total.notes)[:MOST_NOTES],
    )


def _alt(title: str, view: Selection, rows: pd.DataFrame) -> str:
    """Return what the map shows, in sentences."""
    known, rest = rows[rows["state"] == "figure"], rows[rows["state"] == "none"]
    told = [say("{place} {number}", place=row["name"], number=row["number"])
            for row in known.to_dict("records")]  # fmt: skip
    text = (
        say("{title}, {day}: {places}.", title=title, day=wording.day(view.day),
            places=words.semicolons(told))
        if told
        else say("{title}, {day}: no figure.", title=title, day=wording.day(view.day))
    )  # fmt: skip
    if rest.empty or not told:
        return text
    return say("{text} No figure: {places}.", text=text, places=words.semicolons(rest["name"]))


def _table(library: Library, rows: pd.DataFrame) -> pd.DataFrame:
    known = rows["state"] == "figure"
    sources = zip(rows["source"], known, strict=True)
    return pd.DataFrame(
        {
            say("Place"): [place_name(place) for place in rows["place"]],
            say("Figure"): rows["number"].where(known, say("No figure")),
            say("Source"): [answers.short_name(library, s) if k else None for s, k in sources],
            say("As of"): [None if pd.isna(day) else day.date() for day in rows["as_of"]],
            say("Counts"): rows["counts"].where(rows["counts"] != "", None),
        }
    )


def _raw(library: Library, view: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the map as the CSV files have them."""
    mine = answers.rows(library, view)
    found = [mine[figure] for figure in rows["figure_id"] if figure in mine]
    return tables.raw(library, pd.DataFrame(found, columns=list(tables.RAW)))
