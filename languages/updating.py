"""Bringing the catalogues up to date with the code, keeping what is translated."""

import datetime as dt
from difflib import SequenceMatcher

from babel.messages.catalog import Catalog, Message

from languages import catalogue
from languages.checking import translated
from languages.sources import Found, messages
from languages.speaking import LANGUAGES

HEAD = """\
# {name}: translations of the displacement dashboard. See docs/translating.md."""
# A date that changed with every run would hide what really changed.
NEVER = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)

# How alike two messages must be for the one's translation to be worth a look for the other.
NEAR = 0.85


def template(found: Found) -> Catalog:
    """Return a catalogue of every message, without translations, in the order of the code."""
    empty = Catalog(fuzzy=False, creation_date=NEVER)
    for message, where in found.messages.items():
        empty.add(message, locations=[(file, 0) for file in where])
    return empty


def update(code: str, pattern: Catalog) -> Catalog:
    """Bring one language's file up to date; return what was written.

    What is translated stays; where the English has changed a little, the old translation is kept
    as fuzzy, and English is shown until somebody has looked at it. What the code no longer says
    stays at the end of the file as obsolete.
    """
    held = catalogue.read(code)
    held.fuzzy = False
    held.header_comment = HEAD.format(name=LANGUAGES[code])
    held.project, held.version = "displacement-dashboard", "1"
    held.revision_date, held.last_translator = NEVER, "the project"
    held.update(pattern, update_header_comment=False, keep_user_comments=True)
    _forget_guesses(held)
    catalogue.write(code, held)
    return held


def _forget_guesses(held: Catalog) -> None:
    """Take back translations taken over from a message that is not nearly the same."""
    for message in held:
        if message.id and message.fuzzy and not _is_near(message):
            one = isinstance(message.id, str)
            message.string = "" if one else ("",) * held.num_plurals
            message.flags.discard("fuzzy")
            message.previous_id = []


def _is_near(message: Message) -> bool:
    before, now = " ".join(message.previous_id), message.id
    text = now if isinstance(now, str) else " ".join(now)
    return SequenceMatcher(None, before, text, autojunk=False).ratio() >= NEAR


def extract() -> Found:
    """Bring every language's file up to date with the code."""
    found = messages()
    pattern = template(found)
    for code in translated():
        update(code, pattern)
    return found
