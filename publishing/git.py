"""A commit of exactly the files that a publish changed."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from publishing.change import LONGEST_MESSAGE, neutral
from reconciliation.wording import say

_LONGEST_RUN = 60
# What would send git to another repository, as when the server was started from a hook.
_DROPPED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


def in_work_tree(root: Path) -> bool:
    """Return whether the folder lies in a git work tree."""
    try:
        return _git(root, "rev-parse", "--is-inside-work-tree").stdout.strip() == "true"
    except (OSError, subprocess.SubprocessError):
        return False


def commit(root: Path, paths: Sequence[str], who: str, message: str) -> str:
    """Commit these files and no other change; return in words how it went. Raises nothing.

    What others have staged stays staged and is not committed. Hooks of the repository run.
    """
    try:
        for path in paths:
            # A new file must be known before it can be named to a commit.
            if (root / path).exists():
                _git(root, "add", "--intent-to-add", "--", path)
        identity = [] if _git(root, "var", "GIT_COMMITTER_IDENT").returncode == 0 else _OURS
        done = _git(
            root, *identity, "commit", "--quiet", "--only", "--file=-", f"--author={_author(who)}",
            "--", *paths, text=neutral(message, LONGEST_MESSAGE),
        )  # fmt: skip
        if done.returncode == 0:
            hash_ = _git(root, "rev-parse", "--short", "HEAD").stdout.strip()
            return say("Committed as {hash}.", hash=hash_)
        reason = neutral(done.stderr or done.stdout, 300)
    except (OSError, subprocess.SubprocessError) as error:
        reason = neutral(str(error), 300)
    return say("Published, but git could not commit it: {reason}", reason=reason)


_OURS = ["-c", "user.name=Dashboard", "-c", "user.email=dashboard@localhost"]


def _author(who: str) -> str:
    """Return the author as git wants it; an e-mail address is both name and address."""
    name = neutral(who).replace("<", "").replace(">", "").strip() or "dashboard"
    address = name if "@" in name and " " not in name else ""
    return f"{name} <{address}>"


def _git(root: Path, *arguments: str, text: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    return subprocess.run(
        ["git", "--literal-pathspecs", "-C", str(root), *arguments],
        input=text,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_LONGEST_RUN,
        env=environment | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
    )
