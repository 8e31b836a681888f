"""Choosing a language for a block, or for whatever each reader asked for."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Literal

from babel import Locale

from languages.catalogue import Translations, translations
from reconciliation import wording

DEFAULT = "en"
# Code → the language's name in the language itself, in the order in which a reader is offered them.
LANGUAGES: dict[str, str] = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "th": "ไทย",
    "km": "ខ្មែរ",
}


def known(code: str) -> str:
    """Return the code if the dashboard speaks it, else that of English."""
    return code if code in LANGUAGES else DEFAULT


def direction(code: str) -> Literal["ltr", "rtl"]:
    """Return which way the language runs; English's way for a code that is not known."""
    return "rtl" if Locale.parse(known(code)).text_direction == "rtl" else "ltr"


@contextlib.contextmanager
def speak(code: str) -> Iterator[None]:
    """Word everything inside the block in the language; in English if the code is not known."""
    spoken = known(code)
    with wording.speaking(spoken, translations(spoken)):
        yield


def follow(asked: Callable[[], str]) -> None:
    """Word everything outside :func:`speak` in the language whose code ``asked`` returns.

    ``asked`` is called whenever something is worded, so it must be quick, and it alone decides: one
    reader's language cannot reach another's page, whatever thread draws it.
    """

    def spoken() -> tuple[str, Translations]:
        code = known(asked())
        return code, translations(code)

    wording.ask_language(spoken)
