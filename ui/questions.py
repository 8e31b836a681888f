"""The frames that charts and tables are drawn from, one question at a time."""

import itertools
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from figures import SERIES, Quantifier
from loaders import Library
from reconciliation import Quantity, judging, wording
from reconciliation.daily import course, fresh
from reconciliation.wording import say
from ui import answers, keeping
from ui.selection import Selection
from ui.text import file_name
from ui.words import counting as counting_words

Row = Mapping[Hashable, Any]
POINTS = ("day", "value", "upper", "quantifier", "source", "words", "steps")


def only(frame: pd.DataFrame, flags: Iterable[bool]) -> pd.DataFrame:
    """Return the rows flagged; an empty list would be taken for a choice of columns."""
    return frame[pd.Series(list(flags), index=frame.index, dtype=bool)]


def asked(frame: pd.DataFrame, view: Selection) -> pd.DataFrame:
    """Return the rows of a frame of figures that answer the view's question."""
    same = (frame["country"] == view.place) & (frame["measure"] == view.measure)
    same &= (frame["population"] == view.population) & (frame["cause"] == view.cause)
    return frame[same]


def with_series(frame: pd.DataFrame, library: Library, view: Selection) -> pd.DataFrame:
    """Return the frame with ``key``: the short name of each row's series, as in the URL."""
    start = library.crises.loc[library.crises["crisis"] == view.crisis, "start"].iloc[0]
    keys = [
        file_name(
            counting,
            f"{since:%Y%m%d}" if counting == "cumulative" and since not in (start, pd.NaT) else "",
            "" if unit == "person" else unit,
            admin1,
            scope,
        )
        for counting, since, unit, admin1, scope in zip(
            frame["counting"].astype(str),
            frame["since"],
            frame["unit"].astype(str),
            frame["admin1"].astype(str),
            frame["scope"].astype(str),
            strict=True,
        )
    ]
    return frame.assign(key=keys)


def series(library: Library, view: Selection) -> dict[str, str]:
    """Return the series that answer the view's question: key and words, the fullest first."""
    found = with_series(asked(answers.said(library, view), view), library, view)
    if found.empty:
        return {}
    limited = (found["admin1"].astype(str) != "") | (found["scope"].astype(str) != "")
    groups = found.assign(limited=limited).groupby("key", sort=True)
    table = groups.agg(number=("key", "size"), limited=("limited", "first"))
    order = table.sort_values(["limited", "number"], ascending=[True, False], kind="stable").index
    return {str(key): _words(groups.get_group(key)) for key in order}


def _words(group: pd.DataFrame) -> str:
    row = group.iloc[0]
    parts = [str(row["admin1"]), str(row["scope"])]
    if row["counting"] == "flow":
        parts.insert(0, say("Within a day or a few"))
    else:
        parts.insert(0, counting_words(str(row["counting"]), row["since"], row["as_of"]))
    text = ", ".join(part for part in parts if part)
    count = wording.say_many("{n} figure", "{n} figures", len(group))
    return wording.line(wording.sentence_case(text), f"({count})")


def points(library: Library, view: Selection, key: str) -> pd.DataFrame:
    """Return every figure of one series, oldest first, with the columns of ``POINTS``."""
    found = with_series(asked(answers.said(library, view), view), library, view)
    found = found[found["key"] == key].sort_values(["as_of", "source"])
    return found.assign(
        day=found["as_of"],
        upper=found["value_high"],
        steps=found["counting"].astype(str) != "flow",
        words=[_hover(library, row) for row in found.to_dict("records")],
        source_id=found["source"].astype(str),
        source=[answers.short_name(library, source) for source in found["source"]],
    )


def _hover(library: Library, row: Row) -> str:
    number = text_of(row)
    return say(
        "{number}: {source}, {day}",
        number=number,
        source=answers.short_name(library, row["source"]),
        day=wording.day(row["as_of"]),
    )


def text_of(row: Row) -> str:
    """Return a figure's number as its source means it, in its own words where they hold no digits.

    Rows of what is shown do not have the words: :func:`printed` looks them up.
    """
    quantifier = str(row["quantifier"])
    text = wording.quantity(row["value"], row["value_high"], quantifier)
    return judging.as_printed(text, quantifier, str(row.get("expression") or ""))


