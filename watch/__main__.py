"""Looks at the figures and sends alerts: stale data, new contradictions, files that are broken.

Run it every few minutes by cron or a systemd timer, or with ``--every 300``. What was sent is noted
in a file (setting ``alert_state``), so that each alert is sent once, and once more when it ends.
"""

import argparse
import sys
import time
from functools import partial

import settings
from loaders import load_library
from settings import Settings, SettingsError
from watch import logs, running, sending


def main(given: list[str] | None = None) -> int:
    """Look once, or again and again; return 0, 1 where a channel failed, 2 for wrong settings."""
    parser = argparse.ArgumentParser("python -m watch", description=__doc__)
    parser.add_argument("--every", type=_seconds, metavar="SECONDS",
                        help="look again and again")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true",
                        help="print what would be sent; send and note nothing")  # fmt: skip
    asked = parser.parse_args(given)
    try:
        chosen = settings.current()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    logs.set_up(chosen)
    while True:
        code = _once(chosen, asked.dry_run)
        if asked.every is None:
            return code
        time.sleep(asked.every)


def _once(chosen: Settings, dry: bool) -> int:
    channels = sending.channels(chosen)
    if not channels:
        print("No channel is set up: set alert_webhook or alert_emails; see docs/watching.md. "
              "This is what would be told:", file=sys.stderr)  # fmt: skip
        dry, channels = True, {"nobody": lambda _: None}
    read = partial(load_library, chosen.datasets)
    try:
        outcome = running.run(
            read, channels, chosen.alert_state, stale_days=chosen.stale_days, dry=dry
        )
    except OSError as error:
        print(f"{chosen.alert_state} cannot be written ({error.strerror}), so nothing is sent. "
              "Set alert_state to a file that can be.", file=sys.stderr)  # fmt: skip
        return 1
    if dry:
        _print(outcome)
    return 1 if outcome.failed else 0


def _print(outcome: running.Outcome) -> None:
    for name, notices in outcome.notices.items():
        print(f"{name}: {len(notices)} to tell")
        for notice in notices:
            print(
                f"  {notice.state} {notice.condition.kind}: {sending.clean(notice.condition.text)}"
            )
    there = sum(c.kind == "contradiction" for c in outcome.found.conditions.values())
    print(f"Contradictions there now: {there}.")


def _seconds(text: str) -> float:
    found = float(text)
    if not 1 <= found <= 86_400:
        raise argparse.ArgumentTypeError("from 1 to 86400 seconds")
    return found


if __name__ == "__main__":
    sys.exit(main())
