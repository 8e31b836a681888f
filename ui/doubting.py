"""Which figures cannot all be true, and what all of them together imply."""

import math
from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from loaders import Library
from reconciliation import Contradiction, wording
from reconciliation.wording import say
from ui import answers, citing, reasons, tables
from ui.choosing import fold
from ui.questions import Row, only
from ui.selection import Selection
from ui.text import file_name, plain
from ui.words import semicolons

MOST, MOST_RIVALS = 5, 12


def contradictions(library: Library, view: Selection) -> None:
    """Show which figures on the question cannot all be true, once the reader asks."""
    part = fold(view, "doubts", say("Look for contradictions on this day"))
    if not part.open:
        return
    with part, st.spinner(say("Looking for contradictions …")):
        found = touching(library, view, reasons.contradicted(library, view))
        rivals = [one for one in found if one.kind == "rivals"]
        others = [one for one in found if one.kind != "rivals"]
        if not found:
            st.markdown(say("All figures in force on this question can be true together."))
        for tangle in dict.fromkeys(one.tangle for one in others):
            _tangle(library, view, [one for one in others if one.tangle == tangle])
        if rivals:
            _rivals(library, view, rivals)


def touching(
    library: Library, view: Selection, found: Iterable[Contradiction]
) -> list[Contradiction]:
    """Return the contradictions with a figure of the view's measure and places."""
    rows, here = answers.rows(library, view), set(view.places)

    def touches(figure_id: str) -> bool:
        row = rows[figure_id]
        return row["measure"] == view.measure and bool(here & set(row["country"].split("+")))

    return [one for one in found if any(map(touches, one.figure_ids))]


def _tangle(library: Library, view: Selection, found: Sequence[Contradiction]) -> None:
    """Show contradictions that share figures, and every smallest way out of all of them."""
    with st.container(border=True):
        if len(found) > 1:
            one = "{n} contradiction"
            text = wording.say_many(one, "{n} contradictions that share figures", len(found))
            st.markdown(f"**{plain(text)}**")
        for contradiction in found[:MOST]:
            _contradiction(library, view, contradiction)
        if len(found) > MOST:
            rest = found[MOST:]
            with st.expander(plain(wording.say_many("{n} more", "{n} more", len(rest)))):
                for contradiction in rest:
                    _contradiction(library, view, contradiction)
        _ways_out(library, view, found[0])


def _contradiction(library: Library, view: Selection, found: Contradiction) -> None:
    with st.container(gap="xxsmall"):
        # Where only usage forbids it, the sentence says so itself.
        forced = say("This follows from the numbers alone.") if found.severity == "strict" else ""
        st.markdown(f":material/error: {plain(wording.sentence_case(found.text))} {plain(forced)}")
        st.markdown(f":small[{_suspects(library, view, found)}]")
        for reason in found.reasons:
            st.caption(plain(wording.sentence_case(reason)))


def _suspects(library: Library, view: Selection, found: Contradiction) -> str:
    """Return the figures with their reports, those that the data suspect first."""
    suspects = [id_ for id_ in found.figure_ids if id_ in found.suspects]
    others = [id_ for id_ in found.figure_ids if id_ not in found.suspects]
    pieces = []
    if suspects:
        label = wording.say_many("Suspect", "Suspects", len(suspects))
        pieces.append(f"**{plain(label)}:** {citing.cite(library, view, suspects)}")
    if others:
        label = say("Not suspected") if suspects else say("Figures")
        pieces.append(f"{plain(label)}: {citing.cite(library, view, others)}")
    return ". ".join(pieces)


def _ways_out(library: Library, view: Selection, found: Contradiction) -> None:
    """List every smallest set of figures whose rejection leaves no contradiction."""
    if not found.corrections:
        st.markdown(say("No way to resolve it was found in the time given."))
        return
    common = frozenset.intersection(*found.corrections)
    st.markdown(f"**{say('The fewest figures to set aside')}**")
    if common and len(found.corrections) > 1:
        each = wording.say_many(
            "Every way sets this figure aside:", "Every way sets these {n} figures aside:",
            len(common),
        )  # fmt: skip
        st.markdown("\n".join([plain(each), "", *_list(library, view, common)]))
        st.markdown(say("Besides, one of these ways resolves all of it:"))
        common_left = [way - common for way in found.corrections]
    else:
        common_left = list(found.corrections)
    st.markdown("\n".join(f"- {_way(library, view, way)}" for way in common_left))
    if found.truncated:
        st.caption(say("The search was cut short: there may be further contradictions."))


def _list(library: Library, view: Selection, figure_ids: Iterable[str]) -> list[str]:
    return [f"- {plain(citing.named(library, view, id_))}" for id_ in sorted(figure_ids)]


def _way(library: Library, view: Selection, way: frozenset[str]) -> str:
    if not way:
        return plain(say("Setting these alone aside would resolve it."))
    return plain(way_out(citing.named(library, view, figure_id) for figure_id in sorted(way)))