def printed(library: Library, view: Selection, figure_id: str, text: str, quantifier: str) -> str:
    """Return the number of a figure that stands alone, in the report's words where it has them."""
    if quantifier != Quantifier.RANGE:
        return text
    return judging.as_printed(text, quantifier, expression(library, view, figure_id))


def stated(library: Library, view: Selection, number: Quantity) -> str:
    """Return one report's own number that stands alone: in its words where they hold no digits."""
    return printed(library, view, number.figure_id, number.text, number.quantifier)


def expression(library: Library, view: Selection, figure_id: object) -> str:
    """Return the words that a figure's report has for its number; nothing without any."""
    return str(answers.rows(library, view).get(str(figure_id), {}).get("expression") or "")


def shown(library: Library, view: Selection, key: str) -> pd.DataFrame:
    """Return what is shown for one series from day to day: day, value, lowest, highest, words."""
    found = asked(answers.history(library, view), view)
    found = with_series(found[found["counting"] != "flow"], library, view)
    found = _with_expressions(found[found["key"] == key].sort_values("date"), library, view)
    rows = found.to_dict("records")
    words = [_hover(library, row) if row["value"] == row["value"] else "" for row in rows]
    return found.assign(day=found["date"], words=words)


def _with_expressions(frame: pd.DataFrame, library: Library, view: Selection) -> pd.DataFrame:
    """Return shown figures with the words of their reports, which the reconciling leaves behind."""
    words = [expression(library, view, id_) for id_ in frame["figure_id"]]
    return frame.assign(expression=pd.Series(words, index=frame.index, dtype=object))


def changed(shown_rows: pd.DataFrame) -> pd.DataFrame:
    """Return the change from each shown figure to the next: day, change, same, exact, words.

    ``change`` is between the numbers as printed; ``exact`` says whether both are the number itself.
    """
    rows = shown_rows.to_dict("records")
    bars = [
        {
            "day": new["as_of"],
            "change": new["value"] - old["value"],
            "same": new["source"] == old["source"],
            "exact": all(one["quantifier"] == Quantifier.EXACT for one in (old, new)),
            "words": say("{old} → {new}", old=old["words"], new=new["words"]),
        }
        for old, new in itertools.pairwise(rows)
        if old["words"] and new["words"] and new["figure_id"] != old["figure_id"]
    ]
    frame = pd.DataFrame(bars, columns=["day", "change", "same", "exact", "words"])
    return frame.drop_duplicates("day", keep="last", ignore_index=True)


def events(library: Library, view: Selection) -> pd.DataFrame:
    """Return what happened in the view's places: day, label, in order."""
    found = library.events[library.events["crisis"] == view.crisis]
    wanted = set(view.places)
    here = [not c or bool(wanted & set(c.split("+"))) for c in found["country"].astype(str)]
    found = only(found, here)
    return found.assign(day=found["date"])[["day", "label", "kind", "url"]].sort_values("day")


@keeping.by_view
def lines(library: Library, view: Selection) -> pd.DataFrame:
    """Return what the view's total and its parts were from day to day: line, day, value.

    The number published for all places comes first, then the series each place is shown by.
    """
    found = course(answers.total(library, view), answers.history(library, view), view.day)
    return _with_expressions(found, library, view)


@keeping.by_day
def changes_since(library: Library, view: Selection) -> pd.DataFrame:
    """Return the shown figures that are new since the day before, with the number before."""
    old = _shown_before(library, view)
    new = fresh(answers.cells(library, view), old, view.day - answers.DAY)
    return _with_expressions(new, library, view)


def _shown_before(library: Library, view: Selection) -> pd.DataFrame:
    """Return what was shown for every series on the day before."""
    if answers.decisions(library, view):
        # A decision may begin on a day on which no figure came, which the history leaves out.
        return answers.cells(library, view, view.day - answers.DAY)
    rows = answers.history(library, view)
    rows = rows[(rows["date"] < pd.Timestamp(view.day)) & (rows["counting"] != "flow")]
    last = rows.drop_duplicates(list(SERIES), keep="last")
    return last[last["verdict"] != "none"]


@keeping.by_day
def conflicts(library: Library, view: Selection) -> pd.DataFrame:
    """Return what sources differ on by more than 5 %, the widest spread first."""
    found = answers.cells(library, view)
    found = found[(found["verdict"] == "conflict") & (found["admin1"].astype(str) == "")]
    return found.sort_values(["spread", "highest"], ascending=False)
