"""From bytes to text: which encoding, and how sure we are of it."""

import codecs
import itertools
import re
import unicodedata
from functools import lru_cache

from charset_normalizer import from_bytes

from figures import Finding
from loaders.containers.codes import note, unreadable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Code pages that offices still write, the likelier first; cp1252 wins every tie.
_PAGES = (
    *("cp1252", "cp1250", "cp1255", "cp1251", "cp1253", "cp1254", "cp1256", "cp1257", "cp1258"),
    *("cp874", "koi8_r", "cp949", "gb18030", "big5", "cp932", "euc_jp", "mac_roman", "cp850"),
)
# The first bytes of the characters in daily use; what another page takes for text is rare here.
_FIRST_LEVEL = {
    "cp949": (0xB0, 0xC8),
    "gb18030": (0xB0, 0xD7),
    "big5": (0xA4, 0xC6),
    "cp932": (0x82, 0x98),
    "euc_jp": (0xA4, 0xCF),
}
_RARE = frozenset("ðþÐÞÝµƒˆ˜¸¨´¹¤¦¬ÿฦฤฺ๏๚๛ฃฅ")
_SAMPLE = 1 << 16
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FINE_SIGNS = frozenset("\u00a0\u202f–—‘’“”„«»…•°€£ºª·¿¡№×½±²³§©®™†‡、。・「」，（）：；�")


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, list[Finding]]:
    """Return the text of ``data`` and what is to say about its encoding.

    A byte-order mark and valid UTF-8 settle the encoding; else it is guessed, with a finding.
    Raises ``UnreadableTable`` for an unknown ``encoding`` and for what is no text.
    """
    if encoding is not None:
        return _as_told(data, file, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with(data, file, name)
    try:
        text = data.decode("utf-8")
        if "\x00" not in text[:_SAMPLE]:
            return _checked(text, file), []
    except UnicodeDecodeError:
        pass
    name = _wide(data) or _page(_telling(data), file)
    text, findings = _with(data, file, name)
    example = next((line for line in text.splitlines() if not line.isascii()), "")
    problem = f"the file was read as {name}, which is a guess"
    return _checked(text, file), [*findings, note("guessed-encoding", file, problem, value=example)]


def encoding_of(data: bytes, file: str) -> str:
    """Return the name of the encoding that ``decode`` reads the data in.

    Raises ``UnreadableTable`` for what is no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    try:
        if "\x00" not in data.decode("utf-8")[:_SAMPLE]:
            return "utf-8"
    except UnicodeDecodeError:
        pass
    return _wide(data) or _page(_telling(data), file)


def _as_told(data: bytes, file: str, encoding: str) -> tuple[str, list[Finding]]:
    try:
        codec = codecs.lookup(encoding).name
        text, findings = _with(data, file, codec)
    except (LookupError, UnicodeError) as error:
        problem = f"{encoding!r} is not the name of an encoding"
        remedy = "Use a name such as utf-8, utf-16, cp1252 or cp874."
        raise unreadable("unreadable-file", file, problem, remedy) from error
    return text.removeprefix("\ufeff"), findings


def _with(data: bytes, file: str, encoding: str) -> tuple[str, list[Finding]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        lost = text.count("�")
        line = 1 + data[: error.start].count(b"\n")
        problem = f"{lost:,} characters are not {encoding}, the first on line {line}"
        return text, [note("bad-characters", file, problem, line=line)]


def _checked(text: str, file: str) -> str:
    """Return the text; raises ``UnreadableTable`` when it is no text at all."""
    start = text[:_SAMPLE]
    if len(_BINARY.findall(start)) > max(2, len(start) // 100):
        raise unreadable("unreadable-file", file, "the file is not text and not a workbook")
    return text


def _wide(data: bytes) -> str:
    """Return utf-16 or utf-32 without a mark, told by where the zero bytes stand."""
    start = data[:_SAMPLE]
    start = start[: len(start) // 4 * 4]
    quarter = max(1, len(start) // 4)
    zeros = [start[offset::4].count(0) / quarter for offset in range(4)]
    if min(zeros[2:]) > 0.9 and zeros[0] < 0.3:
        return "utf-32-le"
    if min(zeros[:2]) > 0.9 and zeros[3] < 0.3:
        return "utf-32-be"
    if min(zeros[1], zeros[3]) > 0.1 and max(zeros[0], zeros[2]) < 0.05:
        return "utf-16-le"
    if min(zeros[0], zeros[2]) > 0.1 and max(zeros[1], zeros[3]) < 0.05:
        return "utf-16-be"
    return ""


def _telling(data: bytes) -> bytes:
    """Return the lines that are not ASCII, which alone tell code pages apart."""
    lines, size = [], 0
    for line in data[: 64 * _SAMPLE].splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:2_000])
            size += len(lines[-1])
        if size > _SAMPLE // 4:
            break
    return b"".join(lines)


def _page(sample: bytes, file: str) -> str:
    """Return the code page in which the sample reads best. Raises ``UnreadableTable``."""
    best, least = "", 1.0
    likely = from_bytes(sample, cp_isolation=list(_PAGES)).best()
    favourite = likely.encoding if likely else ""
    for page in _PAGES:
        try:
            text = sample.decode(page)
        except UnicodeDecodeError:
            continue
        oddity = _oddity(text, page) - (0.01 if page == favourite else 0)
        if oddity < least - 0.02:
            best, least = page, oddity
    if not best:
        raise unreadable("unreadable-file", file, "the file is not text in any known encoding")
    return best


def _oddity(text: str, page: str) -> float:
    """Return how odd the non-ASCII part of a text looks: 0 for none, more the odder."""
    words = re.findall(r"[^\s;,\t|\"]*[^\x00-\x7f\s;,\t|\"][^\s;,\t|\"]*", text)
    odd = sum(_odd_word(word, page) for word in words)
    return odd / max(1, len(words))


@lru_cache(maxsize=20_000)
def _odd_word(word: str, page: str) -> float:
    core = word.strip("()[]{}.:!?'-/*" + "".join(_FINE_SIGNS))
    foreign = [c for c in core if not c.isascii()]
    letters = [c for c in core if c.isalpha()]
    strange = sum(1 for c in foreign if not _usual(c, page))
    turns = sum(1 for a, b in itertools.pairwise(core) if a.islower() and b.isupper())
    scripts = {_script(c) for c in letters}
    # Half of the letters accented: other scripts read as Latin look like that.
    accents = scripts == {"LATIN"} and len(foreign) > max(1, len(letters) // 2)
    return strange + turns + 1.5 * (len(scripts) > 1) + accents


def _usual(char: str, page: str) -> bool:
    if page in _FIRST_LEVEL and "\u2e80" <= char <= "\ud7ff":
        low, high = _FIRST_LEVEL[page]
        return low <= char.encode(page)[0] <= high
    return unicodedata.category(char)[0] in "LM" and char not in _RARE


@lru_cache(maxsize=5_000)
def _script(char: str) -> str:
    name = unicodedata.name(char, "? ").split(" ")[0]
    return {"HIRAGANA": "CJK", "KATAKANA": "CJK"}.get(name, name)
