"""Command line: ``python -m api write`` puts the tables of names into docs/api.md."""

import sys
from pathlib import Path

from api.openapi import document
from api.standards import tables

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
BEGIN, END = "<!-- made by `python -m api write` -->", "<!-- end -->"


def with_tables(page: str) -> str:
    """Return the page with the tables made anew between the two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the tables, or print the OpenAPI document."""
    if arguments == ["write"]:
        PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    if arguments == ["openapi"]:
        sys.stdout.write(document().decode() + "\n")
        return 0
    sys.stderr.write("usage: python -m api write | openapi\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
