"""What sources said late, changed or took back; what was learnt between two days."""

import datetime as dt

import pandas as pd
import streamlit as st

from loaders import Library
from reconciliation import judging, wording
from reconciliation.wording import say
from ui import answers, citing, reasons, tables, words
from ui.choosing import fold, pick
from ui.controls import changed
from ui.lists import subject_of
from ui.questions import Row, text_of
from ui.selection import Selection
from ui.text import file_name, plain, safe_link

KINDS = {
    "late_report": "Late report",
    "correction": "Correction",
    "silent_change": "Changed without a word",
    "fall": "Running total that fell",
    "restart": "Counts from another day",
    "reclassification": "Counted under another heading",
}
CHANGES = {"added": "Added", "corrected": "Corrected", "withdrawn": "Withdrawn"}
TALL = 420


def ledger(library: Library, view: Selection) -> None:
    """List what sources said late, changed or took back; of one source if the reader asks."""
    part = fold(view, "ledger", say("Every revision"))
    if not part.open:
        return
    with part:
        found = reasons.ledger(library, view)
        if found.empty:
            st.caption(say("No source has changed, corrected or withdrawn anything so far."))
            return
        chosen = pick(view, "source", say("Show the revisions of"), _sources(library, found))
        _ledger_table(library, view, found[found["source"] == chosen] if chosen else found)


def _sources(library: Library, found: pd.DataFrame) -> dict[str, str]:
    """Return the sources with revisions to choose from, all together first."""
    counts = found["source"].astype(str).value_counts()
    names = {source: answers.full_name(library, source) for source in counts.index}
    order = sorted(names, key=lambda source: names[source].casefold())
    options = {"": say("All sources ({n})", n=wording.number(len(found)))}
    return options | {
        source: say("{name} ({n})", name=names[source], n=wording.number(counts[source]))
        for source in order
    }


def _ledger_table(library: Library, view: Selection, found: pd.DataFrame) -> None:
    found = found.sort_values(["said", "source"], ascending=[False, True], kind="stable")
    table = pd.DataFrame(
        {
            say("What happened"): [plain(say(KINDS[kind])) for kind in found["kind"]],
            say("In words"): [plain(text) for text in found["text"]],
            say("Put out"): [plain(wording.day(day)) for day in found["said"]],
            say("Rests on"): [citing.cite(library, view, ids) for ids in found["figure_ids"]],
        }
    )
    st.table(table, hide_index=True, border="horizontal", alt=say("Revisions"))
    st.caption(plain(say("Lines are those of {file}.", file=citing.file_of(library, view))))
    raw = found.assign(figure_ids=[" ".join(ids) for ids in found["figure_ids"]])
    tables.download(raw, file_name(view.crisis, "revisions"))


def facts(library: Library, view: Selection) -> None:
    """Show per source how late, how often and how far it is revised: facts, no ranking."""
    part = fold(view, "habits", say("Source by source"))
    if not part.open:
        return
    with part:
        found = reasons.facts(library, view)
        if found.empty:
            st.caption(say("Nothing was known yet."))
        else:
            _facts_table(view, found)


def _facts_table(view: Selection, found: pd.DataFrame) -> None:
    found = found.sort_values("name", key=lambda names: names.str.casefold())
    share = [wording.percent(s) if s == s else None for s in found["largest"]]
    table = pd.DataFrame(
        {
            say("Source"): found["name"].tolist(),
            say("Figures"): found["figures"].tolist(),
            say("Usual days to publish"): _whole(found["median_lag"]),
            say("Most days"): _whole(found["max_lag"]),
            say("Corrections"): found["corrections"].tolist(),
            say("Silent changes"): found["silent_changes"].tolist(),
            say("Falls"): found["falls"].tolist(),
            say("Largest change"): share,
        }
    )
    tables.show(table, alt=say("How late and how often sources are revised"), height=TALL)
    tables.download(table, file_name(view.crisis, "revision-facts"))


def _whole(column: pd.Series) -> "pd.Series":
    return column.round().astype("Int64").reset_index(drop=True)


def news(library: Library, view: Selection) -> None:
    """Show what was learnt since an earlier day, once the reader asks."""
    since = reasons.since(view)
    label = say("What we learnt since {day}", day=wording.day(since))
    part = fold(view, "learnt", plain(label))
    if not part.open:
        return
    with part:
        _earlier_day(view, since)
        found = reasons.news(library, view)
        st.markdown(plain(found.text))
        if len(found.effects):
            st.markdown(f"**{say('Numbers shown that changed')}**")
            _effects(library, view, found.effects)
        if len(found.news):
            st.markdown(f"**{say('Figures that came')}**")
            _came(library, view, found.news, set(found.effects["after_id"]))


def _earlier_day(view: Selection, since: dt.date) -> None:
    st.session_state["choose_since"] = since
    st.date_input(
        say("Since"),
        key="choose_since",
        max_value=reasons.until(view) - dt.timedelta(days=1),
        min_value=min(view.first, since),
        format="YYYY-MM-DD",
        on_change=changed,
        args=("since", (reasons.until(view) - reasons.WEEK).isoformat(), None),
        width=200,
    )


def _effects(library: Library, view: Selection, found: pd.DataFrame) -> None:
    rows = answers.rows(library, view)
    records = found.to_dict("records")
    old = [rows.get(row["before_id"]) for row in records]
    new = [rows.get(row["after_id"]) for row in records]
    table = pd.DataFrame(
        {
            say("What"): [subject_of(row) for row in records],
            say("Before"): [_number(row) for row in old],
            say("Now"): [_number(row) for row in new],
            say("Change"): [
                _change(was, now, row["amount"])
                for was, now, row in zip(old, new, records, strict=True)
            ],
            say("Source"): [citing.who(library, row) if row else None for row in new],
            say("Link"): [safe_link(row["url"]) if row else None for row in new],
        }
    )
    tables.show(table, alt=say("Numbers shown that changed"), height=TALL)


def _number(row: Row | None) -> str | None:
    return text_of(row) if row else None


def _change(was: Row | None, now: Row | None, amount: float) -> str | None:
    """Return by how much the number moved; a range has no one number to compare."""
    if was is None or now is None or "range" in (was["quantifier"], now["quantifier"]):
        return None
    old, new = (judging.Interval(row["low"], row["high"]) for row in (was, now))
    # One figure differs from itself by nobody, however exact it is.
    if was["figure_id"] == now["figure_id"] or (old.low, new.low) == (old.high, new.high):
        return words.signed(amount)
    return judging.change(old, new) or None


def _came(library: Library, view: Selection, found: pd.DataFrame, shown: set[str]) -> None:
    rows = answers.rows(library, view)
    phrases = citing.phrases(library, view)
    found = found.sort_values("published", ascending=False, kind="stable")
    records = [rows[figure_id] for figure_id in found["figure_id"]]
    before = [_number(rows.get(figure_id)) for figure_id in found["before"]]
    table = pd.DataFrame(
        {
            say("Change"): [say(CHANGES[word]) for word in found["change"]],
            say("Figure"): [phrases[row["figure_id"]] for row in records],
            say("Instead of"): before,
            say("Shown now"): [
                say("yes") if row["figure_id"] in shown else None for row in records
            ],
            say("Source"): [citing.who(library, row) for row in records],
            say("Link"): [safe_link(row["url"]) for row in records],
        }
    ).dropna(axis="columns", how="all")
    tables.show(table, alt=say("Figures that came"), height=TALL)
    tables.download(table, file_name(view.crisis, "learnt", reasons.since(view), view.day))
