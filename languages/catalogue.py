"""Catalogues of translations: gettext's .po files, read as they are, with nothing to build."""

import gettext
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parent
# Wide enough for a short sentence, so that a changed word changes one line of the file.
WIDTH = 100


class Translations(gettext.NullTranslations):
    """The messages of one language; what is missing or uncertain is said in English."""

    def __init__(self, catalogue: Catalog | None = None) -> None:
        super().__init__()
        self._one: dict[str, str] = {}
        self._many: dict[tuple[str, str], tuple[str, ...]] = {}
        self._form = gettext.c2py(catalogue.plural_expr if catalogue else "n != 1")
        for message in catalogue or ():
            if not message.id or message.fuzzy:
                continue
            if isinstance(message.id, tuple):
                forms = message.string if isinstance(message.string, tuple) else ()
                if forms and all(forms):
                    self._many[message.id] = tuple(forms)
            elif message.string:
                self._one[message.id] = message.string

    def gettext(self, message: str) -> str:
        """Return the translation of a message; the message itself where there is none."""
        return self._one.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation in the form that the number asks for."""
        forms = self._many.get((msgid1, msgid2))
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[self._form(abs(n))]


def path_of(code: str) -> Path:
    """Return the file that holds the translations into a language."""
    return FOLDER / code / "messages.po"


def read(code: str) -> Catalog:
    """Return a language's catalogue; an empty one where there is no file yet.

    Raises ``babel.messages.pofile.PoFileError`` where the file is not in the format.
    """
    path = path_of(code)
    if not path.is_file():
        return Catalog(locale=code, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def write(code: str, catalogue: Catalog) -> None:
    """Write a language's catalogue, in the order of the code, without dates that always change."""
    path = path_of(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, omit_header=False)


@cache
def translations(code: str) -> Translations:
    """Return a language's translations, read from its file once."""
    return Translations(read(code)) if path_of(code).is_file() else Translations()
