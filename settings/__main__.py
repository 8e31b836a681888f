"""Prints every setting in force: its value, where it came from and what it means.

``python -m settings write`` makes the example file and the table of ``docs/settings.md`` anew.
"""

import argparse
import os
import sys

import settings
from settings import telling


def main(given: list[str] | None = None) -> int:
    """Print the settings, or write their documents; return 2 where they cannot be used."""
    parser = argparse.ArgumentParser("python -m settings", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["show", "write"], default="show")
    if parser.parse_args(given).what == "write":
        telling.write()
        return 0
    try:
        print(telling.in_force(settings.current(), os.environ), end="")
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
