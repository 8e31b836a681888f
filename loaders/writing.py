"""Figures as a clean figures.csv."""

import csv
import io
from typing import Any

import pandas as pd

from figures import Figure


def to_csv(figures: pd.DataFrame) -> str:
    """Return the figures as the text of a figures.csv: canonical columns, ISO days, digits.

    ``read_figures`` reads it back as the same figures.
    """
    target = io.StringIO(newline="")
    # With these line ends, a line break of any kind within a cell is put in quotes.
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(Figure.model_fields)
    columns = [[_text(cell) for cell in figures[name]] for name in Figure.model_fields]
    writer.writerows(zip(*columns, strict=True))
    return target.getvalue()


def _text(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    if isinstance(cell, pd.Timestamp):
        # A moment at midnight is a day: no report says so exactly when it was put out.
        return cell.date().isoformat() if cell == cell.normalize() else cell.isoformat()
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)
