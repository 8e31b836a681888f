"""The languages the dashboard speaks: their names, and how each is put into use.

English is written in the code; every other language is a catalogue of translations in a folder of
this package. ``python -m languages extract`` brings the catalogues up to date with the code and
``python -m languages check`` says what is still to be translated.
"""

from languages.speaking import (
    DEFAULT,
    LANGUAGES,
    direction,
    follow,
    known,
    speak,
)

__all__ = ["DEFAULT", "LANGUAGES", "direction", "follow", "known", "speak"]
