"""What is wrong with a language's translations: missing, uncertain, or with other places."""

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from babel.messages.catalog import Catalog

from languages import catalogue
from languages.sources import Found, Message, messages
from languages.speaking import DEFAULT, LANGUAGES

# No count on a screen tells the forms of any language apart beyond these.
COUNTS = range(1000)


@dataclass(frozen=True)
class Problem:
    """One thing to put right: in which language, with which message, and what it is."""

    code: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message!r}: {self.what}"


def translated() -> list[str]:
    """Return the languages that have a catalogue: all but English, which is in the code."""
    return [code for code in LANGUAGES if code != DEFAULT]


def problems(found: Found | None = None) -> list[Problem]:
    """Return what is wrong in all languages, and the calls whose message cannot be read."""
    found = found or messages()
    told = [Problem(DEFAULT, where, "no literal message leads to say()") for where in found.unclear]
    for code in translated():
        told += _of_language(code, catalogue.read(code), list(found.messages))
    return told


def _of_language(code: str, given: Catalog, wanted: list[Message]) -> Iterator[Problem]:
    for message in wanted:
        entry = given.get(message if isinstance(message, str) else message[0])
        name = message if isinstance(message, str) else message[0]
        if entry is None or entry.id != message or not _is_full(entry.string):
            yield Problem(code, name, "is not translated")
        elif entry.fuzzy:
            yield Problem(code, name, "is marked fuzzy: the English has changed, look at it again")
        else:
            for what in differences(message, entry.string, given):
                yield Problem(code, name, what)


def _is_full(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def differences(message: Message, string: str | tuple[str, ...], given: Catalog) -> Iterator[str]:
    """Yield how a translation fails to be put where its message stands."""
    if isinstance(message, str) != isinstance(string, str):
        yield "has the forms of another kind of message"
        return
    wholes = [message] if isinstance(message, str) else list(message)
    forms = [string] if isinstance(string, str) else list(string)
    must, may = _places_wanted(wholes)
    for form, single in zip(forms, _single(forms, given), strict=True):
        here = places(form)
        missing = must - here - ({"n"} if single else set())
        if missing or here - may:
            wrong = ", ".join(sorted({f"{{{name}}}" for name in missing | (here - may)}))
            yield f"differs in its places ({wrong}): {form!r}"
        if _edges(form) != _edges(wholes[0]):
            yield f"begins or ends with other blanks: {form!r}"
        if _marks(form) != _marks(wholes[0]):
            yield f"differs in its **bold** or `code` marks: {form!r}"


def _places_wanted(wholes: list[str]) -> tuple[set[str], set[str]]:
    """Return the places that every form must have, and those that it may have."""
    every = [places(whole) for whole in wholes]
    return set.intersection(*every), set.union(*every)


def _single(forms: list[str], given: Catalog) -> list[bool]:
    """Return for each form whether it stands for one number only, which it may then leave out."""
    if len(forms) == 1:
        return [False]
    form_of = gettext.c2py(given.plural_expr)
    used = [form_of(count) for count in COUNTS]
    return [used.count(number) == 1 for number in range(len(forms))]


def places(text: str) -> set[str]:
    """Return the names of the places in a message. Raises ``ValueError`` for an open bracket."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _marks(text: str) -> list[int]:
    return [len(re.findall(mark, text)) for mark in (r"\*\*", "`", r"\]\(", ":material/")]
