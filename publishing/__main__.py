"""Copies a data folder and puts a copy back.

python -m publishing backup FOLDER INTO [--keep 14]
python -m publishing restore COPY FOLDER [--replace]
python -m publishing check COPY
"""

import argparse
import sys
import tempfile
from pathlib import Path

from publishing.backup import About, BackupError, backup, unpacked
from publishing.problems import PublishError
from publishing.restoring import restore


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return what is asked for."""
    parser = argparse.ArgumentParser("python -m publishing", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    asked = parser.add_subparsers(dest="what", required=True)
    one = asked.add_parser("backup", help="copy a data folder into one file")
    one.add_argument("folder", help="the data folder")
    one.add_argument("into", help="the folder for the copies")
    one.add_argument("--keep", type=int, default=0, help="how many copies stay; 0: all")
    two = asked.add_parser("restore", help="put a copy back")
    two.add_argument("copy", help="the copy, figures-….tar.gz")
    two.add_argument("folder", help="the data folder")
    two.add_argument("--replace", action="store_true", help="also where the folder holds something")
    three = asked.add_parser("check", help="look whether a copy is whole, and touch nothing")
    three.add_argument("copy", help="the copy, figures-….tar.gz")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Do what is asked; return 0, or 1 with the reason on the error output."""
    asked = arguments(given)
    try:
        print(_done(asked))
    except (BackupError, PublishError, OSError) as error:
        print(f"Not done: {error}", file=sys.stderr)
        return 1
    return 0


def _done(asked: argparse.Namespace) -> str:
    if asked.what == "backup":
        path = backup(asked.folder, asked.into, keep=asked.keep)
        return f"{path} ({path.stat().st_size:,} bytes)"
    if asked.what == "check":
        with tempfile.TemporaryDirectory() as empty:
            return f"Whole: {_told(unpacked(Path(asked.copy), Path(empty)))}"
    about, before = restore(asked.copy, asked.folder, replace=asked.replace)
    kept = f" What was there is now in {before}; delete it when all is well." if before else ""
    return f"Restored: {_told(about)}{kept}"


def _told(about: About) -> str:
    files = f"{len(about.files)} files as of {about.made}"
    return f"{files}, version {about.version}, fingerprint {about.fingerprint[:12]}."


if __name__ == "__main__":
    sys.exit(main())
