"""Checks over rows: what is said of the figures as a whole, never a change to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from figures import Finding
from loaders.checks import course, days, identity, rises, sums, tables
from loaders.checks.grid import Grid


@dataclass(frozen=True)
class Checked:
    """The figures without rows whose id was taken already, and all findings about the rows."""

    figures: pd.DataFrame
    findings: tuple[Finding, ...]


def check_figures(
    figures: pd.DataFrame,
    identities: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    crises: pd.DataFrame | None = None,
) -> Checked:
    """Check the figures of a crisis against each other and against what else is known.

    A table that is not given is not checked against.
    """
    repeated, findings = identity.duplicate_ids(Grid(figures))
    if repeated.any():
        figures = figures[~repeated].reset_index(drop=True)
    grid = Grid(figures)
    findings += [
        *identity.corrections(grid),
        *days.order_of_days(grid),
        *days.links(grid),
        *course.two_values(grid),
        *course.falls(grid),
        *course.jumps(grid),
        *course.overlaps(grid),
        *rises.rises(grid),
        *sums.sums(grid, identities),
    ]
    if sources is not None:
        findings += tables.names(grid, sources["source"])
    if crises is not None:
        findings += tables.countries(grid, crises)
    return Checked(figures, tuple(findings))


def check_tables(library: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Check the small tables of a library, given by name, against each other."""
    yield from tables.relays(library["sources"])
    for name, column in tables.IDS:
        yield from tables.repeated(library[name], column)
    yield from tables.folders(library["crises"])
    yield from tables.decisions(library["decisions"], library["figures"])
