"""``python -m figures write [FOLDER]`` writes everything that is made from the models."""

import argparse
from pathlib import Path

from figures.codebook import pages

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the code book, template and data package of a folder, and the page of findings."""
    parser = argparse.ArgumentParser(prog="python -m figures", description=__doc__)
    parser.add_argument("command", choices=["write"])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "datasets")
    parser.add_argument(
        "--hashes", action="store_true", help="put the hash of every file into datapackage.json"
    )
    wanted = parser.parse_args()
    for path, text in pages(wanted.folder, ROOT / "docs", wanted.hashes).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
