"""Ends with 0 while the server on this machine answers and has figures: for health checks.

It asks under a name that the server answers to (``allowed_hosts``), as a reader does.
"""

import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import settings


def main() -> int:
    """Ask once; return 0 for healthy, 1 otherwise with the reason on the error output."""
    try:
        found = settings.current()
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        # Docker keeps 2, the code of other commands for this, for itself.
        return 1
    name = (found.allowed_hosts or ("localhost",))[0].replace("*", "health")
    asked = urllib.request.Request(f"http://127.0.0.1:{found.port}/healthz", headers={"Host": name})
    try:
        # No proxy of the environment stands between a machine and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(asked, timeout=4):
            return 0
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
