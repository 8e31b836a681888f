"""A table as it was received: every cell as text, every row with the line a spreadsheet shows."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from figures import Finding


@dataclass(frozen=True)
class RawTable:
    """One sheet of one file, before anything is understood.

    ``cells`` has one string column per column of the sheet (an empty cell is ``""``), in
    the sheet's order and with unique names; ``lines`` gives the 1-based line of each row as a
    spreadsheet shows it; ``findings`` is what the reading itself has to say.
    """

    file: str
    cells: pa.Table
    lines: npt.NDArray[np.int64]
    sheet: str = ""
    findings: tuple[Finding, ...] = field(default=())
