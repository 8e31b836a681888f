"""Folders of the dashboard's own beside the data: copies, which are no part of the data set."""

from pathlib import Path

_IGNORE = ".gitignore"


def hidden_folder(path: Path) -> Path:
    """Make a folder that git passes over, in a repository that knows nothing of the dashboard.

    Raises ``OSError``.
    """
    path.mkdir(exist_ok=True)
    mark = path / _IGNORE
    if not mark.exists():
        mark.write_text("*\n", encoding="ascii")
    return path
