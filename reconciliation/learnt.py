"""What was learnt between two days: figures added, corrected, withdrawn, and what they change."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from figures import SERIES, complete
from reconciliation import wording
from reconciliation.bridges.parts import Part, records, source_names
from reconciliation.bridges.phrases import counted, day_of, number_of
from reconciliation.days import DayLike, day_number
from reconciliation.known import published_seconds
from reconciliation.reconcile import reconcile
from reconciliation.revisions.detect import in_order
from reconciliation.wording import say

NEWS = ("change", *SERIES, "figure_id", "source", "as_of", "published", "value", "before", "text")
EFFECTS = (
    *SERIES,
    "before_id",
    "before",
    "before_verdict",
    "after_id",
    "after",
    "after_verdict",
    "amount",
    "text",
)


@dataclass(frozen=True)
class Learnt:
    """The difference between two days of knowledge.

    ``news`` has one row per figure that came: change (``added``, ``corrected``, ``withdrawn``), the
    series columns, figure_id, source, as_of, published, value, before (the id of the figure it
    corrects or takes back, or empty) and text. ``effects`` has one row per series whose shown
    figure or verdict changed: before_id, before, before_verdict, after_id, after, after_verdict
    (numbers of people; empty where nothing was shown), amount (after minus before, as
    printed: of numbers that are not exact :func:`judging.change` says more) and text.
    """

    since: pd.Timestamp
    until: pd.Timestamp
    news: pd.DataFrame
    effects: pd.DataFrame

    @property
    def text(self) -> str:
        """What was learnt, in one sentence."""
        counts = self.news["change"].value_counts()
        return say(
            "Between {since} and {until}: figures added: {added}, corrected: {corrected}, "
            "withdrawn: {withdrawn}; numbers shown that changed: {changed}.",
            since=wording.day(self.since),
            until=wording.day(self.until),
            added=wording.number(int(counts.get("added", 0))),
            corrected=wording.number(int(counts.get("corrected", 0))),
            withdrawn=wording.number(int(counts.get("withdrawn", 0))),
            changed=wording.number(len(self.effects)),
        )


def learnt(
    figures: pd.DataFrame,
    since: DayLike,
    until: DayLike,
    sources: pd.DataFrame | None = None,
    rule: str = "latest",
    decisions: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> Learnt:
    """Return what came out after ``since`` and by ``until``, and what it changes.

    The numbers shown are those for the day ``until``, as known on either day, by the same rule and
    decisions. Raises ``ValueError`` where ``until`` lies before ``since``.
    """
    first, last = day_number(since), day_number(until)
    if last < first:
        raise ValueError(f"{until!r} lies before {since!r}; give the earlier day first")
    frame = complete(figures)
    return Learnt(
        since=pd.Timestamp(since),
        until=pd.Timestamp(until),
        news=_news(frame, first, last, sources),
        effects=_effects(frame, since, until, sources, rule, decisions, crises),
    )


def _news(frame: pd.DataFrame, first: int, last: int, sources: pd.DataFrame | None) -> pd.DataFrame:
    said = in_order(frame, None)
    day = published_seconds(said) // 86_400
    new = said[(day > first) & (day <= last)].reset_index(drop=True)
    before = {(p.crisis, p.source, p.figure_id): p for p in records(said[day <= last])}
    parts = records(new)
    wanted = new["supersedes"].astype(str)
    old = [before.get((p.crisis, p.source, w)) for p, w in zip(parts, wanted, strict=True)]
    withdrawn = (new["status"] == "withdrawn").to_numpy()
    change = np.select(
        [withdrawn, np.array([o is not None for o in old], dtype=bool)],
        ["withdrawn", "corrected"],
        "added",
    )
    names = source_names(sources)
    rows = zip(change.tolist(), parts, old, strict=True)
    result = new.assign(
        change=pd.Categorical(change, categories=["added", "corrected", "withdrawn"]),
        before=[o.figure_id if o else "" for o in old],
        text=[_news_text(kind, part, was, names) for kind, part, was in rows],
    )
    return result[list(NEWS)]


def _news_text(kind: str, part: Part, was: Part | None, names: dict[str, str]) -> str:
    places = {
        "source": names.get(part.source, part.source),
        "what": counted(part),
        "number": number_of(part),
        "day": day_of(part),
    }
    if kind == "withdrawn":
        return say("{source} withdrew {what} ({day}).", **places)
    if was is not None:
        earlier, former = counted(was), day_of(was)
        message = "{source} corrected {earlier} ({former}) to {number} ({day})."
        return say(message, earlier=earlier, former=former, **places)
    return say("{source} reported {what} ({day}).", **places)


def _effects(
    frame: pd.DataFrame,
    since: DayLike,
    until: DayLike,
    sources: pd.DataFrame | None,
    rule: str,
    decisions: pd.DataFrame | None,
    crises: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return the series for which another figure or another verdict is shown."""
    shown = [
        reconcile(frame, sources, [until], known_on, rule, decisions, crises)
        for known_on in (since, until)
    ]
    columns = [*SERIES, "figure_id", "value", "verdict"]
    texts = {name: str for name in columns if name not in ("since", "value")}
    before, after = (table[columns].astype(texts) for table in shown)
    both = before.merge(after, on=list(SERIES), how="outer", suffixes=("_before", "_after"))
    both = both.fillna({f"verdict_{side}": "none" for side in ("before", "after")})
    for side in ("before", "after"):
        nobody = both[f"verdict_{side}"] == "none"
        both.loc[nobody, f"figure_id_{side}"] = ""
        both.loc[nobody, f"value_{side}"] = np.nan
    changed = (both["figure_id_before"] != both["figure_id_after"]) | (
        both["verdict_before"] != both["verdict_after"]
    )
    both = both[changed].sort_values(list(SERIES), na_position="first").reset_index(drop=True)
    result = both.rename(columns={f"{old}_{s}": new.format(s) for old, new in _SIDES for s in _AT})
    result = result.assign(amount=result["after"] - result["before"])
    return result.assign(text=list(_effect_texts(result, frame, sources)))[list(EFFECTS)]


