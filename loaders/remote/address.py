"""Where figures are kept: a folder or one table, and how the address is shown without secrets."""

import base64
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlsplit, urlunsplit

from loaders.folder import TABLES

MANIFEST = "datapackage.json"
WEB = ("http", "https")
# By these, published spreadsheets say in which form they are sent.
FORMS = ("output", "format", "exportFormat")


@dataclass(frozen=True)
class Address:
    """An address of figures. Its text tells the place alone: no password, no token, no path."""

    url: str = field(repr=False)
    options: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str) -> "Address":
        """Return the address; what stands after ``#`` are options, such as ``crisis=my-crisis``."""
        url, _, fragment = text.strip().partition("#")
        url = url.removesuffix(f"/{MANIFEST}") if "?" not in url else url
        return cls(url, dict(parse_qsl(fragment)))

    @staticmethod
    def is_remote(text: str) -> bool:
        """Return whether the text is an address rather than a folder of this machine."""
        return "://" in text

    @property
    def is_web(self) -> bool:
        """Return whether it is asked by HTTP."""
        return urlsplit(self.url).scheme.lower() in WEB

    @property
    def is_table(self) -> bool:
        """Return whether it is one table rather than a folder."""
        return "crisis" in self.options or bool(self.ending)

    @property
    def ending(self) -> str:
        """Return the kind of table it is: ``.csv``, ``.xlsx`` and so on; "" for a folder."""
        parts = urlsplit(self.url)
        suffix = PurePosixPath(parts.path).suffix.lower()
        asked = parse_qs(parts.query)
        forms = [f".{asked[name][0].lower()}" for name in FORMS if name in asked]
        return next((kind for kind in (*forms, suffix) if kind in TABLES), "")

    def file(self, path: str) -> str:
        """Return the address of a file of the folder, without what belongs to a sign-in."""
        scheme, place, folder, query, _ = self._bare()
        return urlunsplit((scheme, place, f"{folder.rstrip('/')}/{quote(path)}", query, ""))

    def itself(self) -> str:
        """Return the address of the table itself, without what belongs to a sign-in."""
        return urlunsplit(self._bare())

    def headers(self) -> dict[str, str]:
        """Return the header that signs in, where the address names an account."""
        parts = urlsplit(self.url)
        if not self.is_web or parts.username is None:
            return {}
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    def __str__(self) -> str:
        # A path can be a secret, too: whoever has it may read.
        scheme, place, path, _, _ = self._bare()
        return f"{scheme}://{place}/…" if path.strip("/") else f"{scheme}://{place}"

    def _bare(self) -> tuple[str, str, str, str, str]:
        parts = urlsplit(self.url)
        return parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""
