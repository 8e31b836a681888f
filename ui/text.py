"""Text from the data made safe to show: every cell, name and phrase passes through here."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import quote

from reconciliation import wording

WORD_JOINER = "\u2060"
LONGEST_NAME = 34
LONGEST_FILE = 120

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&\"'])")
# What becomes a link, a picture or another sign in spite of escaping: Streamlit turns a lone "--"
# into a dash and "->" into an arrow.
_AUTO_LINKS = re.compile(
    r"(://|www\.|@|:material/|:streamlit:|(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S))", re.IGNORECASE
)
# What is no markup wherever it stands: it begins with a letter, and holds no sign that opens any.
_HARMLESS = re.compile(
    r"[^\W\d_](?:[^\\`*_{}\[\]<>~$^:&|@#=]|:(?=\s|$)|&(?=\s)|(?<=[^\W_])_(?=[^\W_]))*"
)
# Signs that are no letters: they turn the order of a line around, or cannot be sent at all.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
_SAFE_LINK = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_IN_ADDRESS = "/:?#@!&=+,;%~._-"


def plain(text: object) -> str:
    """Return text that every part of Streamlit shows letter for letter, whatever it holds.

    Markup is escaped; signs that would turn the rest of the line around are left out; addresses
    are broken by an invisible sign, since they would become links (or be fetched) in spite of
    escaping, and so are the few signs that Streamlit replaces by others.
    """
    return _MARKUP.sub(r"\\\1", _broken(text))


def spoken(text: object) -> str:
    """Return text for the label of a field, which is also read out as it stands.

    Where none of it can be markup it has no escapes, which a screen reader would read out.
    """
    broken = _broken(text)
    return broken if _HARMLESS.fullmatch(broken) else plain(text)


def _broken(text: object) -> str:
    """Return text in one line, without what becomes a link or another sign by itself."""
    line = _one_line(text)
    return _AUTO_LINKS.sub(lambda found: f"{found[0][0]}{WORD_JOINER}{found[0][1:]}", line)


def escaped(text: object) -> str:
    """Return text that HTML shows letter for letter, without signs that turn a line around."""
    return html.escape(_one_line(text))


def _one_line(text: object) -> str:
    return " ".join(_UNSEEN.sub("", wording.own_direction(str(text))).split())


def safe_link(address: object) -> str | None:
    """Return the address if it is one of the web, else ``None``: never ``javascript:``."""
    text = str(address or "").strip()
    return text if _SAFE_LINK.fullmatch(text) else None


def link(words: str, address: object) -> str:
    """Return markdown of the words, leading to the address if it is one of the web.

    Every sign of the address that markdown could read as its own is percent-encoded.
    """
    safe = safe_link(address)
    if safe is None:
        return plain(words)
    return f"[{plain(words)}](<{quote(safe, safe=_IN_ADDRESS)}>)"


def short(name: str, most: int = LONGEST_NAME) -> str:
    """Return a long name without its explanation: "Thai government", not "…, agency not named".

    ``most`` is how many characters there is room for.
    """
    brief = _unexplained(name)
    return brief if len(brief) <= most else brief[: most - 1].rstrip() + "…"


def _unexplained(name: str) -> str:
    return re.split(r"\s\(|[,;]\s", name, maxsplit=1)[0].strip() or name


def shortened(names: Iterable[str], most: int = LONGEST_NAME) -> dict[str, str]:
    """Return a short name for each of some long ones, no two of them the same.

    Where two would begin alike, the middle is left out instead of the end.
    """
    found = {name: short(name, most) for name in names}
    found = _told_apart(found, lambda name: _middle(_unexplained(name), most))
    before: dict[str, str] = {}
    # In full a name may be what another was shortened to: then that one is told in full too.
    while found != before:
        before, found = found, _told_apart(found, str)
    return found


def _told_apart(found: dict[str, str], other: Callable[[str], str]) -> dict[str, str]:
    """Return short names, of which those that several have are made in another way."""
    often = Counter(found.values())
    return {name: brief if often[brief] == 1 else other(name) for name, brief in found.items()}


def _middle(name: str, most: int) -> str:
    """Return the first words of a name and its last, as many as there is room for."""
    if len(name) <= most:
        return name
    tail = _words(name[::-1], most // 2)[::-1]
    return f"{_words(name, most - len(tail) - 1)}…{tail}"


def _words(name: str, most: int) -> str:
    """Return the whole words at the beginning of a name, or what there is room for of the first."""
    return name[: most + 1].rpartition(" ")[0] or name[:most]


def file_name(*parts: object) -> str:
    """Return a file name of the parts: small letters, digits and dashes.

    Too long a name is cut and ends in a mark of the whole, so that two never become one.
    """
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(str(part) for part in parts if part).lower())
    name = words.strip("-") or "figures"
    if len(name) <= LONGEST_FILE:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_FILE - 9].rstrip('-')}-{mark}"
