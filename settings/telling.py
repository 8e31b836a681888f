"""The settings told: those in force, an example file, and a table for the documents."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from settings.model import FIELDS, ROOT, Settings, default, told, variable
from settings.reading import unknown_variables
from settings.toml import written

HIDDEN = "set, not shown"
EXAMPLE, TABLE = ROOT / "dashboard.example.toml", ROOT / "docs" / "settings.md"
BEGIN, END = "<!-- settings: made by python -m settings write -->", "<!-- settings end -->"
HEAD = """\
# Settings of the dashboard: copy this file to dashboard.toml and take the "#" away where you want
# to differ. Each line shows the default. A variable of the environment beats the file; a flag of
# python -m server beats both. `python -m settings` prints what is in force and where it came from.
# Passwords are better kept in the environment. A relative path is meant from this file's folder.
"""


def in_force(settings: Settings, environ: Mapping[str, str]) -> str:
    """Return every setting with its value, where it came from and what it means."""
    parts = []
    for name, field in FIELDS.items():
        meaning = textwrap.fill(field.description or "", 96, initial_indent="    ",
                                subsequent_indent="    ")  # fmt: skip
        parts.append(f"{name} = {_shown(settings, name)}    ({settings.origin(name)})\n{meaning}")
    strange = unknown_variables(environ)
    if strange:
        parts.append("Not settings of the dashboard, passed over: " + ", ".join(strange))
    return "\n".join(parts) + "\n"


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if told(FIELDS[name]).secret and value:
        return HIDDEN
    return written(_without_account(value) if name == "datasets" else value)


def _without_account(address: str) -> str:
    """Return an address without what signs in: an account in front, a token behind."""
    if "://" not in address:
        return address
    parts = urlsplit(address)
    return urlunsplit(
        parts._replace(
            netloc=parts.netloc.rpartition("@")[2], query="…" if parts.query else "", fragment=""
        )
    )


def example() -> str:
    """Return a file in which every setting stands as a comment, with its default."""
    parts = [HEAD]
    for name, field in FIELDS.items():
        about = told(field)
        text = f"{field.description} Expected: {about.expects}. Variable: {variable(name)}."
        parts.append(textwrap.fill(text, 98, initial_indent="# ", subsequent_indent="# "))
        if about.usual:
            # No default that differs from machine to machine stands in a shipped file.
            parts.append(f"# Default: {about.usual}.\n# {name} = {written(about.example)}\n")
        else:
            parts.append(f"# {name} = {written(default(field))}\n")
    return "\n".join(parts)


def table() -> str:
    """Return the settings as a Markdown table."""
    lines = ["| name | variable | default | expected | meaning |", "|---|---|---|---|---|"]
    for name, field in FIELDS.items():
        about = told(field)
        usual = about.usual or f"`{written(default(field))}`"
        row = (f"`{name}`", f"`{variable(name)}`", usual, about.expects, str(field.description))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return "\n".join(lines)


def with_table(document: str) -> str:
    """Return a document with the table in its place."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def write(example_file: Path = EXAMPLE, document: Path = TABLE) -> None:
    """Write the example file, and the table into its document."""
    example_file.write_text(example(), encoding="utf-8")
    document.write_text(with_table(document.read_text(encoding="utf-8")), encoding="utf-8")
