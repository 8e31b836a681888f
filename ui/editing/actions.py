"""What changes the files: each action asks who it is at the very moment it is done."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import publishing
from publishing import Change, Merge, PublishError, Version
from ui import rights
from ui.editing.drafts import DONE, Draft
from ui.loading import data_path

# In seconds: a person waits for another's publish, but not for long.
WAIT = 10.0


@dataclass(frozen=True)
class Done:
    """What was done, to be told on top of the page; ``change`` is what was added, if anything."""

    version: Version
    change: Change | None = None


@dataclass(frozen=True)
class Trouble:
    """Why nothing was done: a sentence and what to do about it."""

    sentence: str
    remedy: str = ""
    code: str = ""


def publish_change(
    change: Change, *, message: str, base: str, convert: bool = False, git: bool = False
) -> Version:
    """Publish a change in the name of the editor whose session this is.

    Raises ``NotAllowedError`` for anybody else, and what ``publishing.publish`` raises.
    """
    editor = rights.require()
    return publishing.publish(
        data_path(),
        change,
        who=editor.name,
        message=message,
        base=base,
        convert=convert,
        git=git,
        wait=WAIT,
    )


def undo_version(number: int, *, message: str) -> Version:
    """Take a version back in the name of the editor. Raises as ``publish_change`` does."""
    editor = rights.require()
    return publishing.undo(data_path(), number, who=editor.name, message=message, wait=WAIT)


def publish_pressed(draft: Draft, change: Change, base: str, convert: bool = False) -> None:
    """Publish a draft; what came of it is told by ``told`` and beside the button."""
    message, git = str(draft.get("message") or ""), bool(draft.get("git"))
    _do(
        draft,
        lambda: publish_change(change, message=message, base=base, convert=convert, git=git),
        change,
    )


def undo_pressed(draft: Draft, number: int) -> None:
    """Undo the version that the editor chose."""
    message = str(draft.get("message") or "")
    _do(draft, lambda: undo_version(number, message=message), None)


def _do(draft: Draft, work: Callable[[], Version], change: Change | None) -> None:
    st.session_state.pop(DONE, None)
    for name in ("merge", "trouble"):
        draft.put(name, None)
    try:
        version = work()
    except Merge as merge:
        draft.put("merge", merge)
    except PublishError as error:
        draft.put("trouble", Trouble(error.sentence, error.remedy, error.code))
    except rights.NotAllowedError as reason:
        draft.put("trouble", Trouble(str(reason)))
    else:
        draft.clear()
        st.session_state[DONE] = Done(version, change)
