"""One look at the figures: what is wrong is sent to each channel once, and so is its end."""

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders import Library
from watch import memory
from watch.alerts import Found, Notice, look, news
from watch.logs import tell
from watch.memory import Channel, Memory
from watch.sending import Send, SendError


@dataclass(frozen=True)
class Outcome:
    """What one run found and what came of it: notices by channel, and which channels failed."""

    found: Found
    notices: Mapping[str, list[Notice]]
    failed: Mapping[str, str]


def run(
    read: Callable[[], Library],
    channels: Mapping[str, Send],
    file: Path,
    *,
    stale_days: int,
    today: dt.date | None = None,
    dry: bool = False,
) -> Outcome:
    """Look once and send what is new; a channel that fails is told the same at the next run.

    With ``dry`` nothing is sent or noted. Raises ``OSError`` where the file cannot be written:
    then nothing more is sent, for it would be sent again and again.
    """
    noted = memory.read(file)
    if not dry:
        memory.write(file, noted)
    found = look(read, today or dt.date.today(), stale_days)
    told: dict[str, list[Notice]] = {}
    failed: dict[str, str] = {}
    for name, send in channels.items():
        told[name], after = news(noted.channels.get(name), found)
        if dry:
            continue
        after, failed_for = _sent(name, send, told[name], noted.channels.get(name), after)
        failed |= {name: failed_for} if failed_for else {}
        noted.channels[name] = after
        memory.write(file, noted)
    if not dry:
        memory.write(file, Memory(run=time.time(), channels=noted.channels))
    return Outcome(found, told, failed)


def _sent(
    name: str, send: Send, notices: list[Notice], before: Channel | None, after: Channel
) -> tuple[Channel, str]:
    """Send; return what to note of the channel, and why it failed."""
    if not notices:
        return after, ""
    try:
        send(notices)
    except SendError as error:
        tell(
            "alerts not sent",
            level=logging.ERROR,
            channel=name,
            alerts=len(notices),
            reason=str(error),
        )
        # What was passed over at the first run stays so, else all of it would be told next time.
        kept = before or Channel(passed_over=after.passed_over)
        return kept.model_copy(update={"failed": kept.failed + 1}), str(error)
    tell("alerts sent", channel=name, alerts=len(notices))
    return after.model_copy(update={"sent": after.sent + len(notices)}), ""
