"""The log: one line for each thing that happened, as text or JSON, about nobody in particular.

Any part of the dashboard tells of what happened by Python's own logging: the message names it, and
``extra={"told": {…}}`` holds the facts. Addresses of readers, of e-mail and queries of links are
never among them; where a message of a library holds one, it is blanked out.
"""

import datetime as dt
import json
import logging
import re
import sys
from typing import Any, TextIO

from settings import Settings, is_loopback

# Parts whose messages follow the level of the settings; of others only warnings are told.
OURS = (
    *("dashboard", "server", "ui", "pages", "api", "publishing", "loaders", "reconciliation"),
    *("charts", "exports", "brief", "edition", "languages", "settings", "watch"),
)
# These have handlers of their own, whose lines name the addresses of readers.
LOUD = ("streamlit", "uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "websockets")
OUTSIDE = "streamlit.runtime.scriptrunner_utils.script_run_context"
_log = logging.getLogger("dashboard")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]{0,4}(?::[\da-fA-F]{0,4}){2,7})(?![\w.])"
)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"']+")


def tell(event: str, level: int = logging.INFO, **facts: object) -> None:
    """Write one line: what happened, and the facts of it."""
    _log.log(level, event, extra={"told": facts})


def set_up(settings: Settings, stream: TextIO | None = None) -> None:
    """Have everything logged our way, to ``stream`` (the standard error), from now on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines(json_lines=settings.log_format == "json"))
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old.formatter, Lines)]:
        root.removeHandler(old)
    root.addHandler(handler)
    level = settings.log_level.upper()
    root.setLevel(max(logging.WARNING, logging.getLevelName(level)))
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    _quieten()


def _quieten() -> None:
    """Take their own handlers from the libraries; what is grave reaches ours."""
    made = [name for name in logging.root.manager.loggerDict if name.startswith("streamlit.")]
    for name in (*LOUD, *made):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        # Each WebSocket is told of with the reader's address and the query of the link.
        logger.setLevel(max(logger.level, logging.WARNING))
    # It warns of each answer that is worked out ahead, outside a reader's session.
    logging.getLogger(OUTSIDE).setLevel(logging.ERROR)


class Lines(logging.Formatter):
    """Formats a record as one line of JSON, or as a line for people."""

    def __init__(self, json_lines: bool) -> None:
        super().__init__()
        self._json = json_lines

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; a traceback follows on lines of its own, set in."""
        facts = self._facts(record)
        if self._json:
            return json.dumps(facts, default=str)
        when, level, event = (facts.pop(name) for name in ("time", "level", "event"))
        trace = str(facts.pop("error", ""))
        told = "".join(f" {name}={_word(value)}" for name, value in facts.items())
        lines = "".join(f"\n    {_printable(line)}" for line in trace.splitlines())
        return f"{when} {level:<7} {_printable(str(event))}{told}{lines}"

    def _facts(self, record: logging.LogRecord) -> dict[str, Any]:
        when = dt.datetime.fromtimestamp(record.created, dt.UTC)
        found: dict[str, Any] = {
            "time": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": blanked(record.getMessage()),
        }
        if record.name != _log.name:
            found["part"] = record.name
        told = getattr(record, "told", {})
        found |= {name: blanked(v) if isinstance(v, str) else v for name, v in told.items()}
        if record.exc_info:
            found["error"] = blanked(self.formatException(record.exc_info))
        return found


def blanked(text: str) -> str:
    """Return a text without addresses of e-mail and of readers, and without queries of links."""
    text = _QUERY.sub("?…", _MAIL.sub("(e-mail)", text))
    return _ADDRESS.sub(_unless_ours, text)


def _unless_ours(found: re.Match[str]) -> str:
    text = found[0]
    own = is_loopback(text) or text in ("0.0.0.0", "::")
    # A time of day, such as 12:30:05, is no address, and neither is a port.
    clock = text.replace(":", "").isdigit() and text.count(":") < 4 and "." not in text
    return text if own or clock or text.strip(":") == "" else "(address)"


def _word(value: object) -> str:
    """Return a fact as a word of a line, in quotes where it could be taken for more than one."""
    if isinstance(value, str) and re.fullmatch(r"[\w./:+*{}-]+", value):
        return value
    return json.dumps(value, ensure_ascii=True, default=str)


def _printable(text: str) -> str:
    """Return text that steers no terminal and begins no line of its own."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
