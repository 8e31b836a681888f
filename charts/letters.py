"""Which letters and signs the fonts shipped here can draw, read from the fonts themselves."""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
# The kind of table that lists the letters of the basic plane, in segments.
_SEGMENTS = 4


@cache
def shipped(files: str = "*.ttf") -> frozenset[str]:
    """Return the letters and signs of the fonts whose files are called so."""
    found: set[int] = set()
    for path in FONTS.glob(files):
        found |= _letters(path.read_bytes())
    return frozenset(map(chr, found))


def _letters(font: bytes) -> set[int]:
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
    start = next(at for tag, _, at, _ in tables if tag == b"cmap")
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        found |= _mapped(font, start + struct.unpack_from(">I", font, start + 8 + 8 * n)[0])
    return found


def _mapped(font: bytes, at: int) -> set[int]:
    """Return the letters of one table; none of a table of another kind."""
    if struct.unpack_from(">H", font, at)[0] != _SEGMENTS:
        return set()
    double = struct.unpack_from(">H", font, at + 6)[0]
    last = struct.unpack_from(f">{double // 2}H", font, at + 14)
    first = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
    ends = zip(first, last, strict=True)
    return {code for a, b in ends if b < 0xFFFF for code in range(a, b + 1)}
