"""What a contradiction is, as the pages and exports see it."""

from dataclasses import dataclass
from enum import StrEnum


class ContradictionKind(StrEnum):
    """What kind of rule the figures break, the most telling first."""

    SUM = "sum"
    PART = "part"
    FALL = "fall"
    RIVALS = "rivals"


@dataclass(frozen=True)
class Contradiction:
    """A smallest set of figures that cannot all be true.

    ``figure_ids`` are its figures, in the order of their ids; ``text`` says in plain words what is
    wrong and whom the data suspect. ``kind``: a *sum* that does not add up, a *part* larger than
    its total, a running total that would *fall*, or *rivals* with two numbers for one question.
    ``severity`` is ``strict`` where arithmetic forces it, ``expected`` where a rule of usage is
    needed; ``rules`` are the labels of the rules; ``gap`` is by how many people the two sides miss
    each other.

    ``corrections`` are all smallest sets of figures whose rejection ends the contradiction together
    with every other one it is entangled with (that shares figures with it, directly or by way of
    others); those that reject the least trusted sources come first. There are none where they could
    not all be found, and then every figure is a suspect. ``suspects`` are the figures
    of this contradiction that some smallest correction rejects, less those that neighbouring days
    clear; ``reasons`` says what cleared the others. ``undecided``: more than one suspect is left.
    ``truncated``: not every contradiction or correction was sought, so more may exist. ``tangle``
    numbers the groups of entangled contradictions.
    """

    crisis: str
    figure_ids: tuple[str, ...]
    text: str
    corrections: tuple[frozenset[str], ...]
    severity: str
    kind: str
    suspects: frozenset[str]
    reasons: tuple[str, ...]
    rules: tuple[str, ...]
    gap: int
    undecided: bool
    truncated: bool
    tangle: int
