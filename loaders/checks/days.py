"""Days that cannot be right together, and links that are missing."""

from collections.abc import Iterator

import numpy as np

from figures import Finding
from loaders.checks.grid import Grid

MOST_SINGLE = 100


def order_of_days(grid: Grid) -> Iterator[Finding]:
    """Yield figures put out before their day, and cumulative ones that end before they start."""
    frame = grid.figures
    published, as_of = frame["published"].to_numpy(), frame["as_of"].to_numpy()
    for row in np.flatnonzero(published < as_of).tolist():
        problem = (
            f"put out on {grid.cell(row, 'published').date()}, "
            f"but it describes {grid.cell(row, 'as_of').date()}"
        )
        yield grid.at("published-before-as-of", row, "published", problem)
    for row in np.flatnonzero(frame["since"].to_numpy() > as_of).tolist():
        problem = (
            f"the crisis starts on {grid.cell(row, 'since').date()}, "
            f"the figure is of {grid.cell(row, 'as_of').date()}"
        )
        yield grid.at("as-of-before-start", row, "as_of", problem)


def links(grid: Grid) -> Iterator[Finding]:
    """Yield figures without a link; of a file with very many, one finding for all."""
    missing = np.flatnonzero(grid.figures["url"] == "")
    files = grid.codes("file")[missing]
    for file in np.unique(files):
        rows = missing[files == file].tolist()
        if len(rows) <= MOST_SINGLE:
            yield from (grid.at("no-link", row, "url") for row in rows)
        else:
            problem = f"{len(rows):,} figures of the file have no link, from this line on"
            yield grid.at("no-link", rows[0], "url", problem)
