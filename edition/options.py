"""What an edition is made from and for, and what tells one edition from another."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from loaders.folder import digest, fingerprint
from loaders.library import folder_at

ROOT = Path(__file__).resolve().parent.parent
# The parts of the program whose change may change a page.
PARTS = (
    "figures", "loaders", "reconciliation", "charts", "languages", "exports", "brief", "ui",
    "edition",
)  # fmt: skip
KINDS = {".py", ".po", ".json", ".geojson", ".csv"}


@dataclass(frozen=True)
class Options:
    """What to write: from where, for which address, in which languages, of which days.

    ``address`` is empty or ends in a slash. Without ``on`` each crisis shows its newest day,
    without ``known_on`` all that its files hold. ``compress`` also writes .gz and .br twins.
    """

    datasets: str = "datasets"
    address: str = ""
    languages: tuple[str, ...] = ("en",)
    on: dt.date | None = None
    known_on: dt.date | None = None
    compress: bool = False

    @property
    def main(self) -> str:
        """The language whose pages stand at the root."""
        return self.languages[0]


def stamp(options: Options) -> str:
    """Return what an edition hangs on: the data, the choices and the program itself."""
    folder = folder_at(options.datasets)
    data = fingerprint({path: digest(folder.read(path)) for path in folder.listing()})
    chosen = [data, options.address, options.languages, str(options.on), str(options.known_on)]
    return digest(json.dumps([*chosen, options.compress, _program()]).encode())


def _program() -> str:
    found = hashlib.sha256()
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.suffix in KINDS:
                found.update(f"{path.relative_to(ROOT)}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()
