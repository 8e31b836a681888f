"""Publishing: new rows become part of the files, with a plan before and a history after."""

from publishing.change import Change
from publishing.comparing import Comparison
from publishing.effects import Effect
from publishing.history import compare, contents_of, history, note_outside, recover, undo
from publishing.incoming import Incoming
from publishing.planning import Plan, plan
from publishing.problems import Merge, Other, PublishError
from publishing.publisher import publish
from publishing.version import Version

__all__ = [
    "Change",
    "Comparison",
    "Effect",
    "Incoming",
    "Merge",
    "Other",
    "Plan",
    "PublishError",
    "Version",
    "compare",
    "contents_of",
    "history",
    "note_outside",
    "plan",
    "publish",
    "recover",
    "undo",
]
