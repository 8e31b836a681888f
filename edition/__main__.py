"""Write the static edition: plain files for any web host, which work from a disk as well.

    python -m edition OUT [--address https://figures.example.org/] [--languages en,fr]

A second run writes only what changed, and ends at once where nothing has. Where a file of the data
cannot be read, nothing is written: the edition that is there stays.
"""

import argparse
import datetime as dt
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import settings
from edition.options import Options, stamp
from edition.writing import NotOursError, Writer
from languages import LANGUAGES
from loaders import Library, load_library
from loaders.figure_table import BREAKING
from loaders.report import one_line
from settings import Settings, SettingsError

WIDTH = 28


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 2 where the edition cannot be written."""
    try:
        chosen = settings.current()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    asked = _parser(chosen).parse_args(arguments)
    options = Options(
        datasets=asked.datasets,
        address=asked.address,
        languages=asked.languages,
        on=asked.on,
        known_on=asked.known_on,
        compress=asked.compress,
    )
    start = time.monotonic()
    try:
        return _run(Path(asked.out), options, asked.progress, start)
    except NotOursError as error:
        print(f"{error} was not written by an edition; choose another folder.", file=sys.stderr)
    except OSError as error:
        print(f"The edition cannot be written: {error}", file=sys.stderr)
    return 2


def _run(out: Path, options: Options, progress: bool | None, start: float) -> int:
    writer, now = Writer(out, compress=options.compress), stamp(options)
    if writer.is_current(now):
        print(f"{out} is up to date: the data and the choices are the same.")
        return 0
    # Only now: this takes longer to load than it takes to see that there is nothing to do.
    from edition.building import Building

    library = load_library(options.datasets)
    if library.broken:
        _refuse(library, out)
        return 2
    if library.crises.empty:
        print(f"There is no crisis in {options.datasets}.", file=sys.stderr)
        return 2
    steps = Building(library, options).steps()
    show = sys.stderr.isatty() if progress is None else progress
    for number, step in enumerate(steps):
        _tell(number, len(steps), step.name, show)
        writer.put(step.make())
    writer.finish(now)
    _tell(len(steps), len(steps), "", show)
    took = time.monotonic() - start
    print(
        f"{out}: {writer.written:,} files written, {writer.kept:,} unchanged, "
        f"{writer.removed:,} removed, in {took:.1f} s."
    )
    return 0


def _refuse(library: Library, out: Path) -> None:
    """Say which files cannot be used, why, and what to do.

    They are those that the live pages show as they last were. Without them a crisis would be put
    out as if it had no figures.
    """
    errors = library.findings[library.findings["severity"] == "error"]
    for file in sorted(library.broken):
        mine = errors[errors["file"] == file].to_dict("records")
        # A file that breaks off may hold a bad cell as well, which is no reason.
        unknown = {"problem": "it cannot be read", "remedy": "Save the file again."}
        cause = max(mine, key=lambda found: found["code"] in BREAKING, default=unknown)
        text = f"{file} cannot be used: {cause['problem']}. {cause['remedy']}"
        print(one_line(text), file=sys.stderr)
    print(f"Nothing was written: {out} stays as it is.", file=sys.stderr)


def _tell(done: int, of: int, name: str, bar: bool) -> None:
    """Show how far the work is: a bar on a terminal, else a line for each step."""
    name = one_line(name)
    if bar:
        filled = WIDTH * done // of
        shown = name.encode("ascii", "replace").decode()[:40]
        end = "" if done < of else "\n"
        text = f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {of} {shown:<40}"
        print(text, end=end, file=sys.stderr, flush=True)
    elif name:
        print(f"{done + 1} of {of}: {name}", file=sys.stderr, flush=True)


def _parser(chosen: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m edition",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", help="the folder to write; what is not ours there is left alone")
    parser.add_argument(
        "--datasets",
        default=chosen.datasets,
        help="the folder of figures (default: the setting datasets)",
    )
    parser.add_argument(
        "--address",
        type=_address,
        default=chosen.public_address,
        help="where it will be, such as https://example.org/ (default: the setting public_address)",
    )
    parser.add_argument(
        "--languages", type=_languages, default=("en",), help="such as en,fr; the first at the root"
    )
    parser.add_argument("--on", type=dt.date.fromisoformat, help="the day to show, as 2025-12-24")
    parser.add_argument(
        "--known-on", type=dt.date.fromisoformat, help="leave out what was published later"
    )
    parser.add_argument(
        "--compress", action="store_true", help="also write .gz and .br beside each file"
    )
    parser.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        help="a progress bar (default: on a terminal)",
    )
    return parser


def _address(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    plain = not (parts.query or parts.fragment or parts.username or set(text) & set(" \"'<>"))
    if parts.scheme not in ("https", "http") or not parts.hostname or not plain:
        raise argparse.ArgumentTypeError(f"{text!r} is no web address like https://example.org/")
    return text.rstrip("/") + "/"


def _languages(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
    if not found or set(found) - set(LANGUAGES):
        raise argparse.ArgumentTypeError(f"choose from {', '.join(LANGUAGES)}")
    return found


if __name__ == "__main__":
    sys.exit(main())
