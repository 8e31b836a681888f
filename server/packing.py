"""The messages of one drawing of a page as one message, made small.

A page is some sixty messages and 70 kB. A browser takes each message from its network process by
itself, and Streamlit sends them as they are: packed they come at once, in little more than a
quarter of the room, which is what a reader on a slow line waits for. Only pages that ask for it by
the address of their connection get it (``server/documents.py``); to all others each message goes
by itself.
"""

import zlib
from collections.abc import Sequence

# How a page asks for it: in the query of the address of its connection.
ASKED = b"packed"
# The first byte of a pack; no message of Streamlit's begins so, since no field has number 0.
PACK = b"\0"
# The first byte of a whole message on a WebSocket, and how its size is told: in the second byte,
# or where that holds one of two marks, in the two or eight bytes after it.
WHOLE, SHORT, LONG = 0x82, 126, 127
# Below so many bytes nothing is gained. Level 1 takes 0.6 ms for a page; 6 makes it an eighth
# smaller in more than three times as long.
LEAST, LEVEL = 1024, 1


def is_whole(data: bytes) -> bool:
    """Return whether the bytes are exactly one message as it goes over a WebSocket."""
    if len(data) < 2 or data[0] != WHOLE:
        return False
    begins, size = _measured(data, 0)
    return begins + size == len(data)


def framed(body: bytes) -> bytes:
    """Return a message as it goes over a WebSocket."""
    size = len(body)
    if size < SHORT:
        return bytes([WHOLE, size]) + body
    if size < 1 << 16:
        return bytes([WHOLE, SHORT]) + size.to_bytes(2) + body
    return bytes([WHOLE, LONG]) + size.to_bytes(8) + body


def pack(frames: Sequence[bytes]) -> bytes:
    """Return whole messages, each as it goes over a WebSocket, as the body of one."""
    return PACK + zlib.compress(b"".join(frames), LEVEL)


def unpack(body: bytes) -> list[bytes]:
    """Return the bodies in the body of a message: several from a pack, else itself."""
    if not body.startswith(PACK):
        return [body]
    frames = zlib.decompress(body[len(PACK) :])
    found, at = [], 0
    while at < len(frames):
        begins, size = _measured(frames, at)
        at = begins + size
        found.append(frames[begins:at])
    return found


def _measured(data: bytes, at: int) -> tuple[int, int]:
    """Return where the message that stands there begins, and its size."""
    size, begins = data[at + 1], at + 2
    wide = {SHORT: 2, LONG: 8}.get(size, 0)
    return begins + wide, int.from_bytes(data[begins : begins + wide]) if wide else size
