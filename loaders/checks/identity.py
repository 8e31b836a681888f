"""Ids and the corrections that refer to them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from figures import Finding
from loaders.checks.grid import Grid, Mask


def duplicate_ids(grid: Grid) -> tuple[Mask, list[Finding]]:
    """Return which rows use an id that an earlier row of the crisis has, and their findings."""
    frame = grid.figures
    if _in_order(frame["figure_id"]) or frame["figure_id"].is_unique:
        return np.zeros(len(frame), dtype=bool), []
    keys = frame["crisis"].astype("str") + "\t" + frame["figure_id"]
    later = np.asarray(keys.duplicated(), dtype=bool)
    first = {key: row for row, key in zip(np.flatnonzero(~later), keys[~later], strict=True)}
    findings = []
    for row in np.flatnonzero(later).tolist():
        where = grid.cell(int(first[keys.iat[row]]), "line")
        problem = f"the id {grid.cell(row, 'figure_id')} is used in line {where} already"
        findings.append(grid.at("duplicate-id", row, "figure_id", problem))
    return later, findings


def _in_order(ids: "pd.Series[str]") -> bool:
    """Return whether each id comes after the one before: soon seen, and then none is double."""
    texts = pa.array(ids)
    return bool(pc.all(pc.less(texts[:-1], texts[1:]), min_count=0).as_py())


def corrections(grid: Grid) -> Iterator[Finding]:
    """Yield corrections of figures that are not there, or are another source's."""
    frame = grid.figures
    correcting = np.flatnonzero(frame["supersedes"] != "")
    if not len(correcting):
        return
    keys = list(zip(frame["crisis"], frame["figure_id"], strict=True))
    known = {key: row for row, key in enumerate(keys)}
    for row in correcting.tolist():
        target = known.get((grid.cell(row, "crisis"), grid.cell(row, "supersedes")))
        if target is None:
            yield grid.at("supersedes-unknown", row, "supersedes")
        elif grid.cell(target, "source") != grid.cell(row, "source"):
            problem = f"it corrects a figure of {grid.cell(target, 'source')}"
            yield grid.at("supersedes-other-source", row, "supersedes", problem)
