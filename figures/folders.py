"""Which names a crisis's folder may have, on every computer that the figures may come to."""

import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
# What Windows keeps for itself, whatever comes after a dot.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def is_folder_name(text: str) -> bool:
    """Return whether a folder can have this name anywhere, and the name is no path."""
    good = _NAME.fullmatch(text) and not _RESERVED.fullmatch(text)
    return bool(good) and not text.endswith(".")
