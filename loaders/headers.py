"""Which column of a received table is which column of a model."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from figures import Finding, Table
from figures.findings import report
from loaders.raw import RawTable


@dataclass(frozen=True)
class Columns:
    """Where the model's columns stand in the table, by position; and what is to say about it.

    ``whole`` is false when a required column is missing, so that no row can be read.
    """

    position: dict[str, int]
    findings: tuple[Finding, ...]
    whole: bool


def match(raw: RawTable, model: type[Table], ignored: Iterable[str] = ()) -> Columns:
    """Find the model's columns by name; small and capital letters are the same.

    ``ignored`` names further columns that may be there and are passed over without remark.
    """
    position: dict[str, int] = {}
    findings = []
    passed_over = set(ignored)
    for number, header in enumerate(raw.cells.column_names):
        name = header.strip().lower()
        if name in position:
            findings.append(_in_header(raw, "duplicate-column", header))
        elif name in model.model_fields or name in passed_over:
            position[name] = number
        else:
            findings.append(_unknown(raw, header, model))
    missing = list(_missing(raw, model, position))
    return Columns(position, (*findings, *missing), not missing)


def _in_header(raw: RawTable, code: str, header: str, **words: str) -> Finding:
    return report(
        code, raw.file, line=1, column=header.strip(), value=header, sheet=raw.sheet, **words
    )


def _unknown(raw: RawTable, header: str, model: type[Table]) -> Finding:
    if not header.strip():
        return _in_header(raw, "unknown-column", header, problem="a column has no name")
    near = difflib.get_close_matches(header.strip().lower(), list(model.model_fields), 1)
    remedy = {"remedy": f"If it is `{near[0]}`, rename it; else leave it out."} if near else {}
    return _in_header(raw, "unknown-column", header, **remedy)


def _missing(raw: RawTable, model: type[Table], position: dict[str, int]) -> Iterator[Finding]:
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    missing = [name for name in required if name not in position]
    if len(missing) == len(required):
        found = ", ".join(repr(name) for name in raw.cells.column_names[:6])
        problem = f"line 1 names none of the columns; it reads {found}"
        yield _in_header(raw, "no-columns", "", problem=problem)
        return
    for name in missing:
        problem = f"the column `{name}` is missing"
        yield report(
            "missing-column", raw.file, line=1, column=name, problem=problem, sheet=raw.sheet
        )
