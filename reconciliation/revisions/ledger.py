"""What each source said when: late reports, corrections, silent changes, falls and the like."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from figures import SERIES, complete
from reconciliation.bridges.parts import records, source_names
from reconciliation.bridges.usage import usage
from reconciliation.days import DayLike, stamps
from reconciliation.known import published_seconds
from reconciliation.revisions.detect import Told, in_order, lag_days, told_of
from reconciliation.revisions.words import told_text

LATE_DAYS = 3
COLUMNS = (
    "kind",
    *SERIES,
    "source",
    "as_of",
    "said",
    "amount",
    "share",
    "days",
    "figure_ids",
    "text",
)
KINDS = (
    "late_report",
    "correction",
    "silent_change",
    "fall",
    "restart",
    "reclassification",
)


def revisions(
    figures: pd.DataFrame,
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
    late_days: int = LATE_DAYS,
    identities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the ledger of what was said when, one row per revision.

    Kinds: ``late_report`` (published ``late_days`` or more after its day), ``correction`` (it
    supersedes), ``silent_change`` (another number of one source for one series and day, and no word
    of correction), ``fall`` (a running total falls by more than its words allow), ``restart`` (it
    counts from a later day than before), ``reclassification`` (one series falls as its sibling
    rises by the same amount on the same days). A fall that is a reclassification is told once.

    Columns: kind, the series columns, source, as_of and said (the day of the later figure, and when
    it was put out), amount (people), share (of the earlier number), days (from the one to the
    other; for a late report from as_of to said), figure_ids (in order), text. Sorted by crisis,
    source, series, day and kind. ``sources`` gives the names in the sentences.
    """
    frame = in_order(complete(figures), known_on)
    told = sorted(told_of(frame, late_days, usage(identities)), key=lambda t: (t.rows, t.kind))
    return _table(frame, told, source_names(sources))


def _table(frame: pd.DataFrame, told: Sequence[Told], names: dict[str, str]) -> pd.DataFrame:
    places = [entry.rows[1] if len(entry.rows) > 1 else entry.rows[0] for entry in told]
    wanted = sorted({row for entry in told for row in entry.rows})
    parts = dict(zip(wanted, records(frame.iloc[wanted]), strict=True))
    result = frame.iloc[places][[*SERIES, "source", "as_of"]].reset_index(drop=True)
    said = published_seconds(frame.iloc[places]) // 86_400
    result = result.assign(
        kind=pd.Categorical([entry.kind for entry in told], categories=list(KINDS)),
        said=stamps(said),
        amount=np.array([entry.amount for entry in told], dtype=np.int64),
        share=[abs(e.amount) / e.base if e.base else float("nan") for e in told],
        days=np.array([entry.days for entry in told], dtype=np.int64),
        figure_ids=_as_cells([tuple(parts[row].figure_id for row in e.rows) for e in told]),
        text=[told_text(e, [parts[row] for row in e.rows], names) for e in told],
    )
    return result[list(COLUMNS)].astype({"share": float})


def _as_cells(tuples: Sequence[tuple[str, ...]]) -> "pd.Series[Any]":
    return pd.Series(list(tuples), dtype=object)


def lags(figures: pd.DataFrame) -> pd.DataFrame:
    """Return per source how long its figures take to come out.

    Columns: source, figures (how many), dated (with a day of publication), median_lag and max_lag
    (days from as-of to publication; NaN where none is dated). Sorted by source.
    """
    frame = complete(figures)
    table = pd.DataFrame({"source": frame["source"].astype(str), "lag": lag_days(frame)})
    grouped = table.groupby("source")["lag"]
    result = grouped.agg(figures="size", dated="count", median_lag="median", max_lag="max")
    return result.reset_index()


def revision_facts(
    figures: pd.DataFrame,
    sources: pd.DataFrame | None = None,
    known_on: DayLike | None = None,
) -> pd.DataFrame:
    """Return per source how late, how often and how far it is revised: facts, no ranking.

    Columns: those of :func:`lags`, with name, corrections, silent_changes, falls (how many) and
    largest (the largest of these as a share of the earlier number; NaN without any). Sorted by
    source.
    """
    said = in_order(complete(figures), known_on)
    ledger = revisions(said, sources)
    ledger = ledger.assign(source=ledger["source"].astype(str))
    result = lags(said)
    names = source_names(sources)
    columns: dict[str, Any] = {"name": [names.get(s, s) for s in result["source"]]}
    changed = ledger[ledger["kind"].isin(list(_COUNTED))]
    for kind, column in _COUNTED.items():
        times = changed["source"][changed["kind"] == kind].value_counts()
        columns[column] = result["source"].map(times).fillna(0).astype("int64")
    columns["largest"] = result["source"].map(changed.groupby("source")["share"].max())
    return result.assign(**columns)


_COUNTED = {"correction": "corrections", "silent_change": "silent_changes", "fall": "falls"}
