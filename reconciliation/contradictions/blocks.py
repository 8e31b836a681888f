"""Independent blocks of figures: each is one component of cells, with the figures on them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from reconciliation.contradictions.cells import Component, components
from reconciliation.contradictions.evidence import Evidence, evidence, groups
from reconciliation.contradictions.lattice import Lattice, lattice
from reconciliation.contradictions.system import System, build


@dataclass(frozen=True)
class Block:
    """Figures that may bear on one another, and the rules between their cells."""

    component: Component
    evidence: Evidence
    rules: Lattice

    def system(self) -> System:
        """Return the constraints of the block."""
        return build(self.component, self.evidence)


def blocks(
    frame: pd.DataFrame,
    identities: pd.DataFrame | None,
    sources: pd.DataFrame | None,
    *,
    strict: bool,
    every: bool = False,
) -> Iterator[Block]:
    """Yield the blocks of figures: no rule connects two of them, so each is solved by itself.

    ``strict`` leaves out the rules that are only usual; ``every`` adds cells without figures whose
    ranges are worth knowing.
    """
    for found in groups(frame, sources):
        rules = lattice(found.cells, identities, strict)
        for component in components(found.cells, rules, every):
            cells = set(component.cells)
            claims = [claim for claim in found.claims if claim.cell in cells]
            if claims:
                yield Block(component, evidence(claims), rules)
