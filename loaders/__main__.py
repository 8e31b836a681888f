"""``python -m loaders check`` says what is wrong with data; ``convert`` writes a figures.csv."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loaders.library import load_library
from loaders.mapping import Mapping, MappingError
from loaders.reading import read_figures
from loaders.remote.address import Address
from loaders.remote.bucket import reason_of
from loaders.remote.problems import REASONS
from loaders.report import FORMATS, as_text, printable
from loaders.writing import to_csv


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 1 when a finding is an error, 2 when something cannot be used."""
    wanted = _parser().parse_args(arguments)
    try:
        return _check(wanted) if wanted.command == "check" else _convert(wanted)
    except (MappingError, OSError) as error:
        print(printable(str(error)), file=sys.stderr)
        return 2
    except Exception as error:
        # Each store's library has errors of its own; they may hold the address, with a password.
        if not Address.is_remote(wanted.path):
            raise
        print(f"{REASONS[reason_of(error)]}: {type(error).__name__}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="list the findings of a folder or a table")
    check.add_argument("path", help="a folder of data sets, or one table; a path or URL")
    check.add_argument("--mapping", type=Path, help="how to read the table, if it needs telling")
    check.add_argument("--format", choices=sorted(FORMATS), default="text")
    convert = commands.add_parser("convert", help="write a table as a clean figures.csv")
    convert.add_argument("path", metavar="IN", help="the table; a path or URL")
    convert.add_argument("--mapping", type=Path, help="how to read the table")
    convert.add_argument("--out", type=Path, required=True, help="the file to write")
    return parser


def _check(wanted: argparse.Namespace) -> int:
    findings = _findings(wanted.path, wanted.mapping)
    text = FORMATS[wanted.format](findings)
    if text:
        print(text)
    return _code(findings)


def _findings(path: str, mapping: Path | None) -> pd.DataFrame:
    """Return the findings of a folder or a table, named so that they can be opened from here."""
    is_table = Address.of(path).is_table if Address.is_remote(path) else bool(Path(path).suffix)
    if mapping is None and not is_table:
        findings = load_library(path).findings
        return findings.assign(file=[f"{path.rstrip('/')}/{file}" for file in findings["file"]])
    loaded = read_figures(path, Mapping.load(mapping) if mapping else None, name=path)
    return loaded.findings


def _convert(wanted: argparse.Namespace) -> int:
    loaded = read_figures(wanted.path, Mapping.load(wanted.mapping) if wanted.mapping else None)
    wanted.out.write_text(to_csv(loaded.figures), encoding="utf-8", newline="")
    print(as_text(loaded.findings), file=sys.stderr)
    print(f"{len(loaded.figures):,} figures written to {wanted.out}", file=sys.stderr)
    return _code(loaded.findings)


def _code(findings: pd.DataFrame) -> int:
    return 1 if (findings["severity"] == "error").any() else 0


if __name__ == "__main__":
    sys.exit(main())
