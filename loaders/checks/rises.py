"""What one source says of a period, against what its running total rose by in that period."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from figures import Finding
from loaders.checks.grid import Grid, Ints

_QUESTION = ("crisis", "country", "admin1", "measure", "population", "cause", "unit", "scope")


def rises(grid: Grid) -> Iterator[Finding]:
    """Yield flows that no rise of the same source's running total can match.

    The source must give a running total for the last day of the flow, and it, or the only source
    that has one, for the day before its first. Only what the words of all three cannot bring
    together is a finding.
    """
    counting = grid.figures["counting"]
    flows = np.flatnonzero(grid.alive & (counting == "flow").to_numpy())
    if not len(flows):
        return
    totals = np.flatnonzero(grid.alive & (counting == "cumulative").to_numpy())
    question = grid.groups(*_QUESTION)
    flow = _rows(grid, flows, question).assign(before=_day(grid, "since", flows) - 1)
    total = _rows(grid, totals, question).assign(start=_day(grid, "since", totals))
    days = total.groupby(["question", "start", "day"])["source"]
    total = total.assign(alone=days.transform("nunique") == 1)
    ends = flow.merge(
        total.drop(columns="alone"), on=["question", "source", "day"], suffixes=("", "_end")
    )
    both = ends.merge(
        total.rename(columns={"day": "before"}),
        on=["question", "before", "start"],
        suffixes=("", "_before"),
    )
    both = both[(both["source_before"] == both["source"]) | both["alone"]]
    least, most = both["low_end"] - both["high_before"], both["high_end"] - both["low_before"]
    meet = (both["high"] >= least) & (both["low"] <= most)
    apart = both[~both["row"].isin(both.loc[meet, "row"])].drop_duplicates("row", keep="last")
    columns = apart.sort_values("row")[["row", "row_before", "row_end"]].to_numpy(dtype=np.int64)
    for row, before, end in columns.tolist():
        problem = (
            f"{grid.said(row)} in the period, but the running total goes from "
            f"{grid.said(before)} in {grid.name(before)} to {grid.said(end)} in {grid.name(end)}"
        )
        yield grid.at("flow-differs-from-rise", row, "value", problem)


def _rows(grid: Grid, rows: Ints, question: Ints) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": rows,
            "question": question[rows],
            "source": grid.codes("source")[rows],
            "day": _day(grid, "as_of", rows),
            "low": grid.low[rows],
            "high": grid.high[rows],
        }
    )


def _day(grid: Grid, column: str, rows: Ints) -> Ints:
    days = grid.figures[column].iloc[rows].to_numpy().astype("datetime64[D]")
    return days.astype(np.int64)