def way_out(names: Iterable[str]) -> str:
    """Return that setting aside the figures of these names leaves no contradiction."""
    found = list(names)
    return wording.say_many(
        "Setting aside the figure of {figures} would resolve it.",
        "Setting aside these {n} figures would resolve it: {figures}.",
        len(found),
        figures=wording.listing(found),
    )


def _rivals(library: Library, view: Selection, rivals: Sequence[Contradiction]) -> None:
    """Fold away the pairs that give two numbers for one and the same question."""
    text = wording.say_many(
        "{n} pair of numbers for one question", "{n} pairs of numbers for one question",
        len(rivals),
    )  # fmt: skip
    with st.expander(plain(text)):
        for rival in rivals[:MOST_RIVALS]:
            cited = citing.small(library, view, rival.figure_ids)
            st.markdown(f"{plain(wording.sentence_case(rival.text))}  \n{cited}")
        if len(rivals) > MOST_RIVALS:
            left = len(rivals) - MOST_RIVALS
            st.caption(plain(wording.say_many("{n} more", "{n} more", left)))


def implied(library: Library, view: Selection) -> None:
    """Show the ranges that all figures together imply beside what is published."""
    part = fold(view, "implied", say("Work out what all figures together imply"))
    if not part.open:
        return
    with part, st.spinner(say("Working out the ranges …")):
        found = of_the_question(reasons.implied_by_all(library, view), view)
        told = found[~found["contradictory"]]
        st.caption(
            say(
                "Implied, never published: if every figure in force is right, the true number lies "
                "in this range. “Narrower” marks where the others say more than the figure itself."
            )
        )
        if len(told):
            _ranges(library, view, told)
        _caught(len(found) - len(told))


def _caught(number: int) -> None:
    if number:
        text = wording.say_many(
            "For {n} number nothing is implied: the figures on it contradict one another.",
            "For {n} numbers nothing is implied: the figures on them contradict one another.",
            number,
        )
        st.markdown(f":material/error: {plain(text)}")


def of_the_question(found: pd.DataFrame, view: Selection) -> pd.DataFrame:
    """Return the newest row for each thing counted of the view's measure, in its places."""
    here = {view.place, *view.places}
    found = found[(found["measure"] == view.measure) & found["country"].isin(here)]
    found = found[found["as_of"] <= pd.Timestamp(view.day)].sort_values("as_of")
    same = ["country", "admin1", "population", "cause", "counting", "unit", "scope"]
    newest = found.drop_duplicates(same, keep="last")
    asked = (newest["population"] == view.population) & (newest["cause"] == view.cause)
    order = newest.assign(rank=~asked, places=-newest["country"].str.len())
    return order.sort_values(["rank", "places", "country", "admin1", "population", "cause"])


def _ranges(library: Library, view: Selection, found: pd.DataFrame) -> None:
    standing = answers.standing(library, view)
    rows = found.to_dict("records")
    given = [published_ids(standing, row) for row in rows]
    table = pd.DataFrame(
        {
            say("What"): [wording.sentence_case(str(row["cell"])) for row in rows],
            say("Implied"): [wording.bounds(row["low"], row["high"]) for row in rows],
            say("Published number"): [numbers_of(library, view, ids) for ids in given],
            say("Note"): [note_of(row, ids) for row, ids in zip(rows, given, strict=True)],
            say("Rests on"): [_rests_on(library, view, row) for row in rows],
        }
    )
    shown = table.fillna("–").map(plain)
    alt = say("Implied ranges beside published numbers")
    st.table(shown, hide_index=True, border="horizontal", alt=alt)
    tables.download(table, file_name(view.crisis, view.measure, "implied", view.day))


def published_ids(standing: pd.DataFrame, row: Row) -> list[str]:
    """Return the ids of the figures in force for just this cell and day."""
    same = pd.Series(True, index=standing.index)
    for name in ("country", "admin1", "measure", "population", "cause", "counting", "scope"):
        same &= standing[name] == row[name]
    same &= standing["as_of"] == row["as_of"]
    return [str(figure_id) for figure_id in only(standing, same)["figure_id"]]


def numbers_of(library: Library, view: Selection, figure_ids: Sequence[str]) -> str | None:
    """Return the published numbers with their sources, as one list; nothing for none."""
    found = dict.fromkeys(citing.number(library, view, figure_id) for figure_id in figure_ids)
    return wording.listing(found) if found else None


def note_of(row: Row, published: Sequence[str]) -> str:
    """Return how an implied range stands to what was published of the same."""
    if not published:
        return say("nobody published it")
    narrower = (set(row["low_figures"]) | set(row["high_figures"])) - set(published)
    return say("narrower") if narrower else say("as published")


def _rests_on(library: Library, view: Selection, row: Row) -> str | None:
    ids = dict.fromkeys((*row["low_figures"], *row["high_figures"]))
    if not ids or math.isnan(row["low"]):
        return None
    return semicolons(citing.named(library, view, figure_id) for figure_id in ids)
