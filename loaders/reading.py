"""Figures from any one table, without a library around them."""

from dataclasses import dataclass

import pandas as pd

from figures import Figure
from loaders.canonical import unread
from loaders.checks import check_figures
from loaders.containers import UnreadableTable
from loaders.containers.source import Source, fetch
from loaders.figure_table import figures_of
from loaders.frames import as_frame
from loaders.opening import LARGEST_CANONICAL, Mapping, open_mapped, open_table
from loaders.raw import RawTable


@dataclass(frozen=True, eq=False)
class Loaded:
    """Figures, with the columns of ``library.figures``, and findings, as ``library.findings``."""

    figures: pd.DataFrame
    findings: pd.DataFrame


def read_figures(
    source: Source, mapping: Mapping | None = None, *, crisis: str = "", name: str | None = None
) -> Loaded:
    """Return the figures in one table: a path, a web or fsspec address, bytes or an open file.

    Without a mapping the table must have the columns of figures.csv; a column ``crisis`` is taken
    as it stands unless ``crisis`` is given. ``name`` is what findings call the table. Whatever is
    wrong with the table is in ``findings``; nothing is raised for it.
    """
    raw = _table(source, mapping, name)
    loaded = figures_of(raw, crisis)
    checked = check_figures(loaded.figures)
    return Loaded(checked.figures, as_frame([*loaded.findings, *checked.findings]))


def _table(source: Source, mapping: Mapping | None, name: str | None) -> RawTable:
    try:
        data, file = fetch(source, name, LARGEST_CANONICAL)
    except UnreadableTable as error:
        return unread(error.finding)
    if mapping is not None:
        return open_mapped(data, file, mapping)
    return open_table(data, file, frozenset(Figure.model_fields))
