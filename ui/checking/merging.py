"""Figures of a table that was handed in, put beside those of the library.

Pure functions: the library is never changed; a library of its own comes out, under a fingerprint of
its own, so that nothing worked out from it is taken for the real thing.
"""

import hashlib
from dataclasses import dataclass, replace

import pandas as pd

from figures import SERIES, Figure
from loaders import Library
from loaders.checks import check_figures
from loaders.frames import as_frame, joined
from loaders.lineage import with_lineage
from ui.checking.table import Table

# What makes two rows the same claim, whatever they are called.
CLAIM = (*(name for name in SERIES if name != "crisis"), "as_of", "value", "value_high",
         "quantifier", "source", "status")  # fmt: skip
_CELLS = tuple(name for name in Figure.model_fields if name != "figure_id")


@dataclass(frozen=True, eq=False)
class Merged:
    """A library with the figures of a table added to it.

    ``new`` are those that were added. ``repeated`` are there already, under the name in
    ``already``; ``clashing`` have a figure_id that the library uses for another figure. The last
    two are left out. ``findings`` is what the new rows and the library have to say of each other.
    """

    library: Library
    new: pd.DataFrame
    repeated: pd.DataFrame
    clashing: pd.DataFrame
    findings: pd.DataFrame


def merge(library: Library, table: Table) -> Merged:
    """Return the library with the table's figures in its crisis, and what became of each row."""
    figures = table.figures
    mine = library.figures[library.figures["crisis"] == table.crisis]
    known = {
        str(row): cells for row, cells in zip(mine["figure_id"], _texts(mine, _CELLS), strict=True)
    }
    claims = set(_texts(mine, CLAIM))
    ids = figures["figure_id"].astype(str)
    same_id = ids.isin(list(known))
    cells = _texts(figures, _CELLS)
    same_cells = [known.get(name) == row for name, row in zip(ids, cells, strict=True)]
    same_claim = [claim in claims for claim in _texts(figures, CLAIM)]
    flags = pd.DataFrame({"id": same_id, "cells": same_cells, "claim": same_claim}, dtype=bool)
    repeated = (flags["id"] & flags["cells"]) | (~flags["id"] & flags["claim"])
    clashing = flags["id"] & ~flags["cells"]
    new = figures[(~repeated & ~clashing).to_numpy()]
    merged, findings = _joined(library, table, new)
    return Merged(merged, new, figures[repeated.to_numpy()], figures[clashing.to_numpy()], findings)


def _joined(library: Library, table: Table, new: pd.DataFrame) -> tuple[Library, pd.DataFrame]:
    """Return the library with new figures, and the findings that are about them."""
    new = new.reset_index(drop=True)
    here = (library.figures["crisis"] == table.crisis).to_numpy()
    both = joined([library.figures[here].reset_index(drop=True), new])
    checked = check_figures(both, library.identities, library.sources, library.crises)
    mine = [finding for finding in checked.findings if finding.file == table.name]
    rest = library.figures[~here].reset_index(drop=True)
    figures = with_lineage(joined([rest, checked.figures]), library.sources)
    found = as_frame(checked.findings)
    others = library.findings[~library.findings["file"].str.startswith(f"{table.crisis}/")]
    mark = hashlib.sha256(f"tried:{library.fingerprint}:{table.mark}".encode()).hexdigest()
    return replace(
        library,
        figures=figures,
        findings=pd.concat([others, found], ignore_index=True),
        fingerprint=f"tried-{mark}",
        marks={},
    ), as_frame(mine)


def _texts(figures: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the cells of some columns, row by row, as text that can be compared."""
    texts = [figures[name].astype(str).fillna("").tolist() for name in columns]
    return list(zip(*texts, strict=True))
