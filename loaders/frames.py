"""Frames put together: figures of several files, and findings."""

from collections.abc import Iterable
from dataclasses import fields

import pandas as pd
from pandas.api.types import union_categoricals

from figures import Finding
from loaders.figure_table import no_figures

FINDING_COLUMNS = tuple(field.name for field in fields(Finding))


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return several frames of figures as one, in their order."""
    if len(frames) <= 1:
        return frames[0] if frames else no_figures()
    columns = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(union_categoricals(parts))
        else:
            columns[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns)


def as_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a frame with one column per field, by file and line."""
    rows = [[getattr(finding, name) for name in FINDING_COLUMNS] for finding in findings]
    frame = pd.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype="str")
    frame["line"] = frame["line"].astype("int64")
    return frame.sort_values(["file", "line"], kind="stable", ignore_index=True)
