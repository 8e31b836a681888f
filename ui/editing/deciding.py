"""A decision recorded by form: which figure or rule a series shows from a day on, and why."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from figures import SERIES, Rule
from loaders import Library
from publishing import Change
from reconciliation import wording
from reconciliation.wording import say
from ui import answers, keeping, tables
from ui.editing import changing, fields, finding
from ui.editing.drafts import Draft
from ui.rights import Editor
from ui.selection import Selection
from ui.text import plain
from ui.words import RULES

COLUMNS = [name for name in SERIES if name != "crisis"]
_FIGURE, _RULE = "figure", "rule"


def decision(library: Library, view: Selection, editor: Editor) -> None:
    """Let the editor fill in a decision, and show what it would change."""
    draft = Draft(view.crisis, "decision")
    st.markdown(
        say(
            "Where sources differ, the rule chooses the number that is shown. A decision chooses "
            "otherwise for one series; its reason is shown with the number."
        )
    )
    key_of = ("series-to-decide", library.fingerprint, view.crisis)
    series = keeping.answer(lambda: _series(library, view), *key_of)
    titles = {key: _title(group.iloc[0].to_dict()) for key, group in series.items()}
    ordered = dict(sorted(titles.items(), key=lambda pair: pair[1]))
    key = fields.pick(draft, "series", say("The series"), ordered)
    row = {"decided_on": wording.today().isoformat()}
    missing = [] if key else [say("the series")]
    row["from_day"] = fields.day(draft, "from_day", say("From this day on"))
    missing += [] if row["from_day"] else [say("the day")]
    if key:
        row |= _cells(series[key])
        _what(library, draft, series[key], row, missing)
    label = say("The reason, in a sentence that readers will see")
    row["reason"] = fields.text(draft, "reason", label, most=1_000)
    missing += [] if row["reason"] else [say("the reason")]
    # Readers see it, so an editor may put a name in the place of an address.
    draft.begin("decided_by", "" if editor.desk else editor.name)
    row["decided_by"] = fields.text(draft, "decided_by", say("Who decided, as readers will see it"))
    missing += [] if row["decided_by"] else [say("who decided")]
    if missing:
        words = say("Still missing: {what}.", what=wording.listing(missing))
        st.info(plain(words), icon=":material/pending:")
        return
    changing.will_change(library, view, draft, Change(view.crisis, decisions=(row,)))


def _title(row: Mapping[Any, Any]) -> str:
    """Return what a series counts, its measure in front: the same place and people stand often."""
    return ", ".join([say(str(row["measure"]).capitalize()), tables.counts(row)])


def _series(library: Library, view: Selection) -> dict[str, pd.DataFrame]:
    """Return the figures of each series of the crisis, by a key."""
    figures = answers.lean(view.apply(library.figures))
    groups = figures.groupby(COLUMNS, dropna=False, sort=False, observed=True)
    return {"|".join(map(str, key)): group for key, group in groups}


def _cells(group: pd.DataFrame) -> dict[str, str]:
    """Return the cells that name a series."""
    first = group.iloc[0]
    cells = {name: str(first[name] or "") for name in COLUMNS if name != "since"}
    since = first["since"]
    return cells | {"since": "" if pd.isna(since) else since.date().isoformat()}


def _what(
    library: Library, draft: Draft, group: pd.DataFrame, row: dict[str, str], missing: list[str]
) -> None:
    options = {_FIGURE: say("One figure"), _RULE: say("What another rule chooses")}
    how = fields.pick(draft, "how", say("What is shown"), options, usual=_FIGURE)
    if how == _RULE:
        rules = {rule.value: say(RULES[rule]) for rule in Rule}
        row["rule"] = fields.pick(draft, "rule", say("Rule"), rules)
        missing += [] if row["rule"] else [say("the rule")]
        return
    newest = group.sort_values("as_of", ascending=False, kind="stable")
    titles = finding.titles(library, newest)
    row["figure_id"] = fields.pick(draft, "figure_id", say("Figure"), titles)
    missing += [] if row["figure_id"] else [say("the figure")]
