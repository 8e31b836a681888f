"""Text from the data made safe to show: every cell, name and phrase passes through here."""

import re
from urllib.parse import quote

WORD_JOINER = "\u2060"
LONGEST_NAME = 34

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&\"'])")
_AUTO_LINKS = re.compile(r"(://|www\.|@|:material/)", re.IGNORECASE)
_SAFE_LINK = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_IN_ADDRESS = "/:?#@!&=+,;%~._-"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: object) -> str:
    """Return text that every part of Streamlit shows letter for letter, whatever it holds.

    Markup is escaped; addresses are broken by an invisible sign, since they would become links
    (or be fetched) in spite of escaping.
    """
    one_line = " ".join(str(text).split())
    broken = _AUTO_LINKS.sub(lambda found: f"{found[0][0]}{WORD_JOINER}{found[0][1:]}", one_line)
    return _MARKUP.sub(r"\\\1", broken)


def safe_link(address: object) -> str | None:
    """Return the address if it is one of the web, else ``None``: never ``javascript:``."""
    text = str(address or "").strip()
    return text if _SAFE_LINK.fullmatch(text) else None


def csv_safe(cell: object) -> object:
    """Return the cell so that a spreadsheet shows it and does not run it as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def link(words: str, address: object) -> str:
    """Return markdown of the words, leading to the address if it is one of the web.

    Every sign of the address that markdown could read as its own is percent-encoded.
    """
    safe = safe_link(address)
    if safe is None:
        return plain(words)
    return f"[{plain(words)}](<{quote(safe, safe=_IN_ADDRESS)}>)"


def short(name: str) -> str:
    """Return a long name without its explanation: "Thai government", not "…, agency not named"."""
    brief = re.split(r"\s\(|[,;]\s", name, maxsplit=1)[0].strip() or name
    return brief if len(brief) <= LONGEST_NAME else brief[: LONGEST_NAME - 1].rstrip() + "…"


def file_name(*parts: object) -> str:
    """Return a file name of the parts: small letters, digits and dashes."""
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(str(part) for part in parts if part).lower())
    return words.strip("-")[:120] or "figures"
