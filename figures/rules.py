"""Rules between the cells of one figure, written once for a row and for a whole frame.

A rule works on columns that are pandas Series as well as on single values: it uses only
comparisons, ``&`` and ``|``, which mean the same for both.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule that a figure must keep: ``broken`` says where it does not (one answer per row)."""

    code: str
    column: str
    broken: Callable[[Row], Any]
    problem: str
    remedy: str


def has(row: Row, column: str) -> Any:
    """Return whether the cell is filled in: a bool, or a boolean Series."""
    cell = row[column]
    return cell.notna() if hasattr(cell, "notna") else cell is not None


RULES = (
    RowRule(
        "range-without-high",
        "value_high",
        lambda r: (r["quantifier"] == "range") & (has(r, "value_high") == False),  # noqa: E712
        "a range needs its higher number",
        "Fill in `value_high`, or choose another quantifier.",
    ),
    RowRule(
        "high-without-range",
        "value_high",
        lambda r: (r["quantifier"] != "range") & has(r, "value_high"),
        "only a range has a higher number",
        "Set `quantifier` to range, or empty `value_high`.",
    ),
    RowRule(
        "low-above-high",
        "value_high",
        lambda r: has(r, "value_high") & (_filled(r, "value_high") < r["value"]),
        "the higher number of the range is below the lower one",
        "Swap `value` and `value_high`, or correct one of them.",
    ),
    RowRule(
        "nothing-below-zero",
        "value",
        lambda r: (
            ((r["quantifier"] == "less_than") | (r["quantifier"] == "nearly")) & (r["value"] == 0)
        ),
        "no number of people is below 0",
        "Correct the number, or choose another quantifier.",
    ),
    RowRule(
        "flow-without-since",
        "since",
        lambda r: (r["counting"] == "flow") & (has(r, "since") == False),  # noqa: E712
        "a flow needs the first day it counts",
        "Fill in `since`; for one day it equals `as_of`.",
    ),
    RowRule(
        "stock-with-since",
        "since",
        lambda r: (r["counting"] == "stock") & has(r, "since"),
        "a stock is of one day and has no first day",
        "Empty `since`, or set `counting` to cumulative or flow.",
    ),
    RowRule(
        "since-after-as-of",
        "since",
        lambda r: has(r, "since") & (_filled(r, "since", r["as_of"]) > r["as_of"]),
        "the first day counted lies after the as-of day",
        "Correct `since` or `as_of`.",
    ),
    RowRule(
        "supersedes-itself",
        "supersedes",
        lambda r: r["supersedes"] == r["figure_id"],
        "a figure cannot correct itself",
        "Name the earlier figure, or leave `supersedes` empty.",
    ),
)


def _filled(row: Row, column: str, default: Any = 0) -> Any:
    cell = row[column]
    return cell if hasattr(cell, "notna") or cell is not None else default


def broken_rules(row: Row) -> Iterator[RowRule]:
    """Yield the rules that one figure breaks."""
    return (rule for rule in RULES if rule.broken(row))
