"""Which columns hold numbers, and what each of them is about."""

import re
from dataclasses import dataclass, field

from loaders.containers.shapes import is_datum
from loaders.mapping.coded import Problem
from loaders.mapping.codes import remark
from loaders.mapping.days import Span, spans
from loaders.mapping.model import TEMPLATE, MappingModel, ValueColumn, Wide
from loaders.mapping.sheet import Sheet, folded


@dataclass(frozen=True)
class Plan:
    """One column of numbers; ``given`` is what is said about them, by column of a figure.

    ``first_day`` is the first day of the period that the column's heading names.
    """

    column: str
    given: dict[str, str] = field(default_factory=dict)
    low: str = ""
    high: str = ""
    qualifier: str = ""
    first_day: str = ""


def plans(mapping: MappingModel, sheet: Sheet) -> list[Plan]:
    """Return the columns to read, in the order of the mapping; what is absent gets a finding."""
    listed = [_of_value(value) for value in mapping.values]
    if "value" in mapping.columns:
        listed.insert(0, Plan(mapping.columns["value"]))
    found = [plan for plan in listed if sheet.find(plan.column) is not None]
    taken = {folded(name) for name in mapping.parts_with_columns()}
    taken |= {folded(sheet.find(name) or name) for name in mapping.parts_with_columns()}
    for wide in mapping.wide:
        found += _wide(wide, mapping, sheet, taken)
    sheet.report_absent(mapping.parts_with_columns(), "absent-column")
    if not found:
        problem = "no column of numbers that the mapping names is in the table"
        sheet.note("missing-column", problem)
    return found


def _of_value(value: ValueColumn) -> Plan:
    return Plan(value.column, value.given(), value.low, value.high, value.qualifier)


def _wide(wide: Wide, mapping: MappingModel, sheet: Sheet, taken: set[str]) -> list[Plan]:
    """Return a plan for each column whose heading has the form of the pattern."""
    form = _form(wide.pattern)
    left = {folded(name) for name in wide.leave}
    asked = None if wide.columns is None else {folded(name) for name in wide.columns}
    found = []
    for name in sheet.table.cells.column_names:
        key = folded(name)
        if key in left or (key in taken if asked is None else key not in asked):
            continue
        if match := form.fullmatch(name):
            found.append(Plan(name, wide.given() | match.groupdict()))
    return _dated(found, mapping, sheet) if "{as_of}" in wide.pattern else found


def _form(pattern: str) -> re.Pattern[str]:
    parts, end = [], 0
    for match in TEMPLATE.finditer(pattern):
        parts += [re.escape(pattern[end : match.start()]), f"(?P<{match.group(1)}>.+?)"]
        end = match.end()
    return re.compile("".join([*parts, re.escape(pattern[end:])]), re.IGNORECASE)


def _dated(found: list[Plan], mapping: MappingModel, sheet: Sheet) -> list[Plan]:
    """Return the plans whose heading is a date, the headings being read together."""
    headings = [plan.given["as_of"] for plan in found]
    dated = []
    for plan, span in zip(found, spans(headings, mapping.dates), strict=True):
        if isinstance(span, Span):
            first = span.first.isoformat() if span.first else ""
            given = plan.given | {"as_of": span.last.isoformat()}
            dated.append(Plan(plan.column, given, first_day=first))
        elif isinstance(span, Problem) and is_datum(plan.given["as_of"]):
            table = sheet.table
            finding = remark(
                span.code,
                table.file,
                span.problem,
                column=plan.column,
                value=plan.given["as_of"],
                remedy=span.remedy,
                sheet=table.sheet,
            )
            sheet.findings.append(finding)
    return dated
