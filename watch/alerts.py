"""What is wrong with the figures now, and what of it a channel has not been told yet."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from loaders import Library
from reconciliation import Contradiction
from watch.memory import Channel, Condition
from watch.survey import MOST, State, contradicted, states

# Findings that say that a whole file cannot be used.
BROKEN = frozenset({"missing-folder", "missing-file", "empty-file", "unreadable-file",
                    "truncated-file", "unclosed-quote", "wrong-encoding", "too-large"})  # fmt: skip
LONGEST = 600


@dataclass(frozen=True)
class Found:
    """What is wrong now, by key; ``unsure`` are the kinds and crises that could not be looked at.

    A condition of theirs that was told before may go on, so its end is not told.
    """

    conditions: dict[str, Condition] = field(default_factory=dict)
    unsure: frozenset[tuple[str, str]] = frozenset()
    blind: bool = False

    def may_go_on(self, condition: Condition) -> bool:
        """Return whether it is not known that a condition has ended."""
        if condition.key in self.conditions:
            return True
        if condition.kind == "unreadable":
            return False
        return self.blind or (condition.kind, condition.crisis) in self.unsure


@dataclass(frozen=True)
class Notice:
    """One thing to tell: a condition that is new, or one that has ended."""

    state: Literal["new", "resolved"]
    condition: Condition


def look(read: Callable[[], Library], today: dt.date, stale_days: int) -> Found:
    """Return what is wrong with the figures that ``read`` gives; it may raise anything."""
    try:
        library = read()
    except Exception as error:  # whatever keeps the figures from being read is to be told
        return _blind(f"{type(error).__name__}: {error}")
    broken = library.findings[library.findings["code"].isin(BROKEN)]
    whole = broken[broken["code"] == "missing-folder"]
    if len(whole):
        return _blind(str(whole["problem"].iloc[0]))
    found = {c.key: c for c in _damaged(broken)}
    unsure: set[tuple[str, str]] = set()
    hurt = {str(file).rpartition("/")[0] for file in broken["file"]}
    if "" in hurt:
        # A file that all crises rest on: nothing is sure until it is mended.
        return Found(found, blind=True)
    for state in states(library, today):
        if state.crisis in hurt:
            unsure |= {("stale", state.crisis), ("contradiction", state.crisis)}
            continue
        stale = _stale(state, today, stale_days)
        clashes = contradicted(library, state)
        if len(clashes) >= MOST or any(clash.truncated for clash in clashes):
            unsure.add(("contradiction", state.crisis))
        told = [_clash(state, clash) for clash in clashes]
        found |= {c.key: c for c in (*([stale] if stale else []), *told)}
    return Found(found, frozenset(unsure))


def news(channel: Channel | None, found: Found) -> tuple[list[Notice], Channel]:
    """Return what to tell a channel, and what it has been told once that was sent.

    A channel that is new is told what is stale or unreadable; contradictions that are there
    already are passed over, for they are not new.
    """
    before = channel or Channel(passed_over=_clashes(found))
    passed = {k: c for k, c in before.passed_over.items() if found.may_go_on(c)}
    ended = [c for c in before.told.values() if not found.may_go_on(c)]
    fresh = [c for k, c in found.conditions.items() if k not in before.told and k not in passed]
    notices = [Notice("new", c) for c in fresh] + [Notice("resolved", c) for c in ended]
    kept = {k: c for k, c in before.told.items() if found.may_go_on(c)}
    told = kept | {c.key: c for c in fresh}
    after = before.model_copy(update={"told": told, "passed_over": passed})
    return notices, after


def _clashes(found: Found) -> dict[str, Condition]:
    return {k: c for k, c in found.conditions.items() if c.kind == "contradiction"}


def _blind(reason: str) -> Found:
    title = "The figures cannot be read"
    text = f"The data folder cannot be read: {reason}"[:LONGEST]
    condition = Condition(key="unreadable", kind="unreadable", title=title, text=text)
    return Found({condition.key: condition}, blind=True)


def _damaged(broken: pd.DataFrame) -> list[Condition]:
    rows = zip(broken["file"], broken["problem"], broken["remedy"], strict=True)
    return [
        Condition(
            key=f"unreadable:{file}",
            kind="unreadable",
            crisis=str(file).rpartition("/")[0],
            title=f"{file} cannot be read",
            text=f"{file}: {problem}. {remedy}"[:LONGEST],
        )
        for file, problem, remedy in rows
    ]


def _stale(state: State, today: dt.date, days: int) -> Condition | None:
    if not state.active or state.published is None or (today - state.published).days <= days:
        return None
    age = (today - state.published).days
    text = (
        f"The newest figure of {state.name} was published on {state.published.isoformat()}, "
        f"{age} days ago; more than {days} are reported."
    )
    return Condition(
        key=f"stale:{state.crisis}", kind="stale", crisis=state.crisis,
        day=state.published.isoformat(), title=f"No new figures: {state.name}", text=text,
    )  # fmt: skip


def _clash(state: State, clash: Contradiction) -> Condition:
    ids = tuple(sorted(clash.figure_ids))
    return Condition(
        key=f"contradiction:{state.crisis}:{'+'.join(ids)}", kind="contradiction",
        crisis=state.crisis, day=str(state.newest), figure_ids=ids,
        title=f"Figures that cannot all be true: {state.name}", text=clash.text[:LONGEST],
    )  # fmt: skip