_AT = ("before", "after")
_SIDES = (("figure_id", "{}_id"), ("value", "{}"), ("verdict", "{}_verdict"))


def _effect_texts(
    effects: pd.DataFrame, frame: pd.DataFrame, sources: pd.DataFrame | None
) -> Iterator[str]:
    shown = set(effects["before_id"]) | set(effects["after_id"])
    parts = {
        (part.crisis, part.figure_id): part
        for part in records(frame[frame["figure_id"].isin(shown).to_numpy()])
    }
    names = source_names(sources)
    columns = ["crisis", "before_id", "after_id", "after_verdict"]
    for crisis, old_id, new_id, verdict in effects[columns].itertuples(index=False):
        old, new = parts.get((crisis, old_id)), parts.get((crisis, new_id))
        yield _effect_text(old, new, str(verdict), names)


def _effect_text(old: Part | None, new: Part | None, verdict: str, names: dict[str, str]) -> str:
    """Word what is shown now and what was shown before."""
    if new is None and old is None:
        return ""
    part = new or old
    assert part is not None
    places = {
        "what": counted(part),
        "source": names.get(part.source, part.source),
        "day": day_of(part),
        "verdict": say(_VERDICTS[verdict]),
    }
    if old is None:
        message = "Shown now: {what} ({source}, {day}; {verdict}); before, nothing was shown."
    elif new is None:
        message = "No longer shown: {what} ({source}, {day})."
    elif old.figure_id == new.figure_id:
        message = "Still shown: {what} ({source}, {day}); now {verdict}."
    else:
        message = (
            "Shown now: {what} ({source}, {day}; {verdict}); before, {former} ({former_source}, "
            "{former_day})."
        )
        places["former"] = number_of(old)
        places["former_source"] = names.get(old.source, old.source)
        places["former_day"] = day_of(old)
    return say(message, **places)


_VERDICTS = {
    "none": "nobody has a recent figure",
    "single": "one source alone",
    "agree": "the sources agree",
    "close": "the sources are close",
    "conflict": "the sources conflict",
}
