"""Streamlit's scripts and styles, compressed once and kept by browsers for good.

Streamlit serves them as they are: 2.6 MB before a first page. Here each is compressed when first
asked for and held in memory, about 2 MB in all; those that our pages need are compressed right
after the start, in the background. Their names change with their content, so a browser never
has to ask again.
"""

import gzip
import mimetypes
import re
import threading
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import brotli
from streamlit import file_util

FOREVER = "public, max-age=31536000, immutable"
PREFIX = "/static/"
TEXT = {".js", ".css", ".svg", ".json", ".html"}
# Level 9 takes a second for what our pages need; 11 takes half a minute and saves 6 %.
BROTLI, GZIP = 9, 9
# Parts of Streamlit that the first page of almost every link draws: fetched at once instead of
# when the first answer of the script names them.
WANTED = (
    "Selectbox",
    "DateInput",
    "Checkbox",
    "ImageList",
    "Html",
    "PageLink",
)
# What a second click may need.
LATER = ("Table", "DataFrame", "DownloadButton", "PlotlyChart")
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.$-]+\.js)["'`]""")


class Shelf:
    """The files below ``/static/``, found once; nothing else can be asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        self._root = folder or Path(file_util.get_static_dir())
        files = (path for path in (self._root / "static").rglob("*") if path.is_file())
        self._files = {"/" + path.relative_to(self._root).as_posix(): path for path in files}
        self._packed: dict[tuple[str, str], bytes] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}

    @property
    def index(self) -> str:
        """Return Streamlit's page as it ships."""
        return (self._root / "index.html").read_text(encoding="utf-8")

    def holds(self, path: str) -> bool:
        """Return whether there is such a file."""
        return path in self._files

    def kind(self, path: str) -> str:
        """Return the media type of a file."""
        kind = "text/javascript" if path.endswith(".js") else mimetypes.guess_type(path)[0]
        kind = kind or "application/octet-stream"
        return f"{kind}; charset=utf-8" if Path(path).suffix in TEXT else kind

    def encoding(self, path: str, accepted: str) -> str:
        """Return the best encoding of a file that a browser accepts: br, gzip, or none at all."""
        if Path(path).suffix not in TEXT:
            return ""
        return best(accepted)

    def ready(self, path: str, encoding: str) -> bytes | None:
        """Return a file in an encoding if it is compressed already."""
        return self._packed.get((path, encoding))

    def body(self, path: str, encoding: str) -> bytes:
        """Return a file in an encoding, compressed on the first call."""
        key = (path, encoding)
        if not encoding:
            return self._files[path].read_bytes()
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._packed:
                self._packed[key] = packed(self._files[path].read_bytes(), encoding)
        return self._packed[key]

    @cached_property
    def early(self) -> list[str]:
        """Return the scripts that the first page needs beyond those its HTML names."""
        named = set(re.findall(r"static/js/([\w.$-]+\.js)", self.index))
        return [f"{PREFIX}js/{name}" for name in self._with_imports(self._named(WANTED), named)]

    def _named(self, stems: Iterable[str]) -> list[str]:
        """Return the names of the scripts with these stems."""
        scripts = (Path(path).name for path in self._files if path.endswith(".js"))
        names = {name.partition(".")[0]: name for name in scripts}
        return [names[stem] for stem in stems if stem in names]

    def _with_imports(self, wanted: Iterable[str], known: set[str]) -> list[str]:
        """Return the scripts and what they import, without those known already."""
        found: list[str] = []
        waiting = list(wanted)
        while waiting:
            name = waiting.pop(0)
            path = f"{PREFIX}js/{name}"
            if name in known or name in found or path not in self._files:
                continue
            found.append(name)
            waiting += _IMPORT.findall(self._files[path].read_text(encoding="utf-8"))
        return found

    def prepare(self) -> None:
        """Compress what our pages need, the first page's first; the rest waits to be asked for."""
        first = [f"/{name}" for name in re.findall(r"\./(static/[^\"]+)", self.index)]
        later = [f"{PREFIX}js/{name}" for name in self._with_imports(self._named(LATER), set())]
        for path in dict.fromkeys([*first, *self.early, *later]):
            if self.holds(path) and self.encoding(path, "br"):
                self.body(path, "br")


def packed(body: bytes, encoding: str, level: int | None = None) -> bytes:
    """Return the body compressed: ``br`` or ``gzip``; as it is for the empty encoding."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=BROTLI if level is None else level))
    if encoding == "gzip":
        return gzip.compress(body, GZIP if level is None else level, mtime=0)
    return body


def marks(if_none_match: str) -> frozenset[str]:
    """Return the marks of what the asker has, from the header that tells them; weak or not."""
    parts = (part.strip().removeprefix("W/") for part in if_none_match.split(","))
    return frozenset(part for part in parts if part)


def best(accepted: str) -> str:
    """Return the best encoding among those that a browser names in Accept-Encoding."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, rest = offer.strip().partition(";")
        offers[name.strip()] = rest.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("br", "gzip") if offers.get(name)), "")
